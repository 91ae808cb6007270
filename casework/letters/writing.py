"""Writing a letter: whether it is still wanted, what it is about, and what it says as plain text and as HTML."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlmodel import Session

from casework.framework.profiles import board
from casework.framework.stage_titles import in_time_for, title_of
from casework.letters.checking import check_links
from casework.letters.digests import KINDS, digest_of
from casework.letters.form import Words, paragraphs, parse
from casework.letters.frames import NEUTRAL, Letter, Letterhead, in_frames, letterhead_of, source_environment
from casework.letters.letter_variables import VARIABLES, AskedToAnswer, NewAnswerLink, OfMeeting, OfStage
from casework.letters.meeting_parts import calendar_part, is_news, meeting_link
from casework.letters.naming import named, offered
from casework.letters.own_words import OwnWords, own_words
from casework.letters.reminding import reminded_of
from casework.letters.sandbox import filled_in
from casework.letters.variables import Variables
from casework.links.link_in_letter import answer_of
from casework.outbox.due_notices import BY_AGREEMENT
from casework.outbox.mail_errors import NothingLeftToSay
from casework.outbox.opt_outs import opted_out
from casework.outbox.payloads import ActionLetter, facts_of, payload_of
from casework.people.roles import roles_of
from casework.record.settings import Settings
from casework.record.store import remembered
from models.people import Appointment, Person
from models.record import OutboxMessage
from models.review import Agency, Review, Stage
from models.tables import table_of
from models.vocabulary import Hears, Role, StageState, Template

REVIEW, STAGE, AGENCY = table_of(Review).c, table_of(Stage).c, table_of(Agency).c
PERSON, APPOINTMENT = table_of(Person).c, table_of(Appointment).c
THESE: BindParameter[int] = bindparam("these", expanding=True)
OF_REVIEW = (REVIEW.reference, REVIEW.board, REVIEW.type)
OF_STAGE = (
    *(
        STAGE.name.label("stage_name"),
        STAGE.key.label("stage_key"),
        AGENCY.name.label("agency"),
        STAGE.state,
        STAGE.owner_id,
    ),
    *(STAGE.due_on, STAGE.last_safe_on, STAGE.rule, STAGE.basis, STAGE.trigger, STAGE.trigger_on),
    STAGE.original_due_on,
)
# built once: they are asked for every letter
REVIEWS = select(REVIEW.id, *OF_REVIEW).where(REVIEW.id.in_(THESE))
STAGES = (
    select(STAGE.id, *OF_REVIEW, *OF_STAGE)
    .select_from(
        table_of(Stage)
        .join(table_of(Review), REVIEW.id == STAGE.review_id)
        .outerjoin(table_of(Agency), AGENCY.id == STAGE.agency_id)
    )
    .where(STAGE.id.in_(THESE))
)
MANAGERS = (
    select(PERSON.email)
    .join(table_of(Appointment), APPOINTMENT.person_id == PERSON.id)
    .where(
        APPOINTMENT.board == bindparam("board"),
        APPOINTMENT.role == Role.BUSINESS_MANAGER,
        APPOINTMENT.until.is_(None),
    )
    .order_by(PERSON.id)
)
HEARS = {  # what is sent of itself; what a person asks for, or is asked by another person, cannot be switched off
    Template.STAGE_OPENED: Hears.OPENED,
    Template.ACTION_ASSIGNED: Hears.OPENED,
    Template.ACTION_REOPENED: Hears.OPENED,
    Template.ACTION_EVIDENCED: Hears.OPENED,
    Template.STAGE_ENDED: Hears.NEWS,
    Template.DEADLINE_MOVED: Hears.NEWS,
    Template.ACTION_MOVED: Hears.NEWS,
    Template.REVIEW_HELD: Hears.NEWS,
    Template.REVIEW_RESUMED: Hears.NEWS,
    Template.REVIEW_WITHDRAWN: Hears.NEWS,
    Template.PUBLICATION_ENDED: Hears.NEWS,
}
HELD_BY = {kind.template: kind.role for kind in KINDS}
OF_ITS_OWNER = (Template.STAGE_OPENED, Template.DEADLINE_MOVED)
LISTED = {  # of no single review
    Template.REMINDERS: reminded_of,
    Template.DIGEST_WEEKLY: digest_of,
    Template.DIGEST_MONTHLY: digest_of,
    Template.DIGEST_AGENCY: digest_of,
}


def subject_of(session: Session, message: OutboxMessage) -> Mapping[str, Any]:
    """What a letter may know of the stage that it is about, or else of its review; nothing where it has neither."""
    question, number = subject_query(message)
    if number is None:
        return {}
    return remembered(session, (question, number), lambda: ask_for_subjects(session, question, {number})[0])


def look_up_subjects(session: Session, messages: Iterable[OutboxMessage]) -> None:
    """Ask at once what all of these are about; a session that only looks remembers it."""
    found = [subject_query(message) for message in messages]
    for question in (REVIEWS, STAGES):
        if numbers := {number for asked, number in found if asked is question and number is not None}:
            for row in ask_for_subjects(session, question, numbers):
                remembered(session, (question, row["id"]), row.copy)


def subject_query(message: OutboxMessage) -> tuple[Select[Any], int | None]:
    """The question after what a message is about, and the number to ask for."""
    return (STAGES, message.stage_id) if message.stage_id is not None else (REVIEWS, message.review_id)


def ask_for_subjects(session: Session, question: Select[Any], numbers: set[int]) -> list[dict[str, Any]]:
    """What is known of the reviews, or the stages, of these numbers."""
    return [dict(row) for row in session.execute(question, {"these": sorted(numbers)}).mappings()]


def check_wanted(session: Session, message: OutboxMessage) -> None:
    """Raises NothingLeftToSay for a stage that is done by now, a role that has been left, and what is switched off.

    What the framework makes a duty cannot be: the owner of a stage with a deadline of its own always hears of it.
    """
    role = HELD_BY.get(message.template)
    if role is not None and role not in roles_of(session, message.person_id).get(message.board or "", ()):
        raise NothingLeftToSay("They no longer hold the role that it was for.")
    kind = HEARS.get(message.template)
    if kind is None:
        return
    stage = subject_of(session, message) if message.stage_id is not None else None
    if message.template is Template.STAGE_OPENED and stage and stage["state"] is not StageState.OPEN:
        raise NothingLeftToSay("The stage is now complete.")
    if message.template in OF_ITS_OWNER and stage and stage["owner_id"] != message.person_id:
        raise NothingLeftToSay("The stage is now with somebody else.")
    is_duty = kind is Hears.OPENED and stage is not None and stage["basis"] not in BY_AGREEMENT
    if not is_duty and kind in opted_out(session, message.person_id):
        raise NothingLeftToSay("They have switched off letters of this kind.")


def write_letter(session: Session, message: OutboxMessage, *, settings: Settings, today: date) -> Letter:
    """Write the letter of an outbox message as it has to read on the day `today`, as its board words it.

    Raises pydantic's ValidationError when something that its template needs is not there.
    """
    check_wanted(session, message)
    variables, board_name = variables_of(session, message, settings=settings, today=today)
    if isinstance(variables, OfMeeting) and not is_news(session, message, variables):
        raise NothingLeftToSay("The meeting has since changed, or is over.")
    if board_name is None:
        return render(message.template, variables)
    own = own_words(session, board_name, message.template)
    letter = render(message.template, variables, letterhead=letterhead_of(session, board_name), own=own)
    letter = replace(letter, reply_to=reply_to(session, board_name))
    if not isinstance(variables, OfMeeting):
        return letter
    return replace(letter, calendar=calendar_part(session, message, variables, sender=settings.mail_from))


def reply_to(session: Session, board_name: str) -> tuple[str, ...]:
    """Where a reply to a letter of a board goes: to the address in its profile, else to its business managers."""
    if address := board(board_name).reply_to:
        return (address,)
    rows = remembered(
        session, (reply_to, board_name), lambda: session.execute(MANAGERS, {"board": board_name}).scalars().all()
    )
    return tuple(rows)


def variables_of(
    session: Session, message: OutboxMessage, *, settings: Settings, today: date
) -> tuple[Variables, str | None]:
    """The variables of a message's letter, and the board that it is of, if it is of one; raises ValidationError."""
    facts = facts_of(message)
    facts |= {"address": settings.address, "today": today, "queued_at": message.queued_at}
    if found := LISTED.get(message.template):
        facts |= found(session, message, address=settings.address, today=today)
    else:
        facts |= facts_of_review(session, message, settings.address)
    return VARIABLES[message.template].model_validate(facts), facts.get("board_name")


