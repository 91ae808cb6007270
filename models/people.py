"""People, what they are to a board, and how they come in."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.encrypted import Sealed
from models.tables import term
from models.vocabulary import Role


class Person(SQLModel, table=True):
    """Somebody who takes part. The e-mail address, in lower case, is how they are known.

    Links to answer by that were issued up to `links_ended_at` open nothing: the address they went to was not theirs.
    """

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True, max_length=254)
    name: str = Field(sa_type=Sealed)
    organisation: str = Field(default="", max_length=200)
    links_ended_at: datetime | None = None


class Appointment(SQLModel, table=True):
    """A person's role on a board, from a day and, when it has ended, until a day."""

    __table_args__ = (UniqueConstraint("board", "role", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    board: str = Field(index=True, max_length=60)
    role: Role = term(Role)
    person_id: int = Field(foreign_key="person.id", index=True)
    since: date
    until: date | None = None


class SignInLink(SQLModel, table=True):
    """A link sent by e-mail: only its hash is kept; valid once, and until `expires_at`."""

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    target: str = Field(default="/", max_length=200)
    expires_at: datetime
    used_at: datetime | None = None


class BrowserSession(SQLModel, table=True):
    """A signed-in browser: only the hash of its cookie is kept; it ends at `expires_at` or when somebody ends it."""

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    form_token: str = Field(max_length=64)
    started_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
