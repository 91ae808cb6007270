"""The letters of a board in plain words: when each is sent, in whose words, and how one is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from casework.letters.checking import problems_of
from casework.letters.letter_variables import VARIABLES
from casework.letters.naming import explained, lists_of
from casework.letters.own_words import OwnWords, is_of_a_board
from dashboard.presenters.outbox import ABOUT
from models.vocabulary import Template

WHEN = {
    Template.SIGN_IN: "At once, to anyone who asks for a link on the sign-in page.",
    Template.STAGE_OPENED: "When a stage opens, to its owner.",
    Template.STAGE_ENDED: "When a stage ends before it is completed, to the person who owed it.",
    Template.REMINDERS: "In the morning, to everybody who has something due or overdue, or who has to know that "
    "others do.",
    Template.DIGEST_WEEKLY: "On the first working day of the week, to the business manager.",
    Template.DIGEST_MONTHLY: "On the first working day of the month, to the independent chair.",
    Template.DIGEST_AGENCY: "On the first working day of the month, to each agency’s safeguarding lead.",
    Template.DEADLINE_MOVED: "When a deadline is set or moved, to the owner of the stage.",
    Template.REVIEW_HELD: "When a review is put on hold, to everybody who owes something in it.",
    Template.REVIEW_RESUMED: "When a review resumes, to everybody who owes something in it.",
    Template.REVIEW_WITHDRAWN: "When a review is withdrawn, to everybody who was asked for something in it.",
    Template.ACTION_ASSIGNED: "When an action is given to somebody, to that person.",
    Template.ACTION_MOVED: "When the date of an action is moved, to its owner.",
    Template.ACTION_EVIDENCED: "When the owner has given evidence, to the person who signs the action off.",
    Template.ACTION_REOPENED: "When an action is reopened, to its owner.",
    Template.PUBLICATION_ENDED: "When a report has been on the website for as long as it must be, to the business "
    "manager.",
    Template.MEETING_INVITED: "When somebody is invited to a meeting, with a calendar entry that they can take up.",
    Template.MEETING_MOVED: "When a meeting has a new time or place, to everybody invited.",
    Template.MEETING_CANCELLED: "When a meeting is cancelled, to everybody invited.",
    Template.MEETING_UNINVITED: "When somebody is no longer invited to a meeting, to them.",
    Template.ANSWER_LINK: "When somebody asks for a new link to answer by, to the address on record.",
    Template.REPORT_PROMISED: "When an agency says when its report will come, to the business manager.",
    Template.TERMS_CIRCULATED: "When a draft of the terms of reference is sent round, to everybody who has to read it.",
    Template.QUESTIONS_ASKED: "When a practitioner is asked how things looked at the time, to that person.",
}
GUIDE = (
    ("The first line", "The subject. Leave the second line blank."),
    ("A blank line", "Begins a new paragraph."),
    ("- Name: value", "A fact, shown in two columns. It is left out where it has no value."),
    (
        "[Words]({{ link }})",
        "The button, on a line of its own. Every letter needs it. Of two such lines the first is the button.",
    ),
    ("# Heading", "A heading for what follows."),
    ("---", "What follows is small print, in place of the usual small print."),
    ("{{ name }}", "Is filled in: the names are listed below. Dates are spelt with {{ name | day }}."),
    ("{% if name %} … {% endif %}", "Words that are shown only if the letter has that name."),
)


@dataclass(frozen=True)
class Listed:
    """A letter as the list shows it: whose words it has, and how that is marked."""

    template: Template
    about: str
    when: str
    words: str
    colour: str


def listed(own: Mapping[str, OwnWords]) -> list[Listed]:
    """Every letter that the product writes, for a board with these words of its own."""
    return [Listed(each, ABOUT[each], WHEN[each], *whose_words(each, own.get(each.value))) for each in Template]


def whose_words(template: Template, own: OwnWords | None) -> tuple[str, str]:
    """In whose words a letter goes out, and the colour that says so."""
    if not is_of_a_board(template):
        return "The same for every board", "grey"
    if own is None:
        return "The product’s words", "grey"
    return ("Your own words do not work", "red") if problems_of(template, own.source) else ("Your own words", "green")


def names_of(template: Template) -> list[tuple[str, str]]:
    """What can be filled in, as it is written, with what it means; lists last."""
    kind = VARIABLES[template]
    found = [(f"{{{{ {name} }}}}", means) for name, means in explained(kind).items()]
    lists = [(name, kind.model_fields[name].description or "") for name in lists_of(kind)]
    return found + [(f"{{% for item in {name} %}} … {{% endfor %}}", means) for name, means in lists]


def items_of(template: Template) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the items of its lists have, as it is written, with what it means: once for all lists of the same items."""
    lists = lists_of(VARIABLES[template])
    alike: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for name, inside in lists.items():
        alike.setdefault(tuple(inside.items()), []).append(name)
    return [
        (f"What each item of {in_a_row(names)} has", [(f"{{{{ item.{each} }}}}", means) for each, means in inside])
        for inside, names in alike.items()
    ]


def in_a_row(names: Sequence[str]) -> str:
    """ "overdue, ahead and brought"."""
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)
