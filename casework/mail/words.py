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
