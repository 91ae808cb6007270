"""Who is to hear of a deadline and when, what everybody has been told of which, and what somebody does not wish to."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.tables import term
from models.vocabulary import Hears, Rung

OF_ACTIONS = text("action_id IS NOT NULL")
OF_ONE = "(stage_id IS NULL) <> (action_id IS NULL)"


class Notice(SQLModel, table=True):
    """A day on which a rung of the ladder is to hear of an open stage or action. Deleted when it has come."""

    __table_args__ = (
        CheckConstraint(OF_ONE, name="of_one"),
        UniqueConstraint("stage_id", "on_day", "rung"),
        Index("ix_notice_on_day", "on_day"),
        Index("ix_notice_action_id", "action_id", "on_day", "rung", unique=True, sqlite_where=OF_ACTIONS,
              postgresql_where=OF_ACTIONS),
    )  # fmt: skip

    id: int | None = Field(default=None, primary_key=True)
    stage_id: int | None = Field(default=None, foreign_key="stage.id")
    action_id: int | None = Field(default=None, foreign_key="action.id")
    rung: Rung = term(Rung, default=Rung.OWNER, sa_column_kwargs={"server_default": "owner"})
    on_day: date


class Occasion(SQLModel, table=True):
    """What somebody is told in one e-mail, once: of which stage or action, from which rung, of which deadline.

    `key` holds all of these and the planned day, and is unique. The e-mail, `message_id`, is written from its
    occasions on the day it goes; what does not hold by then is left out of it.
    """

    __table_args__ = (CheckConstraint(OF_ONE, name="of_one"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=160)
    message_id: int = Field(foreign_key="outboxmessage.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    stage_id: int | None = Field(default=None, foreign_key="stage.id", index=True)
    action_id: int | None = Field(default=None, foreign_key="action.id", index=True)
    rung: Rung = term(Rung)
    due_on: date


class SwitchedOff(SQLModel, table=True):
    """A kind of e-mail that somebody has said they do not wish to have."""

    __table_args__ = (UniqueConstraint("person_id", "hears"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    hears: Hears = term(Hears)
