"""The little that has to be known of a review before something is done to it: narrow statements, nothing locked.

What somebody may do is decided by the move itself.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlmodel import Session

from models.review import Review, Stage
from models.tables import table_of
from models.vocabulary import ReviewState

REVIEW, STAGE = table_of(Review).c, table_of(Stage).c
FROM_AFAR = select(REVIEW.id, REVIEW.reference, REVIEW.board, REVIEW.type, REVIEW.state).where(
    REVIEW.reference == bindparam("reference")
)
BEGUN = select(STAGE.id).where(STAGE.review_id == bindparam("review_id"), STAGE.name == bindparam("name"))


@dataclass(frozen=True)
class Glimpse:
    """A review from afar: of which board and type it is and how it stands, and nothing of the case."""

    id: int
    reference: str
    board: str
    type: str
    state: ReviewState


def glimpse(session: Session, reference: str) -> Glimpse | None:
    """The review with this reference, if there is one."""
    found = session.execute(FROM_AFAR, {"reference": reference}).one_or_none()
    return Glimpse(*found) if found else None


def has_begun(session: Session, review_id: int, name: str) -> bool:
    """Whether a review has ever opened the stage of this name, such as "agency-report:police"."""
    return session.execute(BEGUN, {"review_id": review_id, "name": name}).first() is not None
