"""A case in which everything personal, and every fact, carries a mark that must never be seen in an e-mail."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlmodel import Session

from casework.letters.digests import KINDS
from casework.letters.frames import Letter
from casework.letters.letter_variables import VARIABLES
from casework.letters.naming import explained, lists_of
from casework.letters.writing import write_letter
from casework.people.roles import appoint
from casework.record.settings import Settings
from models.answering import Contribution, TermsDraft, TermsReply
from models.finding import Finding
from models.meeting import Attendance, Meeting
from models.notice import Occasion
from models.parallel import ParallelProcess
from models.participation import Participant
from models.people import Person
from models.record import OutboxMessage
from models.review import Action, Agency, Hold, Review, Stage
from models.tables import id_of
from models.vocabulary import Basis, Invitee, MeetingKind, OutputModel, Process, Response, Rung, Template

MARK = "Quillfeather"
NOW = datetime(2024, 1, 8, 9, 0, tzinfo=UTC)
TODAY = date(2024, 1, 8)  # a Monday
ADDRESS = "http://127.0.0.1:8770"

MEETING = {
    "number": "1",
    "meeting_kind": "panel-meeting",
    "uid": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
    "sequence": "1",
    "changed_at": "2024-01-08T09:00:00+00:00",
    "on_day": "2024-01-30",
    "begins": "10:00",
    "ends": "12:30",
    "place": "Room 2, Example House",
    "joining_link": "https://meet.example/abc",
}
DETAILS = {
    Template.SIGN_IN: {"link": f"{ADDRESS}/sign-in/tOkEn", "minutes": "15"},
    Template.DEADLINE_MOVED: {"from": "2024-01-15"},
    Template.ACTION_ASSIGNED: {"number": "3", "due": "2024-06-28"},
    Template.ACTION_MOVED: {"number": "3", "due": "2024-01-22"},
    Template.ACTION_EVIDENCED: {"number": "3", "due": "2024-01-22"},
    Template.ACTION_REOPENED: {"number": "3", "due": "2024-01-22"},
    Template.DIGEST_AGENCY: {"agency": "Police"},
    Template.MEETING_INVITED: MEETING,
    Template.MEETING_MOVED: MEETING,
    Template.MEETING_CANCELLED: MEETING,
    Template.MEETING_UNINVITED: MEETING,
    Template.ANSWER_LINK: {"kind": "report", "task": "2", "what": "Agency report (Police)", "days": "30"},
    Template.REPORT_PROMISED: {"comes_on": "2024-01-29"},
    Template.TERMS_CIRCULATED: {"task": "1", "answer_by": "2024-01-22"},
    Template.QUESTIONS_ASKED: {"task": "1", "answer_by": "2024-01-22"},
}


LISTS = (
    Template.REMINDERS,
    Template.DIGEST_WEEKLY,
    Template.DIGEST_MONTHLY,
    Template.DIGEST_AGENCY,
)  # each line leads to its own place; the one action, to all of them
ACTION_DUE = date(2024, 6, 28)
DATED: dict[str, Any] = {
    "due_on": date(2024, 1, 22),
    "rule": "14 days",
    "basis": Basis.LOCAL,
    "trigger": "decided_on",
    "trigger_on": TODAY,
}


SETTINGS = Settings(public_url=ADDRESS)


@dataclass(frozen=True)
class MarkedCase:
    """The ids of what was made."""

    review_id: int
    stage_id: int
    agency_stage_id: int
    undated_stage_id: int
    counted_stage_id: int
    person_id: int
    action_id: int


def add_occasions(session: Session, case: "MarkedCase", message: OutboxMessage, *rungs: Rung) -> None:
    """Have an e-mail speak of the marked case's stage and action, once for each rung."""
    message.board, message.review_id, message.stage_id = "northamptonshire", None, None
    session.add(message)
    session.flush()
    for rung in rungs:
        of: dict[str, Any] = {"message_id": message.id, "person_id": case.person_id, "rung": rung, "on_day": TODAY}
        session.add(Occasion(key=f"stage:{rung}:{message.id}", stage_id=case.stage_id, due_on=DATED["due_on"], **of))
        session.add(Occasion(key=f"action:{rung}:{message.id}", action_id=case.action_id, due_on=ACTION_DUE, **of))
    session.flush()


def add_person(session: Session, email: str) -> int:
    """Somebody with an address, and a marked name."""
    person = Person(email=email, name=f"Ann {MARK}", organisation=f"{MARK} Trust")
    session.add(person)
    session.flush()
    return id_of(person)


