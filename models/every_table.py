"""Importing this makes every table known to SQLModel; it takes a second, which counting a date must not cost."""

from models import (
    action,
    answering,
    finding,
    letters,
    meeting,
    methodology,
    notice,
    parallel,
    participation,
    people,
    quality,
    record,
    review,
    stage_tally,
)

__all__ = [
    "action",
    "answering",
    "finding",
    "letters",
    "meeting",
    "methodology",
    "notice",
    "parallel",
    "participation",
    "people",
    "quality",
    "record",
    "review",
    "stage_tally",
]
