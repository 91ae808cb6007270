"""Two further ways to steer a review: under another methodology, and with another lead reviewer beside the first."""

from casework.moves import changing_methodology
from casework.reviews.case import Moved
from casework.views.review import ReviewView
from dashboard.presenters.steering import Steered, Way
from models.forms.decision import Reviewer
from models.forms.inquiry import MethodChoice
from models.vocabulary import Methodology, ReviewState, StageState


def change(on: Steered, form: MethodChoice) -> Moved:
    """Go on under another methodology."""
    said = form.model_dump(exclude_none=True)
    return changing_methodology.change_methodology(on.act, on.reference, said)


def add(on: Steered, form: Reviewer) -> Moved:
    """Appoint a further lead reviewer."""
    return changing_methodology.add_reviewer(on.act, on.reference, form.model_dump())


def stands(view: ReviewView) -> str:
    """The methodology as it is now; raises MoveRefused where there is none yet, or none can be changed any more."""
    closed = {stage.name for stage in view.stages if stage.state == StageState.CLOSED.value}
    changing_methodology.check_is_in_the_middle(view.review.reference, view.review.facts, closed)
    return f"Its methodology now: {Methodology(view.review.facts['methodology']).label}."


METHODOLOGY = Way(
    "Change the methodology",
    (
        "Stages that the new methodology does not need are ended. Those that it needs open, and we tell their owners.",
        "Everything recorded stays on record, and counts where the new methodology takes the same step.",
    ),
    "Change the methodology",
    MethodChoice,
    change,
    (ReviewState.OPEN, ReviewState.HELD),
    stands=stands,
)
REVIEWER = Way(
    "Appoint another lead reviewer",
    (
        "They see the whole review, and may complete what a lead reviewer owes. What is open stays the same.",
        "They may not work for an agency under review.",
    ),
    "Appoint them",
    Reviewer,
    add,
)
