"""Who takes part in a review, in words: never as a mark, always in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casework.clock.wording import day
from casework.registers.participation import count_participation, is_to_invite, owed_feedback
from models.participation import Participant
from models.vocabulary import EventKind, Invitee, Response

PLURALS = {Invitee.CHILD: "children"}


@dataclass(frozen=True)
class Person:
    """Somebody who takes part: their number and name in the review, their answer, and everything recorded."""

    number: int
    known_as: str
    who: str
    answer: str
    facts: tuple[tuple[str, str], ...]
    feedback_owed: bool


def participation(found: Sequence[Participant]) -> list[Person]:
    """Everybody, in the order in which they were recorded."""
    return [
        Person(each.number, each.known_as, who(each), answer(each), facts(each), owed_feedback(each)) for each in found
    ]


def answer(found: Participant) -> str:
    """That somebody took part; else what they answered, or that nobody has asked them yet."""
    if found.attended:
        return "Took part"
    return "Still to be invited" if is_to_invite(found) else found.answer.label


def who(found: Participant) -> str:
    """ "Parent", "Practitioner, 12 people"."""
    return found.who.label + (f", {found.how_many} people" if found.how_many > 1 else "")


def facts(found: Participant) -> tuple[tuple[str, str], ...]:
    """What is on record about a person."""
    came = ", ".join(
        f"{EventKind(event['kind']).label}, {day(date.fromisoformat(event['held_on']))}" for event in found.attended
    )
    lines = (
        ("Invited", invitation(found)),
        ("Invited by", found.invited_by or ""),
        ("Expectations explained", dated(found.expectations_on, found.expectations)),
        ("Reason given", found.reason or ""),
        ("Took part in", came),
        ("Their views", found.views or ""),
        ("Feedback given", dated(found.feedback_on, found.feedback)),
    )
    return tuple((label, text) for label, text in lines if text)


def invitation(found: Participant) -> str:
    """When and how somebody was invited."""
    return ": ".join(part for part in (day(found.invited_on), found.how or "") if part)


def dated(on: date | None, text: str | None) -> str:
    """A text with its day before it."""
    return "\n".join(part for part in (day(on), text or "") if part)


def tally_in_words(found: Sequence[Participant]) -> str:
    """ "2 invited, 1 accepted, 1 declined; feedback still owed to 1"."""
    count = count_participation(found)
    if not found:
        return "Nobody is on record yet"
    named = (
        (count.invited, "invited"),
        (count.accepted, Response.ACCEPTED.label),
        (count.declined, Response.DECLINED.label),
        (count.waiting, Response.WAITING.label),
        (count.to_invite, "still to be invited"),
        (count.not_invited, Response.NOT_INVITED.label),
    )
    said = ", ".join(f"{number} {words.lower()}" for number, words in named if number)
    return said + (f"; feedback still owed to {count.feedback_owed}" if count.feedback_owed else "")


def nobody_yet(found: Sequence[Participant]) -> str:
    """Of those usually invited, the ones of whom nobody is on record: "siblings, carers"."""
    return ", ".join(PLURALS.get(each, f"{each.label.lower()}s") for each in count_participation(found).nobody_yet)
