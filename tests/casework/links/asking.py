"""Tasks that a link opens, on invented people and cases: each kind with its review, its person and its link."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from casework.links.signed_links import LinkTask, SignedLink, token_of
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from casework.requests import contributions, draft_terms
from models.action import Action
from models.answering import Contribution, TermsReply
from models.meeting import Attendance
from models.review import Stage
from models.vocabulary import TaskKind
from tests.casework.meetings.meeting import LEARNING_EVENT, WORKER, a_review, arrange
from tests.walking import MANAGER, NOW, POLICE, REVIEWER, SERIOUS_CASE_REVIEW, TODAY, launched, walked

CARE_REPORT = "agency-report:example-children-s-social-care"
POLICE_REPORT = "agency-report:example-police"
OWNER = "olli.owner@police.example"
MEMBER, OTHER_MEMBER = "mia.member@board.example", "max.member@board.example"
PRACTITIONER = "pia.practitioner@social-care.example"
DRAFT = "What was known of the child, by whom, and when?"


@dataclass(frozen=True)
class Asked:
    """What one person is asked: in which review, which task, and the token of their link, issued at NOW."""

    reference: str
    person: str
    person_id: int
    task: LinkTask
    token: str


def person_id(store: Store, email: str) -> int:
    """The number of the person with this address."""
    with store.reading() as session:
        found = find_person(session, email).id
    assert found is not None
    return found


def asked(store: Store, reference: str, email: str, task: LinkTask, *, issued_at: datetime = NOW) -> Asked:
    """A task with the link by which this person comes to it."""
    number = person_id(store, email)
    return Asked(reference, email, number, task, token(store, task, number, issued_at=issued_at))


def token(store: Store, task: LinkTask, number: int, *, issued_at: datetime = NOW) -> str:
    """The token of a link."""
    return token_of(store.journal_secret, SignedLink(task, number, issued_at))


def report_asked(store: Store) -> Asked:
    """The report of the police, in a review in which the agencies write theirs."""
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until=CARE_REPORT)
    with store.reading() as session:
        stage = session.exec(select(Stage.id).where(Stage.name == POLICE_REPORT)).one()
    return asked(store, reference, POLICE, LinkTask(TaskKind.REPORT, stage or 0))


def action_asked(store: Store) -> Asked:
    """The one action of a plan."""
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="monitoring")
    with store.reading() as session:
        action = session.exec(select(Action.id)).one()
    return asked(store, reference, OWNER, LinkTask(TaskKind.ACTION, action or 0))


def terms_asked(store: Store) -> Asked:
    """A draft of the terms of reference, circulated to two people."""
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="terms-of-reference")
    people = [{"name": "Mia Member", "email": MEMBER}, {"name": "Max Member", "email": OTHER_MEMBER}]
    data = {"wording": DRAFT, "people": people, "answer_by": "2020-01-20"}
    with store.transaction() as session:
        by = find_person(session, REVIEWER)
        draft_terms.circulate_terms(Act(session, by, NOW, TODAY), reference, data)
        first = session.exec(select(TermsReply.id).order_by(col(TermsReply.number))).first()
    return asked(store, reference, MEMBER, LinkTask(TaskKind.TERMS, first or 0))


def contribution_asked(store: Store) -> Asked:
    """The five questions to a practitioner."""
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="practitioner-events")
    data = {"people": [{"name": "Pia Practitioner", "email": PRACTITIONER}], "answer_by": "2020-01-20"}
    with store.transaction() as session:
        by = find_person(session, MANAGER)
        contributions.ask_questions(Act(session, by, NOW, TODAY), reference, data)
        row = session.exec(select(Contribution.id)).one()
    return asked(store, reference, PRACTITIONER, LinkTask(TaskKind.CONTRIBUTION, row or 0))


def invitation_asked(store: Store) -> Asked:
    """An invitation of a practitioner to a learning event on Tuesday 4 February 2020, from ten to half past twelve."""
    reference = a_review(store)
    arrange(store, reference, LEARNING_EVENT)
    with store.reading() as session:
        row = session.exec(select(Attendance.id)).one()
    return asked(store, reference, WORKER, LinkTask(TaskKind.INVITATION, row or 0))


EVERY_KIND = {
    TaskKind.REPORT: report_asked,
    TaskKind.ACTION: action_asked,
    TaskKind.INVITATION: invitation_asked,
    TaskKind.TERMS: terms_asked,
    TaskKind.CONTRIBUTION: contribution_asked,
}
