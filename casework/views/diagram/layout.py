"""A layered layout: what comes later lies below, what can be done side by side lies side by side.

Nothing is left to chance: the same nodes and links give the same layout.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.views.diagram.layers import Layers, Link, Node, in_layers, passes, untangle
from casework.views.diagram.straightening import straighten

GAP, LEANING = 36, 0.04  # pixels between two layers, and how much more for each pixel that a link moves sideways
PORT = 26  # pixels from a box's corner to where a link aside leaves or enters it


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


def lay_out(nodes: Sequence[Node], links: Sequence[Link]) -> Layout:
    """Place the nodes, which come in reading order, and lead the links around them."""
    layers = in_layers(nodes, links)
    untangle(layers)
    centres = straighten(layers)
    return measured(layers, centres, {node.key: node.height for node in nodes})


def measured(layers: Layers, centres: Mapping[str, float], heights: Mapping[str, float]) -> Layout:
    """Everything in its final place, in pixels from the upper left corner; the boxes of a layer are equally high."""
    left = min(centres[key] - layers.widths[key] / 2 for row in layers.rows for key in row)
    places: dict[str, Place] = {}
    top = 0.0
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
