"""A pipeline as a picture (SVG), drawn from its table: the same bytes every time, and nothing from outside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import jinja2

from casework.framework.editions import kind_under
from casework.framework.pipelines import pipeline
from casework.moves.launching import profile_with
from casework.reviews.case import profile_facts
from casework.views.diagram.boxes import BOLD, SIZES, WIDTH, Box, Letters, OnBoard, box
from casework.views.diagram.graph import Graph, between, graph
from casework.views.diagram.layers import Link, Node
from casework.views.diagram.layout import Layout, Place, lay_out
from casework.views.diagram.surroundings import MARGIN, NOTE, Column, Sort, Text, heading, key, sorts, sources
from casework.views.diagram.words import step_facts
from models.vocabulary import Methodology

TEMPLATES = Path(__file__).resolve().parents[3] / "templates" / "diagrams"
NARROWEST = 760  # pixels


@dataclass(frozen=True)
class Arrow:
    """An arrow as SVG draws it; `aside` leads past what is ruled out."""

    path: str
    aside: bool


@dataclass(frozen=True)
class Picture:
    """All that the template draws; sizes in pixels."""

    title: str
    described: str
    width: int
    height: int
    boxes: tuple[tuple[Box, Place], ...]
    arrows: tuple[Arrow, ...]
    texts: tuple[Text, ...]
    key: tuple[Sort, ...]


def diagram(
    type_: str, board_name: str, *, edition_key: str | None = None, methodology: Methodology | None = None
) -> str:
    """A review type as a board runs it, as SVG.

    Without an edition under the latest that the board works under; without a methodology with the steps of all,
    each marked with those that take it. Raises NotFound for an unknown board, type or edition, InputError for a type
    that the board does not run.
    """
    return as_svg(picture(on_board(type_, board_name, edition_key, methodology)))


def middle(type_: str, board_name: str, methodology: Methodology) -> str:
    """What a methodology puts between the terms of reference and the report, as SVG; raises as `diagram` does."""
    here = on_board(type_, board_name, None, methodology)
    return as_svg(picture(replace(here, graph=between(here.graph, "terms-of-reference", "report"))))


def as_svg(drawn: Picture) -> str:
    """The picture as SVG."""
    letters = {sort.value: {"size": SIZES[sort], "bold": sort in BOLD} for sort in Letters}
    return environment().get_template("pipeline.svg.jinja").render(picture=drawn, letters=letters)


def on_board(type_: str, board_name: str, edition_key: str | None, methodology: Methodology | None) -> OnBoard:
    """The pipeline as the board runs it: what its profile rules out is left out."""
    table, profile = pipeline(type_), profile_with(board_name, type_)
    under = edition_key or profile.editions[-1].value
    kind = kind_under(profile, type_, under)
    facts = profile_facts(profile, kind) | step_facts(methodology)
    return OnBoard(table, profile, kind, under, graph(table, facts), methodology)


def picture(here: OnBoard) -> Picture:
    """Boxes and arrows in their places, the heading above, the key and the sources below."""
    boxes = [box(spec, here) for spec in here.graph.stages]
    laid = lay_out([Node(each.key, WIDTH, each.height) for each in boxes], links(here.graph))
    width = round(max(laid.width + 2 * MARGIN, NARROWEST))
    above = heading(here, width)
    laid = shifted(laid, round((width - laid.width) / 2), above[-1].y + MARGIN)
    column = Column(laid.height + MARGIN, width)
    explained = key(sorts(boxes, here.methodology, aside=any(link.aside for link in laid.routes)), column)
    sources(boxes, here, column)
    return Picture(
        title=f"{above[0].words}, {here.profile.name.value}",
        described=described(boxes),
        width=width,
        height=round(column.y + MARGIN),
        boxes=tuple((each, laid.places[each.key]) for each in boxes),
        arrows=tuple(Arrow(path(stops), link.aside) for link, stops in laid.routes.items()),
        texts=(*above, *otherwise(laid), *column.texts),
        key=tuple(explained),
    )


def links(found: Graph) -> list[Link]:
    """The arrows as the layout takes them."""
    return [Link(arrow.before, arrow.after, arrow.otherwise) for arrow in found.arrows]


def shifted(laid: Layout, right: float, down: float) -> Layout:
    """The layout below its heading; its height is then where it ends."""

    def move(place: Place) -> Place:
        return replace(place, x=place.x + right, top=place.top + down)

    places = {name: move(place) for name, place in laid.places.items()}
    routes = {link: tuple(move(stop) for stop in stops) for link, stops in laid.routes.items()}
    return Layout(places, routes, laid.width, laid.height + down)


def path(stops: Sequence[Place]) -> str:
    """An arrow from box to box, as SVG writes it: straight past the boxes of a layer, bent between two layers."""
    parts = [f"M{stops[0].x:g} {stops[0].top + stops[0].height:g}"]
    for upper, lower in pairwise(stops):
        leaves = upper.top + upper.height
        middle = (leaves + lower.top) / 2
        parts.append(f"C{upper.x:g} {middle:g} {lower.x:g} {middle:g} {lower.x:g} {lower.top:g}")
        if lower is not stops[-1]:
            parts.append(f"V{lower.top + lower.height:g}")
    return "".join(parts)


def otherwise(laid: Layout) -> list[Text]:
    """The word beside each arrow that leads past what is ruled out."""
    asides = [stops[1] for link, stops in laid.routes.items() if link.aside and len(stops) > 2]
    return [Text("otherwise", stop.x + 7, stop.top + 16, NOTE) for stop in asides]


def described(boxes: Iterable[Box]) -> str:
    """The picture in words, for those who cannot see it."""
    said = (
        f"{number}. {' '.join(each.said(part) for part in Letters if each.said(part))}."
        for number, each in enumerate(boxes, 1)
    )
    return " ".join(said)


@cache
def environment() -> jinja2.Environment:
    """The environment of the pictures: everything is escaped, and a name that is not there is an error."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
