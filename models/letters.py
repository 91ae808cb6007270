"""A board's own letterhead and its own words for letters: every version is kept, the newest holds."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.encrypted import Sealed


class BoardLetterhead(SQLModel, table=True):
    """How a board's letters look: `lines` stand below its name, `sign_off` below its letters."""

    __table_args__ = (UniqueConstraint("board", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    board: str = Field(max_length=60)
    number: int
    name: str = Field(sa_type=Sealed)
    lines: str | None = Field(default=None, sa_type=Sealed)
    colour: str = Field(max_length=7)
    sign_off: str | None = Field(default=None, sa_type=Sealed)
    changed_at: datetime
    changed_by: int = Field(foreign_key="person.id")


class BoardWords(SQLModel, table=True):
    """A board's own source of a letter; without `source` it went back to the product's words.

    `template` is the value of a member of `Template`, and stays readable where that is gone.
    """

    __table_args__ = (UniqueConstraint("board", "template", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    board: str = Field(max_length=60)
    template: str = Field(max_length=60)
    number: int
    source: str | None = Field(default=None, sa_type=Sealed)
    changed_at: datetime
    changed_by: int = Field(foreign_key="person.id")
