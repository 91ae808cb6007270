"""A stage as a box: the lines that it holds, broken where they would not fit, and how it is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from casework.framework.methodologies import STEP
from casework.framework.pipelines.table import Condition, Pipeline, StageSpec, own_cites
from casework.reviews.case import owner_title
from casework.views.diagram.graph import BOARDS_OWN, Graph
from casework.views.diagram.lettering import wrapped
from casework.views.diagram.words import condition, deadline, each_one, taken_by, where
from models.profile import BoardProfile, Kind
from models.vocabulary import Methodology, MethodStep

NO_DATE = "The framework sets no date"
WIDTH, PADDING, ABOVE = 272, 14, 12  # pixels: a box, beside its words, above and below them
ROOM = WIDTH - 2 * PADDING


class Letters(StrEnum):
    """What a line is, which decides how it looks."""

    MARK = "mark"
    TITLE = "title"
    OWNER = "owner"
    DEADLINE = "deadline"
    OPEN = "open"
    CITE = "cite"


SIZES = {
    Letters.MARK: 11.5,
    Letters.TITLE: 15,
    Letters.OWNER: 13,
    Letters.DEADLINE: 13,
    Letters.OPEN: 12,
    Letters.CITE: 11,
}
LEADING = {
    Letters.MARK: 15,
    Letters.TITLE: 19,
    Letters.OWNER: 17,
    Letters.DEADLINE: 17,
    Letters.OPEN: 16,
    Letters.CITE: 14,
}
BOLD = (Letters.MARK, Letters.TITLE, Letters.DEADLINE)


class Drawn(StrEnum):
    """How a box is drawn."""

    STAGE = "stage"
    DECISION = "decision"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words and where its foot lies below the upper edge of the box, in pixels."""

    words: str
    letters: Letters
    foot: int


@dataclass(frozen=True, slots=True)
class Box:
    """A stage to be drawn; `repeated` once for each agency, `conditional` not in every review."""

    key: str
    drawn: Drawn
    lines: tuple[Line, ...]
    height: int
    repeated: bool
    conditional: bool
    of_itself: bool

    def said(self, letters: Letters) -> str:
        """What the lines of one sort say, as one text."""
        return " ".join(line.words for line in self.lines if line.letters is letters)


@dataclass(frozen=True)
class OnBoard:
    """The pipeline as a board runs it under one edition, perhaps with one methodology."""

    table: Pipeline
    profile: BoardProfile
    kind: Kind
    edition: str
    graph: Graph
    methodology: Methodology | None

    def recorded(self, fact: str) -> bool:
        """Whether a stage of this board can record a fact at all."""
        return any(fact in stage.form.facts for stage in self.graph.stages)


def box(spec: StageSpec, here: OnBoard) -> Box:
    """A stage as a box."""
    lines, foot = [], ABOVE
    for words, letters in words_of(spec, here):
        for line in wrapped(words, SIZES[letters], ROOM, bold=letters in BOLD):
            foot += LEADING[letters]
            lines.append(Line(line, letters, foot - 4))
    return Box(
        key=spec.key,
        drawn=drawn(spec),
        lines=tuple(lines),
        height=foot + ABOVE,
        repeated=spec.per_agency,
        conditional=bool(conditions(spec, here)),
        of_itself=spec.of_itself,
    )


def drawn(spec: StageSpec) -> Drawn:
    """What sort of box a stage is."""
    if spec.decides:
        return Drawn.DECISION
    return Drawn.STEP if any(each.fact.startswith(STEP) for each in spec.when) else Drawn.STAGE


def words_of(spec: StageSpec, here: OnBoard) -> Iterator[tuple[str, Letters]]:
    """What the box says, from top to bottom."""
    yield from ((mark, Letters.MARK) for mark in marks(spec, here))
    yield spec.title, Letters.TITLE
    yield owner_title(here.profile, here.kind, spec), Letters.OWNER
    clock = here.kind.clocks.get(spec.clock or "")
    due = deadline(spec, here.table, here.kind.clocks)
    yield due or NO_DATE, Letters.DEADLINE if due else Letters.OPEN
    if clock:
        yield f"{clock.basis.label}: {where(clock.cite)}", Letters.CITE
    cites = [cite for cite in own_cites(spec, here.profile) if not clock or cite != clock.cite]
    if cites:
        yield "; ".join(cites), Letters.CITE


def marks(spec: StageSpec, here: OnBoard) -> Iterator[str]:
    """What is special about a stage: which methodologies take it, on what it depends, that each agency has its own."""
    yield from (f"If {condition(each, here.table, here.profile)}" for each in conditions(spec, here))
    for asked in steps(spec):
        if taken := taken_by(MethodStep(asked.fact.removeprefix(STEP)), here.methodology):
            yield taken
    if spec.per_agency:
        yield f"One for each {each_one(spec)}"
    if spec.decides:
        yield "A decision, theirs alone"
    if spec.of_itself:
        yield "The calendar ends it"


def conditions(spec: StageSpec, here: OnBoard) -> list[Condition]:
    """On what a stage depends, as far as this board leaves it open and no stage before it depends on the same."""
    earlier = [here.table.by_key[key].when for key in here.graph.before(spec.key)]
    if not earlier:
        return []  # where the picture begins
    return [
        each
        for each in spec.when
        if not each.fact.startswith((BOARDS_OWN, STEP)) and not any(each in when for when in earlier)
        if here.recorded(each.fact) or "" not in each.one_of
    ]


def steps(spec: StageSpec) -> list[Condition]:
    """The conditions by which a stage belongs to methodologies."""
    return [each for each in spec.when if each.fact.startswith(STEP)]
