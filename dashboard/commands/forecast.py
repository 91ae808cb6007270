"""`learning-cycle forecast`: whether a review will keep its date, or which reviews of a board will not."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from casework.framework.profiles import board_names
from casework.views.forecast.forecasting import forecasts, review_forecast
from casework.views.forecast.result import Forecast, NoForecast
from casework.views.review import find_review
from dashboard.desk import Desk, desk, say


def forecast(
    of: Annotated[str, typer.Argument(metavar="BOARD|REF", help="A profile's file name, or a review's reference.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON: an object for a review, a list for a board.")
    ] = False,
) -> None:
    """Forecast whether a review will keep its date, with how that was worked out; of a board, those that will not."""
    at = desk()
    if of in board_names():
        of_board(at, of, as_json=as_json)
    else:
        of_review(at, of, as_json=as_json)


def of_review(at: Desk, reference: str, *, as_json: bool) -> None:
    """The forecast of one review, step by step."""
    with at.store.reading() as session:
        found = review_forecast(session, find_review(session, reference), today=at.today)
    say(as_object(found), readable(found), as_json=as_json)


def of_board(at: Desk, board: str, *, as_json: bool) -> None:
    """The reviews of a board that will probably miss a date, the most late first."""
    with at.store.reading() as session:
        found = forecasts(session, board, today=at.today)
    lines = [f"{each.reference}: {each.headline} {each.advice}" for each in found]
    nothing = "Based on this board’s past reviews, no review is likely to miss an upcoming date."
    say([as_object(each) for each in found], "\n".join(lines) or nothing, as_json=as_json)


def as_object(found: Forecast | NoForecast) -> dict[str, Any]:
    """A forecast for programs, with its sentences."""
    advice = {"advice": found.advice} if isinstance(found, Forecast) else {}
    return asdict(found) | {"headline": found.headline} | advice


def readable(found: Forecast | NoForecast) -> str:
    """A forecast for people, with how it was worked out."""
    if isinstance(found, NoForecast):
        return found.headline
    steps = [f"  {number}. {step}" for number, step in enumerate(found.because, 1)]
    return "\n".join([found.headline, *([found.advice] if found.advice else []), "How this was worked out:", *steps])
