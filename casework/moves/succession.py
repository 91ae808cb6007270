"""Handing over: what somebody owes passes on when they leave a role, on the board or in one review."""

from typing import Any

from sqlalchemy import select, update
from sqlmodel import col
from sqlmodel import select as find

from casework.outbox.queueing import MESSAGE, queue_letter
from casework.outbox.retracting import OCCASION, say_later
from casework.people.directory import person_for
from casework.people.roles import appoint
from casework.record.act import Act
from casework.reviews.case import AGENCY, APPOINTMENT, INVOLVEMENT, STAGE, Case, Moved, check_live, load, store
from casework.reviews.contributors import agencies_known, check_independence, involve_person
from casework.reviews.finding_stages import find_open
from casework.reviews.permissions import check_may_steer
from casework.validation.reading import read
from models.errors import InputError, MoveRefused, empty
from models.forms.referral import Named
from models.people import Appointment, Person
from models.remedies import AppointToBoard
from models.review import Review, Stage
from models.tables import id_of, literally
from models.vocabulary import Role, Rung, StageState, Template


def appoint_successor(act: Act, *, board: str, role: Role, person: Person) -> None:
    """Give a person a role on a board; open stages of their predecessor, or of nobody, pass to them with a letter."""
    appoint(act.session, board=board, role=role, person=person, since=act.today)
    pass_on(act, board=board, role=role)


def step_down(act: Act, *, board: str, role: Role, person: Person) -> None:
    """End a person's role on a board; their open stages pass to another holder, or to the business manager."""
    held = act.session.exec(
        find(Appointment).where(
            Appointment.board == board,
            Appointment.role == role,
            Appointment.person_id == person.id,
            col(Appointment.until).is_(None),
        )
    ).first()
    if held is None:
        raise MoveRefused(f"{person.email} is not {role} of {board} now. There is nothing to end.")
    held.until = act.today
    act.session.flush()
    pass_on(act, board=board, role=role)


def pass_on(act: Act, *, board: str, role: Role) -> None:
    """Every open stage of this role on this board goes to somebody who holds the role now.

    So does what has come up the ladder to somebody who has left the board, and has not gone out yet.
    """
    there = select(APPOINTMENT.c.person_id).where(APPOINTMENT.c.board == board, APPOINTMENT.c.until.is_(None))
    gone = OCCASION.c.person_id.not_in(there)
    say_later(act.session.connection(), OCCASION.c.rung != Rung.OWNER, MESSAGE.board == board, gone)
    open_on_board = (
        find(Review.reference)
        .join(Stage, col(Stage.review_id) == col(Review.id))
        .where(Review.board == board, Stage.state == StageState.OPEN)
        .distinct()
    )
    for reference in act.session.exec(open_on_board).all():
        case = load(act, reference)
        left = [stage for stage in case.open_stages() if is_left(case, stage, role)]
        heir = case.holder(role) or case.holder(Role.BUSINESS_MANAGER)
        if left and heir is not None:
            give_stages(case, left, heir)
            store(case, "handed over", None, detail=passing(left, heir) | {"role": role.value})


def is_left(case: Case, stage: Any, role: Role) -> bool:
    """Whether the owner of an open stage of this role no longer holds it, while somebody else could."""
    spec = case.pipeline.by_key[stage.key]
    holders = case.roles.get(role) or case.roles.get(Role.BUSINESS_MANAGER, [])
    return not spec.per_agency and case.role_of(spec) is role and stage.owner_id not in holders


def passing(stages: list[Any], heir: int) -> dict[str, Any]:
    """What the journal keeps of a hand-over: which stages, whose they were, and whose they are; people by number."""
    former = sorted({stage.owner_id for stage in stages})
    return {"stages": [stage.name for stage in stages], "former": former, "heir": heir}


