"""Layers: each box one below the lowest of those before it, in the order in which fewest links cross.

A link that passes a layer gets a place in it, so that it runs around the boxes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

PASSING, LABELLED = 14, 84  # pixels that a passing link takes, and one that carries words
ORDERINGS = 16


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
