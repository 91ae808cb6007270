"""Who leads a review and who reports to it: lead reviewers, who must be independent, agencies, sources of evidence."""

import re
from collections.abc import Iterable
from datetime import date
from itertools import chain, count

from sqlmodel import col, select

from casework.people.directory import person_for
from casework.reviews.case import Case
from models.errors import InputError, MoveRefused, fault
from models.forms.decision import LeadReviewers
from models.forms.inquiry import AgenciesAndAuthors, TermsOfReference
from models.forms.referral import ReferredAgency
from models.forms.theme import Lead, Source
from models.people import Person
from models.review import Agency, Involvement, Review, Stage
from models.tables import id_of
from models.vocabulary import Role

# at these, sharing a domain says nothing about sharing an employer
SHARED_DOMAINS = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "hotmail.com",
        "hotmail.co.uk",
        "icloud.com",
        "live.co.uk",
        "nhs.net",
        "outlook.com",
        "yahoo.co.uk",
        "yahoo.com",
    }
)


def check_not_before(case: Case, name: str, day: date, fact: str, what: str) -> None:
    """Refuse a date that lies before what has to come first."""
    first = case.facts.get(fact)
    if first is not None and day.isoformat() < first:
        raise InputError(
            fault(
                name,
                day,
                "is before {what}, on {first}. Give the day it happened.",
                what=what,
                first=date.fromisoformat(first),
            )
        )


def handle_lead_reviewers(case: Case, form: LeadReviewers) -> None:
    """Refuse a reviewer who is not independent; involve the others."""
    check_not_before(case, "appointed_on", form.appointed_on, "decided_on", "the decision")
    for reviewer in form.reviewers:
        person = person_for(case.session, email=reviewer.email, name=reviewer.name, organisation=reviewer.organisation)
        check_independence(reviewer.name, person, reviewer.organisation, agencies_known(case))
        involve_person(case, person, Role.LEAD_REVIEWER)


def check_independence(name: str, person: Person, typed: str, agencies: list[ReferredAgency]) -> None:
    """A lead reviewer works for none of the agencies under review [S000 2.1.3]; raises MoveRefused, naming it.

    What counts is the employer as typed, the one on record, and an e-mail address of the agency's own domain.
    """
    for agency in agencies:
        if how := conflict_of_interest(person, typed, agency):
            raise MoveRefused(
                f"{name} cannot lead this review: {name} {how} {agency.name}, which is an agency under review. "
                "Appoint somebody who is independent of the case and of the organisations reviewed."
            )


def conflict_of_interest(person: Person, typed: str, agency: ReferredAgency) -> str | None:
    """How a person is bound to an agency, in words; None where nothing shows that they are."""
    if person.email == agency.author_email:
        return "writes the report of"
    if comparable_name(agency.name) in (comparable_name(typed), comparable_name(person.organisation)):
        return "works for"
    domain = person.email.rpartition("@")[2]
    if domain not in SHARED_DOMAINS and domain == agency.author_email.rpartition("@")[2]:
        return f"has an e-mail address at {domain}, as has the author of"
    return None


def comparable_name(organisation: str) -> str:
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


def handle_agencies(case: Case, form: AgenciesAndAuthors | TermsOfReference) -> None:
    """Put the agencies and their authors on record; none may employ a lead reviewer."""
    for person, organisation in reviewers_as_appointed(case):
        check_independence(person.name, person, organisation, form.agencies)
    name_agencies(case, form.agencies)


def name_agencies(case: Case, rows: Iterable[ReferredAgency]) -> None:
    """Put the agencies and their authors on record; those no longer named are let go."""
    rows = list(rows)
    check_told_apart("agencies", [row.name for row in rows])
    kept = {comparable_name(agency.name): agency for agency in agencies_on_record(case)}
    for row in rows:
        author = person_for(case.session, email=row.author_email, name=row.author_name, organisation=row.name)
        involve_person(case, author, Role.AGENCY_AUTHOR)
        name_agency(case, kept, row.name, author)
    for name in kept.keys() - {comparable_name(row.name) for row in rows}:
        case.session.delete(kept[name])
    case.session.flush()
    let_go(case, {row.author_email for row in rows})


def name_sources(case: Case, rows: Iterable[Source]) -> None:
    """Put the sources of evidence on record, each with its owner and the date by which they gather it."""
    rows = list(rows)
    check_told_apart("sources", [row.name for row in rows])
    kept: dict[str, Agency] = {}
    for row in rows:
        owner = person_for(case.session, email=row.owner_email, name=row.owner_name, organisation="")
        involve_person(case, owner, Role.AGENCY_AUTHOR)
        name_agency(case, kept, row.name, owner)
        kept[comparable_name(row.name)].due_on = row.due_on
    case.session.flush()


def handle_lead(case: Case, form: Lead) -> None:
    """The lead of an audit, a deep dive or a light touch review, who need not be independent of the agencies."""
    person = person_for(case.session, email=form.lead_email, name=form.lead_name, organisation=form.lead_organisation)
    involve_person(case, person, Role.LEAD_REVIEWER)


def agencies_on_record(case: Case) -> list[Agency]:
    """The agencies named for this review so far."""
    return list(case.session.exec(select(Agency).where(Agency.review_id == case.id).order_by(col(Agency.id))))


def check_told_apart(field: str, names: list[str]) -> None:
    """Refuse two agencies or sources of one name: each has its own stage, known by it. `field` is where they stand."""
    plainly = [comparable_name(name) for name in names]
    for name in names:
        if plainly.count(comparable_name(name)) > 1:
            raise InputError(fault(field, name, "is named twice. Name each once, with one person who reports on it."))


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
    agency = kept.get(comparable_name(name))
    if agency is None:
        slug = free_slug(name, {other.slug for other in kept.values()})
        agency = Agency(review_id=case.id, slug=slug, name=name, author_id=id_of(author))
    agency.author_id = id_of(author)
    kept[comparable_name(name)] = agency
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
    from slugify import slugify  # noqa: PLC0415 -- slow import, needed where an agency is named

    return slugify(name, max_length=60) or "agency"


def lead_reviewers(case: Case) -> list[Person]:
    """The people who lead this review."""
    return list(
        case.session.exec(
            select(Person)
            .join(Involvement, col(Involvement.person_id) == col(Person.id))
            .where(Involvement.review_id == case.id, Involvement.role == Role.LEAD_REVIEWER)
        )
    )


def involve_person(case: Case, person: Person, role: Role) -> None:
    """Give a person a role in this review, once; stages opened later in the same move see it."""
    there = select(Involvement).where(
        Involvement.review_id == case.id, Involvement.person_id == id_of(person), Involvement.role == role
    )
    if case.session.exec(there).first() is None:
        case.session.add(Involvement(review_id=case.id, person_id=id_of(person), role=role))
        case.session.flush()
    held = case.roles.setdefault(role, [])
    if id_of(person) not in held:
        held.append(id_of(person))