def render(
    template: Template, variables: Variables, *, letterhead: Letterhead = NEUTRAL, own: OwnWords | None = None
) -> Letter:
    """The letter of a template with these variables, under this letterhead, in a board's own words if it has any."""
    words = words_of(own.source, variables) if own else None
    fell_back = own.number if own and words is None else None
    words = words or parse(source_environment().get_template(f"{template.value}.jinja").render(named(variables)))
    check_links(words, variables)
    small_print = words.small_print or usual_small_print()
    return replace(in_frames(replace(words, small_print=small_print), letterhead), fell_back_from=fell_back)


def words_of(source: str, variables: Variables) -> Words | None:
    """What a board's own words make; None where they make no letter: the product's words then go in their place."""
    try:
        words = parse(filled_in(source, offered(variables)))
        check_links(words, variables)
    except Exception:  # whatever is wrong with somebody's words, it must never stop a letter
        return None
    return words


@cache
def usual_small_print() -> tuple[str, ...]:
    """What stands under every letter that has no small print of its own."""
    return paragraphs(source_environment().get_template("_small-print.jinja").render())


def facts_of_review(session: Session, message: OutboxMessage, address: str) -> dict[str, Any]:
    """What a letter may say of a review and its stage; nothing where the message belongs to none."""
    if message.review_id is None:
        return {}
    row = subject_of(session, message)
    facts: dict[str, Any] = dict(row)
    profile = board(row["board"])
    facts |= {"board_name": row["board"], "board": profile.name.value, "keep": profile.publishing.keep.value}
    facts["link"] = f"{address}/reviews/{quote(row['reference'], safe='')}"
    if message.stage_id is not None:
        facts["stage"] = title_of(row["type"], row["stage_key"], row["agency"])
        facts["in_time_for"] = in_time_for(row["type"], row["stage_key"])
    if issubclass(VARIABLES[message.template], OfStage):
        facts["link"] += f"/stages/{quote(row['stage_name'], safe=':')}"
    elif told := payload_of(message, ActionLetter):
        facts["link"] += f"/actions/{told.number}"
    elif issubclass(VARIABLES[message.template], OfMeeting):
        facts["link"] = meeting_link(session, message, address)
    if issubclass(VARIABLES[message.template], OfStage) and facts["agency"] is None:
        return facts  # a stage of people who sign in: nothing more has to be looked up
    return facts | answer_link_of(session, message, address)


def answer_link_of(session: Session, message: OutboxMessage, address: str) -> dict[str, Any]:
    """The link to answer by, where a letter asks for something; it is the one link of those that ask nothing else.

    Raises NothingLeftToSay where such a letter has nothing to ask any more.
    """
    found = answer_of(session, message, address=address)
    if not issubclass(VARIABLES[message.template], (AskedToAnswer, NewAnswerLink)):
        return {"answer": found} if found else {}
    if found is None:
        raise NothingLeftToSay("What this letter asked for is no longer needed.")
    return {"link": found}
