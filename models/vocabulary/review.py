"""Where a review and its stages stand, and what binds people to a deadline."""

from models.vocabulary.term import Term


class ReviewState(Term):
    """Where a review stands as a whole.

    open: its stages are being worked on. held: it waits for something outside, such as a trial; deadlines stay.
    closed: every stage is done. withdrawn: ended early, with the reason. converted: it goes on as another review.
    """

    OPEN = "open"
    HELD = "held"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    CONVERTED = "converted"


LIVE = (ReviewState.OPEN, ReviewState.HELD)


class StageState(Term):
    """open: somebody owes it. closed: its outcome is recorded. ended: the review stopped before it was done.

    coming: it is not open yet, and the time of its framework's deadline runs already, so that the date is watched.
    """

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"
    ENDED = "ended"


class Basis(Term):
    """What binds people to a deadline. Only a local date, or one agreed in the review, is people's own to move."""

    STATUTE = "statute"
    STATUTORY_GUIDANCE = "statutory-guidance"
    PANEL_GUIDANCE = "national-panel-guidance"
    LOCAL = "local"
    AGREED = "agreed-in-the-review"


OF_THE_FRAMEWORK = (Basis.STATUTE, Basis.STATUTORY_GUIDANCE, Basis.PANEL_GUIDANCE)


class PanelDuty(Term):
    """Whether the National Panel is told of the chair's decision by itself, or when it asks."""

    ALWAYS = "always"
    ON_REQUEST = "on-request"


TRIGGERS = {
    "notified_on": "the notification",
    "decided_on": "the decision",
    "initial_meeting_on": "the initial review meeting",
    "proposed_on": "the proposal",
    "aware_on": "the day the local authority became aware",
    "panel_notified_on": "the notification of the serious incident",
    "published_on": "publication",
}
