"""Every refusal of the product: one base, one sentence each, the next step in it."""


class LearningCycleError(Exception):
    """Raised when something asked for cannot be done; `str()` of it is the sentence shown to the person."""


class RuleError(LearningCycleError):
    """Raised when a deadline rule or its trigger cannot be read."""


class ProfileError(LearningCycleError):
    """Raised when a profile of a board, or an edition, is missing, unreadable or wrong; names file, place, remedy."""


class InputError(LearningCycleError):
    """Raised when what was typed does not fit the form; names field, value and what is wanted."""


class MoveRefused(LearningCycleError):
    """Raised when a review cannot be moved that way now; says what can be done instead."""


class NotAllowed(LearningCycleError):
    """Raised when a person may not see or do this; says who may."""


class NotFound(LearningCycleError):
    """Raised when a reference, stage or person is unknown; says how to find the right one."""


class TamperingFound(LearningCycleError):
    """Raised when the journal's chain of hashes does not hold."""


class TallyDiffers(LearningCycleError):
    """Raised when the tally of open stages is not what the stages say; says how to have them counted again."""
