"""Timing and the one line a workload prints."""

import json
from collections.abc import Callable, Iterable
from statistics import quantiles
from time import perf_counter
from typing import TypeVar

Item = TypeVar("Item")


def timed(acts: Iterable[Callable[[], object]]) -> list[float]:
    """How long each act took, in seconds."""
    taken = []
    for act in acts:
        start = perf_counter()
        act()
        taken.append(perf_counter() - start)
    return taken


def report(workload: str, taken: list[float], *, n: int | None = None, notes: str = "") -> None:
    """Print one JSON line: n acts, their sum in seconds, acts per second, two percentiles and the longest in ms."""
    total, count = sum(taken), n or len(taken)
    cuts = quantiles(taken, n=20) if len(taken) > 1 else [taken[0]] * 19
    line = {
        "peer": "product",
        "workload": workload,
        "n": count,
        "seconds": round(total, 4),
        "per_s": round(count / total, 1),
        "p50_ms": round(cuts[9] * 1000, 3),
        "p95_ms": round(cuts[18] * 1000, 3),
        "max_ms": round(max(taken) * 1000, 3),
        "notes": notes,
    }
    print(json.dumps(line), flush=True)
