"""Files that people add: which are taken, by whom, and that they are kept unreadable."""

import pytest
from sqlalchemy import text
from sqlmodel import select

from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from casework.reviews.files import LARGEST_FILE, checked_file
from casework.reviews.uploads import keep_upload
from casework.views.review import history, review_view
from models.errors import InputError, MoveRefused, NotAllowed
from models.review import Document
from models.tables import id_of
from tests.walking import (
    AGENCY_REPORT,
    NOW,
    POLICE,
    SERIOUS_CASE_REVIEW,
    SOCIAL_CARE,
    TODAY,
    Step,
    launched,
    take,
    walked,
)

STAGE = "agency-report:example-police"
PDF = b"%PDF-1.7 what the agency found"


@pytest.fixture
def reference(store: Store) -> str:
    """A review in which the agencies write their reports."""
    made = launched(store)
    walked(store, made, SERIOUS_CASE_REVIEW, until="agency-report:example-children-s-social-care")
    return made


def keep(store: Store, reference: str, name: str = "Report.pdf", *, by: str = POLICE) -> Document:
    """Add a file in a transaction of its own."""
    with store.transaction() as session:
        person = find_person(session, by)
        return keep_upload(Act(session, person, NOW, TODAY), reference, STAGE, name, PDF)


def test_a_file_is_kept_encrypted_and_the_history_has_its_fingerprint(store: Store, reference: str) -> None:
    keep(store, reference)
    with store.reading() as session:
        raw = session.execute(text("SELECT content FROM document")).scalar_one()
        found = session.exec(select(Document)).one()
        review = review_view(session, reference).review
        newest = list(history(session, id_of(review)))[-1]

    assert (PDF in raw, found.content, found.kind, found.media_type) == (False, PDF, "upload", "application/pdf")
    assert (newest.verb, newest.note, len(newest.detail["fingerprint"])) == ("file added", "Report.pdf", 64)


def test_only_whoever_completes_the_stage_adds_files_to_it(store: Store, reference: str) -> None:
    with pytest.raises(NotAllowed):
        keep(store, reference, by=SOCIAL_CARE)


def test_a_file_is_never_replaced(store: Store, reference: str) -> None:
    keep(store, reference)

    with pytest.raises(MoveRefused, match=r"A file named ‘Report\.pdf’ is there already"):
        keep(store, reference)


def test_nothing_is_added_to_a_closed_stage(store: Store, reference: str) -> None:
    take(store, reference, Step(STAGE, POLICE, AGENCY_REPORT))

    with pytest.raises(MoveRefused, match="was completed on"):
        keep(store, reference)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Report.PDF", "Report.PDF"),
        ("C:\\Users\\pat\\Report.pdf", "Report.pdf"),
        ("../../etc/Report.pdf", "Report.pdf"),
        ("Re\u202eport\r\n.pdf", "Report.pdf"),
    ],
)
def test_a_name_loses_its_folders_and_what_cannot_be_seen(given: str, kept: str) -> None:
    assert checked_file(given, PDF) == (kept, "application/pdf")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("run.exe", b"MZ", "file: ‘run.exe’ is not a kind of file that is taken. Give a .docx, .pdf or .odt file."),
        ("", b"", "file: ‘file’ is not a kind of file that is taken. Give a .docx, .pdf or .odt file."),
        ("a.docx", PDF, "file: ‘a.docx’ does not hold what its name says. Save it again, and add it again."),
        ("a.pdf", PDF + b"x" * LARGEST_FILE, "file: ‘a.pdf’ is larger than 20 MB. Give a smaller file."),
    ],
)
def test_other_files_are_refused_with_what_is_wanted(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        checked_file(name, content)

    assert str(refused.value) == sentence
