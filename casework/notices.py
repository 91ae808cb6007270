"""Who hears of a deadline today: a sweep over planned notices, right when run late, twice or in a burst."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Row,
    String,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from casework.store import Store
from models.people import Person
from models.record import Heartbeat, Notice, OutboxMessage
from models.review import Action, Review, Stage
from models.tables import literally, table_of
from models.vocabulary import OWES_ACTIONS, ActionState, MessageState, ReviewState, StageState, Template

NOTICE, STAGE, ACTION, REVIEW = table_of(Notice), table_of(Stage), table_of(Action), table_of(Review)
OUTBOX, PERSON = table_of(OutboxMessage), table_of(Person)
LATER = NOTICE.alias("later")

RINGS = (
    (STAGE.c.state == StageState.OPEN)
    & (REVIEW.c.state != ReviewState.HELD)  # a hold silences reminders, not deadlines; resuming catches up
)


def outdone(subject: str) -> ColumnElement[bool]:
    """Whether a later day of the same stage or action has come as well."""
    return exists().where(
        LATER.c[subject] == NOTICE.c[subject],
        LATER.c.on_day > NOTICE.c.on_day,
        LATER.c.on_day <= bindparam("today"),
    )


TEMPLATE = case(
    (STAGE.c.due_on > bindparam("today"), literal(Template.DEADLINE_AHEAD.value)),
    (STAGE.c.due_on == bindparam("today"), literal(Template.DEADLINE_TODAY.value)),
    else_=literal(Template.DEADLINE_PASSED.value),
)
KEY = (
    literal("deadline:")
    + cast(STAGE.c.id, String)
    + ":"
    + cast(STAGE.c.due_on, String)
    + ":"
    + cast(NOTICE.c.on_day, String)
)
COLUMNS = ("key", "template", "person_id", "review_id", "stage_id", "state", "queued_at", "next_try_at", "tries",
           "possibly_repeated")  # fmt: skip
NOW = bindparam("now", type_=OUTBOX.c.queued_at.type)
RINGING = (
    select(
        KEY, TEMPLATE, STAGE.c.owner_id, STAGE.c.review_id, STAGE.c.id,
        literal(MessageState.QUEUED.value), NOW, NOW, literal(0), literal(False),
    )
    .select_from(NOTICE.join(STAGE, STAGE.c.id == NOTICE.c.stage_id).join(REVIEW, REVIEW.c.id == STAGE.c.review_id))
    .where(NOTICE.c.on_day <= bindparam("today"), RINGS, ~outdone("stage_id"))
)  # fmt: skip
ACTIONS_RINGING = (  # what their letters need is encrypted, so the rows come by here: one query and one insert for all
    select(*ACTION.c["id", "review_id", "number", "owner_id", "due_on"], NOTICE.c.on_day)
    .select_from(NOTICE.join(ACTION, ACTION.c.id == NOTICE.c.action_id).join(REVIEW, REVIEW.c.id == ACTION.c.review_id))
    .where(
        NOTICE.c.on_day <= bindparam("today"),
        literally(ACTION.c.state, ActionState.OPEN),
        REVIEW.c.state.in_(OWES_ACTIONS) & (REVIEW.c.state != ReviewState.HELD),  # they outlive their review
        ~outdone("action_id"),
    )
)
HELD = or_(
    *(
        exists().where(subject.c.id == asked, REVIEW.c.id == subject.c.review_id, REVIEW.c.state == ReviewState.HELD)
        for subject, asked in ((STAGE, NOTICE.c.stage_id), (ACTION, NOTICE.c.action_id))
    )
)
FORGET = delete(NOTICE).where(NOTICE.c.on_day <= bindparam("today"), ~HELD)


@dataclass(frozen=True)
class Reminder:
    """One reminder that was put into the outbox: of a stage by its name, or of an action by its number."""

    reference: str
    stage: str | None
    action: int | None
    template: Template
    to: str
    due: date


@dataclass(frozen=True)
class Reminded:
    """What a sweep did: how many reminders it queued, and for which day."""

    on: date
    queued: int
    ids: tuple[int, ...]


def remind(store: Store, *, on: date, now: datetime) -> Reminded:
    """Queue one reminder for every open stage and action of which a planned day has come; of several missed days, one.

    Saying it twice queues nothing twice: a day is forgotten with the reminder that serves it, in one transaction.
    """
    with store.transaction() as session:
        connection = session.connection()
        stages = connection.execute(ringing(connection).returning(OUTBOX.c.id), {"today": on, "now": now}).scalars()
        found = (*stages, *ring_actions(connection, on, now))
        connection.execute(FORGET, {"today": on})
        beat(session, "remind", now, f"{len(found)} reminders for {on.isoformat()}")
    return Reminded(on, len(found), found)


def ringing(connection: Connection) -> Insert:
    """The statement that queues what rings, for this database."""
    dialect = connection.dialect.name
    if dialect not in STATEMENTS:
        STATEMENTS[dialect] = once(dialect).from_select(list(COLUMNS), RINGING, include_defaults=False)
    return STATEMENTS[dialect]


STATEMENTS: dict[str, Insert] = {}


def once(dialect: str) -> sqlite.Insert | postgresql.Insert:
    """An insert into the outbox that passes over the occasions that are there already."""
    if dialect == "sqlite":
        return sqlite.insert(OUTBOX).on_conflict_do_nothing(index_elements=["key"])
    return postgresql.insert(OUTBOX).on_conflict_do_nothing(index_elements=["key"])


def ring_actions(connection: Connection, on: date, now: datetime) -> list[int]:
    """Queue one reminder for every open action of which a planned day has come; the ids of those queued."""
    found = [reminder_of(action, on, now) for action in connection.execute(ACTIONS_RINGING, {"today": on})]
    if not found:
        return []
    return list(connection.execute(once(connection.dialect.name).returning(OUTBOX.c.id), found).scalars())


def reminder_of(action: Row[Any], on: date, now: datetime) -> dict[str, Any]:
    """The reminder of an action as a row of the outbox."""
    ahead = Template.ACTION_AHEAD if action.due_on > on else Template.ACTION_PASSED
    return {
        "key": f"action:{action.id}:{action.due_on}:{action.on_day}",
        "template": Template.ACTION_TODAY if action.due_on == on else ahead,
        "person_id": action.owner_id, "review_id": action.review_id,
        "details": {"number": str(action.number), "due": action.due_on.isoformat()},
        "state": MessageState.QUEUED, "queued_at": now, "next_try_at": now, "tries": 0, "possibly_repeated": False,
    }  # fmt: skip


def reminders(session: Session, ids: tuple[int, ...]) -> list[Reminder]:
    """The queued reminders of a sweep, in the order of their deadlines, for people to read."""
    found = session.execute(
        select(REVIEW.c.reference, STAGE.c.name, STAGE.c.due_on, PERSON.c.email, *OUTBOX.c["template", "details"])
        .select_from(OUTBOX)
        .join(REVIEW, REVIEW.c.id == OUTBOX.c.review_id)
        .join(PERSON, PERSON.c.id == OUTBOX.c.person_id)
        .outerjoin(STAGE, STAGE.c.id == OUTBOX.c.stage_id)
        .where(OUTBOX.c.id.in_(ids))
    )
    return sorted((reminder(row) for row in found), key=lambda each: (each.due, each.reference))


def reminder(row: Row[Any]) -> Reminder:
    """A reminder in the outbox, read again."""
    of_action = row.details or {}
    number = int(of_action["number"]) if of_action else None
    due = date.fromisoformat(of_action["due"]) if of_action else row.due_on
    return Reminder(row.reference, row.name, number, row.template, row.email, due)


def beat(session: Session, name: str, now: datetime, summary: str) -> None:
    """Note that a scheduled round was made, so that silence can be seen."""
    session.merge(Heartbeat(name=name, beat_at=now, summary=summary))


def planned(session: Session, stage_ids: list[int]) -> dict[int, date]:
    """The next day on which the owner of each stage will hear of it."""
    found = session.execute(
        select(NOTICE.c.stage_id, func.min(NOTICE.c.on_day))
        .where(NOTICE.c.stage_id.in_(stage_ids))
        .group_by(NOTICE.c.stage_id)
    )
    return {stage_id: on for stage_id, on in found}  # noqa: C416 -- rows are no pairs to mypy
