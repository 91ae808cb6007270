"""Files that people add to a stage: the report as the agency signed it, beside what they typed."""

from datetime import date, datetime

from sqlmodel import Session

from casework.reviews.case import check_going, load, store
from casework.reviews.files import fingerprint, keep_file
from casework.reviews.finding_stages import find_open
from casework.reviews.permissions import check_may_complete
from models.people import Person
from models.review import Document

TAKES_FILES = frozenset(
    {  # the report, and what each agency or source gives by itself
        "agency-chronology",
        "agency-report",
        "agency-summary",
        "death-information",
        "evidence",
        "file-audit",
        "report",
    }
)


def keep_upload(
    session: Session,
    reference: str,
    stage_name: str,
    file_name: str,
    content: bytes,
    *,
    by: Person,
    now: datetime,
    today: date,
) -> Document:
    """Keep a file with an open stage, encrypted; the journal holds on to its fingerprint.

    Raises NotFound, NotAllowed, MoveRefused, or InputError with what is wrong with the file.
    """
    case = load(session, reference, now=now, today=today)
    stage = find_open(case, stage_name, by)
    check_going(case)
    check_may_complete(case, stage, case.pipeline.by_key[stage.key], by)
    kept = keep_file(case, stage.id, file_name, content, by=by)
    store(
        case, "file added", by, stage=stage.name, detail={"fingerprint": fingerprint(case, kept)}, note=kept.file_name
    )
    return kept
