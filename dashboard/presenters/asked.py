"""What people were asked by a link from a letter, as those who asked read it: who, by when, and what they said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.clock.wording import day
from casework.requests.draft_terms import Circulation
from dashboard.shapes import label_of
from models.answering import Contribution, TermsReply
from models.forms.answering import FiveQuestions
from models.tables import id_of
from models.vocabulary import Agreement, TaskKind

COLOURS = {None: "grey", Agreement.AGREES: "green", Agreement.COMMENTS: "yellow", Agreement.DISAGREES: "red"}


@dataclass(frozen=True)
class Said:
    """One person who was asked: how they stand to it, what they said, and where their links are ended."""

    name: str
    tag: str
    colour: str
    on: str
    facts: tuple[tuple[str, str], ...]
    kind: TaskKind
    task_id: int


@dataclass(frozen=True)
class Draft:
    """A draft that went round, with everybody who was asked."""

    heading: str
    answer_by: date
    wording: str
    people: tuple[Said, ...]


def drafts(found: Iterable[Circulation]) -> list[Draft]:
    """Every draft, the newest first."""
    return [
        Draft(
            f"Draft {each.draft.number}, circulated on {day(each.draft.at)}",
            each.draft.answer_by,
            each.draft.wording,
            tuple(replied(name, row) for name, row in each.replies),
        )
        for each in found
    ]


def replied(name: str, row: TermsReply) -> Said:
    """What somebody said to a draft."""
    facts = (("Comments", row.comment),) if row.comment else ()
    tag = row.agreement.label if row.agreement else "No answer yet"
    return Said(name, tag, COLOURS[row.agreement], day(row.replied_on), facts, TaskKind.TERMS, id_of(row))


def contributed(name: str, row: Contribution) -> Said:
    """What a practitioner answered, question by question."""
    answers = ((label_of(key, info), getattr(row, key)) for key, info in FiveQuestions.model_fields.items())
    facts = tuple((label, text) for label, text in answers if text)
    tag, colour = ("Answered", "green") if row.answered_on else (f"Asked for by {day(row.answer_by)}", "grey")
    return Said(name, tag, colour, day(row.answered_on), facts, TaskKind.CONTRIBUTION, id_of(row))
