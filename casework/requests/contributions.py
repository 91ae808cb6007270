"""What practitioners answer to the five questions: their own words, which only two people read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from casework.outbox.payloads import AnswerAskedFor
from casework.outbox.queueing import queue_letter
from casework.record.act import Act
from casework.registers.keeping import keep, next_number, row_of, rows_of
from casework.reminders import answer_reminders
from casework.requests.draft_terms import check_to_come, people_to_ask
from casework.reviews.case import Case, check_going, check_live, load, store
from casework.validation.reading import read
from models.answering import Contribution
from models.errors import InputError, NotAllowed
from models.forms.answering import FiveQuestions, QuestionsAsked
from models.meeting import Attendance
from models.people import Person
from models.tables import id_of
from models.vocabulary import Role, TaskKind, Template

READ_BY = (Role.LEAD_REVIEWER, Role.BUSINESS_MANAGER)


def check_may_read(case: Case, by: Person) -> None:
    """A practitioner speaks openly to the lead reviewer: nobody else reads it but the business manager."""
    if not may_read_contributions(case, by):
        titles = " or the ".join(case.profile.title(role) for role in READ_BY)
        raise NotAllowed(f"Only the {titles} of {case.reference} can read what practitioners answered.")


def may_read_contributions(case: Case, by: Person) -> bool:
    """Whether somebody may ask the five questions, and read what is answered."""
    return any(by.id in case.roles.get(role, ()) for role in READ_BY)


def ask_questions(act: Act, reference: str, data: Mapping[str, Any]) -> list[Contribution]:
    """Ask practitioners the five questions, each by a letter with a link of their own.

    `data` is what `QuestionsAsked` asks for. Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    case = load(act, reference)
    check_live(case)
    check_going(case)
    check_may_read(case, act.person)
    form = read(QuestionsAsked, data)
    check_to_come("answer_by", form.answer_by, act.today)
    found = [ask_practitioner(case, person_id, form.answer_by) for person_id in people_to_ask(act.session, form.people)]
    detail = {"number": len(found), "answer_by": form.answer_by.isoformat()}
    store(case, "questions asked", act.person, detail=detail)
    return found


def ask_practitioner(case: Case, person_id: int, answer_by: date) -> Contribution:
    """Ask one practitioner."""
    row = Contribution(
        review_id=case.id,
        number=next_number(case, Contribution),
        person_id=person_id,
        asked_on=case.today,
        answer_by=answer_by,
    )
    keep(case, row)
    answer_reminders.plan_answer_reminders(case, TaskKind.CONTRIBUTION, id_of(row), answer_by)
    queue_letter(
        case.session,
        key=f"{Template.QUESTIONS_ASKED}:{row.id}",
        template=Template.QUESTIONS_ASKED,
        person_id=person_id,
        now=case.now,
        review_id=case.id,
        payload=AnswerAskedFor(task=id_of(row), answer_by=answer_by),
    )
    return row


def record_contribution(act: Act, reference: str, number: int, data: Mapping[str, Any]) -> Contribution:
    """Put a practitioner's answers on record; of those given before, what is answered again is replaced.

    Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    case = load(act, reference)
    row = row_of(case, Contribution, number)
    if row.person_id != act.person.id:
        raise NotAllowed("That was asked of somebody else. Use the link in your own e-mail to answer.")
    check_live(case)
    check_going(case)
    said = read(FiveQuestions, data).model_dump(exclude_none=True)
    if not said:
        raise InputError("Answer at least one of the five questions.")
    for name, words in said.items():
        setattr(row, name, words)
    row.answered_on = act.today
    keep(case, row)
    store(case, "questions answered", act.person, detail={"number": number})
    return row


def contributions_of(session: Session, review_id: int) -> list[Contribution]:
    """Everybody who was asked, and what they answered, in their order."""
    return rows_of(session, review_id, Contribution)


def not_asked_yet(session: Session, review_id: int) -> list[dict[str, str]]:
    """The professionals who were invited to a meeting and not asked the questions, as the form to ask takes them."""
    asked_ids = select(Contribution.person_id).where(Contribution.review_id == review_id)
    wanted = (
        select(Person)
        .join(Attendance)
        .where(
            Attendance.review_id == review_id,
            col(Attendance.participant).is_not(None),
            col(Attendance.uninvited_on).is_(None),
            col(Person.id).not_in(asked_ids),
        )
        .distinct()
        .order_by(col(Person.id))
    )
    return [{"name": person.name, "email": person.email} for person in session.exec(wanted)]
