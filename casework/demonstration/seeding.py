"""A demonstration data set: invented people and cases, moved by the same functions as real ones."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import Session

from casework.clock import england_and_wales
from casework.meetings import answering, arranging
from casework.moves import steering
from casework.moves.completing import complete_stage
from casework.moves.launching import launch_file
from casework.moves.prefilled_forms import known_already
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from casework.requests import contributions, draft_terms
from casework.views.review import find_review
from models.meeting import Attendance
from models.record import Note, OutboxMessage, Work
from models.review import Review, Stage
from models.tables import table_of
from models.vocabulary import MessageState, Response, ReviewState, StageState

DATA = Path(__file__).with_name("cases.toml")
DAYS_FROM_TODAY = re.compile(r"^@([+-]?\d+)$")
NOTE = "demonstration"
# what people are asked by letters with links: how they are asked, and how one of them answers
ASKING: Mapping[str, tuple[Callable[..., object], Callable[..., object]]] = {
    "terms": (draft_terms.circulate_terms, draft_terms.record_reply),
    "questions": (contributions.ask_questions, contributions.record_contribution),
}


def seed(store: Store, *, today: date) -> str | None:
    """Fill an empty database with the demonstration; returns its business manager's address, None if not empty."""
    with store.transaction() as session:
        if session.execute(select(table_of(Review).c.id).limit(1)).first() or session.get(Note, NOTE):
            return None
        data = tomllib.loads(DATA.read_text(encoding="utf-8"))
        for review in [*years_ago(data), *data["review"]]:
            play_script(session, review, data["people"], today)
        forget_what_is_over(session)
        write_today(session, today)
        session.add(Note(key=NOTE, value="yes"))
    return str(data["sign_in_as"])


def write_today(session: Session, today: date) -> None:
    """Have the letters that still go count from today: a link in one that was asked for long ago would be over."""
    outbox = table_of(OutboxMessage)
    unsent = update(outbox).where(outbox.c.state == MessageState.QUEUED)
    session.connection().execute(unsent.values(queued_at=datetime.combine(today, time(), UTC)))


def is_demonstration(session: Session) -> bool:
    """Whether these data are the demonstration."""
    return session.get(Note, NOTE) is not None


def play_script(session: Session, review: Mapping[str, Any], people: Mapping[str, Any], today: date) -> None:
    """Launch one review and take it as far as its script goes, each step on its own day."""
    launched = today + timedelta(days=review["launched"])
    begins_with = {part: with_dates(review[part], today) for part in ("referral", "proposal") if part in review}
    content = {"board": review["board"], "type": review["type"], "people": people[review["board"]], **begins_with}
    reference = launch_file(Act(session, None, at_ten(launched), launched), content).reference
    for step in review.get("steps", ()):
        take_step(session, reference, step, today)
    for meeting in review.get("meetings", ()):
        arrange_meeting(session, reference, with_dates(meeting, today), people[review["board"]], today)
    for kind in ASKING:
        if asked := review.get(kind):
            ask_people(session, reference, kind, with_dates(asked, today), today)
    if held := review.get("held"):
        by, on = find_person(session, held["by"]), today + timedelta(days=held["on"])
        until = today + timedelta(days=held["until"])
        steering.hold(Act(session, by, at_ten(on), on), reference, reason=held["reason"], until=until)


def arrange_meeting(
    session: Session, reference: str, meeting: Mapping[str, Any], people: Mapping[str, Any], today: date
) -> None:
    """Arrange a meeting, on a working day; it was done yesterday, and the first of those invited has answered."""
    on_day = england_and_wales().on_or_before(date.fromisoformat(meeting["on_day"]))
    by, yesterday = find_person(session, people["business-manager"]["email"]), today - timedelta(days=1)
    now = at_ten(yesterday)
    found = arranging.arrange_meeting(Act(session, by, now, yesterday), reference, {**meeting, "on_day": on_day})
    invitations = select(table_of(Attendance).c.id).where(table_of(Attendance).c.meeting_id == found.id)
    first = session.scalars(invitations.order_by("number")).first()
    assert first is not None
    answering.answer_invitation(Act(session, None, now, yesterday), first, Response.ACCEPTED, None)


def ask_people(session: Session, reference: str, kind: str, asked: Mapping[str, Any], today: date) -> None:
    """Send a draft of the terms of reference, or the five questions, to whom the script says; some have answered."""
    send, answer = ASKING[kind]
    send(act_of_step(session, asked, today), reference, asked["data"])
    for said in asked["answers"]:
        answer(act_of_step(session, said, today), reference, said["number"], said["data"])


def act_of_step(session: Session, step: Mapping[str, Any], today: date) -> Act:
    """By whom and when a step of a script is done."""
    on = today + timedelta(days=step["on"])
    return Act(session, find_person(session, step["by"]), at_ten(on), on)


def years_ago(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The scripts of reviews that were finished long before: others played again, earlier and more slowly."""
    called = {review["called"]: review for review in data["review"] if "called" in review}
    for again in data.get("again", ()):
        script = called[again["like"]]
        finished = {**script, "steps": [*script["steps"], *data["finish"]]}
        yield shifted_in_time(finished, script["launched"], again["earlier"], again["slower"])


def shifted_in_time(value: Any, start: int, earlier: int, slower: float) -> Any:
    """A part of a script with its days moved: as many `earlier`, and so many times as far from the day of launch."""

    def day(number: int) -> int:
        return start - earlier + round((number - start) * slower)

    if isinstance(value, dict):
        return {
            name: day(part)
            if name in ("launched", "on") and isinstance(part, int)
            else shifted_in_time(part, start, earlier, slower)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [shifted_in_time(part, start, earlier, slower) for part in value]
    found = DAYS_FROM_TODAY.match(value) if isinstance(value, str) else None
    return f"@{day(int(found.group(1)))}" if found else value


def take_step(session: Session, reference: str, step: Mapping[str, Any], today: date) -> None:
    """One step of a script."""
    known = known_already(session, find_review(session, reference), step["stage"])
    data = known | with_dates(step.get("data", {}), today)
    complete_stage(act_of_step(session, step, today), reference, step["stage"], data)


def with_dates(value: Any, today: date) -> Any:
    """The script's "@-30" as the day thirty days ago, wherever it stands."""
    if isinstance(value, dict):
        return {name: with_dates(part, today) for name, part in value.items()}
    if isinstance(value, list):
        return [with_dates(part, today) for part in value]
    if isinstance(value, str) and (found := DAYS_FROM_TODAY.match(value)):
        return (today + timedelta(days=int(found.group(1)))).isoformat()
    return value


def at_ten(day: date) -> datetime:
    """Ten in the morning, so that the history reads like one."""
    return datetime.combine(day, time(10), tzinfo=UTC)


def forget_what_is_over(session: Session) -> None:
    """The demonstration begins today: only what is open now is still to be said, and to be prepared."""
    stage, review, outbox, work = (table_of(each) for each in (Stage, Review, OutboxMessage, Work))
    over = select(stage.c.id).where(stage.c.state.not_in((StageState.OPEN, StageState.COMING)))
    ended = select(review.c.id).where(review.c.state == ReviewState.CLOSED)
    session.execute(delete(outbox).where(outbox.c.stage_id.in_(over) | outbox.c.review_id.in_(ended)))
    session.execute(delete(work).where(work.c.review_id.in_(ended)))
