"""The reviews that are likely to miss a date, of every board that somebody oversees."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from casework.views.forecast.forecasting import forecasts
from dashboard.presenters.forecast import AtRisk, at_risk
from dashboard.security import Visiting
from dashboard.site import Visit
from models.errors import NotAllowed

router = APIRouter()


@router.get("/forecast")
def likely_late(visit: Visiting) -> HTMLResponse:
    """Every review that will probably miss a date, the most late first."""
    if not visit.oversees:
        raise NotAllowed("This page is for people who oversee a board. What you owe is on the front page.")
    with visit.reading() as session:
        found = late_on(session, visit, visit.oversees)
    return visit.page("forecast.html", visit.frame("reviews"), at_risk=found)


def late_on(session: Session, visit: Visit, boards: tuple[str, ...]) -> list[AtRisk]:
    """The reviews of these boards that will probably miss a date."""
    return at_risk(each for name in boards for each in forecasts(session, name, today=visit.today))
