"""A review that ends holds no more meetings: those still to come are called off in the same move."""

from sqlmodel import col, select

from casework.meetings.arranging import call_off
from casework.meetings.lookup import starts_at
from casework.reviews.case import Case
from models.meeting import Meeting


def call_off_meetings(case: Case) -> None:
    """Cancel every meeting of a review that has not begun, and tell those invited."""
    coming = select(Meeting).where(
        Meeting.review_id == case.id, col(Meeting.cancelled_on).is_(None), col(Meeting.on_day) >= case.today
    )
    for meeting in case.session.exec(coming.order_by(col(Meeting.number))).all():
        if starts_at(meeting) > case.now:
            call_off(case, meeting, None)
