"""Dates and distances as letters spell them."""

from datetime import date


def day(value: date) -> str:
    """The day with its weekday: "Monday 8 January 2024"."""
    return f"{value:%A} {value.day} {value:%B %Y}"


def how_far(value: date, today: date) -> str:
    """How far a day is from today: "today", "tomorrow", "in 5 days", "yesterday", "5 days ago"."""
    days = (value - today).days
    if near := {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days):
        return near
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def due_label(value: date | None, today: date) -> str:
    """What stands before a deadline: "Due", or "Was due" once it has passed."""
    return "Was due" if value is not None and value < today else "Due"


def when_due(value: date | None, today: date) -> str:
    """A deadline and how far it is: "Monday 22 January 2024 (in 14 days)"."""
    return f"{day(value)} ({how_far(value, today)})" if value is not None else "no date is set yet"


def is_due(value: date | None, today: date) -> str:
    """A deadline as the end of a sentence: "is due today", "was due on Monday 22 January 2024"."""
    if value is None:
        return "has no date yet"
    if value == today:
        return "is due today"
    return f"{'was' if value < today else 'is'} due on {day(value)}"