def add_marked_case(session: Session, email: str = "ann@board.example") -> MarkedCase:
    """A review with stages, an agency, a hold and an action; all that may be marked is."""
    owner = add_person(session, email)
    review = Review(
        reference="SCR-LSCBN-2024-01",
        board="northamptonshire",
        type="serious-case-review",
        edition="WT2013",
        launched_on=TODAY,
        facts={"decided_on": "2024-01-08"},
        referral={"child": MARK, "circumstances": f"{MARK} was seen at the {MARK} surgery."},
    )
    session.add(review)
    session.flush()
    agency = Agency(review_id=id_of(review), slug="police", name="Police", author_id=owner)
    session.add(agency)
    session.add(Hold(review_id=id_of(review), reason=f"the trial of {MARK}", held_on=TODAY))
    action: dict[str, Any] = {"wording": MARK, "organisation": MARK, "measure": MARK, "evidence": MARK}
    undertaken = Action(review_id=id_of(review), number=3, owner_id=owner, due_on=ACTION_DUE, **action)
    session.add(undertaken)
    session.flush()
    assert undertaken.id
    finding: dict[str, Any] = {"model": OutputModel.RECOMMENDATIONS, "wording": MARK, "organisation": MARK}
    session.add(Finding(review_id=id_of(review), number=1, **finding))
    session.add(Participant(review_id=id_of(review), number=1, who=Invitee.PARENT, known_as=MARK, views=MARK))
    process: dict[str, Any] = {"kind": Process.INQUEST, "contact": MARK, "not_to_disclose": MARK}
    session.add(ParallelProcess(review_id=id_of(review), number=1, **process))
    of_review: dict[str, Any] = {"review_id": id_of(review), "board": review.board, "type": review.type}
    of_review |= {"owner_id": owner, "opened_on": TODAY}
    dated = of_review | DATED
    outcome = {"reasons": MARK}
    stages = [
        Stage(name="lead-reviewer", key="lead-reviewer", last_safe_on=date(2024, 1, 19), outcome=outcome, **dated),
        Stage(
            name="agency-report:police",
            key="agency-report",
            agency_id=agency.id,
            last_safe_on=date(2024, 1, 22),
            **dated,
        ),
        Stage(name="criteria-screening", key="criteria-screening", **of_review),
        Stage(name="national-panel", key="national-panel", last_safe_on=date(2024, 1, 19), **dated),
    ]
    session.add_all(stages)
    session.flush()
    first, agencys, undated, counted = (stage.id for stage in stages)
    assert first
    assert agencys
    assert undated
    assert counted
    add_what_is_asked(session, id_of(review), first, owner)
    add_meeting(session, id_of(review), owner)
    return MarkedCase(id_of(review), first, agencys, undated, counted, owner, undertaken.id)


def add_what_is_asked(session: Session, review_id: int, stage_id: int, person_id: int) -> None:
    """A draft of the terms of reference that went round, and the five questions, both to one person."""
    of_one: dict[str, Any] = {"review_id": review_id, "number": 1}
    draft = TermsDraft(stage_id=stage_id, wording=MARK, answer_by=TODAY, by_id=person_id, at=NOW, **of_one)
    session.add(draft)
    session.flush()
    assert draft.id
    session.add(TermsReply(draft_id=draft.id, person_id=person_id, comment=MARK, **of_one))
    session.add(Contribution(person_id=person_id, asked_on=TODAY, answer_by=TODAY, view=MARK, **of_one))
    session.flush()


def add_meeting(session: Session, review_id: int, person_id: int) -> None:
    """A meeting that was called off, with why, and somebody who declined, with why."""
    at: dict[str, Any] = {"on_day": date(2024, 1, 30), "begins": time(10), "ends": time(12, 30)}
    found = Meeting(
        review_id=review_id,
        number=1,
        kind=MeetingKind.PANEL,
        uid=MEETING["uid"],
        changed_at=NOW,
        why_cancelled=MARK,
        **at,
    )
    session.add(found)
    session.flush()
    session.add(
        Attendance(
            review_id=review_id,
            number=1,
            meeting_id=id_of(found),
            person_id=person_id,
            reason=MARK,
            response=Response.DECLINED,
        )
    )
    session.flush()


def letter(
    session: Session,
    case: MarkedCase,
    template: Template,
    *,
    stage_id: int | None = None,
    today: date = TODAY,
    details: dict[str, str] | None = None,
) -> Letter:
    """The letter of this template about the lead reviewer's appointment, or about another stage."""
    message = OutboxMessage(
        key=template.value,
        template=template,
        person_id=case.person_id,
        review_id=None if template is Template.SIGN_IN else case.review_id,
        stage_id=None if template is Template.SIGN_IN else stage_id or case.stage_id,
        attendance_id=1 if DETAILS.get(template) is MEETING else None,
        details=DETAILS.get(template, {}) | (details or {}) | {"reason": MARK, "name": MARK},
        queued_at=NOW,
        next_try_at=NOW,
    )
    if template in LISTS:
        add_occasions(session, case, message, *Rung)
        for kind in KINDS:
            person = session.get_one(Person, case.person_id)
            appoint(session, board="northamptonshire", role=kind.role, person=person, since=TODAY)
    return write_letter(session, message, settings=SETTINGS, today=today)


def every_name(template: Template) -> str:
    """Words with every name that a letter has, and with every name of the items of its lists."""
    kind = VARIABLES[template]
    lines = [f"- {name}: {{{{ {name} }}}}" for name in explained(kind)]
    for name, inside in lists_of(kind).items():
        asked = " | ".join(f"{{{{ item.{each} }}}}" for each in inside)
        lines += [f"{{% for item in {name} %}}", f"* {asked}", "{% endfor %}"]
    return "\n".join(["Subject", "", *lines, "", "[Open]({{ link }})", ""])
