"""The layout: nothing overlaps, everything runs downwards, and it is the same every time."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from casework.framework.profiles import board, board_names
from casework.views.diagram.drawing import links, on_board
from casework.views.diagram.layers import Link, Node
from casework.views.diagram.layout import Layout, Place, lay_out
from casework.views.diagram.lettering import width, wrapped

EVERY = [(type_, name) for name in board_names() for type_ in board(name).reviews]


def overlapping(laid: Layout) -> list[tuple[str, str]]:
    """The pairs of boxes that lie over each other."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(laid.places.items(), 2)
        if abs(a.x - b.x) < (a.width + b.width) / 2 and a.top < b.top + b.height and b.top < a.top + a.height
    ]


def through_boxes(laid: Layout) -> list[tuple[Link, str]]:
    """The links that run through a box on their way."""
    return [
        (link, key)
        for link, stops in laid.routes.items()
        for stop in stops[1:-1]
        for key, box in laid.places.items()
        if box.top == stop.top and abs(stop.x - box.x) < box.width / 2
    ]


@pytest.mark.parametrize(("type_", "name"), EVERY)
def test_no_box_lies_over_another_and_no_arrow_runs_through_one(type_: str, name: str) -> None:
    here = on_board(type_, name, None, None)

    laid = lay_out([Node(stage.key, 272, 90) for stage in here.graph.stages], links(here.graph))

    assert (overlapping(laid), through_boxes(laid)) == ([], [])


@given(some.sets(some.tuples(some.integers(0, 11), some.integers(0, 11)), max_size=24))
def test_any_graph_runs_downwards_without_overlaps(pairs: set[tuple[int, int]]) -> None:
    nodes = [Node(str(number), 100 + 10 * number, 40 + number) for number in range(12)]
    laid = lay_out(nodes, [Link(str(one), str(other)) for one, other in sorted(pairs) if one < other])

    assert overlapping(laid) == []
    assert all(upper.top < lower.top for stops in laid.routes.values() for upper, lower in pairwise(stops))
    assert all(
        place.x >= place.width / 2 - 1 and place.x + place.width / 2 <= laid.width + 1 for place in laid.places.values()
    )


def test_boxes_with_nothing_beside_them_stand_exactly_below_each_other() -> None:
    nodes = [Node(key, 100, 40) for key in "abcd"]

    laid = lay_out(nodes, [Link(one, other) for one, other in pairwise("abcd")])

    assert {key: place.x for key, place in laid.places.items()} == dict.fromkeys("abcd", 50)


def test_what_can_be_done_side_by_side_stands_side_by_side() -> None:
    nodes = [Node(key, 100, 40) for key in "abcd"]

    laid = lay_out(nodes, [Link("a", "b"), Link("a", "c"), Link("b", "d"), Link("c", "d")])

    assert laid.places["b"].top == laid.places["c"].top
    assert laid.places["a"].x == laid.places["d"].x == (laid.places["b"].x + laid.places["c"].x) / 2


def test_a_link_aside_leaves_a_box_beside_the_others() -> None:
    nodes = [Node(key, 100, 40) for key in "abc"]
    aside = Link("a", "c", aside=True)

    laid = lay_out(nodes, [Link("a", "b"), Link("b", "c"), aside])

    start, passing, end = laid.routes[aside]
    assert isinstance(start, Place)
    assert (start.x != laid.places["a"].x, end.x != laid.places["c"].x) == (True, True)
    assert passing.top == laid.places["b"].top


@given(some.text(some.characters(codec="ascii", categories=("L", "N", "P", "Zs")), max_size=200))
def test_words_are_broken_into_lines_that_fit_and_none_is_lost(words: str) -> None:
    lines = wrapped(words, 13, 120)

    assert all(width(line, 13) <= 120 for line in lines)
    assert "".join("".join(lines).split()) == "".join(words.split())


def test_a_number_stays_with_the_word_before_it() -> None:
    assert wrapped("Reviews, paragraph 1; Appendix 2", 13, 140) == ["Reviews,", "paragraph 1;", "Appendix 2"]
