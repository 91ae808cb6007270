"""A board's profile as its business manager would read it: each value, and the paragraph that says it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casework.clock.wording import clock_time, day
from casework.framework.criteria import IN_WORDS
from casework.framework.editions import edition, kind_under
from casework.framework.pipelines import PIPELINES
from casework.framework.set_up import Question
from dashboard.presenters.board_stages import StageRow, listed, stages
from dashboard.presenters.local import cited
from models.people import Person
from models.profile import BoardProfile, Cited, Kind, Schedule, Who
from models.vocabulary import PublishedIn, Role, Rung, TaskKind

ANSWERED = {
    TaskKind.INVITATION.value: "the date for an answer to an invitation",
    TaskKind.TERMS.value: "the date for an answer to draft terms of reference",
    TaskKind.CONTRIBUTION.value: "the date for answers to the five questions",
}


@dataclass(frozen=True)
class Said:
    """A value and where it comes from."""

    label: str
    value: str
    cite: str


@dataclass(frozen=True)
class Asked:
    """A question that the framework leaves open, and what the board answered or what holds until it does."""

    asks: str
    answer: str


@dataclass(frozen=True)
class KindPage:
    """One review type: what it is for, who does what, its stages, and what the framework leaves open."""

    key: str
    name: str
    cite: str
    about: tuple[Said, ...]
    who: tuple[Said, ...]
    stages: tuple[StageRow, ...]
    left_open: tuple[Asked, ...]


def framework(profile: BoardProfile) -> list[Said]:
    """What holds for the whole board."""
    publishing, most = profile.publishing, profile.most_recommendations
    values: list[tuple[str, Cited[str] | None]] = [
        ("Framework", profile.framework),
        *((edition_label(number), titled(each)) for number, each in enumerate(profile.editions)),
        ("Publication", publishing.report),
        ("Stays on the website", publishing.keep),
        ("Afterwards", publishing.afterwards),
        ("Learning summary", profile.learning_summary),
        ("Recommendations questioned above", Cited[str](value=str(most.value), cite=most.cite) if most else None),
        *(("Learning is brought to the front line by", way) for way in profile.dissemination),
    ]
    said = [Said(label, value.value, cited(value.cite)) for label, value in values if value]
    hold = profile.answer_link_days
    return [*said, *reminders(profile), Said("A link to answer by works for", f"{hold.value} days", cited(hold.cite))]


def edition_label(number: int) -> str:
    """The label of the first edition that a framework works under, and of those after it."""
    return "Works under" if number == 0 else "And then under"


def titled(named: Cited[str]) -> Cited[str]:
    """An edition of the national guidance under its title."""
    return Cited[str](value=edition(named.value).title, cite=named.cite)


def reminders(profile: BoardProfile) -> list[Said]:
    """When people hear of a deadline, and of one that has passed."""
    plan = profile.reminders
    hours = f"On working days from {clock_time(plan.hour)}; after {clock_time(plan.latest)} on the next"
    said = spoken_of("a deadline", plan, profile)
    for key, own in plan.stages.items():
        said += spoken_of(titled_stage(key), own, profile, on_the_day=key != TaskKind.INVITATION)
    return [*said, Said("E-mails go", hours, cited(plan.cite))]


def spoken_of(what: str, plan: Schedule, profile: BoardProfile, *, on_the_day: bool = True) -> list[Said]:
    """A schedule: when its owner hears, and to whom it goes up when nothing happens."""
    said_when = [f"{listed(plan.before)} before" if plan.before else "", "on the day" if on_the_day else ""]
    when = ", ".join(filter(None, [*said_when, f"{listed(plan.after)} after" if plan.after else ""]))
    goes_up = "; ".join(f"{rung_title(step.rung, profile)}, {step.after} after" for step in plan.ladder)
    said = [Said(f"Reminders of {what}", when, cited(plan.cite))]
    return [*said, Said(f"When {what} has passed", goes_up, cited(plan.cite))] if goes_up else said


def rung_title(rung: Rung, profile: BoardProfile) -> str:
    """What a rung is called on this board."""
    return rung.label if rung is Rung.SUB_GROUP_CHAIR else profile.title(Role(rung.value))


def titled_stage(key: str) -> str:
    """What has a schedule of its own: a stage by its title, actions, or answers."""
    titles = (f"‘{each.by_key[key].title}’" for each in PIPELINES.values() if key in each.by_key)
    return next(titles, ANSWERED.get(key, key))


def roles(profile: BoardProfile, holders: Iterable[tuple[Role, Person]]) -> list[tuple[Said, list[str]]]:
    """The roles under their local titles, with who holds them now."""
    held: dict[Role, list[str]] = {}
    for role, person in holders:
        held.setdefault(role, []).append(person.name)
    return [
        (Said(role.label, body.title, cited(body.cite)), held.get(role, [])) for role, body in profile.roles.items()
    ]


def left_open_by(questions: Sequence[Question], type_: str = "") -> tuple[Asked, ...]:
    """What is left open of a review type; without one, of the board as a whole."""
    return tuple(Asked(each.asks, answer_to(each)) for each in questions if each.key.rpartition(".")[0] == type_)


def answer_to(question: Question) -> str:
    """What the board answered, or what holds until then."""
    if question.answer:
        return f"The board’s answer of {day(question.answer.on)}: {question.answer.answer}"
    return f"Until it is answered: {question.stands}" if question.stands else "Not answered yet"


def kinds(profile: BoardProfile, questions: Sequence[Question]) -> list[KindPage]:
    """The review types that this board runs, with the deadlines of the latest edition that it works under."""
    latest = profile.editions[-1].value
    return [
        KindPage(
            key,
            kind.name,
            cited(kind.cite),
            tuple(about(kind)),
            tuple(who(profile, kind)),
            tuple(stages(key, profile, kind_under(profile, key, latest))),
            left_open_by(questions, key),
        )
        for key, kind in profile.reviews.items()
    ]


def about(kind: Kind) -> list[Said]:
    """Its other names, what it suits, how often it is held, and what is published of it."""
    values: list[tuple[str, Cited[str] | None]] = [
        *(("Also called", name) for name in kind.also),
        *(("For", Cited[str](value=IN_WORDS[suits], cite=cite)) for suits, cite in kind.suits.items()),
        ("How often", kind.cadence),
        ("Update meetings", kind.update_meetings),
        ("Methodology", kind.systems_approach),
        ("Published", kind.publishes),
        *(("Published in", Cited[str](value=each.value.label, cite=each.cite)) for each in channels_of(kind)),
        ("May be withheld", kind.may_withhold),
    ]
    return [Said(label, value.value, cited(value.cite)) for label, value in values if value]


def channels_of(kind: Kind) -> tuple[Cited[PublishedIn], ...]:
    """Where such reviews are published, if they are."""
    return kind.channels if kind.publishes else ()


def who(profile: BoardProfile, kind: Kind) -> list[Said]:
    """Who recommends, decides, agrees, approves and monitors."""
    asked = (
        ("Recommends", kind.recommends),
        ("Decides", kind.decides),
        ("Agrees", kind.agrees),
        ("Approves", kind.approves),
        ("Monitors", kind.monitors),
    )
    said = [Said(label, seated(profile, given), cited(given.cite)) for label, given in asked if given]
    told = kind.national_panel
    return said + ([Said("National Panel is told", told.value.label, cited(told.cite))] if told else [])


def seated(profile: BoardProfile, given: Who) -> str:
    """Who takes a seat, with those whom the framework allows instead."""
    others = [profile.title(role) for role in given.either]
    return profile.title(given.value) + (f" (or {' or '.join(others)})" if others else "")
