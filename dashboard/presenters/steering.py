"""The ways to steer a review: what each asks, what it says will happen, and what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from pydantic import Field as Asked

from casework.moves import conversion, steering, succession
from casework.record.act import Act
from casework.reviews.case import Moved
from casework.views.review import ReviewView
from models.forms.base import Address, Day, Line, Prose
from models.vocabulary import ReviewState


class Holding(BaseModel):
    """Why a review waits, and until when."""

    reason: Prose = Asked(title="Why does the review have to wait?")
    until: Day | None = Asked(
        default=None, title="Until when, if you know?", description="The review does not resume automatically."
    )
    process: int | None = Asked(default=None, title="For which parallel process does it wait?")


class Resuming(BaseModel):
    """Nothing is asked."""


class Extending(BaseModel):
    """Another date, and why."""

    to: Day = Asked(title="New deadline", description="An earlier or a later day, from today on.")
    reason: Prose = Asked(title="Why this date?")
    sure: bool = Asked(
        default=False,
        title="Are you sure?",
        description="Needed only for a day that passes a deadline of the framework, or is more than a year away.",
    )


class HandingOver(BaseModel):
    """Who owes a stage from now on, and why."""

    name: Line = Asked(title="Name")
    email: Address = Asked(title="E-mail address")
    organisation: Line = Asked(title="Employer, or “Independent consultant”")
    reason: Prose = Asked(title="Why does it go to somebody else?")


class Withdrawing(BaseModel):
    """Why a review ends before it is done."""

    reason: Prose = Asked(title="Why is the review withdrawn?")


class Converting(BaseModel):
    """Which type a review goes on as, and why."""

    type: str = Asked(title="What does it go on as?")
    reason: Prose = Asked(title="Why?")


@dataclass(frozen=True)
class Steered:
    """What somebody who steers acts on: a review, and one of its stages where the way asks for it."""

    act: Act
    reference: str
    stage: str


@dataclass(frozen=True)
class Way:
    """One way to steer. `while_` are the states of the review in which it can be gone.

    `stands` says how what it changes stands now, and raises MoveRefused where it cannot be gone.
    """

    title: str
    happens: tuple[str, ...]
    button: str
    form: type[BaseModel]
    do: Callable[[Steered, Any], Moved]
    while_: tuple[ReviewState, ...] = field(default=(ReviewState.OPEN, ReviewState.HELD))
    warning: bool = False
    stands: Callable[[ReviewView], str] | None = None
    undated: str = ""  # its title for a stage that has no deadline yet


def hold(on: Steered, form: Holding) -> Moved:
    """Put on hold."""
    return steering.hold(on.act, on.reference, reason=form.reason, until=form.until, process=form.process)


def resume(on: Steered, _: Resuming) -> Moved:
    """Go on."""
    return steering.resume(on.act, on.reference)


def extend(on: Steered, form: Extending) -> Moved:
    """Move a deadline."""
    return steering.extend(on.act, on.reference, on.stage, to=form.to, reason=form.reason, sure=form.sure)


def hand_over(on: Steered, form: HandingOver) -> Moved:
    """Give a stage to somebody else."""
    return succession.hand_over(on.act, on.reference, on.stage, **form.model_dump())


def withdraw(on: Steered, form: Withdrawing) -> Moved:
    """End early."""
    return steering.withdraw(on.act, on.reference, reason=form.reason)


def convert(on: Steered, form: Converting) -> Moved:
    """Go on as another type."""
    return conversion.convert(on.act, on.reference, form.type, reason=form.reason)


WAYS: Mapping[str, Way] = {
    "hold": Way(
        "Put the review on hold",
        (
            "Nobody can complete a stage until the review is resumed, and we send no reminders.",
            "The deadlines stay the same: a hold does not move them. We tell everybody who owes a stage.",
            "Meetings stay as arranged: move or cancel those that cannot take place.",
        ),
        "Put on hold",
        Holding,
        hold,
        (ReviewState.OPEN,),
    ),
    "resume": Way(
        "Resume the review",
        (
            "People can complete the open stages again, and reminders start again.",
            "The deadlines are the same as before the hold. We tell everybody who owes a stage.",
        ),
        "Resume",
        Resuming,
        resume,
        (ReviewState.HELD,),
    ),
    "withdraw": Way(
        "Withdraw the review",
        (
            "The review ends. Its open stages are no longer needed, and we tell everybody who owed one.",
            "Upcoming meetings are cancelled, and we tell everybody invited.",
            "Everything recorded is kept. You cannot reopen a withdrawn review.",
        ),
        "Withdraw the review",
        Withdrawing,
        withdraw,
        warning=True,
    ),
    "convert": Way(
        "Go on as another type of review",
        (
            "A new review starts with its own reference. What it asks for and this one has recorded is carried over.",
            "This review ends. A duty with a deadline, such as telling the National Panel, still has to be done.",
            "Its upcoming meetings are cancelled: arrange them again in the new review.",
        ),
        "Go on as the other type",
        Converting,
        convert,
    ),
}
WAYS_OF_A_STAGE: Mapping[str, Way] = {
    "extend": Way(
        "Change the deadline",
        (
            "The stage gets another deadline. The first date stays on record, with the reason.",
            "A deadline of the framework for a later stage stays where it is, and we watch it.",
            "We tell its owner, and the reminders follow the new date.",
        ),
        "Set the new deadline",
        Extending,
        extend,
        undated="Set a deadline",
    ),
    "hand-over": Way(
        "Give it to somebody else",
        (
            "The stage goes to the person you name, and with it its role in this review.",
            "A new lead reviewer takes on everything the former one owed, and may not work for an agency under review.",
            "We tell them by e-mail. The deadline stays the same, and what was recorded before is kept.",
        ),
        "Give it to them",
        HandingOver,
        hand_over,
    ),
}
