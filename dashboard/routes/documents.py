"""Files of a review: downloading one, and adding one to an open stage."""

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel
from sqlmodel import select
from starlette.datastructures import FormData, UploadFile

from casework.reviews.uploads import TAKES_FILES, keep_upload
from dashboard.fields import ASKS_FOR_FILE, Field
from dashboard.mistakes import problems_of
from dashboard.plain import errors_of_refusal
from dashboard.routes.finding import Seen, find, newest
from dashboard.security import Posted, Visiting
from dashboard.site import Number, Visit, see
from models.errors import InputError, MoveRefused, NotAllowed, NotFound, fault
from models.review import Document

router = APIRouter()


@router.get("/reviews/{reference}/documents/{number}")
def download(visit: Visiting, reference: str, number: Number) -> Response:
    """One file, to be saved: never shown inside a page of ours."""
    with visit.reading() as session:
        seen = find(session, visit, reference)
        if number not in [each.id for each in seen.view.documents]:
            raise NotFound("There is no such document of this review that you can see. Open it from the review’s page.")
        found = session.exec(select(Document).where(Document.id == number)).one()
    saved_as = f"attachment; filename*=UTF-8''{quote(found.file_name, safe='')}"
    return Response(found.content, media_type=found.media_type, headers={"Content-Disposition": saved_as})


@router.get("/reviews/{reference}/stages/{name}/add-file")
def ask_for_file(visit: Visiting, reference: str, name: str) -> HTMLResponse:
    """Ask for a file."""
    with visit.reading() as session:
        seen = find(session, visit, reference)
    return file_page(visit, seen, name, {})


@router.post("/reviews/{reference}/stages/{name}/add-file")
def add_file(visit: Visiting, reference: str, name: str, data: Posted) -> Response:
    """Keep the file with the stage."""
    file = data.get("file")
    try:
        file_name, content = read(data) if isinstance(file, UploadFile) else ("", b"")
        if not file_name:
            raise InputError(fault("file", None, "Choose a file."))
        with visit.transaction() as session:
            keep_upload(visit.act(session), reference, name, file_name, content)
            return see(newest(session, reference))
    except (InputError, MoveRefused) as wrong:
        with visit.reading() as session:
            seen = find(session, visit, reference)
        return file_page(visit, seen, name, errors_of_refusal(wrong, BaseModel))  # which has no field but the file


def read(data: FormData) -> tuple[str, bytes]:
    """The name and the content of the file sent."""
    file = data["file"]
    assert isinstance(file, UploadFile)
    return file.filename or "", file.file.read()


def file_page(visit: Visit, seen: Seen, name: str, errors: Mapping[str, str]) -> HTMLResponse:
    """The page that asks for a file."""
    stage = seen.stage(name)
    if name not in seen.powers.completes or stage.key not in TAKES_FILES:
        raise NotAllowed(f"Only the person who completes ‘{stage.title}’ can add files to it, while it is open.")
    field = Field("file", "File", ASKS_FOR_FILE, "file", error=errors.get("file", ""))
    frame = visit.frame("reviews", seen.board, problems=problems_of((field,), errors))
    return visit.page(
        "add_file.html", frame, status=422 if errors else 200, review=seen.view, stage=stage, questions=(field,)
    )
