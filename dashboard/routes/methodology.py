"""The methodology of a review under way changed, and a further lead reviewer appointed."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from dashboard.posted import read_form
from dashboard.presenters.methodology import METHODOLOGY, REVIEWER
from dashboard.routes.steering import asking, doing
from dashboard.security import Posted, Visiting

router = APIRouter()


@router.get("/reviews/{reference}/methodology")
def ask_methodology(visit: Visiting, reference: str) -> HTMLResponse:
    """Ask which methodology the review goes on under, and why."""
    return asking(visit, reference, METHODOLOGY, "methodology", "", {}, {})


@router.post("/reviews/{reference}/methodology")
def change_methodology(visit: Visiting, reference: str, data: Posted) -> Response:
    """Change it."""
    return doing(visit, reference, METHODOLOGY, "methodology", "", read_form(METHODOLOGY.form, data))


@router.get("/reviews/{reference}/add-reviewer")
def ask_reviewer(visit: Visiting, reference: str) -> HTMLResponse:
    """Ask who leads the review too."""
    return asking(visit, reference, REVIEWER, "add-reviewer", "", {}, {})


@router.post("/reviews/{reference}/add-reviewer")
def add_reviewer(visit: Visiting, reference: str, data: Posted) -> Response:
    """Appoint them."""
    return doing(visit, reference, REVIEWER, "add-reviewer", "", read_form(REVIEWER.form, data))
