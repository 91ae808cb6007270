"""A layered layout: what comes later lies below, what can be done side by side lies side by side.

Layers are longest paths from the start. A link that passes a layer gets a place in it, so that it runs around the
boxes. Within a layer the order that crosses least is kept; then everything is moved towards what it is linked with.
Nothing is left to chance: the same nodes and links give the same layout.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

BETWEEN = 26  # pixels between two things of one layer
GAP, LEANING = 36, 0.04  # pixels between two layers, and how much more for each pixel that a link moves sideways
PASSING, LABELLED = 14, 84  # pixels that a passing link takes, and one that carries words
ORDERINGS, SWEEPS = 16, 160
STRAIGHTENING = 8  # sweeps after which what belongs below each other is set straight
# how strongly neighbours in two layers draw each other: a link to itself, so that it runs straight; a box to a box, and
# more where nothing else stands beside them; a box to a link that passes it
LINK, BOX, ALONE, PAST = 12.0, 1.0, 6.0, 0.1
PORT = 26  # pixels from a box's corner to where a link aside leaves or enters it


@dataclass(frozen=True, slots=True)
class Node:
    """A box to be placed; sizes in pixels."""

    key: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Link:
    """What leads from one box to another; `aside` where it leads past what usually lies between."""

    start: str
    end: str
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where something lies: the middle of its width, its upper edge, its size."""

    x: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Places by key, and for each link the places that it passes, from its start to its end."""

    places: Mapping[str, Place]
    routes: Mapping[Link, tuple[Place, ...]]
    width: float
    height: float


@dataclass
class Layers:
    """The layout while it is made. A link's places are called after it: "decision>closure:3" in layer 3."""

    rows: list[list[str]]
    widths: dict[str, float]
    chains: dict[Link, list[str]]
    above: dict[str, list[str]] = field(default_factory=dict)
    below: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for chain in self.chains.values():
            for upper, lower in pairwise(chain):
                self.below.setdefault(upper, []).append(lower)
                self.above.setdefault(lower, []).append(upper)

    def weight(self, one: str, other: str) -> float:
        """How strongly two neighbours want to stand one below the other."""
        if passes(one) or passes(other):
            return LINK if passes(one) and passes(other) else PAST
        return ALONE if self.neighbours(one, other) == 1 and self.neighbours(other, one) == 1 else BOX

    def neighbours(self, one: str, towards: str) -> int:
        """How many boxes one is linked with on the side on which another lies."""
        near = self.below if towards in self.below.get(one, ()) else self.above
        return sum(not passes(each) for each in near.get(one, ()))


def lay_out(nodes: Sequence[Node], links: Sequence[Link]) -> Layout:
    """Place the nodes, which come in reading order, and lead the links around them."""
    layers = in_layers(nodes, links)
    untangle(layers)
    centres = straighten(layers)
    return measured(layers, centres, {node.key: node.height for node in nodes})


def passes(key: str) -> bool:
    """Whether this is a place of a link rather than a box."""
    return ">" in key


def depths(nodes: Sequence[Node], links: Iterable[Link]) -> dict[str, int]:
    """The layer of each node: one below the lowest of those before it."""
    before: dict[str, list[str]] = {}
    for link in links:
        before.setdefault(link.end, []).append(link.start)
    found: dict[str, int] = {}
    for node in nodes:  # in reading order, so that those before it are settled
        found[node.key] = max((found[key] + 1 for key in before.get(node.key, ())), default=0)
    return found


def in_layers(nodes: Sequence[Node], links: Sequence[Link]) -> Layers:
    """The nodes layer by layer, and a place for each link in every layer that it passes."""
    depth = depths(nodes, links)
    rows: list[list[str]] = [[] for _ in range(max(depth.values()) + 1)]
    widths = {node.key: node.width for node in nodes}
    for node in nodes:
        rows[depth[node.key]].append(node.key)
    chains = {}
    for link in links:
        between = range(depth[link.start] + 1, depth[link.end])
        names = [f"{link.start}>{link.end}:{layer}" for layer in between]
        for layer, name in zip(between, names, strict=True):
            rows[layer].append(name)
            widths[name] = LABELLED if link.aside and name is names[0] else PASSING
        chains[link] = [link.start, *names, link.end]
    return Layers(rows, widths, chains)


