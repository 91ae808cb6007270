"""An action, from the plan until there is evidence of impact, and the record of all that was done to it."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from models.encrypted import Sealed
from models.kept import Kept
from models.tables import OPEN_ONLY, term
from models.vocabulary import ActionMove, ActionScope, ActionState, Measure, Rag

UNDER_WAY = text("state != 'closed' OR recheck_on IS NOT NULL")  # not signed off, or to be re-checked


class Action(Kept, table=True):
    """What an organisation undertakes to change, until there is evidence that it has.

    `measure` says how it will be known, `impact` which kind of information is to show it, and `answers` the number of
    the finding or recommendation that it answers. `original_due_on` is the date before it was ever moved.

    What follows is where the action stands: `evidenced_on` is the date of the evidence, not of its upload, `assured_on`
    the day of the agency's assurance, `closed_on` that of the sign-off, `recheck_on` when it is to be re-checked.
    All but the words of the evidence are empty again once it is reopened. `override` is a colour that a person has set.
    """

    __table_args__ = (
        UniqueConstraint("review_id", "number"),
        Index("ix_action_open_due_on", "due_on", **OPEN_ONLY),
        Index("ix_action_under_way", "due_on", sqlite_where=UNDER_WAY, postgresql_where=UNDER_WAY),
    )

    register: ClassVar[str] = "action"

    wording: str = Field(sa_type=Sealed)
    organisation: str = Field(max_length=200)
    owner_id: int = Field(foreign_key="person.id", index=True)
    scope: ActionScope = term(
        ActionScope, default=ActionScope.MULTI_AGENCY, sa_column_kwargs={"server_default": "multi-agency"}
    )
    answers: int | None = None
    due_on: date
    original_due_on: date | None = None
    measure: str = Field(sa_type=Sealed)
    impact: Measure | None = term(Measure, default=None, nullable=True)
    state: ActionState = term(ActionState, default=ActionState.OPEN)
    evidence: str | None = Field(default=None, sa_type=Sealed)
    evidenced_on: date | None = None
    assured_on: date | None = None
    closed_on: date | None = None
    recheck_on: date | None = None
    override: Rag | None = term(Rag, default=None, nullable=True)


class ActionEntry(Kept, table=True):
    """One thing that was done to an action; never changed, never deleted.

    `on_day` is the date that it is about, `at` when it was recorded. `due_on` is the deadline from then on and
    `moved_from` the one before; of a re-check that is planned, `due_on` is its date. `measure` is the kind of impact
    shown, `colour` the one that a person has set, `holds` what a re-check found.
    """

    __table_args__ = (UniqueConstraint("review_id", "number"),)
    register: ClassVar[str] = "action entry"

    action_id: int = Field(foreign_key="action.id", index=True)
    kind: ActionMove = term(ActionMove)
    on_day: date
    at: datetime
    by_id: int | None = Field(default=None, foreign_key="person.id")
    note: str | None = Field(default=None, sa_type=Sealed)
    document_id: int | None = Field(default=None, foreign_key="document.id")
    measure: Measure | None = term(Measure, default=None, nullable=True)
    colour: Rag | None = term(Rag, default=None, nullable=True)
    holds: bool | None = None
    moved_from: date | None = None
    due_on: date | None = None
