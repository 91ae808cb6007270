"""Actions and their impact, and how learning reaches people."""

from models.vocabulary.review import LIVE, ReviewState
from models.vocabulary.term import Term


class Channel(Term):
    """How learning reaches the front line [S000 10.1, S001 Implementing the Learning, S002 6.1, S003, S004 3.4]."""

    PRACTITIONER_FORUM = "practitioner-forum"
    WORKSHOP = "learning-workshop"
    TRAINING = "training"
    BRIEFING = "briefing"
    NEWSLETTER = "newsletter"
    ALERT = "alert"
    ROADSHOW = "roadshow"
    LEARNING_CIRCLE = "reflective-learning-circle"
    CASCADE = "board-members-to-their-own-teams"
    CONFERENCE = "conference"
    WEBSITE = "website"
    SOCIAL_MEDIA = "social-media"


class PublishedIn(Term):
    """Where a board publishes what a review has found and led to [S000 7.6.2, S002 5.4]."""

    WEBSITE = "website"
    NEWSLETTER = "newsletter"
    OTHER = "other-board-communication"


class Measure(Term):
    """The three kinds of information that can show impact [S004 2.5]."""

    QUANTITY = "quantity"
    QUALITY = "quality"
    OUTCOME = "outcome"


class ActionState(Term):
    """open: the change is still owed. evidenced: its owner has shown that it is made. closed: it is signed off.

    A reopened action is open again, with a new deadline.
    """

    OPEN = "open"
    EVIDENCED = "evidenced"
    CLOSED = "closed"


# an action is owed on its own: it outlives the end of its review, unless that was withdrawn
OWES_ACTIONS = (*LIVE, ReviewState.CLOSED, ReviewState.CONVERTED)


class ActionScope(Term):
    """Whose action it is: one agency's own, of which it assures the board [S004 2.7], or that of several together."""

    SINGLE_AGENCY = "single-agency"
    MULTI_AGENCY = "multi-agency"


class ActionMove(Term):
    """What is done to an action; each leaves an entry in its record."""

    PROGRESS = "progress"
    EVIDENCE = "evidence"
    ASSURANCE = "assurance"
    SIGN_OFF = "sign-off"
    DEADLINE = "deadline"
    OVERRIDE = "override"
    LIFT_OVERRIDE = "lift-override"
    IMPACT = "impact"
    RE_CHECK_DATE = "re-check-date"
    RE_CHECK = "re-check"
    REOPEN = "reopen"


class Approval(Term):
    """What an approving body does with a report and its action plan [S003 Process, paragraph 2]."""

    APPROVED = "approved"
    IN_PART = "approved-in-part"
    SENT_BACK = "sent-back"


class SentBack(Term):
    """What opens again when the approving body sends it back: the report, with what follows from it, or the plan."""

    REPORT = "report"
    PLAN = "action-plan"


class Rag(Term):
    """How an action stands: red, amber or green."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
