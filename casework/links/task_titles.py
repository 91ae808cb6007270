"""What a task is called in a letter and on its page: no name of a person in it, and no fact of a case."""

from sqlmodel import Session

from casework.clock import spoken
from casework.framework.pipelines import find_stage
from casework.links.link_tasks import AskedTask
from casework.links.signed_links import LinkTask
from models.action import Action
from models.meeting import Attendance, Meeting
from models.review import Agency, Stage
from models.vocabulary import TaskKind

CALLED = {TaskKind.TERMS: "Draft terms of reference", TaskKind.CONTRIBUTION: "Five questions about your work"}
ANSWERS = {
    TaskKind.TERMS: "Answer to the draft terms of reference",
    TaskKind.CONTRIBUTION: "Answer to the five questions",
}


def title_of(session: Session, asking: AskedTask) -> str:
    """ "Agency report (Police)", "Action 3", "Draft terms of reference"."""
    if isinstance(asking.row, Stage):
        title = find_stage(asking.review.type, asking.row.key).title
        agency = session.get(Agency, asking.row.agency_id) if asking.row.agency_id else None
        return f"{title} ({agency.name})" if agency else title
    if isinstance(asking.row, Action):
        return f"Action {asking.row.number}"
    if isinstance(asking.row, Attendance):
        meeting = session.get_one(Meeting, asking.row.meeting_id)
        return f"{meeting.kind.label} on {spoken(meeting.on_day)}"
    return CALLED[asking.task.kind]


def answer_title(session: Session, task: LinkTask) -> str:
    """What an answer that is owed is called: "Answer to the invitation (panel meeting)"."""
    if task.kind is not TaskKind.INVITATION:
        return ANSWERS[task.kind]
    meeting = session.get_one(Meeting, session.get_one(Attendance, task.id).meeting_id)
    return f"Answer to the invitation ({meeting.kind.label.lower()})"
