"""The journal in plain words: who did what, when and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casework.clock.wording import day
from casework.framework.pipelines import pipeline
from casework.reviews.case import BY_LINK
from casework.views.review import Entry, ReviewView
from models.vocabulary import MeetingKind, Methodology, Response, Role


@dataclass(frozen=True)
class Line:
    """One line of the history, as the timeline shows it."""

    title: str
    by: str
    at: datetime
    text: str


def titles_of(view: ReviewView) -> dict[str, str]:
    """The titles of a review's stages by name, those not opened yet by key."""
    planned = {spec.key: spec.title for spec in pipeline(view.review.type).stages}
    return planned | {stage.name: stage.title for stage in view.stages}


def history(view: ReviewView) -> list[Line]:
    """The whole history, newest first."""
    titles = titles_of(view)
    return [
        Line(headline(entry, titles), who(entry), entry.at, detail(entry, titles)) for entry in reversed(view.history)
    ]


def who(entry: Entry) -> str:
    """Who did it; a person who used a link from a letter had not signed in."""
    return f"{entry.actor}, by a link from an e-mail" if entry.detail.get(BY_LINK) else entry.actor


def headline(entry: Entry, titles: Mapping[str, str]) -> str:
    """What was done: "Chair’s decision completed"."""
    words = HEADLINES.get(entry.verb)
    stage = about(entry, titles)
    return words.format(stage=stage, **entry.detail) if words else f"{entry.verb.capitalize()} {stage}".strip()


def about(entry: Entry, titles: Mapping[str, str]) -> str:
    """The stage that an entry is about, or the stages of which it tells together."""
    names = [entry.stage] if entry.stage else entry.detail.get("stages", ())
    return ", ".join(titles.get(name, name) for name in names)


HEADLINES = {
    "launched": "Review launched",
    "stage completed": "{stage}: completed",
    "sent back": "{stage}: sent back",
    "round recorded": "{stage}: another round recorded",
    "held": "Put on hold",
    "resumed": "Resumed",
    "deadline extended": "{stage}: deadline moved",
    "handed over": "{stage}: handed over",
    "withdrawn": "Review withdrawn",
    "carried over": "Carried over from {from}",
    "converted": "Goes on as {to}",
    "action closed": "Action {number} closed",
    "action progress": "Action {number}: progress recorded",
    "action evidenced": "Action {number}: evidence given",
    "action assured": "Action {number}: assurance given by the agency",
    "action signed off": "Action {number} signed off",
    "action deadline moved": "Action {number}: deadline moved",
    "action colour set": "Action {number}: colour set by hand",
    "action colour lifted": "Action {number}: colour set by hand lifted",
    "action impact measured": "Action {number}: impact measured",
    "action re-check planned": "Action {number}: re-check planned",
    "action re-checked": "Action {number}: re-checked, the improvement holds",
    "action reopened": "Action {number} reopened",
    "file added": "{stage}: file added",
    "methodology changed": "Methodology changed",
    "lead reviewer added": "Another lead reviewer appointed",
    "address corrected": "An e-mail address was corrected",
    "publication period ended": "The report may come off the website",
    "participant invited": "Participation: number {number} put on record",
    "participation recorded": "Participation: number {number}, {part} recorded",
    "principles answered": "Principles and quality markers answered",
    "process linked": "Parallel process {number} linked",
    "meeting arranged": "Meeting {number} arranged",
    "meeting moved": "Meeting {number}: another time or place",
    "meeting cancelled": "Meeting {number} cancelled",
    "meeting invited to": "Meeting {number}: more people invited",
    "meeting uninvited from": "Meeting {number}: somebody no longer invited",
    "meeting answered": "Meeting {number}: answered",
    "attendance recorded": "Meeting {number}: who came was recorded",
    "process updated": "Parallel process {number} updated",
    "process ended": "Parallel process {number} ended",
    "report promised": "{stage}: it will come later",
    "terms circulated": "{stage}: a draft went round",
    "terms answered": "{stage}: the draft was answered",
    "questions asked": "Practitioners were asked the five questions",
    "questions answered": "A practitioner answered the five questions",
    "links ended": "Links to answer by were ended",
}


def detail(entry: Entry, titles: Mapping[str, str]) -> str:
    """What there is to say beside the headline: what opened, from when to when, and the reason given."""
    words = DETAILS.get(entry.verb)
    said = words(entry, titles) if words else ""
    return "\n".join(part for part in (said, entry.note or "") if part)


def opened(entry: Entry, titles: Mapping[str, str]) -> str:
    """The stages that a completion opened."""
    names = [titles.get(name, name) for name in entry.detail.get("opened", ())]
    return f"Opened: {', '.join(names)}." if names else ""


def moved(entry: Entry, _: Mapping[str, str]) -> str:
    """A deadline's way."""
    to = spelt(entry.detail.get("to"))
    return f"From {spelt(entry.detail['from'])} to {to}." if entry.detail.get("from") else f"Set to {to}."


def method(entry: Entry, titles: Mapping[str, str]) -> str:
    """From which methodology to which, and what that opened."""
    before, after = (Methodology(entry.detail[name]).label for name in ("from", "to"))
    return " ".join(part for part in (f"From {before} to {after}.", opened(entry, titles)) if part)


