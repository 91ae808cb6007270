"""What the product itself does: letters, drafts, pieces of work."""

from models.vocabulary.term import Term


class MessageState(Term):
    """Where an e-mail stands.

    queued: waits to be handed over. sending: being handed over. accepted: the mail server took it. deferred: the
    server has not taken it and may do so later; it is tried again by itself. refused: the server will never take it;
    mend the address. given-up: tried too often. retracted: what it was to say no longer holds, so it was not sent.
    """

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    GIVEN_UP = "given-up"
    RETRACTED = "retracted"


TO_BE_SENT = (MessageState.QUEUED, MessageState.DEFERRED)  # they go of themselves, when they are due
STOPPED = (MessageState.REFUSED, MessageState.GIVEN_UP)  # nothing more happens until a person asks for it


class OutageCause(Term):
    """Why the mail server takes nothing from us.

    unreachable: no conversation begins. untrusted: its certificate is not one that we trust. log-in: it does not
    accept user and password. sender: it does not accept the address we send from. breaks-off: one connection after
    another breaks.
    """

    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    LOG_IN = "log-in"
    SENDER = "sender"
    BREAKS_OFF = "breaks-off"


class WorkState(Term):
    """queued: Prefect has to do it. done: it is done, once. failed: tried too often; the reason is on the row."""

    QUEUED = "queued"
    DONE = "done"
    FAILED = "failed"


class Template(Term):
    """The e-mails the product writes; each has its source in templates/emails/."""

    SIGN_IN = "sign-in"
    STAGE_OPENED = "stage-opened"
    STAGE_ENDED = "stage-ended"
    REMINDERS = "reminders"
    DIGEST_WEEKLY = "digest-weekly"
    DIGEST_MONTHLY = "digest-monthly"
    DIGEST_AGENCY = "digest-agency"
    DEADLINE_MOVED = "deadline-moved"
    REVIEW_HELD = "review-held"
    REVIEW_RESUMED = "review-resumed"
    REVIEW_WITHDRAWN = "review-withdrawn"
    ACTION_ASSIGNED = "action-assigned"
    ACTION_MOVED = "action-moved"
    ACTION_EVIDENCED = "action-evidenced"
    ACTION_REOPENED = "action-reopened"
    PUBLICATION_ENDED = "publication-ended"
    MEETING_INVITED = "meeting-invited"
    MEETING_MOVED = "meeting-moved"
    MEETING_CANCELLED = "meeting-cancelled"
    MEETING_UNINVITED = "meeting-uninvited"
    ANSWER_LINK = "answer-link"
    REPORT_PROMISED = "report-promised"
    TERMS_CIRCULATED = "terms-circulated"
    QUESTIONS_ASKED = "questions-asked"


class ReviewEvent(Term):
    """What a move did, as Prefect is told of it; what follows from it is said in the flow of the review type.

    opened, closed: a stage. carried-over: a stage that stood closed in the review that this one goes on from. ended: a
    stage that was given up before it was done. reopened: a stage that had been ended. deadline-moved: of a stage.
    held, resumed: the review itself.
    """

    OPENED = "opened"
    CLOSED = "closed"
    CARRIED_OVER = "carried-over"
    ENDED = "ended"
    REOPENED = "reopened"
    DEADLINE_MOVED = "deadline-moved"
    HELD = "held"
    RESUMED = "resumed"


class Preparation(Term):
    """The documents that the product makes: as a draft, and of some of them again from what was recorded."""

    SCREENING_RECORD = "screening-record"
    PANEL_NOTIFICATION = "panel-notification"
    TERMS_OF_REFERENCE = "terms-of-reference"
    AGENCY_REPORT_REQUEST = "agency-report-request"
    REPORT_SKELETON = "report-skeleton"
    AUDIT_REPORT = "audit-report"
    LEARNING_SUMMARY = "learning-summary"
    LEARNING_SLIDES = "learning-slides"
    ACTION_PLAN = "action-plan"
