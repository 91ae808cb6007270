"""A board's framework as data: every value either cites its paragraph, is set by the board, or is left open."""

from datetime import time
from typing import Annotated, Generic, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from models.errors import RuleError
from models.forms.base import Address
from models.rule import Period, parse_rule
from models.vocabulary import ABOVE, Basis, PanelDuty, PublishedIn, Role, Rung, Suits, TaskKind

Value = TypeVar("Value")
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
BOARD = "board"  # as a citation: the board itself chose the value, the framework is silent


class Part(BaseModel):
    """A part of a profile: no key is accepted that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cited(Part, Generic[Value]):
    """A value of the framework with the paragraph that says it."""

    value: Value
    cite: Sentence


class Who(Cited[Role]):
    """Who takes a seat: a role, and in `either` those others among whom the framework leaves the board the choice."""

    either: tuple[Role, ...] = ()


class Body(Part):
    """A role under its local title; `title` may be left out where `open` says that the framework is silent."""

    title: Sentence
    cite: Sentence


class Clock(Part):
    """A deadline of the framework.

    `trigger` is the recorded date that starts it, such as `notified_on`; `rule` a period such as "1 month".
    """

    rule: str
    trigger: Sentence
    basis: Basis
    cite: Sentence
    explains: Sentence

    @field_validator("rule")
    @classmethod
    def readable(cls, text: str) -> str:
        """A rule must be a period: a review's deadline comes once."""
        try:
            rule = parse_rule(text)
        except RuleError as wrong:
            raise ValueError(str(wrong)) from wrong
        if not isinstance(rule, Period):
            raise ValueError(f"‘{text}’ comes several times. A deadline comes once: write it as ‘1 month’.")
        return text

    @property
    def period(self) -> Period:
        """The rule, read."""
        rule = parse_rule(self.rule)
        assert isinstance(rule, Period)
        return rule


class Kind(Part):
    """A review type as this board runs it: its local name, and who recommends, decides, approves and monitors.

    `also` are further local names. `suits` says what kinds of referral it suits, each with its paragraph. Where
    nobody recommends, the person who decides does so alone. `systems_approach` is given where such reviews are
    done by a systems method. `channels` are those by which such reviews are published,
    on the website where the profile says nothing of it. `cadence` is how often such a review is held.
    """

    name: Sentence
    cite: Sentence
    also: tuple[Cited[Sentence], ...] = ()
    suits: dict[Suits, Sentence] = Field(default_factory=dict)
    cadence: Cited[Sentence] | None = None
    recommends: Who | None = None
    decides: Who
    agrees: Who | None = None
    approves: Who
    monitors: Who
    national_panel: Cited[PanelDuty] | None = None
    systems_approach: Cited[Sentence] | None = None
    update_meetings: Cited[Sentence] | None = None
    publishes: Cited[Sentence] | None = None
    may_withhold: Cited[Sentence] | None = None
    channels: tuple[Cited[PublishedIn], ...] = (Cited(value=PublishedIn.WEBSITE, cite=BOARD),)
    clocks: dict[str, Clock] = Field(default_factory=dict)
    left_open: dict[str, Sentence] = Field(default_factory=dict)

    @property
    def seats(self) -> set[Role]:
        """The roles that recommend, decide, agree, approve or monitor such reviews."""
        given = (self.recommends, self.decides, self.agrees, self.approves, self.monitors)
        return {each.value for each in given if each}


class Publishing(Part):
    """What is published, where, and how long it stays."""

    report: Cited[Sentence]
    keep: Cited[str]
    afterwards: Cited[Sentence] | None = None


