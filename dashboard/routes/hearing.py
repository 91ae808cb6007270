"""What a person hears by e-mail, and what of it they have switched off."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.responses import Response

from casework.outbox.opt_outs import opted_out, switch_off
from dashboard.presenters.hearing import kinds_for
from dashboard.security import Posted, Visiting
from dashboard.site import see

router = APIRouter()


@router.get("/what-i-hear")
def what_i_hear(visit: Visiting, saved: str = "") -> HTMLResponse:
    """Every kind of e-mail that is sent automatically, ticked where it is wanted."""
    with visit.reading() as session:
        off = opted_out(session, visit.id)
    frame = visit.frame("hearing", success="Your choice is saved." if saved else "")
    return visit.page("hearing.html", frame, kinds=kinds_for(visit.roles), off=off)


@router.post("/what-i-hear")
def choose(visit: Visiting, data: Posted) -> Response:
    """Switch off what has no tick. What the person is not offered stays as it was."""
    ticked = {value for value in data.getlist("hears") if isinstance(value, str)}
    offered = {kind.hears for kind in kinds_for(visit.roles)}
    with visit.transaction() as session:
        kept = opted_out(session, visit.id) - offered
        switch_off(session, visit.id, kept | {each for each in offered if each.value not in ticked})
    return see("/what-i-hear?saved=yes")
