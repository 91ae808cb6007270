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
    EXECUTIVE_CHAIR = "executive-chair"
    PRACTICE_CHAIR = "practice-chair"
    CHILD_DEATH_CHAIR = "child-death-chair"
    YOUTH_JUSTICE_LEAD = "youth-justice-lead"
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
# an action is owed on its own: it outlives the end of its review, unless that was withdrawn
OWES_ACTIONS = (*LIVE, ReviewState.CLOSED, ReviewState.CONVERTED)


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
    """What was decided after a referral: a type of review, or none."""

    SERIOUS_CASE_REVIEW = "serious-case-review"
    PRACTICE_LEARNING_REVIEW = "practice-learning-review"
    SINGLE_CASE_AUDIT = "single-case-audit"
    BEST_PRACTICE_REVIEW = "best-practice-review"
    REFLECTIVE_PRACTICE_REVIEW = "reflective-practice-review"
    EXTENDED_LEARNING_REVIEW = "extended-learning-review"
    CHILD_DEATH_REVIEW = "child-death-review"
    RAPID_REVIEW = "rapid-review"
    LOCAL_REVIEW = "local-child-safeguarding-practice-review"
    CHILD_PRACTICE_REVIEW = "child-practice-review"
    NO_REVIEW = "no-review"


class ThemeDecision(Term):
    """Whether a proposed theme, priority area or question is taken up."""

    AGREED = "agreed"
    NOT_AGREED = "not-agreed"


class Suits(Term):
    """What comes in by a referral; a profile says which of its review types each one suits."""

    CRITERIA_MET = "criteria-met"
    NOTIFIABLE_INCIDENT = "notifiable-incident"
    BELOW_THRESHOLD = "below-threshold"
    GOOD_PRACTICE = "good-practice"
    YOUTH_JUSTICE = "youth-justice"
    CHILD_DEATH = "child-death"


class About(Term):
    """What is referred."""

    INCIDENT = "incident"
    GOOD_PRACTICE = "good-practice"
    YOUTH_JUSTICE = "youth-justice-incident"
    CHILD_DEATH = "child-death"


class Publish(Term):
    """Whether a report is published."""

    PUBLISH = "publish"
    WITHHOLD = "withhold"


class MethodStep(Term):
    """The steps a methodology may put between the terms of reference and the report; each is a stage of that key."""

    AGENCY_REPORT = "agency-report"
    AGENCY_CHRONOLOGY = "agency-chronology"
    COMBINED_CHRONOLOGY = "combined-chronology"
    ROOT_CAUSES = "root-causes"
    REVIEW_TEAM = "review-team"
    CONVERSATIONS = "conversations"
    JOINT_MEETINGS = "joint-meetings"
    LEARNING_EVENT = "learning-event"
    WHOLE_SYSTEM = "whole-system-session"
    PRACTITIONER_EVENTS = "practitioner-events"
    STATUTORY_DUTIES = "statutory-duties"
    DRAFT_REPORT = "draft-report"
    RECALL_SESSION = "recall-session"


class LocalReview(Term):
    """Whether a local child safeguarding practice review is held after a rapid review."""

    HOLD = "hold"
    NONE = "do-not-hold"


class OutputModel(Term):
    """What a report leads to [S004 3.5]: recommendations made SMART, or findings put to the board as challenges."""

    RECOMMENDATIONS = "recommendations"
    FINDINGS = "findings"


