"""Which roles people hold on a board."""

from datetime import date

from sqlmodel import Session, col, select

from models.errors import InputError, empty
from models.people import Appointment, Person
from models.remedies import AppointToBoard
from models.tables import id_of
from models.vocabulary import Role


def appoint(session: Session, *, board: str, role: Role, person: Person, since: date) -> None:
    """Give a person a role on a board, in place of its holder, unless they hold it already.

    Raises InputError for the safeguarding lead of no agency: they hear of what their organisation owes.
    """
    if role is Role.SAFEGUARDING_LEAD and not person.organisation:
        raise InputError(
            empty(
                "organisation",
                "A safeguarding lead is somebody’s: give the agency of {email} as reviews name it.",
                email=person.email,
            ),
            remedy=AppointToBoard(board, role, person.email, organisation=True),
        )
    now = session.exec(
        select(Appointment).where(
            Appointment.board == board, Appointment.role == role, col(Appointment.until).is_(None)
        )
    ).all()
    if any(held.person_id == person.id for held in now):
        return
    shared = role in (Role.BOARD_MEMBER, Role.INSPECTOR, Role.BUSINESS_MANAGER, Role.SAFEGUARDING_LEAD)
    for held in () if shared else now:
        held.until = since
    session.add(appointment_of(session, board, role, person, since))
    session.flush()


def appointment_of(session: Session, board: str, role: Role, person: Person, since: date) -> Appointment:
    """A new appointment, or the person's earlier one to the same role, taken up again."""
    earlier = session.exec(
        select(Appointment).where(
            Appointment.board == board, Appointment.role == role, Appointment.person_id == id_of(person)
        )
    ).first()
    if earlier is None:
        return Appointment(board=board, role=role, person_id=id_of(person), since=since)
    earlier.since, earlier.until = since, None
    return earlier


def roles_of(session: Session, person_id: int) -> dict[str, set[Role]]:
    """The roles that a person holds now, by board."""
    held: dict[str, set[Role]] = {}
    for appointment in session.exec(
        select(Appointment).where(Appointment.person_id == person_id, col(Appointment.until).is_(None))
    ):
        held.setdefault(appointment.board, set()).add(appointment.role)
    return held


def boards_in_use(session: Session) -> set[str]:
    """The boards on which anybody holds a role now."""
    return set(session.exec(select(Appointment.board).where(col(Appointment.until).is_(None))).all())


def holders(session: Session, board: str) -> list[tuple[Role, Person]]:
    """Who holds which role on a board now, in the order of the vocabulary."""
    found = session.exec(
        select(Appointment, Person)
        .join(Person, col(Person.id) == col(Appointment.person_id))
        .where(Appointment.board == board, col(Appointment.until).is_(None))
    ).all()
    order = list(Role)
    held = [(appointment.role, person) for appointment, person in found]
    return sorted(held, key=lambda pair: (order.index(pair[0]), pair[1].email))
