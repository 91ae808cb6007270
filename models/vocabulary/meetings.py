"""The kinds of meeting that people are invited to."""

from models.vocabulary.term import Term


class MeetingKind(Term):
    """What a meeting of a review is, in the words of the frameworks."""

    INITIAL = "initial-review-meeting"
    RAPID_REVIEW = "rapid-review-meeting"
    PANEL = "panel-meeting"
    UPDATE = "update-meeting"
    PRACTITIONER_EVENT = "practitioner-event"
    LEARNING_EVENT = "learning-event"
    RECALL_SESSION = "recall-session"
    REFLECTIVE_MEETING = "reflective-practice-meeting"
    FOCUS_GROUP = "focus-group"
    CONVERSATION = "individual-conversation"
    JOINT_MEETING = "joint-meeting"
    WHOLE_SYSTEM = "whole-system-session"
    AUDIT = "audit-meeting"


# the stages that a meeting of a kind may belong to, by key; those of the review's own pipeline count
MEETS_FOR: dict[MeetingKind, tuple[str, ...]] = {
    MeetingKind.INITIAL: ("initial-meeting",),
    MeetingKind.RAPID_REVIEW: ("rapid-review-meeting",),
    MeetingKind.PANEL: ("panel-recommendation", "death-panel", "report-to-panel"),
    MeetingKind.UPDATE: ("update-meetings",),
    MeetingKind.PRACTITIONER_EVENT: ("practitioner-events", "practitioners-and-families"),
    MeetingKind.LEARNING_EVENT: ("learning-event", "practitioner-events"),
    MeetingKind.RECALL_SESSION: ("recall-session", "practitioner-events"),
    MeetingKind.REFLECTIVE_MEETING: ("reflective-meeting", "practitioners-and-families", "practitioner-events"),
    MeetingKind.FOCUS_GROUP: ("practitioners-and-families", "practitioner-events"),
    MeetingKind.CONVERSATION: ("conversations",),
    MeetingKind.JOINT_MEETING: ("joint-meetings",),
    MeetingKind.WHOLE_SYSTEM: ("whole-system-session",),
    MeetingKind.AUDIT: ("audit-meeting",),
}
