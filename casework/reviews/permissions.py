"""Who may see and who may do what: closed unless there is a reason."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from casework.framework.pipelines.table import StageSpec
from casework.framework.profiles import board
from casework.people.roles import roles_of
from casework.record.prepared import Prepared
from casework.record.store import connection_of
from casework.reviews.case import APPOINTMENT, Case
from casework.reviews.glimpses import Glimpse
from models.errors import NotAllowed
from models.people import Person
from models.review import Action, Involvement, Review
from models.tables import id_of
from models.vocabulary import Role

FIND_APPOINTMENT = Prepared(
    select(APPOINTMENT.c.id).where(
        *(APPOINTMENT.c[name] == bindparam(name) for name in ("board", "role", "person_id")),
        APPOINTMENT.c.until.is_(None),
    )
)
OVERSEES = {
    Role.BUSINESS_MANAGER,
    Role.INDEPENDENT_CHAIR,
    Role.PANEL_CHAIR,
    Role.STRATEGIC_PARTNERS,
    Role.MONITORING_CHAIR,
    Role.BOARD_MEMBER,
    Role.INSPECTOR,
}


class Sight(StrEnum):
    """How much of a review somebody may see: all of it, their own task in it, or nothing."""

    ALL = "all"
    TASK = "task"
    NOTHING = "nothing"


def check_may_complete(case: Case, stage: Any, spec: StageSpec, by: Person) -> None:
    """Those who hold the owner's role now may; the business manager too, unless the stage is a decision.

    Having owned a stage is no reason: who has left the role has left its stages. An agency's own stage is its author's.
    """
    role = case.role_of(spec)
    holds = stage.owner_id == by.id if spec.per_agency else by.id in case.roles.get(role, ())
    steers = by.id in case.roles.get(Role.BUSINESS_MANAGER, ())
    nobody_else = stage.owner_id == by.id and not case.roles.get(role)  # the business manager, while the role is empty
    if holds or (steers and nobody_else):
        return
    if steers and not spec.decides:
        return
    title = case.profile.title(role)
    why = "Only they can record it." if steers else "The business manager can tell you who that is."
    raise NotAllowed(f"‘{spec.title}’ of {case.reference} is for the {title}, not for {by.email}. {why}")


def check_may_steer(case: Case, by: Person) -> None:
    """Only the business manager, the independent chair and the role that decides on such reviews steer one."""
    decides = Role(case.kind.decides.value)
    if not any(by.id in case.roles.get(role, ()) for role in (Role.BUSINESS_MANAGER, Role.INDEPENDENT_CHAIR, decides)):
        titles = f"{case.profile.title(Role.BUSINESS_MANAGER)} or the {case.profile.title(decides)}"
        raise NotAllowed(f"Only the {titles} can do that to {case.reference}, not {by.email}. Ask one of them.")


def check_may_record(case: Case, by: Person) -> None:
    """Who took part, how the review stands to the principles, what runs beside it: recorded by three roles."""
    recording = (Role.BUSINESS_MANAGER, Role.INDEPENDENT_CHAIR, Role.LEAD_REVIEWER)
    if not any(by.id in case.roles.get(role, ()) for role in recording):
        titles = " or the ".join(case.profile.title(role) for role in recording)
        raise NotAllowed(f"Only the {titles} can record that in {case.reference}, not {by.email}. Ask one of them.")


def check_may_launch(session: Session, board: str, by: Person) -> None:
    """Only the board's business manager launches a review."""
    if not is_business_manager(session, board, by):
        raise NotAllowed(f"Only the business manager of {board} can launch a review there, not {by.email}. Ask them.")


def check_manages(session: Session, board: str, by: Person) -> None:
    """Only the board's business manager decides how its letters look and read."""
    if not is_business_manager(session, board, by):
        raise NotAllowed("Only a board’s business manager can change its letters. Ask them.")


def is_business_manager(session: Session, board: str, person: Person) -> bool:
    """Whether a person is business manager of a board now."""
    asked = {"board": board, "role": Role.BUSINESS_MANAGER, "person_id": person.id}
    return bool(FIND_APPOINTMENT.rows(connection_of(session), asked))


def sight(session: Session, review: Glimpse, person: Person, held: Mapping[str, set[Role]] | None = None) -> Sight:
    """How much of a review a person may see: need to know, by role on the board or in the review.

    `held` are the person's roles by board, where they are known already.
    """
    held = roles_of(session, id_of(person)) if held is None else held
    if sees_all_of(review.board, review.type, held.get(review.board, set())):
        return Sight.ALL
    mine = session.exec(
        select(Involvement.role).where(Involvement.review_id == review.id, Involvement.person_id == id_of(person))
    ).all()
    if Role.LEAD_REVIEWER in mine:
        return Sight.ALL
    acts = session.exec(
        select(Action.id).where(Action.review_id == review.id, Action.owner_id == id_of(person))
    ).first()
    return Sight.TASK if mine or acts else Sight.NOTHING


def sees_all_of(board_name: str, type_: str, held: set[Role]) -> bool:
    """Whether these roles on a board show all of a review: some oversee the board, others have a seat in its type."""
    kind = board(board_name).kind(type_)
    return bool(OVERSEES & held) or (kind is not None and not held.isdisjoint(kind.seats))


def visible(person_id: int, held: dict[str, set[Role]]) -> Any:
    """The condition on reviews that a person may see at all, for a list."""
    involved = select(Involvement.review_id).where(Involvement.person_id == person_id)
    acts = select(Action.review_id).where(Action.owner_id == person_id)
    review = col(Review.id)
    return of_their_boards(held) | review.in_(involved) | review.in_(acts)


def wholly_visible(person_id: int, held: dict[str, set[Role]]) -> Any:
    """The condition on reviews of which a person may see everything, as `sight` says it of one."""
    leads = select(Involvement.review_id).where(
        Involvement.person_id == person_id, Involvement.role == Role.LEAD_REVIEWER
    )
    return of_their_boards(held) | col(Review.id).in_(leads)


def of_their_boards(held: dict[str, set[Role]]) -> Any:
    """The condition on reviews that somebody's roles show: those of boards they oversee, and of types they sit on."""
    boards = [name for name, roles in held.items() if OVERSEES & roles]
    found: Any = col(Review.board).in_(boards)
    for name in held.keys() - set(boards):
        types = [type_ for type_ in board(name).reviews if sees_all_of(name, type_, held[name])]
        found = found | (col(Review.board) == name) & col(Review.type).in_(types)
    return found
