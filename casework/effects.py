"""What completing a stage changes beside closing it: reviewers, agencies, actions, publication, the end."""

import re
from collections.abc import Callable
from datetime import date
from itertools import chain, count
from typing import Any

from slugify import slugify
from sqlmodel import col, select

from casework import actions
from casework.case import Case
from casework.clock import deadline
from casework.criteria import screen
from casework.people import person_for
from models.errors import InputError, MoveRefused
from models.forms.base import Form
from models.forms.decision import ChairDecision, LeadReviewers, NationalPanelNotice, PanelRecommendation, Screening
from models.forms.inquiry import AgenciesAndAuthors, InitialMeeting, TermsOfReference
from models.forms.learning import ActionPlan, Closure, Monitoring, PublicationRecord
from models.forms.referral import Criteria, ReferredAgency
from models.people import Person
from models.review import Agency, Involvement, Publication, Review, Stage
from models.vocabulary import Decision, Known, ReviewState, Role

# at these, sharing a domain says nothing about sharing an employer
SHARED_DOMAINS = frozenset({
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "icloud.com", "live.co.uk", "nhs.net", "outlook.com",
    "yahoo.co.uk", "yahoo.com",
})  # fmt: skip

Effect = Callable[[Case, Any], dict[str, Any] | None]


def effect_of(case: Case, form: Form) -> dict[str, Any]:
    """Do what completing this form entails; what comes back is recorded beside the form."""
    effect = EFFECTS.get(type(form))
    return (effect(case, form) if effect else None) or {}


def screened(_: Case, form: Screening) -> dict[str, Any]:
    """Record what the criteria recommend."""
    check_consistent(form)
    found = screen(form)
    return {"recommendation": found.recommendation.value, "because": list(found.reasons), "cite": found.cite}


def check_consistent(form: Criteria) -> None:
    """Refuse a death in custody of a child who has not died."""
    if form.died_in_custody is Known.YES and form.child_died is Known.NO:
        raise InputError(
            "died_in_custody: is ‘yes’, but child_died is ‘no’. If the child died, answer "
            "both with yes; if not, this with no."
        )


def recommended(case: Case, form: PanelRecommendation) -> None:
    """A panel can recommend only what the board runs."""
    check_runs(case, "recommended", form.recommended)


def decided(case: Case, form: ChairDecision) -> None:
    """A decision against the recommendation needs a reason of its own; it does not come before it."""
    check_runs(case, "decision", form.decision)
    check_not_before(case, "decided_on", form.decided_on, "panel_met_on", "the panel met")
    said = case.facts.get("recommended")
    if said not in (None, form.decision.value) and not form.reasons_against_recommendation:
        raise InputError(
            f"reasons_against_recommendation: is empty. The panel recommended ‘{said}’ and the decision is "
            f"‘{form.decision}’: say why it differs."
        )


def check_runs(case: Case, name: str, chosen: Decision) -> None:
    """Refuse a type that the board's profile does not run."""
    if chosen is not Decision.NO_REVIEW and chosen.value not in case.profile.reviews:
        there = ", ".join([*case.profile.reviews, Decision.NO_REVIEW.value])
        raise InputError(
            f"{name}: ‘{chosen}’ is not a review that {case.profile.name.value} runs. Choose one of: {there}."
        )


def check_not_before(case: Case, name: str, day: date, fact: str, what: str) -> None:
    """Refuse a date that lies before what has to come first."""
    first = case.facts.get(fact)
    if first is not None and day.isoformat() < first:
        raise InputError(f"{name}: ‘{day}’ lies before {what}, on {first}. Give the day on which it happened.")


def reviewers_appointed(case: Case, form: LeadReviewers) -> None:
    """Refuse a reviewer who is not independent; involve the others."""
    check_not_before(case, "appointed_on", form.appointed_on, "decided_on", "the decision")
    for reviewer in form.reviewers:
        person = person_for(case.session, email=reviewer.email, name=reviewer.name, organisation=reviewer.organisation)
        check_independence(reviewer.name, person, reviewer.organisation, agencies_known(case))
        involve(case, person, Role.LEAD_REVIEWER)


