"""What stands around the boxes: the heading above, and below the key to what is drawn and the sources."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casework.framework.editions import edition
from casework.views.diagram.boxes import Box, Drawn, Letters, OnBoard
from casework.views.diagram.lettering import wrapped
from casework.views.diagram.words import short
from models.profile import BoardProfile
from models.vocabulary import Methodology

MARGIN = 36
HEADING, SUBTITLE, NOTE = 26, 15, 13  # sizes of letters in pixels
LEADING = {HEADING: 34, SUBTITLE: 22, NOTE: 19}
SAMPLE = 48  # pixels that a sample takes in the key


@dataclass(frozen=True, slots=True)
class Text:
    """A line of words beside the boxes: where it begins, its foot, and its size in pixels."""

    words: str
    x: float
    y: float
    size: int
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of box, or the arrow past what is ruled out, with what it means and where its sample stands."""

    means: str
    drawn: Drawn = Drawn.STAGE
    repeated: bool = False
    conditional: bool = False
    aside: bool = False
    y: float = 0


@dataclass
class Column:
    """Lines set one below the other from `y` on, broken where they would be wider than the picture."""

    y: float
    width: float
    texts: list[Text] = field(default_factory=list)

    def add(self, words: str, size: int, *, bold: bool = False, indent: int = 0) -> None:
        """Set the words as lines below those set before."""
        for line in wrapped(words, size, self.width - 2 * MARGIN - indent, bold=bold):
            self.y += LEADING[size]
            self.texts.append(Text(line, MARGIN + indent, self.y, size, bold))


def heading(here: OnBoard, width: float) -> list[Text]:
    """The local name of the review type, the board, the edition of the guidance, and the methodology."""
    column = Column(MARGIN / 2, width)
    column.add(name_of(here), HEADING, bold=True)
    column.y += 4
    column.add(here.profile.name.value, SUBTITLE)
    column.add(f"Under {edition(here.edition).title}", SUBTITLE)
    if here.methodology:
        column.add(f"Methodology: {short(here.methodology)}", SUBTITLE)
    return column.texts


def name_of(here: OnBoard) -> str:
    """The board's own name for the review type, and the general one where it differs."""
    local, general = here.kind.name, here.table.title
    return local if general.lower() in local.lower() else f"{local} ({general.lower()})"


def sorts(boxes: Iterable[Box], methodology: Methodology | None, *, aside: bool) -> Iterator[Sort]:
    """The sorts of boxes and arrows that occur in a picture."""
    drawn = {each.drawn for each in boxes}
    steps = "of this methodology" if methodology else "that only some methodologies take: the first lines say which"
    if Drawn.DECISION in drawn:
        yield Sort("A decision: nobody else can record it.", Drawn.DECISION)
    if Drawn.STEP in drawn:
        yield Sort(f"A step {steps}.", Drawn.STEP)
    if any(each.repeated for each in boxes):
        yield Sort("One for each agency, side by side.", repeated=True)
    if any(each.conditional for each in boxes):
        yield Sort("Needed only in the case that its first line gives. Otherwise it is passed over.", conditional=True)
    if aside:
        yield Sort("The way on where what lies between is not needed.", aside=True)


def key(found: Iterable[Sort], column: Column) -> list[Sort]:
    """The key, set into the column; the sorts with the places of their samples."""
    placed = []
    for sort in found:
        column.y += 7
        placed.append(Sort(sort.means, sort.drawn, sort.repeated, sort.conditional, sort.aside, column.y))
        column.add(sort.means, NOTE, indent=SAMPLE)
        column.y += 6 if sort.repeated else 0
    return placed


def sources(boxes: Iterable[Box], here: OnBoard, column: Column) -> None:
    """The titles of the sources that the boxes cite, set into the column."""
    cited = " ".join(each.said(Letters.CITE) for each in boxes)
    column.y += 10
    for short_name, title in titles(here.profile, here.edition).items():
        if short_name in cited:
            column.add(f"{short_name}: {title}", NOTE)


def titles(profile: BoardProfile, edition_key: str) -> dict[str, str]:
    """The titles of the sources of a framework and of the edition, by the names they are cited under."""
    return edition(edition_key).sources | profile.sources
