"""Which date of a review is at risk, by how many days, and which stage to move."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlmodel import Session

from casework.framework.profiles import board as profile_of
from casework.reviews.case import no_such_review
from casework.views.forecast.frame import Frame, frame
from casework.views.forecast.past import History
from casework.views.forecast.project import Projecting, Step, Supposition
from casework.views.forecast.result import Forecast, NoForecast, Outlook, Why
from casework.views.forecast.said import EndKnownFrom
from casework.views.forecast.standing import Standing, standings
from casework.views.forecast.words import in_short, reckoning_in_words
from models.review import Review
from models.vocabulary import LIVE

MOST = 50  # as many as a list shows


def forecasts(session: Session, board: str, *, today: date, limit: int = MOST) -> list[Forecast]:
    """The live reviews of a board that will probably miss a date still to come, the most late first.

    What is late already is no forecast, and is left to the list of what is overdue.
    """
    history, frames = History(session, board), Frames(board)
    found = []
    for review in standings(session, board, history.pauses):
        if review.type not in frames.profile.reviews:
            continue  # the board runs no such reviews any more; this one must not keep the others from being seen
        projecting = projecting_of(review, frames, history, today)
        target = at_risk(projecting.steps().values(), today) if projecting else None
        if projecting and target and target.late_days > 0 and is_to_come(target, today):
            found.append((target.late_days, review.reference, projecting))
    found.sort(key=lambda each: (-each[0], each[1]))
    explained = (forecast_of(projecting, today) for _, _, projecting in found[:limit])
    return [each for each in explained if isinstance(each, Forecast)]


def review_forecast(session: Session, review: Review, *, today: date) -> Forecast | NoForecast:
    """Whether a review will keep the date that is most at risk, or why that cannot be said."""
    if review.state not in LIVE:
        return NoForecast(review.reference, Why.ENDED)
    history = History(session, review.board)
    found = standings(session, review.board, history.pauses, review.reference)
    if not found:
        raise no_such_review(review.reference)
    projecting = projecting_of(found[0], Frames(review.board), history, today)
    if projecting is None:
        return NoForecast(review.reference, Why.ON_HOLD)
    return forecast_of(projecting, today)


class Frames:
    """The frames of a board, each made once."""

    def __init__(self, board: str) -> None:
        self.profile = profile_of(board)
        self.made: dict[tuple[str, str], Frame] = {}

    def of(self, review: Standing) -> Frame:
        """The frame of a review."""
        key = (review.type, review.edition)
        if key not in self.made:
            self.made[key] = frame(self.profile, *key)
        return self.made[key]


def projecting_of(review: Standing, frames: Frames, history: History, today: date) -> Projecting | None:
    """A review ready to be walked; None while it is on hold and nobody has said for how long."""
    goes_on = review.goes_on(today)
    return Projecting(review, frames.of(review), history, goes_on) if goes_on else None


def at_risk(steps: Iterable[Step], today: date) -> Step | None:
    """The stage with the date that is most at risk; one that has passed only where none is still to come.

    A date that will be missed goes before one that will be kept, the framework's before one that people agreed. A
    date agreed for the stage itself is what the forecast goes by, so that it cannot tell whether it will be kept.
    """
    dated = [step for step in steps if step.due_on and step.how is not EndKnownFrom.AGREED]
    to_come = [step for step in dated if is_to_come(step, today)]
    return max(to_come or dated, key=weight_of_date, default=None)


def is_to_come(step: Step, today: date) -> bool:
    """Whether a stage's date has not passed."""
    return step.due_on is not None and step.due_on >= today


def weight_of_date(step: Step) -> tuple[bool, bool, int]:
    """How much a date counts."""
    return step.late_days > 0, step.spec.clock is not None, step.late_days


def forecast_of(projecting: Projecting, today: date) -> Forecast | NoForecast:
    """The forecast of one review, with how it was worked out."""
    steps, reference = projecting.steps(), projecting.review.reference
    target = at_risk(steps.values(), today)
    if target is None:
        return NoForecast(reference, Why.NO_DATE)
    assert target.due_on is not None
    before = projecting.frame.waits_for[target.spec.key]
    on_the_way = [*(step for key, step in steps.items() if key in before), target]
    if target.late_days <= 0 and is_to_come(target, today) and nothing_to_go_by(on_the_way):
        return NoForecast(reference, Why.TOO_FEW)
    move, gain = to_move(projecting, target)
    slow, slow_on = slowest_stage(projecting, on_the_way, target)
    at_least = target.how is EndKnownFrom.PLANNED or any(step.is_a_guess for step in on_the_way)
    return Forecast(
        reference=reference,
        outlook=outlook(target, today, at_least, slow_on),
        target=target.spec.title,
        target_stage=target.name,
        due_on=target.due_on,
        expected_on=target.expected_on,
        late_days=max(0, target.late_days),
        at_least=at_least,
        move=move.spec.title,
        move_stage=move.name,
        move_is_open=move.opened_on is not None,
        overlong=move.how is EndKnownFrom.LONGER,
        gain=gain,
        slow=slow.spec.title if slow else "",
        slow_on=slow_on,
        because=tuple(reckoning_in_words(projecting, steps, target)),
        in_short=in_short(target),
    )


def nothing_to_go_by(steps: Iterable[Step]) -> bool:
    """Whether the length of not one of these stages is known, and none has a date agreed."""
    return all(step.how in (EndKnownFrom.UNKNOWN, EndKnownFrom.PLANNED) for step in steps)


def outlook(target: Step, today: date, at_least: bool, slow_on: date) -> Outlook:
    """How the date is likely to be kept."""
    assert target.due_on is not None
    if not is_to_come(target, today):
        return Outlook.MISSED
    if target.late_days > 0:
        return Outlook.PROBABLY
    if at_least:
        return Outlook.NOT_KNOWN
    return Outlook.POSSIBLY if slow_on > target.due_on else Outlook.IN_TIME


def to_move(projecting: Projecting, target: Step) -> tuple[Step, int]:
    """The stage on the way whose taking no time would gain most, and how many days.

    Where one has been open longer than ever before, it is that one: the forecast counts on its being done already.
    """
    path = target.path()
    overlong = next((step for step in path if step.how is EndKnownFrom.LONGER), None)
    if overlong:
        return overlong, 0
    gains = [(step, days_gained(projecting, target, Supposition(swift=step.spec.key))) for step in path]
    return max(gains, key=lambda each: (each[1], (each[0].ends - each[0].begins).days))


def days_gained(projecting: Projecting, target: Step, changed: Supposition) -> int:
    """By how many days the target comes earlier if something is otherwise."""
    return (target.expected_on - projecting.steps(changed)[target.spec.key].expected_on).days


def slowest_stage(projecting: Projecting, on_the_way: Iterable[Step], target: Step) -> tuple[Step | None, date]:
    """The stage that would cost most if it took as long as slow ones did, and the day on which the target came then."""
    lost = [
        (step, -days_gained(projecting, target, Supposition(slow=step.spec.key)))
        for step in on_the_way
        if step.how is EndKnownFrom.USUAL
    ]
    worst, lost_days = max(lost, key=lambda each: each[1], default=(None, 0))
    return worst, target.expected_on + timedelta(days=lost_days)
