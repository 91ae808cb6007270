"""Ending the links that one person was sent to one task."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from sqlmodel import Session
from starlette.responses import Response

from casework.links.ending_links import end_links
from casework.links.link_tasks import AskedTask, find_task
from casework.links.signed_links import LinkTask
from casework.links.task_titles import title_of
from casework.people.directory import names
from dashboard.routes.finding import check_sees, find, newest
from dashboard.security import Visiting
from dashboard.site import Number, Visit, see
from models.errors import NotAllowed, NotFound
from models.vocabulary import TaskKind

router = APIRouter()


@router.get("/reviews/{reference}/links/{kind}/{number}")
def ask(visit: Visiting, reference: str, kind: TaskKind, number: Number) -> HTMLResponse:
    """Say whose links to what would no longer work."""
    with visit.reading() as session:
        seen = find(session, visit, reference)
        if not seen.powers.steers:
            raise NotAllowed(
                "Only the board’s business manager or its independent chair can end links. Ask one of them."
            )
        asking = asked(session, seen.view.review.id, LinkTask(kind, number))
        title, name = title_of(session, asking), names(session, [asking.person_id]).get(asking.person_id or 0, "")
    return visit.page(
        "end_links.html",
        visit.frame("reviews", seen.board),
        review=seen.view,
        title=title,
        person=name,
        kind=kind,
        number=number,
    )


@router.post("/reviews/{reference}/links/{kind}/{number}")
def end(visit: Visiting, reference: str, kind: TaskKind, number: Number) -> Response:
    """End them."""
    check_sees(visit, reference)
    return ended(visit, reference, LinkTask(kind, number))


def ended(visit: Visit, reference: str, task: LinkTask) -> Response:
    """End them, and go back to the review."""
    with visit.transaction() as session:
        end_links(visit.act(session), reference, task)
        return see(newest(session, reference))


def asked(session: Session, review_id: int | None, task: LinkTask) -> AskedTask:
    """A task of this review; raises NotFound."""
    found = find_task(session, task)
    if found is None or found.review.id != review_id or found.person_id is None:
        raise NotFound("No link asks for that in this review. The review’s page shows what links ask for.")
    return found
