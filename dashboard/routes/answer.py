"""The pages behind a link from a letter: one task, asked and answered; or, kindly, why the link opens nothing.

Opening a page changes nothing, however often: mail scanners follow links too.
"""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError
from sqlmodel import Session, select
from starlette.background import BackgroundTask
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from casework.links.answer_forms import AnswerForm, every_way
from casework.links.answering import LinkShut, answer_by_link, way_called
from casework.links.link_state import FollowedLink, follow_link
from casework.links.renewing import send_new_link
from casework.links.signed_links import PATH
from dashboard.answer_pages import Typed, page
from dashboard.mistakes import errors_of
from dashboard.plain import errors_of_refusal, in_words
from dashboard.posted import another, read_form
from dashboard.routes.sign_in import mail_is_away, site_of
from dashboard.security import Posted
from dashboard.site import Site, see
from dashboard.templating import Frame, render
from models.errors import InputError, MoveRefused
from models.review import Review

router = APIRouter()


@router.get("/answer/{token}")
def task(request: Request, token: str, entry: int | None = None) -> HTMLResponse:
    """The task with its usual form; `entry` is the number of what was just recorded, to say thanks for it."""
    return page(request, token, "", None, entry)


@router.get("/answer/{token}/{way}")
def ask(request: Request, token: str, way: str) -> HTMLResponse:
    """The same task, answered in another way."""
    return page(request, token, way, None)


@router.post("/answer/{token}/new-link")
def new_link(request: Request, token: str) -> HTMLResponse:
    """Always the same answer, after always the same time: whether one is sent is settled behind it."""
    frame = Frame(request.state.csp_nonce, alone=True)
    site = site_of(request)
    sending = BackgroundTask(send, site, token)
    return HTMLResponse(
        render("pages/answer_sent.html", frame=frame, mail_is_away=mail_is_away(site)), background=sending
    )


def send(site: Site, token: str) -> None:
    """Send a new link, if there is anything that it would open."""
    with site.store.transaction() as session:
        send_new_link(session, token, now=site.clock())


@router.post("/answer/{token}/{way}")
def give(request: Request, token: str, way: str, data: Posted) -> Response:
    """Answer, or show the form again with what is wrong and all that was typed."""
    site = site_of(request)
    with site.store.reading() as session:
        followed = follow_link(session, token, now=site.clock())
    if followed is None or followed.asking is None:
        return page(request, token, way, None)
    chosen = way_called(way, every_way(followed.asking))
    values = read_form(chosen.form, data)
    if more := another(data):
        return page(request, token, way, Typed(values, {}, more))
    return try_to(request, token, chosen, values, file_in(data))


def try_to(
    request: Request, token: str, way: AnswerForm, values: Mapping[str, object], file: tuple[str, bytes] | None
) -> Response:
    """Record the answer and say thanks, or show it again with what is wrong."""
    site = site_of(request)
    try:
        way.form.model_validate(values)
        with site.store.transaction() as session:
            found = answer_by_link(session, token, way.key, values, now=site.clock(), file=file)
            return see(f"{PATH}{token}?entry={newest(session, found)}")
    except ValidationError as wrong:
        typed = Typed(values, errors_of(wrong, way.form), status=422)
    except InputError as wrong:
        typed = Typed(values, errors_of_refusal(wrong, way.form), status=422)
    except MoveRefused as wrong:
        typed = Typed(values, {"": for_a_guest(wrong)}, status=409)
    except LinkShut:
        typed = Typed(values, {})  # its page says why, with what was typed
    return page(request, token, way.key, typed)


def for_a_guest(wrong: MoveRefused) -> str:
    """Why it cannot be done, for somebody to whom no other page opens: what there is to do, somebody else does."""
    said = in_words(wrong.sentence)
    return f"{said} Ask the business manager of the board." if wrong.remedy else said


def file_in(data: FormData) -> tuple[str, bytes] | None:
    """The name and the content of the file sent, if one was."""
    file = data.get("file")
    return (file.filename, file.file.read()) if isinstance(file, UploadFile) and file.filename else None


def newest(session: Session, followed: FollowedLink) -> int:
    """The number of the entry that the answer has made in the journal."""
    assert followed.asking is not None
    return session.exec(select(Review.journal_length).where(Review.id == followed.asking.review.id)).one()
