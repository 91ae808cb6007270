"""Who takes part in a review, what they answered, and what runs beside it."""

from models.vocabulary.term import Term


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
