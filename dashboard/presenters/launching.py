"""What a business manager chooses from when a case is referred or a theme proposed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.framework.criteria import Reason, screen
from casework.framework.editions import clocks_under, edition, edition_for, kind_under
from casework.framework.pipelines import PIPELINES
from casework.framework.pipelines.table import Pipeline
from casework.framework.profiles import board
from casework.moves.launching import begin_with_referral, happened_on, those_that_fit, triggers_left_out, type_to_launch
from dashboard.presenters.guidance import beside_national
from dashboard.presenters.local import decisions, said_of_criteria
from models.edition import Country
from models.forms.base import field_title
from models.forms.inquiry import MethodChoice
from models.forms.referral import Referral
from models.vocabulary import Methodology, Role

# named for each review, or only looking on
OWE_NONE = {Role.LEAD_REVIEWER, Role.AGENCY_AUTHOR, Role.ACTION_OWNER, Role.BOARD_MEMBER, Role.INSPECTOR}
WHAT_IT_IS = {
    "serious-case-review": "For a child who has died or been seriously harmed where abuse or neglect is known or "
    "suspected: an independent lead reviewer finds out what happened and why, and the report is published.",
    "practice-learning-review": "For a case that does not meet the criteria but holds something to learn: the agencies "
    "report on their own part, and practitioners are heard.",
    "single-case-audit": "For a case of which an audit in depth shows enough: each agency audits its own file, and one "
    "meeting draws the learning together.",
    "best-practice-review": "For a case in which agencies worked together well: what made that possible, so that it "
    "can be done elsewhere.",
    "reflective-practice-review": "For a case from which its own professionals learn most by meeting: they look back "
    "together at what was done and why.",
    "extended-learning-review": "For a serious incident that involves a young person known to youth justice services: "
    "the learning of all agencies that worked with them, not of those services alone.",
    "child-death-review": "For the death of a child, whatever its cause: the panel puts together what the agencies "
    "know, and records themes, trends and modifiable factors.",
    "rapid-review": "For a serious incident: the National Panel is notified, the facts are gathered at once, and the "
    "partners decide whether a local child safeguarding practice review follows.",
    "local-child-safeguarding-practice-review": "For a case that may hold learning for the whole partnership: "
    "independent reviewers find out what happened and why, and the report is published.",
    "child-practice-review": "For a child in Wales who has died or been seriously harmed where abuse or neglect is "
    "known or suspected: concise or extended, around a learning event with practitioners.",
    "thematic-audit": "For a theme that runs through many cases: each agency audits a sample of its files, and the "
    "actions are audited again later.",
    "themed-review": "For children who are vulnerable alike: a sample of their cases is examined, and practitioners "
    "and young people are heard.",
    "deep-dive": "For a priority area of the board: evidence from several sources, gathered side by side, is held "
    "against each other.",
    "light-touch-review": "For the one most important question: it is answered by whatever method is right, and the "
    "answer closes it, is acted on, or leads to a deep dive.",
}


@dataclass(frozen=True)
class Choice:
    """A review type as a board runs it; `also` are its further names there, the product's own among them."""

    board: str
    type: str
    name: str
    also: str
    what_it_is: str
    cite: str

    @property
    def href(self) -> str:
        """Where its timetable is below, and where its theme is proposed if it begins with one."""
        return f"/launch/{self.board}/{self.type}"

    @property
    def diagram(self) -> str:
        """The picture of its stages."""
        return f"/boards/{self.board}/{self.type}/diagram.svg"


@dataclass(frozen=True)
class Choices:
    """What can be launched on one board, after a referral and from a theme; `nobody` holds the roles named there."""

    board: str
    board_name: str
    referred: tuple[Choice, ...]
    proposed: tuple[Choice, ...]
    nobody: str = ""


def choices(held: Mapping[str, Collection[Role]]) -> list[Choices]:
    """The review types that these boards run, under their local names; of each board the roles that somebody holds."""
    return [
        Choices(name, board(name).name.value, *in_two_groups(name), nobody_holds(name, roles))
        for name, roles in held.items()
    ]


def nobody_holds(board_name: str, held: Collection[Role]) -> str:
    """The roles that owe stages on a board and that nobody holds, under their local titles."""
    named = (body.title for role, body in board(board_name).roles.items() if role not in held and role not in OWE_NONE)
    return ", ".join(named)


