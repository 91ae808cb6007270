"""Finding what an address names, for somebody who may see it; to everybody else it is not there."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, select

from casework.framework.pipelines import pipeline
from casework.moves.allowed_moves import AllowedMoves, allowed_moves
from casework.reviews.glimpses import Glimpse, glimpse
from casework.reviews.permissions import Sight, sight
from casework.views.review import ReviewView, StageView, review_view
from dashboard.addresses import address_of
from dashboard.presenters.review import what_they_see
from dashboard.site import Visit
from models.errors import MoveRefused, NotFound
from models.review import Review
from models.vocabulary import LIVE


@dataclass(frozen=True)
class Seen:
    """A review as far as the visitor may see it, with what they may do to it."""

    view: ReviewView
    how_much: Sight
    powers: AllowedMoves

    @property
    def board(self) -> str:
        """The board's profile."""
        return self.view.review.board

    def stage(self, name: str) -> StageView:
        """One of the stages seen; raises NotFound, or MoveRefused for one that is still to come."""
        for stage in self.view.stages:
            if stage.name == name:
                return stage
        planned = pipeline(self.view.review.type).by_key.get(name)
        if planned and planned.title in self.view.ahead and self.view.review.state in LIVE:
            open_now = ", ".join(stage.title for stage in self.view.open_stages)
            raise MoveRefused(f"‘{planned.title}’ is not open yet. Open now: {open_now}.")
        raise NotFound("There is no such stage in this review that you can see. Open it from the review’s page.")


def not_there(reference: str) -> NotFound:
    """The same for what does not exist and for what they may not see."""
    return NotFound(
        f"There is no review ‘{reference}’ here that you take part in. Check the reference, or ask the board’s "
        "business manager."
    )


def find(session: Session, visit: Visit, reference: str) -> Seen:
    """A review with what this person sees of it and may do to it; raises NotFound."""
    review, how_much = permitted(session, visit, reference)
    may = allowed_moves(session, review, visit.person, now=visit.now)
    return Seen(what_they_see(review_view(session, reference), how_much, may, visit.id), how_much, may)


def permitted(session: Session, visit: Visit, reference: str) -> tuple[Glimpse, Sight]:
    """A review that this person may see anything of; raises NotFound."""
    review = glimpse(session, reference)
    how_much = sight(session, review, visit.person, visit.roles) if review else Sight.NOTHING
    if review is None or how_much is Sight.NOTHING:
        raise not_there(reference)
    return review, how_much


def check_sees(visit: Visit, reference: str, enough: Collection[Sight] = (Sight.TASK, Sight.ALL)) -> None:
    """Before something is done to a review: a person who may not see it is told that it is not there."""
    with visit.reading() as session:
        if permitted(session, visit, reference)[1] not in enough:
            raise not_there(reference)


def newest(session: Session, reference: str) -> str:
    """The page of a review just moved, saying what was done: by the number of its newest entry in the history."""
    number = session.exec(select(Review.journal_length).where(Review.reference == reference)).one()
    return f"{address_of(reference)}?entry={number}"
