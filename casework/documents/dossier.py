"""All that a review has recorded, gathered once for the document that is to be made from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from casework.boards import board
from casework.case import seat
from casework.clock import london_day
from casework.documents.milestones import Milestone, milestones
from casework.documents.wording import listed
from casework.people import holders
from casework.pipelines import pipeline
from casework.pipelines.table import StageSpec
from models.errors import NotFound
from models.forms.base import Form
from models.forms.inquiry import AgencyReport
from models.forms.referral import Referral
from models.people import Person
from models.profile import BoardProfile, Clock, Kind
from models.review import Agency, Involvement, Review, Stage
from models.vocabulary import Decision, Preparation, Role, StageState

Recorded = TypeVar("Recorded", bound=Form)


@dataclass(frozen=True, slots=True)
class Official:
    """Who holds a role on the board: its local title, and the name, where somebody holds it."""

    title: str
    name: str | None

    @property
    def named(self) -> str:
        """The name with the title, or the title alone."""
        return f"{self.name}, {self.title}" if self.name else self.title


@dataclass(frozen=True, slots=True)
class Seats:
    """The people whom the profile seats where a review is decided, approved, monitored and run."""

    decider: Official
    approver: Official
    monitor: Official
    manager: Official


@dataclass(frozen=True, slots=True)
class AgencyPart:
    """An agency under review, who writes its report, and the report once it is recorded."""

    name: str
    slug: str
    author: str
    report: AgencyReport | None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who leads the review."""

    name: str
    organisation: str

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})" if self.organisation else self.name


@dataclass(frozen=True, slots=True)
class Opened:
    """The stage that a document is for. `explains` is what the framework says about its deadline."""

    name: str
    title: str
    owner: str
    due_on: date | None
    explains: str | None
    prepares: tuple[Preparation, ...]


@dataclass(frozen=True)
class Dossier:
    """What a document can be made from.

    `name` is what the board calls this review; `names` what it calls each review type. `recorded` holds the
    outcomes of the closed stages by stage name, `agency` the agency whose own stage this is. `made_on` is the day in
    London. `has_slides` says whether slides are drafted once the learning summary is recorded.
    """

    reference: str
    board: str
    framework: str
    name: str
    names: Mapping[str, str]
    made_on: date
    stage: Opened
    referral: Referral
    recorded: Mapping[str, Form]
    agency: AgencyPart | None
    agencies: tuple[AgencyPart, ...]
    lead_reviewers: tuple[Reviewer, ...]
    milestones: tuple[Milestone, ...]
    seats: Seats
    has_slides: bool

    @property
    def reviewers_named(self) -> str:
        """The lead reviewers, each with whom they work for; empty until somebody is appointed."""
        return listed(str(reviewer) for reviewer in self.lead_reviewers)

    def outcome(self, form: type[Recorded]) -> Recorded | None:
        """What was recorded in this form, if its stage is closed."""
        return next((outcome for outcome in self.recorded.values() if isinstance(outcome, form)), None)

    def called(self, decision: Decision) -> str:
        """What the board calls the review that was decided on."""
        return self.names.get(decision.value, decision.label)

    def milestone(self, key: str) -> Milestone | None:
        """The stage with this key in the timetable, unless the review does not need it."""
        return next((found for found in self.milestones if found.key == key), None)


def dossier(session: Session, stage_id: int, now: datetime) -> Dossier:
    """Gather everything about the review of this stage; raises NotFound where the stage or its review type is gone."""
    stage = session.get(Stage, stage_id)
    review = session.get(Review, stage.review_id) if stage else None
    if stage is None or review is None:
        raise NotFound(f"There is no stage {stage_id} any more. Withdraw the work that was queued for it.")
    profile, table = board(review.board), pipeline(review.type)
    kind = kind_of(profile, review)
    stages = list(session.exec(select(Stage).where(Stage.review_id == review.id).order_by(col(Stage.id))))
    referral = Referral.model_validate(review.referral)
    recorded = outcomes(table.by_key, stages)
    agencies = agency_parts(session, review, referral, recorded)
    return Dossier(
        reference=review.reference,
        board=profile.name.value,
        framework=profile.framework.value,
        name=kind.name,
        names={type_: other.name for type_, other in profile.reviews.items()},
        made_on=london_day(now),
        stage=opened(stage, table.by_key[stage.key], kind, profile),
        referral=referral,
        recorded=recorded,
        agency=next((part for part in agencies if stage.agency_id and stage.name.endswith(f":{part.slug}")), None),
        agencies=agencies,
        lead_reviewers=lead_reviewers(session, review),
        milestones=milestones(table, profile, kind, dict(review.facts), stages),
        seats=seats(session, review.board, profile, kind),
        has_slides=any(Preparation.LEARNING_SLIDES in spec.prepares for spec in table.stages),
    )


