"""The page of one review."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from casework.reviews.permissions import Sight
from casework.views.forecast.forecasting import review_forecast
from dashboard.presenters.actions import rows
from dashboard.presenters.forecast import panel
from dashboard.presenters.history import success
from dashboard.presenters.outputs import output_section
from dashboard.presenters.registers import registers
from dashboard.presenters.review import review_page
from dashboard.routes.finding import find
from dashboard.security import Visiting

router = APIRouter()


@router.get("/reviews/{reference}")
def review(visit: Visiting, reference: str, entry: int | None = None) -> HTMLResponse:
    """Where a review stands; `entry` is the number of what the person has just done, to say so."""
    with visit.reading() as session:
        seen = find(session, visit, reference)
        beside = registers(session, visit, seen.view) if seen.how_much is Sight.ALL else None
        outputs = output_section(session, visit, seen.view) if seen.how_much is Sight.ALL else None
        likely = review_forecast(session, seen.view.review, today=visit.today) if seen.how_much is Sight.ALL else None
    page = review_page(seen.view, seen.how_much, seen.powers, visit.id)
    done = success(seen.view, entry, visit.id)
    return visit.page(
        "review.html",
        visit.frame("reviews", seen.board, done),
        review=page,
        registers=beside,
        outputs=outputs,
        actions=rows(seen.view, visit.today),
        forecast=panel(likely, seen.view, visit.id) if likely else None,
    )
