"""The methodologies, their variants and steps, and what their reports lead to."""

from models.vocabulary.term import Term


class Methodology(Term):
    """The menu of methods; none is prescribed [S000 7.8.2, S001 Serious Case Reviews]."""

    TRADITIONAL = "traditional"
    LEARNING_TOGETHER = "scie-learning-together"
    SIGNIFICANT_INCIDENT = "significant-incident-learning-process"
    CHILD_PRACTICE_REVIEW = "child-practice-review"
    ROOT_CAUSE = "root-cause-analysis"
    APPRECIATIVE_INQUIRY = "appreciative-inquiry"
    HYBRID = "hybrid"


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


class OutputModel(Term):
    """What a report leads to [S004 3.5]: recommendations made SMART, or findings put to the board as challenges."""

    RECOMMENDATIONS = "recommendations"
    FINDINGS = "findings"
