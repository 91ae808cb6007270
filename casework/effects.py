"""What completing a stage changes beside closing it: reviewers, agencies, actions, publication, the end."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlmodel import col, select

from casework import actions
from casework.case import Case
from casework.clock import deadline
from casework.criteria import screen
from casework.people import person_for
from models.errors import InputError, MoveRefused
from models.forms.base import Form
from models.forms.decision import ChairDecision, LeadReviewers, NationalPanelNotice, Screening
from models.forms.inquiry import AgenciesAndAuthors, InitialMeeting, TermsOfReference
from models.forms.learning import ActionPlan, Closure, Monitoring, PublicationRecord
from models.forms.referral import ReferredAgency
from models.people import Person
from models.review import Agency, Involvement, Publication, Review
from models.vocabulary import ReviewState, Role

Effect = Callable[[Case, Any], dict[str, Any] | None]


def effect_of(case: Case, form: Form) -> dict[str, Any]:
    """Do what completing this form entails; what comes back is recorded beside the form."""
    effect = EFFECTS.get(type(form))
    return (effect(case, form) if effect else None) or {}


def screened(_: Case, form: Screening) -> dict[str, Any]:
    """Record what the criteria recommend."""
    found = screen(form)
    return {"recommendation": found.recommendation.value, "because": list(found.reasons), "cite": found.cite}


def decided(case: Case, form: ChairDecision) -> None:
    """A decision against the recommendation needs a reason of its own."""
    recommended = case.facts.get("recommended")
    if recommended not in (None, form.decision.value) and not form.reasons_against_recommendation:
        raise InputError(
            f"reasons_against_recommendation: is empty. The panel recommended ‘{recommended}’ and the decision is "
            f"‘{form.decision}’: say why it differs."
        )


def reviewers_appointed(case: Case, form: LeadReviewers) -> None:
    """Refuse a reviewer who is not independent; involve the others."""
    for reviewer in form.reviewers:
        check_independence(reviewer.name, reviewer.email, reviewer.organisation, agencies_known(case))
    for reviewer in form.reviewers:
        person = person_for(case.session, email=reviewer.email, name=reviewer.name, organisation=reviewer.organisation)
        involve(case, person, Role.LEAD_REVIEWER)


def check_independence(name: str, email: str, organisation: str, agencies: list[ReferredAgency]) -> None:
    """A lead reviewer works for none of the agencies under review [S000 2.1.3]; raises MoveRefused, naming it."""
    for agency in agencies:
        employed = plain(agency.name) == plain(organisation)
        if employed or agency.author_email == email:
            how = "works for" if employed else "writes the report of"
            raise MoveRefused(
                f"{name} cannot lead this review: {name} {how} {agency.name}, which is an agency under review. "
                "Appoint somebody who is independent of the case and of the organisations reviewed."
            )


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
    for reviewer in lead_reviewers(case):
        check_independence(reviewer.name, reviewer.email, reviewer.organisation, form.agencies)
    kept = {agency.slug: agency for agency in case.session.exec(select(Agency).where(Agency.review_id == case.id))}
    for row in form.agencies:
        author = person_for(case.session, email=row.author_email, name=row.author_name, organisation=row.name)
        involve(case, author, Role.AGENCY_AUTHOR)
        name_agency(case, kept, row.name, author)
    for slug in kept.keys() - {slug_of(row.name) for row in form.agencies}:
        case.session.delete(kept[slug])
    case.session.flush()


def name_agency(case: Case, kept: dict[str, Agency], name: str, author: Person) -> None:
    """Add an agency, or give the one of this name another author."""
    assert author.id is not None
    agency = kept.get(slug_of(name)) or Agency(review_id=case.id, slug=slug_of(name), name=name, author_id=author.id)
    agency.author_id = author.id
    kept[agency.slug] = agency
    case.session.add(agency)


def slug_of(name: str) -> str:
    """An agency's name as part of a stage's name."""
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60] or "agency"


def terms_agreed(case: Case, form: TermsOfReference) -> None:
    """Check the period under review, and name the agencies that report."""
    if form.period_to < form.period_from:
        raise InputError(
            f"period_to: ‘{form.period_to}’ lies before the beginning of the period, ‘{form.period_from}’. "
            "Give the later date as the end."
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