def lengths(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Each must be a period, without "before" or "after" in it."""
    for text in texts:
        try:
            rule = parse_rule(text)
        except RuleError as wrong:
            raise ValueError(str(wrong)) from wrong
        if not isinstance(rule, Period) or rule.before:
            raise ValueError(f"‘{text}’ is not a length of time. Write it as ‘5 working days’.")
    return texts


Lengths = Annotated[tuple[str, ...], AfterValidator(lengths)]


class Step(Part):
    """A rung of the ladder, and how long after the deadline it hears, if nothing has happened by then."""

    rung: Rung
    after: Annotated[str, AfterValidator(lambda text: lengths((text,))[0])]


class Schedule(Part):
    """When people hear of a deadline beside the day itself: its owner before and after it, then rung after rung."""

    before: Lengths
    after: Lengths
    ladder: tuple[Step, ...] = ()
    cite: Sentence

    @field_validator("ladder")
    @classmethod
    def climbs(cls, ladder: tuple[Step, ...]) -> tuple[Step, ...]:
        """Each rung once, upwards; the owner stands below it."""
        rungs = [step.rung for step in ladder]
        if rungs != [rung for rung in ABOVE if rung in rungs]:
            raise ValueError(
                f"the ladder goes {', '.join(rungs)}. Name each rung once and in this order: {', '.join(ABOVE)}"
            )
        return ladder


class Reminders(Schedule):
    """The schedule of every deadline, with those of single stages beside it, and when e-mails about them go.

    They go on working days from `hour` on and not after `latest`, as the clocks in London show it. `stages` are by the
    key of the stage, or the kind of an answer. The digests of a week and a month go on the first working day of each.
    """

    hour: time = time(8)
    latest: time = time(18)
    stages: dict[str, Schedule] = Field(default_factory=dict)

    @model_validator(mode="after")
    def has_hours(self) -> Self:
        """There must be a time in which e-mails can go."""
        if self.hour >= self.latest:
            raise ValueError(
                f"no e-mail could go from {self.hour} until {self.latest}. Give the later time as ‘latest’"
            )
        return self

    def of(self, stage: str) -> Schedule:
        """The schedule of a stage, by its key."""
        return self.stages.get(stage, self)

    def of_answers(self, kind: TaskKind) -> Schedule:
        """The schedule of a kind of answer; where the profile has none, one that goes up the first rung alone."""
        usual = Schedule(before=self.before, after=self.after, ladder=self.ladder[:1], cite=self.cite)
        return self.stages.get(kind.value, usual)


class BoardProfile(Part):
    """One board's Learning and Improvement Framework.

    `editions` are those of the national guidance that the framework works under, the oldest first. `criteria` and
    `custody` are given where the framework's own text states them.
    `learning_summary` says that every review report has one; `most_recommendations` is the number above which a
    review is warned. A link to answer by opens its task for `answer_link_days`. Replies to e-mails go to `reply_to`, or
    to the board's business managers where that is left out.
    """

    name: Cited[Sentence]
    code: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{1,9}$")]
    framework: Cited[Sentence]
    editions: tuple[Cited[str], ...] = Field(min_length=1)
    criteria: Cited[Sentence] | None = None
    custody: Cited[Sentence] | None = None
    learning_summary: Cited[Sentence] | None = None
    most_recommendations: Cited[int] | None = None
    sources: dict[str, Sentence]
    roles: dict[Role, Body]
    reviews: dict[str, Kind]
    publishing: Publishing
    reminders: Reminders
    answer_link_days: Cited[Annotated[int, Field(ge=1, le=365)]]
    dissemination: tuple[Cited[Sentence], ...] = ()
    reply_to: Address | None = None
    left_open: dict[str, Sentence] = Field(default_factory=dict)

    @model_validator(mode="after")
    def every_role_has_a_title(self) -> Self:
        """The roles that recommend, decide, approve or monitor must be among the board's roles."""
        for type_, kind in self.reviews.items():
            for asked in (kind.recommends, kind.decides, kind.agrees, kind.approves, kind.monitors):
                for role in (asked.value, *asked.either) if asked else ():
                    if role not in self.roles:
                        raise ValueError(
                            f"reviews.{type_} names the role ‘{role}’, which has no title. Add a section "
                            f"[roles.{role}] with a title and the paragraph that gives it."
                        )
        return self

    def title(self, role: Role) -> str:
        """The local title of a role."""
        return self.roles[role].title if role in self.roles else role.label

    def kind(self, type_: str) -> Kind | None:
        """The review type as this board runs it, or None where it does not."""
        return self.reviews.get(type_)