def kind_of(profile: BoardProfile, review: Review) -> Kind:
    """The review's type as its board runs it; raises NotFound where the profile has lost it."""
    kind = profile.kind(review.type)
    if kind is None:
        raise NotFound(
            f"The profile of {review.board} no longer has the type {review.type} of {review.reference}. Put it back."
        )
    return kind


def seats(session: Session, name: str, profile: BoardProfile, kind: Kind) -> Seats:
    """Who decides, approves and monitors this type of review on this board, and who runs it."""
    holding = {role: person.name for role, person in reversed(holders(session, name))}

    def official(role: Role) -> Official:
        return Official(profile.title(role), holding.get(role))

    return Seats(
        decider=official(kind.decides.value),
        approver=official(kind.approves.value),
        monitor=official(kind.monitors.value),
        manager=official(Role.BUSINESS_MANAGER),
    )


def opened(stage: Stage, spec: StageSpec, kind: Kind, profile: BoardProfile) -> Opened:
    """The stage that the document is for."""
    clock: Clock | None = kind.clocks.get(spec.clock or "")
    return Opened(
        name=stage.name,
        title=spec.title,
        owner=profile.title(seat(kind, spec)),
        due_on=stage.due_on,
        explains=clock.explains if clock else None,
        prepares=spec.prepares,
    )


def outcomes(specs: Mapping[str, StageSpec], stages: Iterable[Stage]) -> dict[str, Form]:
    """The forms of the closed stages, by stage name, without what completing them recorded beside the form."""
    return {
        stage.name: read(specs[stage.key].form, stage.outcome)
        for stage in stages
        if stage.state is StageState.CLOSED and stage.outcome is not None and stage.key in specs
    }


def read(form: type[Form], outcome: Mapping[str, Any]) -> Form:
    """A recorded outcome as the form that it was typed into."""
    return form.model_validate({name: value for name, value in outcome.items() if name in form.model_fields})


def agency_parts(
    session: Session, review: Review, referral: Referral, recorded: Mapping[str, Form]
) -> tuple[AgencyPart, ...]:
    """The agencies under review; until some are named for it, those of the referral."""
    pairs = session.exec(
        select(Agency, Person)
        .join(Person, col(Person.id) == col(Agency.author_id))
        .where(Agency.review_id == review.id)
        .order_by(col(Agency.id))
    )
    named = tuple(
        AgencyPart(agency.name, agency.slug, author.name, report_of(agency.slug, recorded)) for agency, author in pairs
    )
    return named or tuple(AgencyPart(row.name, "", row.author_name, None) for row in referral.agencies)


def report_of(slug: str, recorded: Mapping[str, Form]) -> AgencyReport | None:
    """The agency's report, once its stage is closed."""
    found = recorded.get(f"agency-report:{slug}")
    return found if isinstance(found, AgencyReport) else None


def lead_reviewers(session: Session, review: Review) -> tuple[Reviewer, ...]:
    """The people who lead the review, in the order in which they were appointed."""
    found = session.exec(
        select(Person)
        .join(Involvement, col(Involvement.person_id) == col(Person.id))
        .where(Involvement.review_id == review.id, Involvement.role == Role.LEAD_REVIEWER)
        .order_by(col(Involvement.id))
    )
    return tuple(Reviewer(person.name, person.organisation) for person in found)
