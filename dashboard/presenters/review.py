"""A review's page: what a person may see of it, in the order in which they need it."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date

from casework.clock.wording import day
from casework.framework.editions import edition
from casework.framework.methodologies import STEP
from casework.framework.pipelines import find_stage, pipeline
from casework.moves.allowed_moves import AllowedMoves
from casework.moves.launching import happened_on
from casework.reviews.permissions import Sight
from casework.views.review import ReviewView
from casework.views.standing import open_work, state_in_words
from dashboard.presenters.advice import Advice, until_screened
from dashboard.presenters.guidance import beside_national
from dashboard.presenters.history import Line, history
from dashboard.presenters.next_deadline import NextDeadline, next_deadline
from dashboard.presenters.outcomes import Outcome, outcomes
from dashboard.presenters.owed import Owed, owed
from dashboard.presenters.recorded import Fact, recorded
from models.review import Document, Review
from models.tables import id_of
from models.vocabulary import LIVE, Methodology, OutputModel, ReviewState, StageState

METHOD_STEPS = "The steps of the methodology that is chosen"
STATE_COLOURS = {
    ReviewState.OPEN: "teal",
    ReviewState.HELD: "yellow",
    ReviewState.CLOSED: "green",
    ReviewState.WITHDRAWN: "grey",
    ReviewState.CONVERTED: "purple",
}


@dataclass(frozen=True)
class Step:
    """A stage in the timeline: `state` is done, open, ahead or ended."""

    title: str
    state: str
    on: date | None = None
    due: date | None = None
    by: str = ""


@dataclass(frozen=True)
class ReviewPage:
    """Everything on the page of a review. Somebody who has only a task in it finds the rest empty."""

    reference: str
    type_name: str
    board: str
    board_name: str
    state: ReviewState
    all_of_it: bool
    powers: AllowedMoves
    summary: tuple[tuple[str, str], ...]
    converted_from: str | None
    converted_to: str | None
    next: NextDeadline | None
    owed: tuple[Owed, ...]
    steps: tuple[Step, ...]
    outcomes: tuple[Outcome, ...]
    begins_with: str  # the title of its first stage: the referral, or the proposal of a theme
    first: tuple[Fact, ...]
    advice: Advice | None
    view: ReviewView
    history: tuple[Line, ...]
    may_change_method: bool
    may_add_reviewer: bool

    @property
    def state_in_words(self) -> str:
        """The state as its tag says it."""
        return state_in_words(self.state, self.view.actions_owed)

    @property
    def open_work(self) -> str:
        """What is open besides the stages that are listed."""
        return open_work(len(self.owed), self.view.actions_owed)

    @property
    def colour(self) -> str:
        """The colour of the state's tag."""
        return STATE_COLOURS[self.state]

    @property
    def is_live(self) -> bool:
        """Whether it can still be steered."""
        return self.state in LIVE


def what_they_see(view: ReviewView, how_much: Sight, powers: AllowedMoves, person_id: int) -> ReviewView:
    """All of a review, or only what is a person's own in it: their stages, those stages' files, their actions."""
    if how_much is Sight.ALL:
        return view
    stages = tuple(
        each
        for each in view.stages
        if (each.owner_id == person_id and find_stage(view.review.type, each.key).per_agency)
        or each.name in powers.completes
    )
    own = {stage.id for stage in stages}
    theirs = {action.number for action, _ in view.actions if action.owner_id == person_id}
    return replace(
        view,
        stages=stages,
        ahead=(),
        actions=tuple((action, owner) for action, owner in view.actions if action.number in theirs),
        holds=(),
        publication=None,
        documents=tuple(each for each in view.documents if is_theirs(each, own, view.evidence_files, theirs)),
        converted_to=None,
    )


def is_theirs(file: Document, stages: Set[int], evidence: Mapping[int, int], actions: Set[int]) -> bool:
    """Whether a file belongs to one of these stages; if it is evidence of an action, to one of these actions."""
    number = evidence.get(id_of(file))
    return file.stage_id in stages if number is None else number in actions


def review_page(seen: ReviewView, how_much: Sight, powers: AllowedMoves, person_id: int) -> ReviewPage:
    """The page of what `what_they_see` leaves of a review."""
    review, everything = seen.review, how_much is Sight.ALL
    first = pipeline(review.type).first
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
        next=next_deadline(seen, person_id),
        owed=tuple(owed(seen, stage, powers, person_id) for stage in seen.open_stages),
        steps=tuple(steps(seen)),
        outcomes=tuple(outcomes(seen)),
        begins_with=first.title,
        first=recorded(first.form, review.referral) if everything else (),
        advice=until_screened(seen) if everything else None,
        view=seen,
        history=tuple(history(seen)) if everything else (),
        may_change_method=powers.steers and "methodology" in review.facts and not is_closed(seen, "report"),
        may_add_reviewer=powers.steers and is_closed(seen, "lead-reviewer"),
    )


def is_closed(seen: ReviewView, stage: str) -> bool:
    """Whether a stage has been completed."""
    return any(each.name == stage and each.state == StageState.CLOSED.value for each in seen.stages)


def summary(seen: ReviewView) -> tuple[tuple[str, str], ...]:
    """What a review is, in a few lines."""
    review = seen.review
    return (
        ("Type", seen.type_name),
        ("Board", seen.board_name),
        ("Edition", edition(review.edition).title),
        *([("Nationally", note)] if (note := another_edition(review)) else []),
        *method(review.facts),
        ("Launched on", day(review.launched_on)),
        *([("Ended on", day(review.ended_on))] if review.ended_on else []),
    )


def another_edition(review: Review) -> str:
    """That another edition was in force in the country on the day from which the review keeps its own."""
    first = pipeline(review.type).first.form.model_validate(review.referral)
    return beside_national(edition(review.edition), happened_on(first))


def method(facts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The methodology, and what the report leads to, once they are chosen."""
    if "methodology" not in facts:
        return []
    chosen = [("Methodology", Methodology(facts["methodology"]).label)]
    return [*chosen, *([("Leads to", OutputModel(facts["output_model"]).label)] if "output_model" in facts else [])]


def steps(seen: ReviewView) -> list[Step]:
    """All stages in order: done, open, ended with the review, and those still to come."""
    names = {StageState.CLOSED.value: "done", StageState.OPEN.value: "open", StageState.ENDED.value: "ended"}
    opened = [
        Step(stage.title, names[stage.state], stage.closed_on, stage.due_on, stage.closed_by or stage.owner)
        for stage in seen.stages
    ]
    coming = still_to_come(seen) if seen.review.state in LIVE else []
    return opened + [Step(title, "ahead") for title in coming]


def still_to_come(seen: ReviewView) -> list[str]:
    """The titles of what lies ahead; until a methodology is chosen, its steps, whichever they will be, as one."""
    if "methodology" in seen.review.facts:
        return list(seen.ahead)
    table = pipeline(seen.review.type).stages
    of_a_method = {spec.title for spec in table if any(each.fact.startswith(STEP) for each in spec.when)}
    return list(dict.fromkeys(METHOD_STEPS if title in of_a_method else title for title in seen.ahead))
