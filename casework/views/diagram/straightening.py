"""How far to the right everything stands: near what it is linked with, in order, and with room between."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from casework.views.diagram.layers import Layers, passes

BETWEEN = 26  # pixels between two things of one layer
SWEEPS = 160
STRAIGHTENING = 8  # sweeps after which what belongs below each other is set straight
# how strongly neighbours in two layers draw each other: a link to itself, so that it runs straight; a box to a box, and
# more where nothing else stands beside them; a box to a link that passes it
LINK, BOX, ALONE, PAST = 12.0, 1.0, 6.0, 0.1


def straighten(layers: Layers) -> dict[str, float]:
    """The middle of everything: near its neighbours, in order, and with room between."""
    centres: dict[str, float] = {}
    for row in layers.rows:
        centres |= zip(row, apart(row, [0.0] * len(row), [1.0] * len(row), layers.widths), strict=True)
    straight = columns(layers)
    for sweep in range(SWEEPS):
        if sweep % STRAIGHTENING == 0:
            set_straight(straight, centres)
        for row in layers.rows if sweep % 2 == 0 else layers.rows[::-1]:
            wanted, weights = zip(*(pulled(key, layers, centres) for key in row), strict=True)
            centres |= zip(row, apart(row, wanted, weights, layers.widths), strict=True)
    set_straight(straight, centres)
    long = {key: float(len(column)) for column in straight for key in column}  # what is long gives way the least
    for row in layers.rows:
        here = [centres[key] for key in row]
        centres |= zip(row, apart(row, here, [long[key] for key in row], layers.widths), strict=True)
    return centres


def columns(layers: Layers) -> list[list[str]]:
    """What should stand exactly below each other: the places of a link, and boxes with nothing beside them."""
    found: dict[str, list[str]] = {}
    for key in (key for row in layers.rows for key in row):
        column = next((found[up] for up in layers.above.get(key, ()) if strength(layers, up, key) >= ALONE), [])
        column.append(key)
        found[key] = column
    return list({id(column): column for column in found.values()}.values())


def set_straight(straight: Sequence[Sequence[str]], centres: dict[str, float]) -> None:
    """Set each column to its mean."""
    for column in straight:
        centres |= dict.fromkeys(column, sum(centres[key] for key in column) / len(column))


def pulled(key: str, layers: Layers, centres: Mapping[str, float]) -> tuple[float, float]:
    """Where one's neighbours above and below draw it, and how strongly."""
    near = (*layers.above.get(key, ()), *layers.below.get(key, ()))
    if not near:
        return centres[key], BOX
    weights = [strength(layers, key, other) for other in near]
    total = sum(weights)
    return sum(centres[other] * weight for other, weight in zip(near, weights, strict=True)) / total, total


def apart(
    row: Sequence[str], wanted: Sequence[float], weights: Sequence[float], widths: Mapping[str, float]
) -> list[float]:
    """The places nearest to those wanted that keep order and distance: neighbours too close move as one."""
    offsets = [0.0]
    for left, right in pairwise(row):
        offsets.append(offsets[-1] + (widths[left] + widths[right]) / 2 + BETWEEN)
    groups: list[tuple[float, float, int]] = []  # mean, weight, how many
    for place, weight, offset in zip(wanted, weights, offsets, strict=True):
        group = (place - offset, weight, 1)
        while groups and groups[-1][0] >= group[0]:
            mean, heavy, many = groups.pop()
            total = heavy + group[1]
            group = ((mean * heavy + group[0] * group[1]) / total, total, many + group[2])
        groups.append(group)
    means = [mean for mean, _, many in groups for _ in range(many)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def strength(layers: Layers, one: str, other: str) -> float:
    """How strongly two neighbours want to stand one below the other."""
    if passes(one) or passes(other):
        return LINK if passes(one) and passes(other) else PAST
    return ALONE if boxes_beside(layers, one, other) == boxes_beside(layers, other, one) == 1 else BOX


def boxes_beside(layers: Layers, one: str, towards: str) -> int:
    """How many boxes one is linked with on the side on which another lies."""
    near = layers.below if towards in layers.below.get(one, ()) else layers.above
    return sum(not passes(each) for each in near.get(one, ()))