def check_independence(name: str, person: Person, typed: str, agencies: list[ReferredAgency]) -> None:
    """A lead reviewer works for none of the agencies under review [S000 2.1.3]; raises MoveRefused, naming it.

    What counts is the employer as typed, the one on record, and an e-mail address of the agency's own domain.
    """
    for agency in agencies:
        if how := conflict(person, typed, agency):
            raise MoveRefused(
                f"{name} cannot lead this review: {name} {how} {agency.name}, which is an agency under review. "
                "Appoint somebody who is independent of the case and of the organisations reviewed."
            )


def conflict(person: Person, typed: str, agency: ReferredAgency) -> str | None:
    """How a person is bound to an agency, in words; None where nothing shows that they are."""
    if person.email == agency.author_email:
        return "writes the report of"
    if plain(agency.name) in (plain(typed), plain(person.organisation)):
        return "works for"
    domain = person.email.rpartition("@")[2]
    if domain not in SHARED_DOMAINS and domain == agency.author_email.rpartition("@")[2]:
        return f"has an e-mail address at {domain}, as has the author of"
    return None


def plain(organisation: str) -> str:
    """An organisation's name without what does not tell two apart: case, punctuation, "the", "and"."""
    words = re.sub(r"[^\w\s]", " ", organisation.casefold().replace("&", " and ")).split()
    return " ".join(word for word in words if word not in ("the", "and"))


def agencies_known(case: Case) -> list[ReferredAgency]:
    """The agencies under review: those already named for it, and those of the referral."""
    pairs = (
        select(Agency, Person).join(Person, col(Person.id) == col(Agency.author_id)).where(Agency.review_id == case.id)
    )
    named = [
        ReferredAgency(name=agency.name, author_name=author.name, author_email=author.email)
        for agency, author in case.session.exec(pairs)
    ]
    referral = case.session.exec(select(Review.referral).where(Review.id == case.id)).one()
    return named + [ReferredAgency.model_validate(row) for row in referral.get("agencies", ())]


def agencies_identified(case: Case, form: AgenciesAndAuthors | TermsOfReference) -> None:
    """Put the agencies and their authors on record; none may employ a lead reviewer."""
    check_told_apart(form.agencies)
    for person, organisation in reviewers_as_appointed(case):
        check_independence(person.name, person, organisation, form.agencies)
    kept = {plain(agency.name): agency for agency in agencies_on_record(case)}
    for row in form.agencies:
        author = person_for(case.session, email=row.author_email, name=row.author_name, organisation=row.name)
        involve(case, author, Role.AGENCY_AUTHOR)
        name_agency(case, kept, row.name, author)
    for name in kept.keys() - {plain(row.name) for row in form.agencies}:
        case.session.delete(kept[name])
    case.session.flush()
    let_go(case, {row.author_email for row in form.agencies})


def agencies_on_record(case: Case) -> list[Agency]:
    """The agencies named for this review so far."""
    return list(case.session.exec(select(Agency).where(Agency.review_id == case.id).order_by(col(Agency.id))))


def check_told_apart(agencies: list[ReferredAgency]) -> None:
    """Refuse two agencies of one name: each has its own stage, known by it."""
    names = [plain(row.name) for row in agencies]
    for row in agencies:
        if names.count(plain(row.name)) > 1:
            raise InputError(f"agencies: ‘{row.name}’ is named twice. Name each agency once, with one author.")


def reviewers_as_appointed(case: Case) -> list[tuple[Person, str]]:
    """The lead reviewers with the employer that was stated when they were appointed, or is on record."""
    stated: dict[str, str] = {}
    for outcome in case.session.exec(
        select(Stage.outcome).where(Stage.review_id == case.id, Stage.key == "lead-reviewer")
    ):
        stated |= {row["email"]: row["organisation"] for row in (outcome or {}).get("reviewers", ())}
    return [(person, stated.get(person.email, person.organisation)) for person in lead_reviewers(case)]


def name_agency(case: Case, kept: dict[str, Agency], name: str, author: Person) -> None:
    """Add an agency, or give the one of this name another author."""
    assert author.id is not None
    agency = kept.get(plain(name))
    if agency is None:
        slug = free_slug(name, {other.slug for other in kept.values()})
        agency = Agency(review_id=case.id, slug=slug, name=name, author_id=author.id)
    agency.author_id = author.id
    kept[plain(name)] = agency
    case.session.add(agency)


def free_slug(name: str, taken: set[str]) -> str:
    """An agency's name as part of a stage's name; a number tells it from another that would read the same."""
    slug = slug_of(name)
    numbered = (f"{slug}-{number}" for number in count(2))
    return next(one for one in chain([slug], numbered) if one not in taken)


