"""Writing the letters: what each says, in the words of its source in templates/emails/, as plain text and as HTML.

A letter carries a reference, the title of a stage, the board's name, dates and a link: nothing about a
person, nothing about a case. That holds by construction: only the columns named here are read, none of
them is encrypted text, and a template is given the fields of its variables and nothing else. Where a meeting is
held goes out as it was typed to be sent: it lies in the message itself, and stands in no other letter.
"""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote

from sqlmodel import Session

from casework.answering.letters import answer_of
from casework.boards import board
from casework.digests.telling import digest_of
from casework.mail.about import about
from casework.mail.enclosing import calendar_part, is_news, meeting_link
from casework.mail.letter_form import paragraphs, parse
from casework.mail.letter_frames import NEUTRAL, Letter, Letterhead, framed
from casework.mail.letter_sources import sources
from casework.mail.letter_variables import (
    VARIABLES,
    AskedToAnswer,
    NewAnswerLink,
    OfAction,
    OfStage,
)
from casework.mail.letter_words import Words
from casework.mail.letterheads import letterhead_of
from casework.mail.links import check_links
from casework.mail.mail_errors import NothingLeftToSay
from casework.mail.meeting_variables import OfMeeting
from casework.mail.naming import named, offered
from casework.mail.own_words import OwnWords, own_words
from casework.mail.reminding import reminded_of
from casework.mail.sandbox import filled_in
from casework.mail.titles import in_time_for, title_of
from casework.mail.variables import Variables
from casework.mail.wanted import check_wanted
from casework.settings import Settings
from models.record import OutboxMessage
from models.vocabulary import Template

LISTED = {  # of no single review
    Template.REMINDERS: reminded_of, Template.DIGEST_WEEKLY: digest_of, Template.DIGEST_MONTHLY: digest_of,
    Template.DIGEST_AGENCY: digest_of,
}  # fmt: skip


def write_letter(session: Session, message: OutboxMessage, *, settings: Settings, today: date) -> Letter:
    """Write the letter of an outbox message as it has to read on the day `today`, as its board words it.

    Raises pydantic's ValidationError when something that its template needs is not there.
    """
    check_wanted(session, message)
    variables, board_name = variables_of(session, message, settings=settings, today=today)
    if isinstance(variables, OfMeeting) and not is_news(session, message, variables):
        raise NothingLeftToSay("The meeting has changed since, or is over.")
    if board_name is None:
        return render(message.template, variables)
    own = own_words(session, board_name, message.template)
    letter = render(message.template, variables, letterhead=letterhead_of(session, board_name), own=own)
    if not isinstance(variables, OfMeeting):
        return letter
    return replace(letter, calendar=calendar_part(session, message, variables, sender=settings.mail_from))


def variables_of(
    session: Session, message: OutboxMessage, *, settings: Settings, today: date
) -> tuple[Variables, str | None]:
    """The variables of a message's letter, and the board that it is of, if it is of one; raises ValidationError."""
    facts: dict[str, Any] = dict(message.details or {})
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
    words = words or parse(sources().get_template(f"{template.value}.jinja").render(named(variables)))
    check_links(words, variables)
    small_print = words.small_print or usual_small_print()
    return replace(framed(replace(words, small_print=small_print), letterhead), fell_back_from=fell_back)


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
    return paragraphs(sources().get_template("_small-print.jinja").render())


def facts_of_review(session: Session, message: OutboxMessage, address: str) -> dict[str, Any]:
    """What a letter may say of a review and its stage; nothing where the message belongs to none."""
    if message.review_id is None:
        return {}
    row = about(session, message)
    facts: dict[str, Any] = dict(row)
    profile = board(row["board"])
    facts |= {"board_name": row["board"], "board": profile.name.value, "keep": profile.publishing.keep.value}
    facts["link"] = f"{address}/reviews/{quote(row['reference'], safe='')}"
    if message.stage_id is not None:
        facts["stage"] = title_of(row["type"], row["stage_name"], row["agency"])
        facts["in_time_for"] = in_time_for(row["type"], row["stage_name"])
    if issubclass(VARIABLES[message.template], OfStage):
        facts["link"] += f"/stages/{quote(row['stage_name'], safe=':')}"
    elif issubclass(VARIABLES[message.template], OfAction):
        facts["link"] += f"/actions/{quote((message.details or {}).get('number', ''), safe='')}"
    elif issubclass(VARIABLES[message.template], OfMeeting):
        facts["link"] = meeting_link(session, message, address)
    if issubclass(VARIABLES[message.template], OfStage) and facts["agency"] is None:
        return facts  # a stage of people who sign in: nothing more has to be looked up
    return facts | answering(session, message, address)


def answering(session: Session, message: OutboxMessage, address: str) -> dict[str, Any]:
    """The link to answer by, where a letter asks for something; it is the one link of those that ask nothing else.

    Raises NothingLeftToSay where such a letter has nothing to ask any more.
    """
    found = answer_of(session, message, address=address)
    if not issubclass(VARIABLES[message.template], (AskedToAnswer, NewAnswerLink)):
        return {"answer": found} if found else {}
    if found is None:
        raise NothingLeftToSay("What this letter asked is not asked any more.")
    return {"link": found}
