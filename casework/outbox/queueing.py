"""The outbox: e-mails queued with the change they tell of, once an occasion; casework.delivery.delivery sends them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, select, text
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from casework.outbox.payloads import Payload, details_of
from casework.record.prepared import Prepared
from casework.record.store import connection_of
from models.people import Person
from models.record import Attempt, OutboxMessage
from models.review import Review
from models.tables import table_of
from models.vocabulary import STOPPED, MessageState, Template

OUTBOX, PERSON, REVIEW = table_of(OutboxMessage), table_of(Person), table_of(Review)
MESSAGE = OUTBOX.c
SHOWN = 50

QUEUED_WITH = ("key", "template", "person_id", "review_id", "stage_id", "attendance_id", "details", "queued_at")
# as text: SQLAlchemy writes ON CONFLICT differently for each database
ENQUEUE = Prepared(
    text(
        """
    INSERT INTO outboxmessage
        ("key", template, person_id, review_id, stage_id, attendance_id, details, queued_at, next_try_at, state,
         tries, possibly_repeated)
    VALUES
        (:key, :template, :person_id, :review_id, :stage_id, :attendance_id, :details, :queued_at, :queued_at,
         'queued', 0, false)
    ON CONFLICT ("key") DO NOTHING
    """
    ).bindparams(*(bindparam(name, type_=MESSAGE[name].type) for name in QUEUED_WITH))
)


def queue_letter(
    session: Session,
    *,
    key: str,
    template: Template,
    person_id: int,
    now: datetime,
    review_id: int | None = None,
    stage_id: int | None = None,
    attendance_id: int | None = None,
    payload: Payload | None = None,
) -> bool:
    """Queue an e-mail with the transaction of `session`; False when this occasion, `key`, was queued before.

    `key` says what, to whom and on which occasion, in at most 200 characters. `payload` is what the template
    needs beyond review, stage and dates; raises PayloadError where it is not of the kind that PAYLOADS names.
    """
    row = {
        "key": key,
        "template": template,
        "person_id": person_id,
        "review_id": review_id,
        "stage_id": stage_id,
        "attendance_id": attendance_id,
        "details": details_of(template, payload),
        "queued_at": now,
    }
    return ENQUEUE.run(connection_of(session), row) == 1


@dataclass(frozen=True)
class Line:
    """One message as a list shows it. `reference` is that of its review, or else `board` says whose it is, if it is."""

    id: int
    template: Template
    to: str
    reference: str | None
    board: str | None
    subject: str | None
    state: MessageState
    queued_at: datetime
    next_try_at: datetime
    accepted_at: datetime | None
    tries: int
    possibly_repeated: bool
    server_said: str | None


@dataclass(frozen=True)
class Overview:
    """The outbox at a glance: messages counted by state, those in trouble, the latest, newest first."""

    counts: Mapping[MessageState, int]
    troubled: Sequence[Line]
    latest: Sequence[Line]


def overview(
    session: Session, *, boards: Sequence[str] | None = None, state: MessageState | None = None, shown: int = SHOWN
) -> Overview:
    """The outbox at a glance, of these boards or of all; `latest` only in this state; `shown` bounds each list."""
    theirs = of_boards(boards)
    counting = select(MESSAGE.state, func.count()).where(*theirs).group_by(MESSAGE.state)
    found: dict[MessageState, int] = dict(session.execute(counting).all())  # type: ignore[arg-type] # rows are pairs
    in_state = [] if state is None else [MESSAGE.state == state]
    return Overview(
        counts={state: found.get(state, 0) for state in MessageState},
        troubled=lines(session, [MESSAGE.state.in_((*STOPPED, MessageState.DEFERRED)), *theirs], shown),
        latest=lines(session, [*in_state, *theirs], shown),
    )


def of_boards(boards: Sequence[str] | None) -> list[ColumnElement[bool]]:
    """Which messages are of these boards, or of reviews of theirs; no condition for None: the whole installation."""
    if boards is None:
        return []
    of_reviews = MESSAGE.review_id.in_(select(REVIEW.c.id).where(REVIEW.c.board.in_(boards)))
    return [MESSAGE.board.in_(boards) | of_reviews]


def lines(session: Session, conditions: Sequence[ColumnElement[bool]], shown: int) -> tuple[Line, ...]:
    """The newest messages that fulfil all conditions."""
    columns = dict(MESSAGE.items()) | {"to": PERSON.c.email, "reference": REVIEW.c.reference}
    chosen = [columns[field.name].label(field.name) for field in fields(Line)]
    joined = OUTBOX.outerjoin(REVIEW, REVIEW.c.id == MESSAGE.review_id).join(PERSON, PERSON.c.id == MESSAGE.person_id)
    query = select(*chosen).select_from(joined).where(*conditions).order_by(MESSAGE.id.desc()).limit(shown)
    return tuple(Line(**row) for row in session.execute(query).mappings())


def attempts(session: Session, message_id: int) -> Sequence[Attempt]:
    """The hand-overs of a message that failed, the latest first."""
    failed = select_rows(Attempt).where(col(Attempt.outbox_id) == message_id)
    return session.exec(failed.order_by(col(Attempt.id).desc()).limit(SHOWN)).all()