def let_go(case: Case, authors: set[str]) -> None:
    """Authors of agencies that no longer report have no more reason to see the review."""
    for held in case.session.exec(
        select(Involvement).where(Involvement.review_id == case.id, Involvement.role == Role.AGENCY_AUTHOR)
    ).all():
        if case.session.get_one(Person, held.person_id).email not in authors:
            case.session.delete(held)
    case.session.flush()


def slug_of(name: str) -> str:
    """An agency's name in small letters, figures and hyphens."""
    return slugify(name, max_length=60) or "agency"


def terms_agreed(case: Case, form: TermsOfReference) -> None:
    """Check the period under review, and name the agencies that report."""
    if form.period_to < form.period_from:
        raise InputError(
            f"period_to: ‘{form.period_to}’ lies before the beginning of the period, ‘{form.period_from}’. "
            "Give the later date as the end."
        )
    if form.events_due and form.agency_reports_due and form.events_due < form.agency_reports_due:
        raise InputError(
            f"events_due: ‘{form.events_due}’ lies before the agency reports are due, on {form.agency_reports_due}. "
            "Practitioner events follow the reports: give a later date, or an earlier one for the reports."
        )
    agencies_identified(case, form)


def lead_reviewers(case: Case) -> list[Person]:
    """The people who lead this review."""
    return list(
        case.session.exec(
            select(Person)
            .join(Involvement, col(Involvement.person_id) == col(Person.id))
            .where(Involvement.review_id == case.id, Involvement.role == Role.LEAD_REVIEWER)
        )
    )


def involve(case: Case, person: Person, role: Role) -> None:
    """Give a person a role in this review, once; stages opened later in the same move see it."""
    assert person.id is not None
    there = select(Involvement).where(
        Involvement.review_id == case.id, Involvement.person_id == person.id, Involvement.role == role
    )
    if case.session.exec(there).first() is None:
        case.session.add(Involvement(review_id=case.id, person_id=person.id, role=role))
        case.session.flush()
    held = case.roles.setdefault(role, [])
    if person.id not in held:
        held.append(person.id)


def panel_told(case: Case, form: NationalPanelNotice) -> dict[str, Any]:
    """The Panel hears the reviewers' names, or why there is no serious case review [S001 Serious Case Reviews]."""
    if case.facts.get("decision") == "serious-case-review":
        return {"lead_reviewers": [person.name for person in lead_reviewers(case)]}
    if not form.justification:
        raise InputError(
            "justification: is empty. No serious case review is to be held, so the National Panel must be given the "
            "information that justifies the decision."
        )
    return {}


def timescale_agreed(case: Case, form: InitialMeeting) -> None:
    """The review's timescale is set at the initial meeting; another than the framework's needs a reason."""
    if form.completion_due is None:
        if "completion" not in case.kind.clocks:
            raise InputError("completion_due: is empty. The framework gives no length of time: give the date agreed.")
        return
    if form.completion_due <= form.initial_meeting_on:
        raise InputError(
            f"completion_due: ‘{form.completion_due}’ does not lie after the meeting of ‘{form.initial_meeting_on}’. "
            "Give the date by which the review is to be completed."
        )
    if "completion" in case.kind.clocks and not form.why:
        raise InputError("why: is empty. Another date than the framework envisages was agreed: say why.")


def published(case: Case, form: PublicationRecord) -> None:
    """Keep until when the report stays on the website."""
    keep = (
        deadline(case.profile.publishing.keep.value, form.published_on).due
        if "publication-period" in case.kind.clocks
        else None
    )
    case.session.add(
        Publication(
            review_id=case.id,
            published_on=form.published_on,
            address=form.web_address,
            keep_until=keep if isinstance(keep, date) else None,
        )
    )
    case.session.flush()


def closed(case: Case, _: Closure) -> None:
    """The review is over."""
    case.state = ReviewState.CLOSED


EFFECTS: dict[type[Form], Effect] = {
    Screening: screened,
    PanelRecommendation: recommended,
    ChairDecision: decided,
    LeadReviewers: reviewers_appointed,
    NationalPanelNotice: panel_told,
    AgenciesAndAuthors: agencies_identified,
    InitialMeeting: timescale_agreed,
    TermsOfReference: terms_agreed,
    PublicationRecord: published,
    ActionPlan: actions.planned,
    Monitoring: actions.monitored,
    Closure: closed,
}