def held(entry: Entry, _: Mapping[str, str]) -> str:
    """How long a hold is expected to last."""
    until = entry.detail.get("until")
    return f"Expected until {spelt(until)}." if until else ""


def carried(entry: Entry, titles: Mapping[str, str]) -> str:
    """What did not have to be typed again."""
    names = [titles.get(name, name) for name in entry.detail.get("stages", ())]
    return f"Carried over: {', '.join(names)}." if names else ""


def passed(entry: Entry, titles: Mapping[str, str]) -> str:
    """From whom to whom something passed, because of which role on the board, and what else went with it."""
    names = [titles.get(name, name) for name in entry.detail.get("stages", ()) if entry.stage not in (name, None)]
    role = entry.detail.get("role")
    parts = (
        "From {} to {}.".format(*entry.passed) if entry.passed else "",
        f"Reason: a change in who is {Role(role).label.lower()} of the board." if role else "",
        f"With it: {', '.join(names)}." if names else "",
    )
    return " ".join(part for part in parts if part)


def comes(entry: Entry, _: Mapping[str, str]) -> str:
    """When something is to come."""
    return f"On {spelt(entry.detail['comes_on'])}."


def meeting(entry: Entry, _: Mapping[str, str]) -> str:
    """Of what kind a meeting is, and when."""
    return f"{MeetingKind(entry.detail['kind']).label}, {spelt(entry.detail['on'])}."


def answered(entry: Entry, _: Mapping[str, str]) -> str:
    """What an invitation was answered with."""
    return f"{Response(entry.detail['answer']).label}."


def spelt(text: str | None) -> str:
    """An ISO date spelt out."""
    return day(date.fromisoformat(text)) if text else ""


DETAILS: dict[str, Callable[[Entry, Mapping[str, str]], str]] = {
    "stage completed": opened,
    "sent back": opened,
    "deadline extended": moved,
    "methodology changed": method,
    "held": held,
    "meeting arranged": meeting,
    "meeting moved": meeting,
    "meeting answered": answered,
    "carried over": carried,
    "handed over": passed,
    "report promised": comes,
}


def success(view: ReviewView, number: int | None, person_id: int) -> str:
    """What the newest entry of the history says to the person who has just made it; nothing for an older one."""
    newest = view.history[-1] if view.history else None
    if newest is None or newest.number != number or newest.actor_id != person_id:
        return ""
    titles = titles_of(view)
    done = DONE.get(newest.verb, headline(newest, titles) + ".")
    stage = titles.get(newest.stage or "", "")
    opened = newly_open(view, newest)
    follows = f" Now open: {', '.join(opened)}." if opened else ""
    return done.format(stage=stage, reference=view.review.reference, **newest.detail) + follows


DONE = {
    "launched": "{reference} is launched.",
    "stage completed": "‘{stage}’ is completed.",
    "round recorded": "It is on record. ‘{stage}’ stays open until what it serves is done.",
    "sent back": "It is sent back. We have told whoever has to see to it.",
    "held": "The review is on hold. We have told everybody who owes something.",
    "resumed": "The review has resumed. We have told everybody who owes something.",
    "handed over": "‘{stage}’ is handed over. We have told its new owner.",
    "deadline extended": "The deadline of ‘{stage}’ has moved. We have told its owner.",
    "withdrawn": "The review is withdrawn. We have told everybody who owed something.",
    "carried over": "The review goes on as {reference}. What was recorded has been carried over.",
    "methodology changed": "The methodology is changed.",
    "lead reviewer added": "They now lead the review too, and can see all of it.",
    "action progress": "The progress is on record.",
    "action evidenced": "The evidence is on record. The action is ready for sign-off.",
    "action assured": "The assurance is on record.",
    "action signed off": "The action is signed off.",
    "action deadline moved": "The deadline has moved. We have told the owner.",
    "action reopened": "The action is reopened. We have told its owner.",
    "file added": "The file is kept with ‘{stage}’.",
    "participant invited": "They are on record.",
    "participation recorded": "It is recorded.",
    "principles answered": "The answers are recorded.",
    "process linked": "The process is linked to the review.",
    "meeting arranged": "The meeting is arranged. The invitations are on their way.",
    "meeting moved": "The meeting has changed. We have told everybody invited.",
    "meeting cancelled": "The meeting is cancelled. We have told everybody invited.",
    "meeting invited to": "The invitations are on their way.",
    "meeting uninvited from": "We have told them that they do not need to come.",
    "attendance recorded": "Who came is recorded.",
    "process updated": "What is known of the process is recorded.",
    "terms circulated": "The draft is on its way. Each person gets a link of their own.",
    "questions asked": "We have sent each of them an e-mail with a link of their own.",
    "links ended": "The links that were sent no longer work.",
    "process ended": "The process is recorded as over. If the review was on hold for it, it can be resumed now.",
}
BEGINNINGS = {"launched", "carried over"}


def newly_open(view: ReviewView, entry: Entry) -> list[str]:
    """The titles of the stages that a move opened: all that is open where it began the review."""
    opened = entry.detail.get("opened", ())
    return [stage.title for stage in view.open_stages if entry.verb in BEGINNINGS or stage.name in opened]
