"""Files that people add to a stage: the report as the agency signed it, beside what they typed."""

from casework.record.act import Act
from casework.reviews.case import check_going, load, store
from casework.reviews.files import fingerprint, keep_file
from casework.reviews.finding_stages import find_open
from casework.reviews.permissions import check_may_complete
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


def keep_upload(act: Act, reference: str, stage_name: str, file_name: str, content: bytes) -> Document:
    """Keep a file with an open stage, encrypted; the journal holds on to its fingerprint.

    Raises NotFound, NotAllowed, MoveRefused, or InputError with what is wrong with the file.
    """
    case = load(act, reference)
    stage = find_open(case, stage_name, act.person)
    check_going(case)
    check_may_complete(case, stage, case.pipeline.by_key[stage.key], act.person)
    kept = keep_file(case, stage.id, file_name, content, by=act.person)
    store(
        case,
        "file added",
        act.person,
        stage=stage.name,
        detail={"fingerprint": fingerprint(case, kept)},
        note=kept.file_name,
    )
    return kept