def give_stages(case: Case, stages: list[Any], person_id: int) -> None:
    """Make a person the owner of open stages, and tell them of each."""
    for stage in stages:
        case.connection.execute(update(STAGE).where(STAGE.c.id == stage.id).values(owner_id=person_id))
        say_later(case.connection, OCCASION.c.stage_id == stage.id, literally(OCCASION.c.rung, Rung.OWNER))
        queue_letter(
            case.session,
            key=f"{Template.STAGE_OPENED}:{stage.id}:{case.chain.length + 1}",
            template=Template.STAGE_OPENED,
            person_id=person_id,
            now=case.now,
            review_id=case.id,
            stage_id=stage.id,
        )


def hand_over(
    act: Act, reference: str, stage_name: str, *, name: str, email: str, organisation: str, reason: str
) -> Moved:
    """Give an open stage, and with it the role in this review, to somebody else: lead reviewer or agency's author.

    All open stages of that role go with it. Raises NotFound, NotAllowed, InputError, or MoveRefused when the new lead
    reviewer is not independent, or the role is the board's, which is given by appointment.
    """
    case = load(act, reference)
    check_live(case)
    check_may_steer(case, act.person)
    if not reason.strip():
        raise InputError(empty("reason", "Say why. Your reason goes into the review’s history."))
    stage = find_open(case, stage_name, act.person)
    named = read(Named, {"name": name, "email": email, "organisation": organisation})
    person = person_for(act.session, **named.model_dump())
    stages = heir_of(case, stage, person, named)
    give_stages(case, stages, id_of(person))
    store(case, "handed over", act.person, stage=stage.name, detail=passing(stages, id_of(person)), note=reason)
    return Moved(reference, case.state, ())


def heir_of(case: Case, stage: Any, person: Person, named: Named) -> list[Any]:
    """Put a person into the place of a stage's owner in this review; gives the open stages that go with it."""
    spec = case.pipeline.by_key[stage.key]
    if spec.per_agency:
        new_author(case, stage, person)
        return [stage]
    if case.role_of(spec) is not Role.LEAD_REVIEWER:
        raise MoveRefused(
            f"‘{spec.title}’ belongs to a role on the board. Appoint somebody to that role, and its open "
            "stages pass to them.",
            remedy=AppointToBoard(case.board, case.role_of(spec)),
        )
    check_independence(named.name, person, named.organisation, agencies_known(case))
    former = case.roles.get(Role.LEAD_REVIEWER, [])
    if stage.owner_id in former:
        leave_role(case, stage.owner_id, Role.LEAD_REVIEWER)
    involve_person(case, person, Role.LEAD_REVIEWER)
    mine = [one for one in case.open_stages() if case.role_of(case.pipeline.by_key[one.key]) is Role.LEAD_REVIEWER]
    return [one for one in mine if one.owner_id == stage.owner_id]


def new_author(case: Case, stage: Any, person: Person) -> None:
    """Give an agency another author; the former one leaves the review unless another agency's report is theirs."""
    for reviewer in case.roles.get(Role.LEAD_REVIEWER, []):
        if reviewer == person.id:
            raise MoveRefused(
                f"{person.email} leads this review and cannot write an agency’s report. Name somebody else."
            )
    case.connection.execute(update(AGENCY).where(AGENCY.c.id == stage.agency_id).values(author_id=person.id))
    involve_person(case, person, Role.AGENCY_AUTHOR)
    others = select(AGENCY.c.id).where(AGENCY.c.review_id == case.id, AGENCY.c.author_id == stage.owner_id)
    if case.connection.execute(others).first() is None:
        leave_role(case, stage.owner_id, Role.AGENCY_AUTHOR)


def leave_role(case: Case, person_id: int, role: Role) -> None:
    """End a person's role in this review."""
    mine = (INVOLVEMENT.c.review_id == case.id, INVOLVEMENT.c.person_id == person_id, INVOLVEMENT.c.role == role)
    case.connection.execute(INVOLVEMENT.delete().where(*mine))
    case.roles[role] = [one for one in case.roles.get(role, []) if one != person_id]
