"""The little that has to be known of a review before something is done to it: narrow statements, nothing locked.

What somebody may do is decided by the move itself.
"""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.review import Review, Stage
from models.vocabulary import ReviewState


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
    asked = select(Review.id, Review.reference, Review.board, Review.type, col(Review.state))
    found = session.exec(asked.where(Review.reference == reference)).one_or_none()
    return Glimpse(*found) if found else None  # type: ignore[arg-type]  # a row has its number


def has_begun(session: Session, review_id: int, name: str) -> bool:
    """Whether a review has ever opened the stage of this name, such as "agency-report:police"."""
    asked = select(Stage.id).where(Stage.review_id == review_id, Stage.name == name)
    return session.exec(asked).first() is not None
