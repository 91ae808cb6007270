"""A review's page: what a person may see of it, in the order in which they need it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from casework.boards import board
from casework.criteria import Screened, screen
from casework.permissions import Sight
from casework.pipelines import find_stage, pipeline
from casework.powers import Powers
from casework.uploads import TAKES_FILES
from casework.view import ReviewView, StageView
from dashboard.presenters.history import Line, history
from dashboard.presenters.recorded import Fact, recorded
from models.forms.referral import Criteria, Referral
from models.review import Action, Document
from models.vocabulary import LIVE, TRIGGERS, ActionState, Basis, ReviewState, StageState

STATE_COLOURS = {
    ReviewState.OPEN: "teal",
    ReviewState.HELD: "yellow",
    ReviewState.CLOSED: "green",
    ReviewState.WITHDRAWN: "grey",
    ReviewState.CONVERTED: "purple",
}


@dataclass(frozen=True)
class Owed:
    """An open stage: who owes it, by when and why, and what this person may do about it."""

    stage: StageView
    why: tuple[tuple[str, str], ...]
    yours: bool
    may_complete: bool
    may_add_files: bool
    documents: tuple[Document, ...]


@dataclass(frozen=True)
class Step:
    """A stage in the timeline: `state` is done, open, ahead or ended."""

    title: str
    state: str
    on: date | None = None
    due: date | None = None
    by: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a closed stage recorded."""

    stage: StageView
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class ReviewPage:
    """Everything on the page of a review. Somebody who has only a task in it finds the rest empty."""

    reference: str
    type_name: str
    board: str
    board_name: str
    state: ReviewState
    all_of_it: bool
    powers: Powers
    summary: tuple[tuple[str, str], ...]
    converted_from: str | None
    converted_to: str | None
    owed: tuple[Owed, ...]
    steps: tuple[Step, ...]
    outcomes: tuple[Outcome, ...]
    referral: tuple[Fact, ...]
    advice: Screened | None
    view: ReviewView
    history: tuple[Line, ...]

    @property
    def next(self) -> Owed | None:
        """What is due first."""
        return next((each for each in self.owed if each.stage.due_on), None)

    @property
    def state_in_words(self) -> str:
        """The state as its tag says it."""
        return state_in_words(self.state)

    @property
    def colour(self) -> str:
        """The colour of the state's tag."""
        return STATE_COLOURS[self.state]

    @property
    def is_live(self) -> bool:
        """Whether it can still be steered."""
        return self.state in LIVE

    @property
    def open_actions(self) -> list[Action]:
        """The actions for which there is no evidence yet."""
        return [action for action, _ in self.view.actions if action.state is ActionState.OPEN]


def state_in_words(state: ReviewState) -> str:
    """How a review stands: "Open", "On hold"."""
    return "On hold" if state is ReviewState.HELD else state.label


def what_they_see(view: ReviewView, how_much: Sight, powers: Powers, person_id: int) -> ReviewView:
    """All of a review, or only what is a person's own in it: their stages, those stages' files, their actions."""
    if how_much is Sight.ALL:
        return view
    stages = tuple(each for each in view.stages if each.owner_id == person_id or each.name in powers.completes)
    own = {stage.id for stage in stages}
    return replace(
        view,
        stages=stages,
        ahead=(),
        actions=tuple((action, owner) for action, owner in view.actions if action.owner_id == person_id),
        holds=(),
        publication=None,
        documents=tuple(each for each in view.documents if each.stage_id in own),
        converted_to=None,
    )


def review_page(seen: ReviewView, how_much: Sight, powers: Powers, person_id: int) -> ReviewPage:
    """The page of what `what_they_see` leaves of a review."""
    review, everything = seen.review, how_much is Sight.ALL
    return ReviewPage(
        reference=review.reference,
        type_name=seen.type_name,
        board=review.board,
        board_name=seen.board_name,
        state=review.state,
        all_of_it=everything,
        powers=powers,
        summary=summary(seen) if everything else (("Type", seen.type_name),),
        converted_from=review.converted_from if everything else None,
        converted_to=seen.converted_to,
        owed=tuple(owed(seen, stage, powers, person_id) for stage in seen.open_stages),
        steps=tuple(steps(seen)),
        outcomes=tuple(outcomes(seen)),
        referral=recorded(Referral, review.referral) if everything else (),
        advice=advice(seen) if everything else None,
        view=seen,
        history=tuple(history(seen)) if everything else (),
    )


