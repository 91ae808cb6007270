"""Making the documents of a stage: a draft when it opens, and the same from the record once it is closed."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from casework.documents.contents import CONTENTS
from casework.documents.dossier import Dossier, dossier
from casework.documents.slides import learning_slides
from casework.documents.word import word_document
from casework.record.settings import Settings
from models.review import Document, Stage
from models.vocabulary import Preparation

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
POWERPOINT = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "documents"
LONGEST_NAME = 200
APOSTROPHES = "['’]"
NAMES_ON_RECORD = {Preparation.REPORT_SKELETON: "Report"}


@dataclass(frozen=True, slots=True)
class Format:
    """How a document is made from its template, and what kind of file it is."""

    suffix: str
    media_type: str
    make: Callable[[Path, Preparation, Dossier, datetime], bytes]


@dataclass(frozen=True, slots=True)
class ToMake:
    """A document to make of a stage: a draft, or `for_the_record` the same from what the stage recorded."""

    document: Preparation
    for_the_record: bool = False


def prepare_document(session: Session, stage: Stage, wanted: ToMake, settings: Settings, now: datetime) -> Document:
    """The document that is wanted of this stage, not stored yet: making one takes too long to hold the lock for.

    A draft is one also where it comes late, so that the two are never taken for each other. A template of the same name
    in the folder documents/ of the installation's home is used instead of the product's own. Raises InputError for a
    template that cannot be filled in.
    """
    assert stage.id is not None
    kind = wanted.document
    gathered = dossier(session, stage.id, now, for_the_record=wanted.for_the_record)
    chosen = FORMATS.get(kind, IN_WORD)
    return Document(
        review_id=stage.review_id,
        stage_id=stage.id,
        kind=kind.value,
        file_name=file_name(kind, gathered, chosen.suffix),
        media_type=chosen.media_type,
        content=chosen.make(template(settings, f"{kind}.{chosen.suffix}"), kind, gathered, now),
        made_at=now,
    )


def file_name(kind: Preparation, review: Dossier, suffix: str) -> str:
    """Such as "LSCBN-SCR-2014-001 terms of reference (draft).docx"; an agency's own has the agency in it.

    What is made from the record has no "(draft)".
    """
    whose = f", {re.sub(APOSTROPHES, '', review.agency.name)}" if review.agency else ""
    stem = f"{review.reference} {called(kind, review).lower()}{whose}"
    end = f".{suffix}" if review.for_the_record else f" (draft).{suffix}"
    return re.sub(r"[^\w ,.()-]", "-", stem)[: LONGEST_NAME - len(end)] + end


def template(settings: Settings, name: str) -> Path:
    """The board's own template of this name, where its installation has one, else the product's."""
    own = settings.home / "documents" / name
    return own if own.is_file() else TEMPLATES / name


def in_word(template: Path, kind: Preparation, review: Dossier, now: datetime) -> bytes:
    """A document from a Word template."""
    variables = {"review": review, **CONTENTS[kind](review)}
    return word_document(template, variables, title=title(kind, review), author=review.board, made_at=now)


def as_slides(template: Path, kind: Preparation, review: Dossier, now: datetime) -> bytes:
    """Slides on a PowerPoint template."""
    return learning_slides(template, review, title=title(kind, review), made_at=now)


def title(kind: Preparation, review: Dossier) -> str:
    """What the file says it is: "Terms of reference, LSCBN-SCR-2014-001"."""
    return f"{called(kind, review)}, {review.reference}"


def called(kind: Preparation, review: Dossier) -> str:
    """What kind of document it is: a skeleton is a report once the report is recorded."""
    return NAMES_ON_RECORD.get(kind, kind.label) if review.for_the_record else kind.label


IN_WORD = Format("docx", WORD, in_word)
FORMATS = {Preparation.LEARNING_SLIDES: Format("pptx", POWERPOINT, as_slides)}
