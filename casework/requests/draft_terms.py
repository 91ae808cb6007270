"""A draft of the terms of reference goes round: to whom, and what each said to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from casework.clock import london_day, spoken
from casework.outbox.payloads import AnswerAskedFor
from casework.outbox.queueing import queue_letter
from casework.people.directory import names, person_for
from casework.record.act import Act
from casework.registers.keeping import keep, next_number, row_of
from casework.reminders import answer_reminders
from casework.reviews.case import Case, check_going, load, store
from casework.reviews.finding_stages import find_open
from casework.reviews.permissions import check_may_complete
from casework.validation.reading import read
from models.answering import TermsDraft, TermsReply
from models.errors import InputError, NotAllowed, empty, fault
from models.forms.answering import Asked, TermsAnswer, TermsCirculated
from models.people import Person
from models.tables import id_of
from models.vocabulary import Agreement, TaskKind, Template

TERMS = "terms-of-reference"


@dataclass(frozen=True)
class Circulation:
    """A draft as it went round, with everybody who was asked and what they said."""

    draft: TermsDraft
    replies: tuple[tuple[str, TermsReply], ...]  # with each one's name


def circulate_terms(act: Act, reference: str, data: Mapping[str, Any]) -> TermsDraft:
    """Send a draft of the terms of reference round, to people who each get a link of their own.

    `data` is what `TermsCirculated` asks for. Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    case = load(act, reference)
    stage = find_open(case, TERMS, act.person)
    check_going(case)
    check_may_complete(case, stage, case.pipeline.by_key[TERMS], act.person)
    form = read(TermsCirculated, data)
    check_to_come("answer_by", form.answer_by, act.today)
    draft = TermsDraft(
        review_id=case.id,
        number=next_number(case, TermsDraft),
        stage_id=stage.id,
        wording=form.wording,
        answer_by=form.answer_by,
        by_id=id_of(act.person),
        at=act.now,
    )
    keep(case, draft)
    for person_id in people_to_ask(act.session, form.people):
        ask_person(case, draft, person_id)
    detail = {"number": draft.number, "answer_by": form.answer_by.isoformat()}
    store(case, "terms circulated", act.person, stage=stage.name, detail=detail)
    return draft


def people_to_ask(session: Session, people: list[Asked]) -> list[int]:
    """The people who are named, each once; those who are new are put on record."""
    found = [person_for(session, email=each.email, name=each.name).id for each in people]
    return list(dict.fromkeys(number for number in found if number is not None))


def check_to_come(name: str, day: date, today: date) -> None:
    """Refuse a day by which people are asked to answer that has passed already."""
    if day < today:
        raise InputError(fault(name, day, "is in the past. Give a day from today, {today}, onwards.", today=today))


def ask_person(case: Case, draft: TermsDraft, person_id: int) -> None:
    """Ask one person, by a letter with their link."""
    row = TermsReply(
        review_id=case.id, number=next_number(case, TermsReply), draft_id=id_of(draft), person_id=person_id
    )
    keep(case, row)
    answer_reminders.plan_answer_reminders(case, TaskKind.TERMS, id_of(row), draft.answer_by)
    queue_letter(
        case.session,
        key=f"{Template.TERMS_CIRCULATED}:{row.id}",
        template=Template.TERMS_CIRCULATED,
        person_id=person_id,
        now=case.now,
        review_id=case.id,
        stage_id=draft.stage_id,
        payload=AnswerAskedFor(task=id_of(row), answer_by=draft.answer_by),
    )


def record_reply(act: Act, reference: str, number: int, data: Mapping[str, Any]) -> TermsReply:
    """Put on record what somebody says to a draft; what they said before is replaced.

    Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    case = load(act, reference)
    row = row_of(case, TermsReply, number)
    if row.person_id != act.person.id:
        raise NotAllowed("That was asked of somebody else. Use the link in your own e-mail to answer.")
    check_going(case)
    stage = find_open(case, TERMS, act.person)
    form = read(TermsAnswer, data)
    if form.agreement is not Agreement.AGREES and form.comment is None:
        raise InputError(empty("comment", "Say what you would change."))
    row.agreement, row.comment, row.replied_on = form.agreement, form.comment, act.today
    keep(case, row)
    store(
        case, "terms answered", act.person, stage=stage.name, detail={"number": number, "answer": form.agreement.value}
    )
    return row


def circulations(session: Session, review_id: int) -> list[Circulation]:
    """Every draft that went round, the newest first."""
    drafts = session.exec(
        select(TermsDraft).where(TermsDraft.review_id == review_id).order_by(col(TermsDraft.number).desc())
    ).all()
    replies = session.exec(
        select(TermsReply).where(TermsReply.review_id == review_id).order_by(col(TermsReply.number))
    ).all()
    called = names(session, {each.person_id for each in replies})
    return [
        Circulation(draft, tuple((called[each.person_id], each) for each in replies if each.draft_id == draft.id))
        for draft in drafts
    ]


def asked_before(session: Session, review_id: int) -> list[dict[str, str]]:
    """To whom the last draft went, as the form to send another takes them."""
    last = next(iter(circulations(session, review_id)), None)
    ids = [row.person_id for _, row in last.replies] if last else []
    found = {person.id: person for person in session.exec(select(Person).where(col(Person.id).in_(ids)))}
    return [{"name": found[number].name, "email": found[number].email} for number in ids]


def agreement_so_far(session: Session, review_id: int) -> str | None:
    """When the last draft went round, and what each said last to it or to one before; None if none went round."""
    found = circulations(session, review_id)
    if not found:
        return None
    newest = found[0].draft
    said = "\n".join(f"{name}: {in_words(row)}{of_before(draft, newest)}" for name, draft, row in last_words(found))
    return f"Draft {newest.number} was circulated on {spoken(london_day(newest.at))}.\n{said}"


def last_words(found: Sequence[Circulation]) -> list[tuple[str, TermsDraft, TermsReply]]:
    """For everybody who was ever asked, by name: their newest answer with its draft, or the newest draft they have."""
    answered: dict[int, tuple[str, TermsDraft, TermsReply]] = {}
    asked: dict[int, tuple[str, TermsDraft, TermsReply]] = {}
    for one in found:  # the newest draft first
        for name, row in one.replies:
            (asked if row.agreement is None else answered).setdefault(row.person_id, (name, one.draft, row))
    return [*answered.values(), *(each for number, each in asked.items() if number not in answered)]


def of_before(draft: TermsDraft, newest: TermsDraft) -> str:
    """To which draft something was said, where it was not the last."""
    return "" if draft.number == newest.number else f" (draft {draft.number})"


def in_words(row: TermsReply) -> str:
    """What somebody said to a draft, and when: "agrees, Tuesday 3 June 2014"; with their comment, if they made one."""
    if row.agreement is None or row.replied_on is None:
        return "no answer yet"
    comment = f": “{row.comment}”" if row.comment else ""
    return f"{row.agreement.label.lower()}, {spoken(row.replied_on)}{comment}"
