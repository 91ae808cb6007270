"""The digests: a board’s week for its business manager, its month for the chair, an agency’s month for its lead."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import quote

from sqlalchemy import func, select
from sqlmodel import Session

from casework.framework.pipelines import find_stage
from casework.framework.profiles import board
from casework.framework.reminder_schedule import first_working_days, hour_to_send, may_hear
from casework.framework.stage_titles import title_of
from casework.letters.listings import Item, Slip
from casework.outbox.batches import in_batches
from casework.outbox.heartbeats import record_heartbeat
from casework.outbox.opt_outs import all_opted_out
from casework.outbox.payloads import DigestLetter, details_of, payload_of
from casework.outbox.queueing import MESSAGE, OUTBOX
from casework.people.directory import PERSON
from casework.record.inserting import once
from casework.record.store import Store
from casework.reviews.case import AGENCY, APPOINTMENT, REVIEW, STAGE, owner_title
from casework.views.forecast.forecasting import forecasts
from casework.views.overview import ACTION, Filter, Owed, agency_names, most_overdue, owed, totals
from models.record import OutboxMessage
from models.tables import literally
from models.vocabulary import (
    LIVE,
    OWES_ACTIONS,
    STOPPED,
    ActionState,
    Hears,
    MessageState,
    ReviewState,
    Role,
    StageState,
    Template,
)

SHOWN = 25  # lines of a list; the board's page shows all of them
SLIPS = 10
AHEAD = {Template.DIGEST_WEEKLY: 7, Template.DIGEST_MONTHLY: 31, Template.DIGEST_AGENCY: 31}  # days


def digest_of(session: Session, message: OutboxMessage, *, address: str, today: date) -> dict[str, Any]:
    """What a digest says."""
    assert message.board is not None
    soon = today + timedelta(days=AHEAD[message.template])
    of_agency = message.template is Template.DIGEST_AGENCY
    payload = payload_of(message, DigestLetter)
    agency = payload.agency if payload else ""
    found = of_the_agency(session, message.board, agency) if of_agency else of_the_board(session, message.board)
    items = list(lines_of_digest(session, found, address, today))
    said = {
        "board": board(message.board).name.value,
        "board_name": message.board,
        "agency": agency,
        "link": f"{address}/agency" if of_agency else f"{address}/",
        "overdue": tuple(each for each in items if each.due_on < today)[:SHOWN],
        "coming": tuple(each for each in items if today <= each.due_on <= soon)[:SHOWN],
    }
    return said if of_agency else said | figures_of_board(session, message.board, address, today, soon)


def of_the_board(session: Session, name: str) -> list[Owed]:
    """What is owed on a board, the earliest deadline first, as far as a digest shows it."""
    return most_overdue(session, Filter(boards=(name,)), limit=20 * SHOWN)


def of_the_agency(session: Session, name: str, agency: str) -> list[Owed]:
    """The open reports and chronologies of an agency on a board, and its open actions."""
    theirs = func.lower(AGENCY.c.name) == agency.lower()
    stages = select(STAGE).where(
        literally(STAGE.c.state, StageState.OPEN),
        STAGE.c.board == name,
        STAGE.c.due_on.is_not(None),
        STAGE.c.agency_id.in_(select(AGENCY.c.id).where(theirs)),
    )
    acts = (
        select(
            *REVIEW.c["reference", "board", "type"],
            REVIEW.c.state.label("review_state"),
            *ACTION.c["owner_id", "due_on"],
            ACTION.c.number.label("action"),
        )
        .join(REVIEW, REVIEW.c.id == ACTION.c.review_id)
        .where(
            literally(ACTION.c.state, ActionState.OPEN),
            REVIEW.c.board == name,
            REVIEW.c.state.in_(OWES_ACTIONS),
            func.lower(ACTION.c.organisation) == agency.lower(),
        )
    )
    rows = [*session.execute(owed(stages.subquery())), *session.execute(acts)]
    found = [Owed(**row._mapping) for row in rows]
    return sorted(found, key=lambda each: (each.due_on or date.max, each.reference))


def lines_of_digest(session: Session, found: Iterable[Owed], address: str, today: date) -> Iterable[Item]:
    """What is owed as lines of a letter; what has no date yet is left to the pages."""
    found = [each for each in found if each.due_on is not None and each.review_state is not ReviewState.HELD]
    agencies = agency_names(session, found)
    for each in found:
        page = f"{address}/reviews/{quote(each.reference, safe='')}"
        assert each.due_on is not None
        if each.action is not None:
            title, link, whose = f"Action {each.action}", f"{page}/actions/{each.action}", "the owner of the action"
        else:
            title = title_of(each.type, each.key, agencies.get(each.agency_id))
            link, whose = f"{page}/stages/{quote(each.stage, safe=':')}", who_owes(each)
        yield Item(reference=each.reference, title=title, link=link, owed_by=whose, due_on=each.due_on, today=today)


def who_owes(each: Owed) -> str:
    """Who owes a stage, by title: never by name."""
    profile = board(each.board)
    kind = profile.kind(each.type)
    return owner_title(profile, kind, find_stage(each.type, each.key)) if kind else ""


def figures_of_board(session: Session, name: str, address: str, today: date, soon: date) -> dict[str, Any]:
    """How a board stands in numbers, what will probably be late, and what became of its e-mails.

    What a review on hold owes waits: like the lists, the figures leave it out.
    """
    counted = totals(session, Filter(boards=(name,)), today=today, soon=soon)
    waiting = totals(session, Filter(boards=(name,), state=ReviewState.HELD), today=today, soon=soon)
    since = today - (soon - today)
    of_board = select(func.count()).select_from(REVIEW).where(REVIEW.c.board == name)
    return {
        "open_reviews": counted.open,
        "held": counted.held,
        "stages_overdue": counted.overdue - waiting.overdue,
        "due_soon": counted.due_soon - waiting.due_soon,
        "actions_overdue": counted.actions_overdue - waiting.actions_overdue,
        "launched": session.scalar(of_board.where(REVIEW.c.launched_on >= since)),
        "ended": session.scalar(of_board.where(REVIEW.c.ended_on >= since, REVIEW.c.state.not_in(LIVE))),
        "stuck": stuck_emails(session, name),
        "at_risk": likely_slips(session, name, address, today),
    }


def stuck_emails(session: Session, name: str) -> int:
    """How many e-mails of a board were refused or given up."""
    theirs = (MESSAGE.board == name) | MESSAGE.review_id.in_(select(REVIEW.c.id).where(REVIEW.c.board == name))
    return session.scalar(select(func.count()).where(MESSAGE.state.in_(STOPPED), theirs)) or 0


def likely_slips(session: Session, name: str, address: str, today: date) -> tuple[Slip, ...]:
    """The reviews that will probably miss a date."""
    return tuple(
        Slip(
            reference=each.reference,
            headline=each.headline,
            advice=each.advice,
            how=f"{each.in_short}; the review’s page shows each step.",
            link=f"{address}/reviews/{quote(each.reference, safe='')}#forecast",
        )
        for each in forecasts(session, name, today=today, limit=SLIPS)
    )


@dataclass(frozen=True)
class DigestKind:
    """A digest: who gets it, and whether it is of a week or of a month."""

    template: Template
    role: Role
    hears: Hears


KINDS = (
    DigestKind(Template.DIGEST_WEEKLY, Role.BUSINESS_MANAGER, Hears.WEEKLY),
    DigestKind(Template.DIGEST_MONTHLY, Role.INDEPENDENT_CHAIR, Hears.MONTHLY),
    DigestKind(Template.DIGEST_AGENCY, Role.SAFEGUARDING_LEAD, Hears.MONTHLY),
)


HOLDERS = (
    select(*APPOINTMENT.c["board", "role", "person_id"], PERSON.c.organisation)
    .join(PERSON, PERSON.c.id == APPOINTMENT.c.person_id)
    .where(APPOINTMENT.c.until.is_(None), APPOINTMENT.c.role.in_([kind.role for kind in KINDS]))
    .order_by(APPOINTMENT.c.id)
)


def queue_digests(store: Store, *, on: date, now: datetime) -> int:
    """Queue the digests of the week and the month of a day that nobody has been sent yet; how many.

    They are due on the first working day of each; where the round was missed then, on the next day on which it is
    made, once, and those of weeks and months gone by are not sent after them.
    """
    with store.transaction() as session:
        rows = {row["key"]: row for row in digests_due(session, on, now)}
        new = not_queued_yet(session, rows)
        if new:
            connection = session.connection()
            connection.execute(once(connection, OUTBOX), [rows[key] for key in new])
        record_heartbeat(session, "digest", now, f"{len(new)} for {on.isoformat()}")
    return len(new)


def digests_due(session: Session, on: date, now: datetime) -> Iterator[dict[str, Any]]:
    """The digests that are due by this day, as rows of the outbox."""
    off = all_opted_out(session)
    periods = dict(zip((Hears.WEEKLY, Hears.MONTHLY), first_working_days(on), strict=True))
    for name, role, person_id, organisation in session.execute(HOLDERS).all():
        reminders = board(name).reminders
        for kind in (each for each in KINDS if each.role is role):
            period, first = periods[kind.hears]
            if on >= first and may_hear(reminders, on, now) and (person_id, kind.hears) not in off:
                yield {
                    "key": f"{kind.template}:{name}:{person_id}:{period}",
                    "template": kind.template,
                    "person_id": person_id,
                    "board": name,
                    "details": details_of(kind.template, DigestLetter(period=period, agency=organisation)),
                    "state": MessageState.QUEUED,
                    "queued_at": now,
                    "next_try_at": hour_to_send(reminders, on, now),
                    "tries": 0,
                    "possibly_repeated": False,
                }


def not_queued_yet(session: Session, keys: Any) -> list[str]:
    """Those of these keys that are new to the outbox."""
    known = {
        key for lot in in_batches(keys) for key in session.scalars(select(MESSAGE.key).where(MESSAGE.key.in_(lot)))
    }
    return [key for key in keys if key not in known]
