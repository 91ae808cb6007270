"""Finding actions and their records."""

from sqlmodel import Session, col, select

from models.action import Action, ActionEntry
from models.errors import NotFound
from models.kept import LARGEST


def actions_of(session: Session, review_id: int) -> list[Action]:
    """The actions of a review, by number."""
    return list(session.exec(select(Action).where(Action.review_id == review_id).order_by(col(Action.number))))


def action_of(session: Session, review_id: int, number: int, reference: str) -> Action:
    """One action of a review; raises NotFound."""
    wanted = select(Action).where(Action.review_id == review_id, Action.number == number)
    found = session.exec(wanted).first() if 0 < number <= LARGEST else None
    if found is None:
        raise NotFound(f"{reference} has no action {number}. Its page shows those it has.")
    return found


def record_of(session: Session, action: Action) -> list[ActionEntry]:
    """Everything that was done to an action, oldest first."""
    found = select(ActionEntry).where(ActionEntry.action_id == action.id).order_by(col(ActionEntry.number))
    return list(session.exec(found))


def files_of(session: Session, review_id: int) -> dict[int, int]:
    """The files that are evidence of an action of this review: their numbers, each with that of its action."""
    found = select(ActionEntry.document_id, Action.number).join(Action, col(Action.id) == col(ActionEntry.action_id))
    pairs = session.exec(found.where(ActionEntry.review_id == review_id, col(ActionEntry.document_id).is_not(None)))
    return {document: number for document, number in pairs if document is not None}
