"""What stands on the page that a link opens: the one task, what its person needs for it, and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from casework.clock.wording import day, due_label, meeting_time, spoken
from casework.framework.profiles import board
from casework.links.link_tasks import AskedTask
from casework.links.task_titles import title_of
from casework.requests.promised_dates import promises_of
from dashboard.presenters.meetings import said
from models.action import Action
from models.answering import Contribution, TermsDraft, TermsReply
from models.meeting import Attendance, Meeting
from models.review import Stage
from models.tables import id_of
from models.vocabulary import ActionMove, Response, TaskKind


@dataclass(frozen=True)
class Ask:
    """One way to answer as the page asks it: what it is called, what happens, what its button says, and its thanks."""

    title: str
    happens: str
    button: str
    thanks: str


ASKS: Mapping[str, Ask] = {
    "report": Ask(
        "Give it now",
        "Fill in the form. If your agency has signed it off as a file, add the file too. Once you have sent the form, "
        "you have finished.",
        "Send it",
        "Thank you. What you sent is on record.",
    ),
    "later": Ask(
        "Say when it will come",
        "If you cannot send it in time, say when you will. The deadline stays the same, and we tell the business "
        "manager.",
        "Send this",
        "Thank you. We will tell the business manager when to expect it. You can use this link until you have sent "
        "the form.",
    ),
    ActionMove.PROGRESS: Ask(
        "Report progress",
        "It goes on the record of the action, which stays open.",
        "Report progress",
        "Thank you. Your progress is on record.",
    ),
    ActionMove.EVIDENCE: Ask(
        "Give the evidence",
        "Once you have given it, we send no more reminders, and the action is ready for sign-off.",
        "Give the evidence",
        "Thank you. The evidence is on record, and the action is ready for sign-off.",
    ),
    ActionMove.ASSURANCE: Ask(
        "Give your agency’s assurance",
        "Your agency assures the board that the change has been made.",
        "Give the assurance",
        "Thank you. The assurance is on record.",
    ),
    "coming": Ask(
        "Will you be there?",
        "You can change your answer until the meeting begins. If you cannot come, you do not need to say why.",
        "Send your answer",
        "Thank you. Your answer is on record.",
    ),
    "terms": Ask(
        "Do you agree?",
        "Your answer goes to the person who leads the review.",
        "Send your answer",
        "Thank you. Your answer is on record.",
    ),
    "questions": Ask(
        "Your view",
        "There are no wrong answers, and nobody is judging you. The review asks why things made sense at the time. "
        "Answer the questions you can. Only the person who leads the review and the business manager can read what "
        "you write here.",
        "Send your answers",
        "Thank you for your answers. They are on record.",
    ),
}


@dataclass(frozen=True)
class Shown:
    """A task as its page shows it: `reading` is a text to be read before answering, under its heading."""

    title: str
    facts: tuple[tuple[str, str], ...]
    reading: tuple[str, str] | None = None


def shown(session: Session, asking: AskedTask, today: date) -> Shown:
    """The page of a task that a link opens."""
    facts, reading = SHOWING[asking.task.kind](session, asking, today)
    about = (("Review", asking.review.reference), *facts)
    return Shown(title_of(session, asking), tuple((label, text) for label, text in about if text), reading)


STANDS = "Your earlier answer stays if you leave a question empty. It is not shown, in case others have this link."
Facts = tuple[tuple[tuple[str, str], ...], tuple[str, str] | None]


def of_report(session: Session, asking: AskedTask, today: date) -> Facts:
    """By when, and when its author said that it would come."""
    stage, kind = asking.row, board(asking.review.board).kind(asking.review.type)
    assert isinstance(stage, Stage)
    made = promises_of(session, id_of(asking.review)).get(id_of(stage))
    said = f"{day(made.comes_on)}, as you said on {day(made.at)}" if made and made.person_id == asking.person_id else ""
    return (
        ("Kind of review", kind.name if kind else ""),
        (due_on_label(stage.due_on, today), day_due(stage.due_on)),
        ("To come on", said),
    ), None


def of_action(_: Session, asking: AskedTask, today: date) -> Facts:
    """What is to be done, how it will be known, and by when."""
    action = asking.row
    assert isinstance(action, Action)
    return (
        ("What is to be done", action.wording),
        ("By", action.organisation),
        ("How it will be known", action.measure),
        (due_on_label(action.due_on, today), day_due(action.due_on)),
        ("Evidence given", day(action.evidenced_on)),
        ("Assurance given", day(action.assured_on)),
    ), None


def of_invitation(session: Session, asking: AskedTask, _: date) -> Facts:
    """What, when and where, and what was answered before."""
    row = asking.row
    assert isinstance(row, Attendance)
    meeting = session.get_one(Meeting, row.meeting_id)
    answered = row.response.label if row.response is not Response.WAITING else ""
    return (
        ("When", meeting_time(meeting.on_day, meeting.begins, meeting.ends)),
        ("Where", meeting.place or ""),
        ("To join online", meeting.joining_link or ""),
        ("Your answer", answered),
    ), None


def of_terms(session: Session, asking: AskedTask, _: date) -> Facts:
    """The draft itself."""
    reply = asking.row
    assert isinstance(reply, TermsReply)
    draft = session.get_one(TermsDraft, reply.draft_id)
    return (("Please answer by", spoken(draft.answer_by)),), ("The draft", draft.wording)


def of_contribution(_: Session, asking: AskedTask, __: date) -> Facts:
    """By when, and what becomes of answers that were given before, which are shown to nobody by a link."""
    row = asking.row
    assert isinstance(row, Contribution)
    before = f"{day(row.answered_on)}. {STANDS}" if row.answered_on else ""
    return (("Please answer by", spoken(row.answer_by)), ("You answered on", before)), None


SHOWING: Mapping[TaskKind, Callable[[Session, AskedTask, date], Facts]] = {
    TaskKind.REPORT: of_report,
    TaskKind.ACTION: of_action,
    TaskKind.INVITATION: of_invitation,
    TaskKind.TERMS: of_terms,
    TaskKind.CONTRIBUTION: of_contribution,
}


def day_due(on: date | None) -> str:
    """The day, if there is one: "Monday 1 September 2014"."""
    return spoken(on) if on else ""


def due_on_label(on: date | None, today: date) -> str:
    """Whether it is due, or was."""
    return f"{due_label(on, today)} on"


def filled_in(key: str, asking: AskedTask, today: date) -> Mapping[str, object]:
    """What a form begins with: today for progress and assurance, for an invitation what was answered before.

    The day of the evidence only its giver knows.
    """
    if isinstance(asking.row, Attendance):
        return said(asking.row)
    fields = {ActionMove.PROGRESS.value: "as_of", ActionMove.ASSURANCE.value: "assured_on"}
    return {fields[key]: today} if key in fields and isinstance(asking.row, Action) else {}
