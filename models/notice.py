"""Who is to hear of a deadline and when, what everybody has been told of which, and what somebody does not wish to.

A deadline is that of a stage, of an action, or of an answer which somebody was asked for: `task_id` is then the number
of the row that asks, in the table of its kind.
"""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from models.tables import term
from models.vocabulary import Hears, Rung, TaskKind

OF_ACTIONS = text("action_id IS NOT NULL")
OF_TASKS = text("task_id IS NOT NULL")
OF_ONE = " + ".join(f"CASE WHEN {each}_id IS NULL THEN 0 ELSE 1 END" for each in ("stage", "action", "task")) + " = 1"


class Notice(SQLModel, table=True):
    """A day on which a rung of the ladder is to hear of what somebody owes. Deleted when it has come."""

    __table_args__ = (
        CheckConstraint(OF_ONE, name="of_one"),
        UniqueConstraint("stage_id", "on_day", "rung"),
        Index("ix_notice_on_day", "on_day"),
        Index(
            "ix_notice_action_id",
            "action_id",
            "on_day",
            "rung",
            unique=True,
            sqlite_where=OF_ACTIONS,
            postgresql_where=OF_ACTIONS,
        ),
        Index(
            "ix_notice_task_id",
            "task_id",
            "task_kind",
            "on_day",
            "rung",
            unique=True,
            sqlite_where=OF_TASKS,
            postgresql_where=OF_TASKS,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    stage_id: int | None = Field(default=None, foreign_key="stage.id")
    action_id: int | None = Field(default=None, foreign_key="action.id")
    task_kind: TaskKind | None = term(TaskKind, default=None, nullable=True)
    task_id: int | None = None
    rung: Rung = term(Rung, default=Rung.OWNER, sa_column_kwargs={"server_default": "owner"})
    on_day: date


class Occasion(SQLModel, table=True):
    """What somebody is told in one e-mail, once: of what, from which rung, of which deadline.

    `on_day` is the day it was planned for. `key` holds all of these, and is unique. The e-mail, `message_id`, is
    written from its occasions on the day it goes; what does not hold by then is left out of it.
    """

    __table_args__ = (
        CheckConstraint(OF_ONE, name="of_one"),
        Index("ix_occasion_task_id", "task_id", sqlite_where=OF_TASKS, postgresql_where=OF_TASKS),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=160)
    message_id: int = Field(foreign_key="outboxmessage.id", index=True)
    person_id: int = Field(foreign_key="person.id")
    stage_id: int | None = Field(default=None, foreign_key="stage.id", index=True)
    action_id: int | None = Field(default=None, foreign_key="action.id", index=True)
    task_kind: TaskKind | None = term(TaskKind, default=None, nullable=True)
    task_id: int | None = None
    rung: Rung = term(Rung)
    due_on: date
    on_day: date


class SwitchedOff(SQLModel, table=True):
    """A kind of e-mail that somebody has said they do not wish to have."""

    __table_args__ = (UniqueConstraint("person_id", "hears"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    hears: Hears = term(Hears)
