"""What comes in, and what is decided about it."""

from models.vocabulary.term import Term


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


class Known(Term):
    """What is known of a criterion when it is screened."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not-known"


class YesNo(Term):
    """A plain answer on which the pipeline branches."""

    YES = "yes"
    NO = "no"


class Publish(Term):
    """Whether a report is published."""

    PUBLISH = "publish"
    WITHHOLD = "withhold"


class LocalReview(Term):
    """Whether a local child safeguarding practice review is held after a rapid review."""

    HOLD = "hold"
    NONE = "do-not-hold"


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
