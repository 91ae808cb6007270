"""What a review is: tables, value types and the vocabulary. Importing it makes every table known to SQLModel."""

from models import people, record, review

__all__ = ["people", "record", "review"]
