"""An open stage in words: who owes it, by when, why then, and what the visitor may do about it."""

from dataclasses import dataclass

from casework.clock.wording import day
from casework.framework.editions import edition
from casework.framework.pipelines import find_stage
from casework.framework.profiles import board
from casework.links.link_tasks import is_answered_by_link
from casework.moves.allowed_moves import AllowedMoves
from casework.requests.draft_terms import TERMS
from casework.reviews.case import seat
from casework.reviews.uploads import TAKES_FILES
from casework.views.review import ReviewView, StageView
from dashboard.presenters.local import written
from models.answering import ReportPromise
from models.edition import Edition
from models.profile import BoardProfile
from models.review import Document
from models.vocabulary import TRIGGERS, Basis, Role


@dataclass(frozen=True)
class Owed:
    """An open stage: who owes it, by when and why, and what this person may do about it.

    `promise` is when its author says that it will come; `links_to_end` that it can be answered by links from letters,
    which this person may end; `circulates` that a draft of it goes round first.
    """

    stage: StageView
    why: tuple[tuple[str, str], ...]
    yours: bool
    may_complete: bool
    may_add_files: bool
    may_hand_over: bool
    documents: tuple[Document, ...]
    promise: ReportPromise | None = None
    links_to_end: bool = False
    circulates: bool = False

    @property
    def prepared(self) -> tuple[Document, ...]:
        """What the product made ready for the stage."""
        return tuple(each for each in self.documents if not each.uploaded_by)

    @property
    def added(self) -> tuple[Document, ...]:
        """What people added to it."""
        return tuple(each for each in self.documents if each.uploaded_by)


def owed(seen: ReviewView, stage: StageView, powers: AllowedMoves, person_id: int) -> Owed:
    """An open stage with what this person may do about it."""
    may = stage.name in powers.completes
    return Owed(
        stage=stage,
        why=why(stage, board(seen.review.board), edition(seen.review.edition)),
        yours=stage.owner_id == person_id,
        may_complete=may,
        may_add_files=may and stage.key in TAKES_FILES,
        may_hand_over=powers.steers and is_given_in_review(seen, stage),
        documents=tuple(each for each in seen.documents if each.stage_id == stage.id),
        promise=seen.promises.get(stage.id),
        links_to_end=powers.steers and is_answered_by_link(seen.review.type, stage.key),
        circulates=may and stage.name == TERMS,
    )


def is_given_in_review(seen: ReviewView, stage: StageView) -> bool:
    """Whether a stage belongs to a role that is given for this review alone; the board's own go by appointment."""
    spec = find_stage(seen.review.type, stage.key)
    return seat(board(seen.review.board).reviews[seen.review.type], spec) in (Role.LEAD_REVIEWER, Role.AGENCY_AUTHOR)


def why(stage: StageView, profile: BoardProfile, under: Edition) -> tuple[tuple[str, str], ...]:
    """Where a deadline comes from, line by line."""
    counted = (
        f"{TRIGGERS.get(stage.trigger or '', 'the date agreed')}, {day(stage.trigger_on)}" if stage.trigger_on else ""
    )
    lines = (
        ("How it was counted" if stage.due_on else "Why", stage.explanation),
        ("Rule", stage.rule or ""),
        ("Counted from", counted if stage.rule and stage.trigger != "agreed" else ""),
        ("Binding by", Basis(stage.basis).label if stage.basis else ""),
        ("Where it is written", "" if stage.cites is None else written([stage.cites], profile, under)),
        ("Last working day before it", safe_day(stage)),
        ("At first due on", day(stage.original_due_on) if stage.original_due_on else ""),
        ("Next reminder", day(stage.next_notice) if stage.next_notice else ""),
    )
    return tuple((label, text) for label, text in lines if text)


def safe_day(stage: StageView) -> str:
    """The last working day on which it can safely be done, where that is not the deadline itself."""
    return day(stage.last_safe_on) if stage.last_safe_on and stage.last_safe_on != stage.due_on else ""
