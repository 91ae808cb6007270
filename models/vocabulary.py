"""The field's own terms, as closed lists."""

from enum import StrEnum


class Term(StrEnum):
    """A closed list whose members can be read aloud."""

    @property
    def label(self) -> str:
        """The member as it stands on a page: "Lead reviewer"."""
        return LABELS.get(self.value) or self.value.replace("-", " ").capitalize()


class Role(Term):
    """Who somebody is to a board, or to one review. The profile gives each its local title."""

    BUSINESS_MANAGER = "business-manager"
    INDEPENDENT_CHAIR = "independent-chair"
    PANEL_CHAIR = "panel-chair"
    STRATEGIC_PARTNERS = "strategic-partners"
    MONITORING_CHAIR = "monitoring-chair"
    BOARD_MEMBER = "board-member"
    INSPECTOR = "inspector"
    LEAD_REVIEWER = "lead-reviewer"
    AGENCY_AUTHOR = "agency-author"
    ACTION_OWNER = "action-owner"
    CALENDAR = "calendar"


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
    """open: somebody owes it. closed: its outcome is recorded. ended: the review stopped before it was done."""

    OPEN = "open"
    CLOSED = "closed"
    ENDED = "ended"


class Basis(Term):
    """What binds people to a deadline."""

    STATUTE = "statute"
    STATUTORY_GUIDANCE = "statutory-guidance"
    PANEL_GUIDANCE = "national-panel-guidance"
    LOCAL = "local"
    AGREED = "agreed-in-the-review"


class PanelDuty(Term):
    """Whether the National Panel is told of the chair's decision by itself, or when it asks."""

    ALWAYS = "always"
    ON_REQUEST = "on-request"


class Decision(Term):
    """What the chair decided after a referral."""

    SERIOUS_CASE_REVIEW = "serious-case-review"
    PRACTICE_LEARNING_REVIEW = "practice-learning-review"
    NO_REVIEW = "no-review"


class Known(Term):
    """What is known of a criterion when it is screened."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not-known"


class Methodology(Term):
    """The menu of methods; none is prescribed [S000 7.8.2, S001 Serious Case Reviews]."""

    TRADITIONAL = "traditional"
    LEARNING_TOGETHER = "scie-learning-together"
    SIGNIFICANT_INCIDENT = "significant-incident-learning-process"
    CHILD_PRACTICE_REVIEW = "child-practice-review"
    ROOT_CAUSE = "root-cause-analysis"
    APPRECIATIVE_INQUIRY = "appreciative-inquiry"
    HYBRID = "hybrid"


class FamilyMember(Term):
    """Whom a review invites to take part [S000 2.1.5]."""

    CHILD = "child"
    SIBLING = "sibling"
    PARENT = "parent"
    CARER = "carer"
    OTHER = "other-family-member"


class Response(Term):
    """What an invitation was answered with; never a pass or a fail."""

    WAITING = "no-answer-yet"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_INVITED = "not-invited-for-a-reason"


class EventKind(Term):
    """The forms a practitioner event takes."""

    LEARNING_EVENT = "learning-event"
    RECALL_SESSION = "recall-session"
    REFLECTIVE_MEETING = "reflective-practice-meeting"
    FOCUS_GROUP = "focus-group"
    CONVERSATIONS = "individual-conversations"


class Channel(Term):
    """How learning reaches the front line."""

    PRACTITIONER_FORUM = "practitioner-forum"
    TRAINING = "training"
    BRIEFING = "briefing"
    NEWSLETTER = "newsletter"
    CONFERENCE = "conference"
    WEBSITE = "website"


class Measure(Term):
    """The three kinds of information that can show impact [S004 2.5]."""

    QUANTITY = "quantity"
    QUALITY = "quality"
    OUTCOME = "outcome"


class MessageState(Term):
    """Where an e-mail stands.

    queued: waits to be delivered, or to be tried again. sending: being handed over. accepted: the mail server
    took it. refused: the server will never take it; mend the address. given-up: tried too often.
    """

    QUEUED = "queued"
    SENDING = "sending"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    GIVEN_UP = "given-up"


class WorkState(Term):
    """queued: Prefect has to do it. done: it is done, once. failed: tried too often; the reason is on the row."""

    QUEUED = "queued"
    DONE = "done"
    FAILED = "failed"


class ActionState(Term):
    """open: the change is still owed. closed: it is made, and the evidence is recorded."""

    OPEN = "open"
    CLOSED = "closed"


class Template(Term):
    """The e-mails the product writes; each has its files in templates/emails/."""

    SIGN_IN = "sign-in"
    STAGE_OPENED = "stage-opened"
    DEADLINE_AHEAD = "deadline-ahead"
    DEADLINE_TODAY = "deadline-today"
    DEADLINE_PASSED = "deadline-passed"
    DEADLINE_MOVED = "deadline-moved"
    REVIEW_HELD = "review-held"
    REVIEW_RESUMED = "review-resumed"
    REVIEW_WITHDRAWN = "review-withdrawn"
    ACTION_ASSIGNED = "action-assigned"
    ACTION_AHEAD = "action-ahead"
    ACTION_TODAY = "action-today"
    ACTION_PASSED = "action-passed"
    PUBLICATION_ENDED = "publication-ended"


class Preparation(Term):
    """What is made ready for people when a stage opens."""

    SCREENING_RECORD = "screening-record"
    PANEL_NOTIFICATION = "panel-notification"
    TERMS_OF_REFERENCE = "terms-of-reference"
    AGENCY_REPORT_REQUEST = "agency-report-request"
    REPORT_SKELETON = "report-skeleton"
    LEARNING_SUMMARY = "learning-summary"
    LEARNING_SLIDES = "learning-slides"
    ACTION_PLAN = "action-plan"


LABELS = {
    "scie-learning-together": "SCIE Learning Together",
    "significant-incident-learning-process": "Significant Incident Learning Process (SILP)",
    "traditional": "Traditional, with individual management reviews (IMRs)",
    "no-review": "No review",
    "not-invited-for-a-reason": "Not invited, for the reason given",
    "other-family-member": "Other member of the family",
    "agreed-in-the-review": "Agreed in the review",
}

RECORDED = "recorded:"  # how the key of work begins that makes a document from what a stage recorded when it closed

TRIGGERS = {
    "notified_on": "the notification",
    "decided_on": "the decision",
    "initial_meeting_on": "the initial review meeting",
    "published_on": "publication",
}
