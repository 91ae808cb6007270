"""Who hears of a deadline today: a sweep over planned notices, right when run late, twice or in a burst."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    Connection,
    Insert,
    String,
    bindparam,
    case,
    cast,
    delete,
    exists,
    func,
    literal,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from casework.store import Store
from models.people import Person
from models.record import Heartbeat, Notice, OutboxMessage
from models.review import Review, Stage
from models.tables import table_of
from models.vocabulary import MessageState, ReviewState, StageState, Template

NOTICE, STAGE, REVIEW = table_of(Notice), table_of(Stage), table_of(Review)
OUTBOX, PERSON = table_of(OutboxMessage), table_of(Person)
LATER = NOTICE.alias("later")

RINGS = (
    (STAGE.c.state == StageState.OPEN)
    & (REVIEW.c.state != ReviewState.HELD)  # a hold silences reminders, not deadlines; resuming catches up
)
OUTDONE = exists().where(
    LATER.c.stage_id == NOTICE.c.stage_id,
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
    .where(NOTICE.c.on_day <= bindparam("today"), RINGS, ~OUTDONE)
)  # fmt: skip
HELD = exists().where(
    STAGE.c.id == NOTICE.c.stage_id, REVIEW.c.id == STAGE.c.review_id, REVIEW.c.state == ReviewState.HELD
)
FORGET = delete(NOTICE).where(NOTICE.c.on_day <= bindparam("today"), ~HELD)


@dataclass(frozen=True)
class Reminder:
    """One reminder that was put into the outbox."""

    reference: str
    stage: str
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
    """Queue one reminder for every open stage of which a planned day has come; of several missed days, one.

    Saying it twice queues nothing twice: a day is forgotten with the reminder that serves it, in one transaction.
    """
    with store.transaction() as session:
        connection = session.connection()
        found = (
            connection.execute(ringing(connection).returning(OUTBOX.c.id), {"today": on, "now": now}).scalars().all()
        )
        connection.execute(FORGET, {"today": on})
        beat(session, "remind", now, f"{len(found)} reminders for {on.isoformat()}")
    return Reminded(on, len(found), tuple(found))


def ringing(connection: Connection) -> Insert:
    """The statement that queues what rings, for this database."""
    dialect = connection.dialect.name
    if dialect not in STATEMENTS:
        add = sqlite.insert(OUTBOX) if dialect == "sqlite" else postgresql.insert(OUTBOX)
        once = add.on_conflict_do_nothing(index_elements=["key"])
        STATEMENTS[dialect] = once.from_select(list(COLUMNS), RINGING, include_defaults=False)
    return STATEMENTS[dialect]


STATEMENTS: dict[str, Insert] = {}


def reminders(session: Session, ids: tuple[int, ...]) -> list[Reminder]:
    """The queued reminders of a sweep, in the order of their deadlines, for people to read."""
    found = session.execute(
        select(REVIEW.c.reference, STAGE.c.name, OUTBOX.c.template, PERSON.c.email, STAGE.c.due_on)
        .select_from(OUTBOX)
        .join(STAGE, STAGE.c.id == OUTBOX.c.stage_id)
        .join(REVIEW, REVIEW.c.id == STAGE.c.review_id)
        .join(PERSON, PERSON.c.id == OUTBOX.c.person_id)
        .where(OUTBOX.c.id.in_(ids))
        .order_by(STAGE.c.due_on, REVIEW.c.reference)
    )
    return [Reminder(*row) for row in found]


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
