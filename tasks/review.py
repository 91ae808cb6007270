"""Running a review: what the flows of all review types have in common."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from prefect import tags
from prefect.runtime import flow_run
from sqlmodel import Session, select

from casework.documents import ToMake
from casework.documents.work import WorkItem, is_live, reviews_with_work, work_of
from casework.framework.pipelines.middle import STEPS
from casework.reviews.case import no_such_review
from models.errors import MoveRefused
from models.record import Work
from models.tables import literally, table_of
from models.vocabulary import Preparation, ReviewEvent, WorkState
from tasks.carry_out import carry_out
from tasks.deliver_mail import OUTBOX, deliver_letters, letters_due, reviews_with_letters_due
from tasks.installation import installation, now
from tasks.redact_errors import TaskFailed, redact_errors
from tasks.runs import ReviewToRun, review_with_reference
from tasks.show_progress import show_progress, suspend, tag_run

WORK = table_of(Work)
Follows = Mapping[ReviewEvent, ToMake | None]


@dataclass
class ReviewRun:
    """A review while its flow reads through it: what moves have left to be carried out, and what could not be."""

    review: ReviewToRun
    pending: list[WorkItem] = field(default_factory=list)
    failures: int = 0
    mail_failed: bool = False

    @property
    def reference(self) -> str:
        """The review's reference."""
        return self.review.reference

    def look(self) -> bool:
        """Ask the record what is to be carried out; whether there is anything."""
        with redact_errors(self.reference), installation().store.reading() as session:
            self.pending = work_of(session, self.reference)
        return bool(self.pending)

    def stage(self, key: str, follows: Follows) -> None:
        """Carry out what has happened to this stage; nothing where nothing has."""
        mine = [event for event in self.pending if event.stage == key]
        self.pending = [event for event in self.pending if event.stage != key]
        for event in mine:
            self.carry_out(event, follows.get(event.event))

    def carry_out(self, event: WorkItem, wanted: ToMake | None = None) -> None:
        """Carry out one event as a task run of its own; letters do not wait for it, they go first."""
        self.send_letters()
        done = carry_out(event.id, str(event), wanted, return_state=True)
        self.failures += not done.is_completed()

    def send_letters(self) -> None:
        """Deliver the review's letters, if any are due. That this fails must not keep the events from being done."""
        with redact_errors(self.reference), installation().store.reading() as session:
            due = letters_due(session, OUTBOX.c.review_id == self.review.review_id)
        if due and not self.mail_failed:
            self.mail_failed = not deliver_letters(
                self.reference, self.review.review_id, return_state=True
            ).is_completed()


Phase = Callable[[ReviewRun], None]


def run_review(reference: str, *phases: Phase) -> None:
    """Carry out what has happened to a review, phase by phase, then wait, holding no process, while people work.

    The record is the only memory: this may start again from the top at any moment, after any interruption. It
    returns when the review has ended. What happens after the last look finds the run suspended, and the worker
    wakes it. Raises NotFound or MoveRefused for a reference that this flow cannot run, and TaskFailed when something
    could not be done; the rest has been done then.
    """
    review = ReviewRun(known_review(reference))
    review.send_letters()
    tag_run(reference)
    while not review.failures and review.look():
        read_through(review, phases)
    review.send_letters()
    waits_for = show_progress(reference)
    check_done(review)
    if still_open(reference):
        suspend(waits_for)


def read_through(review: ReviewRun, phases: tuple[Phase, ...]) -> None:
    """One pass over the phases in reading order; what belongs to no stage of theirs is the review's own."""
    for phase in phases:
        with tags(phase.__name__):
            phase(review)
    for event in review.pending:
        review.carry_out(event)


def stage(review: ReviewRun, key: str, *, opens: ToMake | None = None, closes: ToMake | None = None) -> None:
    """One stage of a review type: what follows when it opens, and what when it closes."""
    review.stage(key, {ReviewEvent.OPENED: opens, ReviewEvent.CLOSED: closes})


def steps_of_methodology(review: ReviewRun, *, each_agency_opens: ToMake) -> None:
    """The steps between the terms of reference and the report, those of whichever methodology was chosen."""
    for step in STEPS:
        stage(review, step.key, opens=each_agency_opens if step.per_agency else None)


def draft(document: Preparation) -> ToMake:
    """Draft this document, for people to finish."""
    return ToMake(document)


def final(document: Preparation) -> ToMake:
    """Make this document again from what the stage has recorded, and keep it beside the draft."""
    return ToMake(document, for_the_record=True)


def reviews_waiting(session: Session) -> list[ReviewToRun]:
    """The reviews whose run ought to be executed now: those for which something can be done, not only waits."""
    waiting = reviews_with_work(session, now())
    if not waiting:
        return []
    with_work = session.exec(select(Work.review_id).where(literally(WORK.c.state, WorkState.QUEUED))).all()
    able = {*with_work, *reviews_with_letters_due(session)}
    return [
        ReviewToRun(review.review_id, review.reference, review.type) for review in waiting if review.review_id in able
    ]


def known_review(reference: str) -> ReviewToRun:
    """The review with this reference; raises NotFound, or MoveRefused where another flow is its type's."""
    with redact_errors("a review"), installation().store.reading() as session:
        review = review_with_reference(session, reference)
    if review is None:
        raise no_such_review(reference)
    if review.type != flow_run.flow_name:
        raise MoveRefused(of_another_type(review))
    return review


def of_another_type(review: ReviewToRun) -> str:
    """Why a run of another type's flow is refused."""
    return f"{review.reference} is a {review.type}. Start the deployment with that name instead."


def still_open(reference: str) -> bool:
    """Whether anybody may still move the review."""
    with redact_errors(reference), installation().store.reading() as session:
        return is_live(session, reference)


def check_done(review: ReviewRun) -> None:
    """Fail the run, to be tried again, when something of this execution could not be done."""
    if review.failures:
        raise TaskFailed(f"{review.failures} events could not be carried out; they are tried again later.")
    if review.mail_failed:
        raise TaskFailed(f"{review.reference}: the letters could not be sent; they are tried again later.")
