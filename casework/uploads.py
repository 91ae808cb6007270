"""Files that people add to a stage: the report as the agency signed it, beside what they typed."""

import hmac
import unicodedata
from datetime import date, datetime
from pathlib import PurePath, PureWindowsPath

from sqlmodel import Session, select

from casework.case import check_going, load, store
from casework.moves import find_open
from casework.permissions import check_may_complete
from models.errors import InputError, MoveRefused
from models.people import Person
from models.review import Document

UPLOAD = "upload"  # the kind of a document that a person added
LARGEST_FILE = 20_000_000  # bytes
LONGEST_NAME = 200
ZIP = b"PK\x03\x04"
TAKEN = {  # ending: how such a file begins, and what a browser is told that it is
    ".pdf": (b"%PDF-", "application/pdf"),
    ".docx": (ZIP, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".odt": (ZIP, "application/vnd.oasis.opendocument.text"),
}
TAKES_FILES = frozenset({"agency-report", "report"})


def keep_upload(
    session: Session, reference: str, stage_name: str, file_name: str, content: bytes, *, by: Person, now: datetime,
    today: date,
) -> Document:  # fmt: skip
    """Keep a file with an open stage, encrypted; the journal holds on to its fingerprint.

    Raises NotFound, NotAllowed, MoveRefused, or InputError with what is wrong with the file.
    """
    case = load(session, reference, now=now, today=today)
    stage = find_open(case, stage_name, by)
    check_going(case)
    check_may_complete(case, stage, case.pipeline.by_key[stage.key], by)
    name, media_type = checked(file_name, content)
    check_new(session, stage.id, name)
    kept = Document(
        review_id=case.id, stage_id=stage.id, kind=UPLOAD, file_name=name, media_type=media_type, content=content,
        made_at=now, uploaded_by=by.id,
    )  # fmt: skip
    session.add(kept)
    session.flush()
    fingerprint = hmac.new(case.secret, content, "sha256").hexdigest()
    store(case, "file added", by, stage=stage.name, detail={"fingerprint": fingerprint}, note=name)
    return kept


def checked(file_name: str, content: bytes) -> tuple[str, str]:
    """A file's tidy name and media type; raises InputError where it is not one of those taken."""
    name = tidy(file_name)
    begins, media_type = TAKEN.get(PurePath(name).suffix.lower(), (b"", ""))
    if not media_type:
        raise InputError(f"file: ‘{name}’ is not a kind of file that is taken. Give a .docx, .pdf or .odt file.")
    if len(content) > LARGEST_FILE:
        raise InputError(f"file: ‘{name}’ is larger than 20 MB. Give a smaller file.")
    if not content.startswith(begins):
        raise InputError(f"file: ‘{name}’ does not hold what its name says. Save it again, and give it anew.")
    return name, media_type


def tidy(file_name: str) -> str:
    """A name without folders and without what cannot be seen, short enough to keep."""
    last = PureWindowsPath(file_name).name
    name = "".join(sign for sign in last if not unicodedata.category(sign).startswith("C")).strip()
    return name[-LONGEST_NAME:] or "file"


def check_new(session: Session, stage_id: int, name: str) -> None:
    """Nothing that was added is ever replaced."""
    added = select(Document.file_name).where(Document.stage_id == stage_id, Document.kind == UPLOAD)
    if name in session.exec(added).all():
        raise MoveRefused(f"A file named ‘{name}’ is there already. Give the new one another name.")
