"""Whether a review will keep its dates, as its page and the list of those at risk show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.views.forecast.result import Forecast, NoForecast, Outlook, Why
from casework.views.review import ReviewView

WARNED_OF = (Outlook.PROBABLY, Outlook.POSSIBLY)
WORTH_SAYING = (Why.ON_HOLD, Why.TOO_FEW)  # that a review has ended, or has no date ahead, is seen without a word


@dataclass(frozen=True)
class ForecastPanel:
    """The forecast of one review.

    `says` is the forecast in a sentence, a warning where `warns`; `advice` what can be done, `owner` who owes the
    stage to move ("you" for the visitor), and `opened` its place on the page, where it is open; `because` how it was
    worked out.
    """

    says: str
    warns: bool = False
    advice: str = ""
    owner: str = ""
    opened: str = ""
    because: tuple[str, ...] = ()


def panel(found: Forecast | NoForecast, seen: ReviewView, person_id: int) -> ForecastPanel | None:
    """The forecast as the page of the review shows it; None where there is nothing to be said."""
    if isinstance(found, NoForecast):
        return ForecastPanel(found.headline) if found.why in WORTH_SAYING else None
    to_move = next((stage for stage in seen.open_stages if found.advice and stage.name == found.move_stage), None)
    owner = ("you" if to_move.owner_id == person_id else to_move.owner) if to_move else ""
    return ForecastPanel(
        says=found.headline,
        warns=found.outlook in WARNED_OF,
        advice=found.advice,
        owner=owner,
        opened=f"owed-{to_move.id}" if to_move else "",
        because=found.because,
    )


@dataclass(frozen=True)
class AtRisk:
    """A review that will probably miss a date, as a line of a list."""

    reference: str
    target: str
    due: date
    expected: date
    late_days: int
    at_least: bool
    advice: str


def at_risk(found: Iterable[Forecast]) -> list[AtRisk]:
    """The forecasts as lines of a list, the most late first."""
    lines = [
        AtRisk(each.reference, each.target, each.due_on, each.expected_on, each.late_days, each.at_least, each.advice)
        for each in found
    ]
    return sorted(lines, key=lambda line: (-line.late_days, line.reference))