def summary(seen: ReviewView) -> tuple[tuple[str, str], ...]:
    """What a review is, in a few lines."""
    review = seen.review
    edition = board(review.board).sources.get(review.edition, review.edition)
    lines = [("Type", seen.type_name), ("Board", seen.board_name), ("Edition in force", edition)]
    return (
        *lines,
        ("Launched on", spelt(review.launched_on)),
        *([("Ended on", spelt(review.ended_on))] if review.ended_on else []),
    )


def spelt(value: date) -> str:
    """'6 May 2014'."""
    return f"{value.day} {value:%B %Y}"


def owed(seen: ReviewView, stage: StageView, powers: Powers, person_id: int) -> Owed:
    """An open stage with what this person may do about it."""
    may = stage.name in powers.completes
    return Owed(
        stage=stage,
        why=why(stage),
        yours=stage.owner_id == person_id,
        may_complete=may,
        may_add_files=may and stage.name.partition(":")[0] in TAKES_FILES,
        documents=tuple(each for each in seen.documents if each.stage_id == stage.id),
    )


def why(stage: StageView) -> tuple[tuple[str, str], ...]:
    """Where a deadline comes from, line by line."""
    counted = (
        f"{TRIGGERS.get(stage.trigger or '', 'the date agreed')}, {spelt(stage.trigger_on)}" if stage.trigger_on else ""
    )
    lines = (
        ("How it was counted", stage.explanation),
        ("Rule", stage.rule or ""),
        ("Counted from", counted if stage.rule and stage.trigger != "agreed" else ""),
        ("Binding by", Basis(stage.basis).label if stage.basis else ""),
        ("Where it is written", stage.cites or ""),
        ("Last working day before it", safe_day(stage)),
        ("At first due on", spelt(stage.original_due_on) if stage.original_due_on else ""),
        ("Next reminder", spelt(stage.next_notice) if stage.next_notice else ""),
    )
    return tuple((label, text) for label, text in lines if text)


def safe_day(stage: StageView) -> str:
    """The last working day on which it can safely be done, where that is not the deadline itself."""
    return spelt(stage.last_safe_on) if stage.last_safe_on and stage.last_safe_on != stage.due_on else ""


def steps(seen: ReviewView) -> list[Step]:
    """All stages in order: done, open, ended with the review, and those still to come."""
    names = {StageState.CLOSED.value: "done", StageState.OPEN.value: "open", StageState.ENDED.value: "ended"}
    opened = [
        Step(stage.title, names[stage.state], stage.closed_on, stage.due_on, stage.closed_by or stage.owner)
        for stage in seen.stages
    ]
    coming = seen.ahead if seen.review.state in LIVE else ()
    return opened + [Step(title, "ahead") for title in coming]


def outcomes(seen: ReviewView) -> list[Outcome]:
    """What the closed stages recorded, in their order; the referral stands by itself."""
    first = pipeline(seen.review.type).first.key
    return [
        Outcome(stage, recorded(find_stage(seen.review.type, stage.name).form, stage.outcome or {}))
        for stage in seen.stages
        if stage.state == StageState.CLOSED.value and stage.name != first
    ]


def advice(seen: ReviewView) -> Screened | None:
    """What the criteria say of the referral as it came in, until they have been screened."""
    first = pipeline(seen.review.type).stages[1].key  # what opens when the referral has come in
    waiting = any(stage.name == first for stage in seen.open_stages)
    return screened(seen.review.referral) if waiting else None


def screened(values: Mapping[str, object]) -> Screened:
    """The criteria's recommendation on a referral, or on a screening."""
    return screen(Criteria.model_validate({name: values[name] for name in Criteria.model_fields}))