def untangle(layers: Layers) -> None:
    """Order each layer by where its neighbours stand, down and up again, and keep the order that crosses least."""
    best, fewest = [list(row) for row in layers.rows], crossings(layers)
    for sweep in range(ORDERINGS):
        downwards = sweep % 2 == 0
        rows = layers.rows if downwards else layers.rows[::-1]
        for fixed, row in pairwise(rows):
            order_by(row, fixed, layers.above if downwards else layers.below)
        if (found := crossings(layers)) < fewest:
            best, fewest = [list(row) for row in layers.rows], found
    layers.rows = best


def order_by(row: list[str], fixed: Sequence[str], neighbours: Mapping[str, Sequence[str]]) -> None:
    """Order a layer by the mean place of each one's neighbours in the layer beside it."""
    place = {key: number for number, key in enumerate(fixed)}
    now = {key: number for number, key in enumerate(row)}

    def wanted(key: str) -> tuple[float, int]:
        near = [place[other] for other in neighbours.get(key, ()) if other in place]
        return (sum(near) / len(near) if near else float(now[key]), now[key])

    row.sort(key=wanted)


def crossings(layers: Layers) -> int:
    """How many pairs of links cross."""
    count = 0
    for upper, lower in pairwise(layers.rows):
        place = {key: number for number, key in enumerate(lower)}
        ends = [[place[key] for key in layers.below.get(one, ())] for one in upper]
        flat = [(number, end) for number, each in enumerate(ends) for end in each]
        count += sum(a[0] < b[0] and a[1] > b[1] for a in flat for b in flat)
    return count


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
    for row in layers.rows:
        here = [centres[key] for key in row]
        centres |= zip(row, apart(row, here, [1.0] * len(row), layers.widths), strict=True)
    return centres


def columns(layers: Layers) -> list[list[str]]:
    """What should stand exactly below each other: the places of a link, and boxes with nothing beside them."""
    found: dict[str, list[str]] = {}
    for key in (key for row in layers.rows for key in row):
        column = next((found[up] for up in layers.above.get(key, ()) if layers.weight(up, key) >= ALONE), [])
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
    weights = [layers.weight(key, other) for other in near]
    return sum(centres[other] * weight for other, weight in zip(near, weights, strict=True)) / sum(weights), sum(weights)


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


def measured(layers: Layers, centres: Mapping[str, float], heights: Mapping[str, float]) -> Layout:
    """Everything in its final place, in pixels from the upper left corner; the boxes of a layer are equally high."""
    left = min(centres[key] - layers.widths[key] / 2 for row in layers.rows for key in row)
    places, top = {}, 0.0
    for number, row in enumerate(layers.rows):
        height = max(heights.get(key, 0) for key in row)
        places |= {key: Place(round(centres[key] - left), top, layers.widths[key], height) for key in row}
        leaning = [abs(centres[key] - centres[other]) for key in row for other in layers.below.get(key, ())]
        top += height + (round(GAP + LEANING * max(leaning, default=0)) if number + 1 < len(layers.rows) else 0)
    width = max(place.x + place.width / 2 for place in places.values())
    routes = {link: route(link, [places[key] for key in chain]) for link, chain in layers.chains.items()}
    return Layout({key: place for key, place in places.items() if not passes(key)}, routes, width, top)


def route(link: Link, stops: list[Place]) -> tuple[Place, ...]:
    """The places that a link passes; one that leads aside leaves and enters a box beside the others."""
    if not link.aside:
        return tuple(stops)
    first, *between, last = stops
    return (beside(first, between[0]), *between, beside(last, between[-1])) if between else tuple(stops)


def beside(box: Place, towards: Place) -> Place:
    """A place at the corner of a box that is nearer to the link."""
    side = box.width / 2 - PORT
    return Place(box.x + (side if towards.x >= box.x else -side), box.top, 0, box.height)
