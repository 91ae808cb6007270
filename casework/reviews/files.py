"""Files that people give: which are taken, and how they are kept."""

import hmac
import unicodedata
from pathlib import PurePath, PureWindowsPath

from sqlmodel import Session, select

from casework.reviews.case import Case
from models.errors import InputError, MoveRefused, fault
from models.people import Person
from models.review import Document

UPLOAD = "upload"  # the kind of a document that a person added
LARGEST_FILE = 20_000_000  # bytes
MOST = f"{LARGEST_FILE // 1_000_000} MB"  # the same, as people are told it
LONGEST_NAME = 200
ZIP = b"PK\x03\x04"
TAKEN = {  # ending: how such a file begins, and what a browser is told that it is
    ".pdf": (b"%PDF-", "application/pdf"),
    ".docx": (ZIP, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".odt": (ZIP, "application/vnd.oasis.opendocument.text"),
}


def keep_file(case: Case, stage_id: int, file_name: str, content: bytes, *, by: Person) -> Document:
    """Keep a file with a stage, encrypted; raises InputError, or MoveRefused where its name is taken already."""
    name, media_type = checked_file(file_name, content)
    check_new(case.session, stage_id, name)
    kept = Document(
        review_id=case.id,
        stage_id=stage_id,
        kind=UPLOAD,
        file_name=name,
        media_type=media_type,
        content=content,
        made_at=case.now,
        uploaded_by=by.id,
    )
    case.session.add(kept)
    case.session.flush()
    return kept


def fingerprint(case: Case, kept: Document) -> str:
    """How the journal holds on to a file."""
    return hmac.new(case.secret, kept.content, "sha256").hexdigest()


def checked_file(file_name: str, content: bytes) -> tuple[str, str]:
    """A file's tidy name and media type; raises InputError where it is not one of those taken."""
    name = tidy_name(file_name)
    begins, media_type = TAKEN.get(PurePath(name).suffix.lower(), (b"", ""))
    if not media_type:
        raise InputError(fault("file", name, "is not a kind of file that is taken. Give a .docx, .pdf or .odt file."))
    if len(content) > LARGEST_FILE:
        raise InputError(fault("file", name, "is larger than {largest}. Give a smaller file.", largest=MOST))
    if not content.startswith(begins):
        raise InputError(fault("file", name, "does not hold what its name says. Save it again, and add it again."))
    return name, media_type


def tidy_name(file_name: str) -> str:
    """A name without folders and without what cannot be seen, short enough to keep."""
    last = PureWindowsPath(file_name).name
    name = "".join(sign for sign in last if not unicodedata.category(sign).startswith("C")).strip()
    return name[-LONGEST_NAME:] or "file"


def check_new(session: Session, stage_id: int, name: str) -> None:
    """Nothing that was added is ever replaced."""
    added = select(Document.file_name).where(Document.stage_id == stage_id, Document.kind == UPLOAD)
    if name in session.exec(added).all():
        raise MoveRefused(f"A file named ‘{name}’ is there already. Give the new one another name.")
