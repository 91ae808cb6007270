"""Who and what takes part in a review, as a document names it: seats, agencies, reviewers and undertakings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from casework.people.roles import holders
from models.forms.base import Form
from models.forms.inquiry import AgencyReport
from models.forms.referral import Referral
from models.people import Person
from models.profile import BoardProfile, Kind
from models.review import Action, Agency, Involvement, Review
from models.vocabulary import Role


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
class RecordedStage:
    """A closed stage by its key, and by its agency's id where it is one agency's own."""

    key: str
    agency_id: int | None = None


@dataclass(frozen=True, slots=True)
class AgencyPart:
    """An agency under review, who writes its report, and the report once it is recorded; `id` is None until named."""

    name: str
    id: int | None
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
class Undertaking:
    """An action of the plan; what is empty is still to be written."""

    number: int
    organisation: str = ""
    wording: str = ""
    owner: str = ""
    due_on: date | None = None
    measure: str = ""
    answers: int | None = None


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


def agency_parts(
    session: Session, review: Review, referral: Referral | None, recorded: Mapping[RecordedStage, Form]
) -> tuple[AgencyPart, ...]:
    """The agencies under review; until some are named for it, those of the referral."""
    pairs = session.exec(
        select(Agency, Person)
        .join(Person, col(Person.id) == col(Agency.author_id))
        .where(Agency.review_id == review.id)
        .order_by(col(Agency.id))
    )
    named = tuple(
        AgencyPart(agency.name, agency.id, author.name, report_of(agency.id, recorded)) for agency, author in pairs
    )
    referred = referral.agencies if referral else ()
    return named or tuple(AgencyPart(row.name, None, row.author_name, None) for row in referred)


def report_of(agency_id: int | None, recorded: Mapping[RecordedStage, Form]) -> AgencyReport | None:
    """The agency's report, once its stage is closed."""
    found = recorded.get(RecordedStage("agency-report", agency_id))
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


def undertakings(session: Session, review: Review) -> tuple[Undertaking, ...]:
    """The actions recorded for the review, in their order."""
    pairs = session.exec(
        select(Action, Person)
        .join(Person, col(Person.id) == col(Action.owner_id))
        .where(Action.review_id == review.id)
        .order_by(col(Action.number))
    )
    return tuple(
        Undertaking(
            action.number,
            action.organisation,
            action.wording,
            owner.name,
            action.due_on,
            action.measure,
            action.answers,
        )
        for action, owner in pairs
    )
