"""What a letter needs beyond its review, stage and person: one payload a template, written and read here alone.

A payload is kept as text under its fields' names, encrypted with its row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from models.errors import LearningCycleError
from models.record import OutboxMessage
from models.vocabulary import MeetingKind, Response, TaskKind, Template


class PayloadError(LearningCycleError):
    """Raised when a letter is queued with what its template does not need, or without what it does."""


@dataclass(frozen=True, kw_only=True)
class Payload:
    """What a template needs beyond review, stage and person."""


@dataclass(frozen=True, kw_only=True)
class SignInLetter(Payload):
    """A link to sign in with, and for how many minutes it holds from when it was asked for."""

    link: str
    minutes: int


@dataclass(frozen=True, kw_only=True)
class DigestLetter(Payload):
    """The week or month that a digest is of, "2024-W02" or "2024-01", and the organisation of its recipient."""

    period: str = ""
    agency: str = ""


@dataclass(frozen=True, kw_only=True)
class MovedDeadline(Payload):
    """The deadline before, if there was one."""

    moved_from: Annotated[date | None, Field(validation_alias="from", serialization_alias="from")] = None


@dataclass(frozen=True, kw_only=True)
class ActionLetter(Payload):
    """The number of an action in its review, and the day by which it is due."""

    number: int
    due: date


@dataclass(frozen=True, kw_only=True)
class MeetingLetter(Payload):
    """A meeting as it was when the letter was queued; its times are London's."""

    number: int
    meeting_kind: MeetingKind
    uid: str
    sequence: int
    changed_at: datetime
    on_day: date
    begins: time
    ends: time
    response: Response = Response.WAITING
    place: str | None = None
    joining_link: str | None = None


@dataclass(frozen=True, kw_only=True)
class RenewedLink(Payload):
    """The task that a new link opens, by its kind and number; what it is called, and for how many days it holds."""

    kind: TaskKind
    task: int
    what: str
    days: int


@dataclass(frozen=True, kw_only=True)
class PromisedReport(Payload):
    """The day on which a report will come."""

    comes_on: date


@dataclass(frozen=True, kw_only=True)
class AnswerAskedFor(Payload):
    """The number of the row that asks for an answer, and the day by which it does."""

    task: int
    answer_by: date


P = TypeVar("P", bound=Payload)
PAYLOADS: Mapping[Template, type[Payload] | None] = {
    Template.SIGN_IN: SignInLetter,
    Template.STAGE_OPENED: None,
    Template.STAGE_ENDED: None,
    Template.REMINDERS: None,
    Template.DIGEST_WEEKLY: DigestLetter,
    Template.DIGEST_MONTHLY: DigestLetter,
    Template.DIGEST_AGENCY: DigestLetter,
    Template.DEADLINE_MOVED: MovedDeadline,
    Template.REVIEW_HELD: None,
    Template.REVIEW_RESUMED: None,
    Template.REVIEW_WITHDRAWN: None,
    Template.ACTION_ASSIGNED: ActionLetter,
    Template.ACTION_MOVED: ActionLetter,
    Template.ACTION_EVIDENCED: ActionLetter,
    Template.ACTION_REOPENED: ActionLetter,
    Template.PUBLICATION_ENDED: None,
    Template.MEETING_INVITED: MeetingLetter,
    Template.MEETING_MOVED: MeetingLetter,
    Template.MEETING_CANCELLED: MeetingLetter,
    Template.MEETING_UNINVITED: MeetingLetter,
    Template.ANSWER_LINK: RenewedLink,
    Template.REPORT_PROMISED: PromisedReport,
    Template.TERMS_CIRCULATED: AnswerAskedFor,
    Template.QUESTIONS_ASKED: AnswerAskedFor,
}


def details_of(template: Template, payload: Payload | None) -> dict[str, str] | None:
    """A payload as its row keeps it; raises PayloadError where it is not what the template needs."""
    kind = PAYLOADS[template]
    if kind is None and payload is None:
        return None
    if kind is None or type(payload) is not kind:
        needed, given = kind.__name__ if kind else "nothing", type(payload).__name__ if payload else "nothing"
        raise PayloadError(f"The letter ‘{template}’ needs {needed} and was given {given}. See PAYLOADS.")
    fields = reader(template).dump_python(payload, by_alias=True, exclude_none=True, warnings=False)
    details = {name: as_text(value) for name, value in fields.items()}
    check_is_read_back(template, payload, details)
    return details


def as_text(value: object) -> str:
    """A value of a payload as text."""
    return value.isoformat() if isinstance(value, (date, time)) else str(value)


def check_is_read_back(template: Template, payload: Payload, details: Mapping[str, str]) -> None:
    """Refuse what could not be read when the letter is written; the refusal never quotes it."""
    try:
        read = reader(template).validate_python(details)
    except ValidationError as wrong:
        names = sorted({str(error["loc"][0]) for error in wrong.errors()})
    else:
        names = sorted(name for name, value in vars(payload).items() if getattr(read, name) != value)
    if names:
        raise PayloadError(
            f"The letter ‘{template}’ cannot be written with this {type(payload).__name__}: {', '.join(names)} must be "
            "of the type that its field has."
        )


def payload_of(message: OutboxMessage, kind: type[P]) -> P | None:
    """What a message carries, where its template needs one of this kind; raises ValidationError for what is wrong."""
    needed = PAYLOADS[message.template]
    if needed is None or not issubclass(needed, kind):
        return None
    found: P = reader(message.template).validate_python(without_empty(message.details or {}))
    return found


def facts_of(message: OutboxMessage) -> dict[str, Any]:
    """What a message carries, by the names that its letter knows; raises ValidationError for what is wrong."""
    payload = payload_of(message, Payload)
    return {} if payload is None else reader(message.template).dump_python(payload, by_alias=True, exclude_none=True)


def without_empty(details: Mapping[str, str]) -> dict[str, str]:
    """Rows of before said "no deadline" by an empty text."""
    return {name: text for name, text in details.items() if text}


@cache
def reader(template: Template) -> TypeAdapter[Any]:
    """What checks, reads and writes the payloads of a template."""
    kind = PAYLOADS[template]
    assert kind is not None
    return TypeAdapter(kind)