class Known(Term):
    """What is known of a criterion when it is screened."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not-known"


class YesNo(Term):
    """A plain answer on which the pipeline branches."""

    YES = "yes"
    NO = "no"


class Methodology(Term):
    """The menu of methods; none is prescribed [S000 7.8.2, S001 Serious Case Reviews]."""

    TRADITIONAL = "traditional"
    LEARNING_TOGETHER = "scie-learning-together"
    SIGNIFICANT_INCIDENT = "significant-incident-learning-process"
    CHILD_PRACTICE_REVIEW = "child-practice-review"
    ROOT_CAUSE = "root-cause-analysis"
    APPRECIATIVE_INQUIRY = "appreciative-inquiry"
    HYBRID = "hybrid"


class LearningTogether(Term):
    """The variants of SCIE Learning Together [SCIE, Learning Together: services, reviews]."""

    FULL = "full"
    INTENSIVE = "intensive"
    SPEED = "speed-plus"
    MID_RANGE = "mid-range"
    FOCUSED = "focused"
    THEMED = "themed"


class WelshForm(Term):
    """The two forms of a child practice review [S002 Appendix 2.3]."""

    CONCISE = "concise"
    EXTENDED = "extended"


class ThemeSource(Term):
    """Where the theme of an audit or a deep dive comes from [S001 Multi Agency Audits, S001 Appendix 2, S004 2.1]."""

    BOARD_PRIORITY = "board-priority"
    CASE_REVIEW = "case-review"
    INSPECTION = "inspection"
    PERFORMANCE = "performance-analysis"
    NATIONAL_LEARNING = "national-learning"
    COMMISSIONED = "commissioned"


class SourceKind(Term):
    """A source of evidence for a deep dive."""

    CASE_FILES = "case-file-audit"
    DATA = "performance-data"
    CHILDREN = "views-of-children"
    FAMILIES = "views-of-parents-and-carers"
    PRACTITIONERS = "views-of-practitioners"
    SELF_ASSESSMENT = "self-assessment"
    POLICIES = "policy-documents"
    RESEARCH = "research"
    REVIEWS = "earlier-reviews"


class LightTouchMethod(Term):
    """The ways in which a light touch review may find its answer [S004 2.2]."""

    POLICY_DOCUMENTS = "policy-documents"
    LARGE_SAMPLE = "audit-of-a-large-sample"
    SURVEY = "survey"
    CONVERSATIONS = "talking-to-professionals"
    OTHER = "other"


class LightTouchAnswer(Term):
    """What the answer of a light touch review leads to [S004 2.2]."""

    NO_ACTION = "no-action"
    SPECIFIC_ACTION = "specific-action"
    DEEPER = "deeper-investigation"


class FamilyMember(Term):
    """Whom of a family a review invites to take part [S000 2.1.5]."""

    CHILD = "child"
    SIBLING = "sibling"
    PARENT = "parent"
    CARER = "carer"
    YOUNG_PERSON = "young-person"
    OTHER = "other-family-member"


class Invitee(Term):
    """Who takes part in a review: the family, those who use services, and the professionals [S000 2.1.4, 2.1.5]."""

    CHILD = "child"
    SIBLING = "sibling"
    PARENT = "parent"
    CARER = "carer"
    YOUNG_PERSON = "young-person"
    OTHER = "other-family-member"
    SERVICE_USER = "service-user"
    PRACTITIONER = "practitioner"
    MANAGER = "manager"


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
    SERVICE_USERS = "meeting-with-service-users"
    YOUNG_PEOPLE = "discussion-with-young-people"
    WHOLE_SYSTEM = "whole-system-session"
    FORUM = "multi-agency-professional-forum"


class Standing(Term):
    """How a review stands to a principle or a quality marker."""

    HELD_TO = "held-to"
    PARTLY = "partly-held-to"
    NOT = "not-held-to"
    DOES_NOT_APPLY = "does-not-apply"


class Process(Term):
    """What may run beside a review and look at the same events."""

    POLICE = "police-investigation"
    INQUEST = "inquest"
    TRIAL = "criminal-trial"
    CARE_PROCEEDINGS = "care-proceedings"
    ADULTS_REVIEW = "safeguarding-adults-review"
    HOMICIDE_REVIEW = "domestic-homicide-review"
    CHILD_DEATH_REVIEW = "child-death-review"
    YOUTH_JUSTICE_REVIEW = "youth-justice-review"
    OTHER = "other-process"


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
    """open: the change is still owed. evidenced: its owner has shown that it is made. closed: it is signed off.

    A reopened action is open again, with a new deadline.
    """

    OPEN = "open"
    EVIDENCED = "evidenced"
    CLOSED = "closed"


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


class Rag(Term):
    """How an action stands: red, amber or green."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


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
    ACTION_MOVED = "action-moved"
    ACTION_EVIDENCED = "action-evidenced"
    ACTION_REOPENED = "action-reopened"
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
    "local-child-safeguarding-practice-review": "Local child safeguarding practice review",
    "speed-plus": "Speed+",
    "mid-range": "Mid-range",
    "talking-to-professionals": "Talking to a number of professionals",
    "other-family-member": "Other member of the family",
    "other-process": "Other",
    "agreed-in-the-review": "Agreed in the review",
    "single-agency": "Single-agency",
    "multi-agency": "Multi-agency",
}

RECORDED = "recorded:"  # how the key of work begins that makes a document from what a stage recorded when it closed

TRIGGERS = {
    "notified_on": "the notification",
    "decided_on": "the decision",
    "initial_meeting_on": "the initial review meeting",
    "proposed_on": "the proposal",
    "aware_on": "the day the local authority became aware",
    "panel_notified_on": "the notification of the serious incident",
    "published_on": "publication",
}