def in_two_groups(board_name: str) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """The types of a board that begin with a referral, and those that begin with a theme."""
    profile = board(board_name)
    after_referral = begin_with_referral(profile)
    themes = [type_ for type_ in profile.reviews if type_ not in after_referral]
    referred, proposed = ([choice(board_name, type_) for type_ in types] for types in (after_referral, themes))
    return tuple(referred), tuple(proposed)


def choice(board_name: str, type_: str) -> Choice:
    """One type to choose."""
    kind, official = board(board_name).reviews[type_], PIPELINES[type_].title
    names = dict.fromkeys([*(name.value for name in kind.also), official])
    also = ", ".join(name for name in names if name != kind.name)
    return Choice(board_name, type_, kind.name, also, WHAT_IT_IS.get(type_, ""), kind.cite)


def methodologies(table: Pipeline) -> list[tuple[str, str]]:
    """The methodologies that a timetable may suppose, where the type leaves a choice.

    Not a hybrid, which says only when it is chosen which steps it takes.
    """
    chosen = any(issubclass(spec.form, MethodChoice) for spec in table.stages)
    if not chosen or table.type == Methodology.CHILD_PRACTICE_REVIEW.value:
        return []
    return [(each.value, each.label) for each in Methodology if each is not Methodology.HYBRID]


def not_asked(board_name: str) -> set[str]:
    """The questions of the referral that bear on nothing on this board, under any edition that its framework names."""
    profile = board(board_name)
    editions = [edition(named.value) for named in profile.editions]
    clocks = (clocks_under(kind, type_, found) for type_, kind in profile.reviews.items() for found in editions)
    counted = {clock.trigger for of_type in clocks for clock in of_type.values()}
    in_wales = any(found.country is Country.WALES for found in editions)
    return {"aware_on"} - counted | (set() if in_wales else {"registered_or_looked_after"})


@dataclass(frozen=True)
class LaunchAs:
    """A type as which a referral may be launched; `needs` is a question of the referral that has to be answered."""

    type: str
    name: str
    what_it_is: str
    recommended: bool
    needs: str


@dataclass(frozen=True)
class Recommended:
    """What the criteria make of a referral, under which edition, and as what it may be launched."""

    answer: str
    recommendation: str
    no_review: bool
    reasons: tuple[Reason, ...]
    edition: str
    beside: str
    on: date
    choices: tuple[LaunchAs, ...]
    chosen: str

    @property
    def items(self) -> list[dict[str, object]]:
        """The choices as the GOV.UK component takes them."""
        return [
            {
                "value": each.type,
                "text": f"{each.name} (recommended)" if each.recommended else each.name,
                "hint": {"text": " ".join(part for part in (each.what_it_is, each.needs) if part)},
            }
            for each in self.choices
        ]


def recommended(board_name: str, referral: Referral, chosen: str = "") -> Recommended:
    """The recommendation with its reasons; `chosen` is the type chosen before, if one was."""
    profile, on = board(board_name), happened_on(referral)
    under = edition_for(profile, on)
    found, first = screen(referral, profile, under), type_to_launch(profile, referral)
    types = sorted(those_that_fit(profile, referral), key=lambda type_: type_ != first)
    return Recommended(
        answer=said_of_criteria(found.criteria, found.suits, found.recommendation, decisions(profile)),
        recommendation=found.recommendation,
        no_review=found.recommendation not in types,
        reasons=found.reasons,
        edition=under.title,
        beside=beside_national(under, on),
        on=on,
        choices=tuple(launch_as(board_name, type_, referral, found.recommendation) for type_ in types),
        chosen=chosen if chosen in types else first,
    )


def launch_as(board_name: str, type_: str, referral: Referral, recommendation: str) -> LaunchAs:
    """One type as which the referral may be launched."""
    known, profile = choice(board_name, type_), board(board_name)
    kind = kind_under(profile, type_, edition_for(profile, happened_on(referral)).key)
    asked = dict.fromkeys(field_title(Referral, clock.trigger) for clock in triggers_left_out(kind, referral))
    return LaunchAs(type_, known.name, known.what_it_is, type_ == recommendation, needs(list(asked)))


def needs(asked: Sequence[str]) -> str:
    """What has to be answered before this type can be launched."""
    return f"It needs an answer to: {' '.join(f'“{each}”' for each in asked)}" if asked else ""
