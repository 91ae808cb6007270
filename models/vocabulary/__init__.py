"""The field's own terms, as closed lists."""

from models.vocabulary.answering import Agreement, LinkState, TaskKind
from models.vocabulary.hearing import ABOVE, Hears, Rung
from models.vocabulary.learning import OWES_ACTIONS, ActionMove, ActionScope, ActionState, Channel, Measure, Rag
from models.vocabulary.meetings import MEETS_FOR, MeetingKind
from models.vocabulary.methods import LearningTogether, Methodology, MethodStep, OutputModel, WelshForm
from models.vocabulary.people import Role
from models.vocabulary.referral import (
    About,
    Decision,
    Known,
    LightTouchAnswer,
    LightTouchMethod,
    LocalReview,
    Publish,
    SourceKind,
    Suits,
    ThemeDecision,
    ThemeSource,
    YesNo,
)
from models.vocabulary.review import LIVE, OF_THE_FRAMEWORK, TRIGGERS, Basis, PanelDuty, ReviewState, StageState
from models.vocabulary.taking_part import EventKind, FamilyMember, Invitee, Process, Response, Standing
from models.vocabulary.term import LABELS, Term
from models.vocabulary.work import (
    STOPPED,
    TO_BE_SENT,
    MessageState,
    OutageCause,
    Preparation,
    ReviewEvent,
    Template,
    WorkState,
)

__all__ = [
    "ABOVE",
    "LABELS",
    "LIVE",
    "MEETS_FOR",
    "OF_THE_FRAMEWORK",
    "OWES_ACTIONS",
    "STOPPED",
    "TO_BE_SENT",
    "TRIGGERS",
    "About",
    "ActionMove",
    "ActionScope",
    "ActionState",
    "Agreement",
    "Basis",
    "Channel",
    "Decision",
    "EventKind",
    "FamilyMember",
    "Hears",
    "Invitee",
    "Known",
    "LearningTogether",
    "LightTouchAnswer",
    "LightTouchMethod",
    "LinkState",
    "LocalReview",
    "Measure",
    "MeetingKind",
    "MessageState",
    "MethodStep",
    "Methodology",
    "OutageCause",
    "OutputModel",
    "PanelDuty",
    "Preparation",
    "Process",
    "Publish",
    "Rag",
    "Response",
    "ReviewEvent",
    "ReviewState",
    "Role",
    "Rung",
    "SourceKind",
    "StageState",
    "Standing",
    "Suits",
    "TaskKind",
    "Template",
    "Term",
    "ThemeDecision",
    "ThemeSource",
    "WelshForm",
    "WorkState",
    "YesNo",
]
