"""Importing this makes every table known to SQLModel; it takes a second, which counting a date must not cost."""

from models import people, record, review

__all__ = ["people", "record", "review"]
