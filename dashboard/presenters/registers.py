"""What stands beside the stages of a review: who takes part, how it stands to the principles, what runs beside it."""

from dataclasses import dataclass

from sqlmodel import Session

from casework.framework.principles import Item
from casework.meetings.lookup import meetings_of
from casework.quality.answers import answers_of, unanswered
from casework.registers.parallel import TELLING, not_to_disclose, processes_of
from casework.registers.participation import participants_of
from casework.views.review import ReviewView
from dashboard.presenters.meetings import summed_up
from dashboard.presenters.participation import nobody_yet, tally_in_words
from dashboard.presenters.principles import answered_in_words
from dashboard.presenters.processes import Process, processes_in_words, warning
from dashboard.site import Visit
from models.tables import id_of

LAST = "closure"  # the stage that closes a review


@dataclass(frozen=True)
class Registers:
    """The summaries on the page of a review; `held_for` names the process of each hold by the hold's id."""

    participation: str
    nobody_yet: str
    principles: str
    processes: tuple[Process, ...]
    held_for: dict[int, str]
    meetings: tuple[str, str]

    @property
    def suggests_resuming(self) -> tuple[Process, ...]:
        """What the review is on hold for although it is over."""
        return tuple(each for each in self.processes if each.suggests_resuming)


def registers(session: Session, visit: Visit, view: ReviewView) -> Registers:
    """The summaries of a review's registers, for somebody who sees all of it."""
    review_id = id_of(view.review)
    people, processes = participants_of(session, review_id), processes_of(session, review_id)
    labels = {each.id: each.kind.label for each in processes}
    return Registers(
        participation=tally_in_words(people),
        nobody_yet=nobody_yet(people),
        principles=answered_in_words(answers_of(session, review_id)),
        processes=processes_in_words(processes, view.holds, visit.today),
        meetings=summed_up(meetings_of(session, review_id), visit.now),
        held_for={hold.id: labels[hold.process_id] for hold in view.holds if hold.id and hold.process_id},
    )


@dataclass(frozen=True)
class BesideStage:
    """What the page of a stage shows beside its form: what may not be disclosed, and what nobody has answered yet."""

    warnings: tuple[str, ...]
    unanswered: tuple[Item, ...]


def beside_stage(session: Session, visit: Visit, view: ReviewView, key: str) -> BesideStage:
    """The warnings where the review tells others something, and at its closure what is still unanswered."""
    review_id = id_of(view.review)
    silent = not_to_disclose(processes_of(session, review_id), visit.today) if key in TELLING else []
    return BesideStage(
        warnings=tuple(warning(each, visit.today) for each in silent),
        unanswered=unanswered(answers_of(session, review_id)) if key == LAST else (),
    )
