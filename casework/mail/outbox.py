"""The outbox: e-mails queued with the change they tell of, once an occasion; casework.mail.delivery sends them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, text, update
from sqlmodel import Session

from models.errors import MoveRefused, NotFound
from models.people import Person
from models.record import OutboxMessage
from models.review import Review
from models.tables import table_of
from models.vocabulary import STOPPED, MessageState, Template

OUTBOX, PERSON, REVIEW = table_of(OutboxMessage), table_of(Person), table_of(Review)
MESSAGE = OUTBOX.c
SHOWN = 50

QUEUED_WITH = ("key", "template", "person_id", "review_id", "stage_id", "details", "queued_at")
# Built once, and as text: this statement is in the path of every move of every review, SQLAlchemy does not cache an
# insert with ON CONFLICT, and compiling it each time costs more than running it.
ENQUEUE = text(
    """
    INSERT INTO outboxmessage
        ("key", template, person_id, review_id, stage_id, details, queued_at, next_try_at, state, tries,
         possibly_repeated)
    VALUES
        (:key, :template, :person_id, :review_id, :stage_id, :details, :queued_at, :queued_at, 'queued', 0, false)
    ON CONFLICT ("key") DO NOTHING
    """
).bindparams(*(bindparam(name, type_=MESSAGE[name].type) for name in QUEUED_WITH))


def queue(
    session: Session,
    *,
    key: str,
    template: Template,
    person_id: int,
    now: datetime,
    review_id: int | None = None,
    stage_id: int | None = None,
    details: dict[str, str] | None = None,
) -> bool:
    """Queue an e-mail with the transaction of `session`; False when this occasion, `key`, was queued before.

    `key` says what, to whom and on which occasion, in at most 200 characters. `details` are what the template
    needs beyond review, stage and dates: see casework.mail.letter_variables.
    """
    row = {
        "key": key,
        "template": template,
        "person_id": person_id,
        "review_id": review_id,
        "stage_id": stage_id,
        "details": details,
        "queued_at": now,
    }
    return session.connection().execute(ENQUEUE, row).rowcount == 1


def send_again(session: Session, message_id: int, *, now: datetime) -> None:
    """Queue a refused or given-up message once more, with all its tries; it keeps its Message-ID.

    Raises MoveRefused for a message in another state and for a sign-in link, NotFound for an unknown one.
    """
    asked = select(MESSAGE.state, MESSAGE.template).where(MESSAGE.id == message_id)
    found = session.execute(asked).one_or_none()
    if found is None:
        raise NotFound(f"There is no message {message_id} in the outbox. Open it from the outbox’s list.")
    if found.template is Template.SIGN_IN:
        raise MoveRefused("A sign-in link is never sent again. Ask for a new one on the sign-in page.")
    stopped = update(OUTBOX).where(MESSAGE.id == message_id, MESSAGE.state.in_(STOPPED))
    again = stopped.values(state=MessageState.QUEUED, tries=0, next_try_at=now, server_said=None)
    if session.connection().execute(again).rowcount == 0:
        raise MoveRefused(
            f"Message {message_id} is {found.state.value}. Only what was refused or given up is sent again."
        )


@dataclass(frozen=True)
class Line:
    """One message as a list shows it. `reference` is that of its review, if it belongs to one."""

    id: int
    template: Template
    to: str
    reference: str | None
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


def overview(session: Session, *, board: str | None = None, shown: int = SHOWN) -> Overview:
    """The outbox at a glance, of one board or of all; `shown` bounds each list."""
    of_board = [] if board is None else [REVIEW.c.board == board]
    source = with_review() if of_board else OUTBOX  # without the join, an index alone can answer
    counting = select(MESSAGE.state, func.count()).select_from(source).where(*of_board)
    found: dict[MessageState, int] = dict(session.execute(counting.group_by(MESSAGE.state)).all())  # type: ignore[arg-type] # rows are pairs
    return Overview(
        counts={state: found.get(state, 0) for state in MessageState},
        troubled=lines(session, [in_trouble(), *of_board], shown),
        latest=lines(session, of_board, shown),
    )


def in_trouble() -> ColumnElement[bool]:
    """Messages that a person should look at: stopped, or deferred."""
    return MESSAGE.state.in_((*STOPPED, MessageState.DEFERRED))


def lines(session: Session, conditions: Sequence[ColumnElement[bool]], shown: int) -> tuple[Line, ...]:
    """The newest messages that fulfil all conditions."""
    columns = dict(MESSAGE.items()) | {"to": PERSON.c.email, "reference": REVIEW.c.reference}
    chosen = [columns[field.name].label(field.name) for field in fields(Line)]
    joined = with_review().join(PERSON, PERSON.c.id == MESSAGE.person_id)
    query = select(*chosen).select_from(joined).where(*conditions).order_by(MESSAGE.id.desc()).limit(shown)
    return tuple(Line(**row) for row in session.execute(query).mappings())


def with_review() -> Any:
    """The outbox with the review of each message, where it has one."""
    return OUTBOX.outerjoin(REVIEW, REVIEW.c.id == MESSAGE.review_id)
