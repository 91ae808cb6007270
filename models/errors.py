"""Every refusal of the product: one base, one sentence each, the next step in it.

A refusal is structure: what it says with its values apart (`Sentence`), which fields it is about (`Fault`) and what
can be done about it (`Remedy`). The command line and the pages each put it in their own words; `str()` is plain text.
"""

from dataclasses import dataclass

from models.remedies import Remedy
from models.wording import Sentence

Place = tuple[str | int, ...]  # a field of a form, or one of a row: ("events", 0, "held_on"); rows count from 0


class LearningCycleError(Exception):
    """Raised when something asked for cannot be done; `str()` of it is a sentence that anybody can be shown."""

    def __init__(self, sentence: str | Sentence = "", *, remedy: Remedy | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.remedy = sentence, remedy

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}" if self.remedy else str(self.sentence)


class RuleError(LearningCycleError):
    """Raised when a deadline rule or its trigger cannot be read."""


class ProfileError(LearningCycleError):
    """Raised when a profile of a board, or an edition, is missing, unreadable or wrong; names file, place, remedy."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field: the field, what was given (None where that is not said again), what is wanted."""

    field: Place
    given: object
    wanted: Sentence

    def __str__(self) -> str:
        quoted = "" if self.given is None else f"‘{self.given}’ "
        return f"{dotted(self.field)}: {quoted}{self.wanted}"


@dataclass(frozen=True)
class Empty(Fault):
    """A field left empty that has to be filled in; `wanted` says with what."""

    def __str__(self) -> str:
        return f"{dotted(self.field)}: is empty. {self.wanted}"


class InputError(LearningCycleError):
    """Raised when what was typed does not fit the form: one fault a field, or a sentence about the form as a whole."""

    def __init__(self, *faults: Fault | Sentence | str, remedy: Remedy | None = None) -> None:
        super().__init__("\n".join(map(str, faults)), remedy=remedy)
        self.faults = faults


class Misfit(ValueError):
    """Raised by a form's own check, for pydantic to pass on: what is wrong with the answer, which stands before it."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


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


def fault(field: str | Place, given: object, wanted: str, /, **values: object) -> Fault:
    """What is wrong with a field: `wanted` goes on after what was given, and names `values` as a Sentence does."""
    return Fault(place_of(field), given, Sentence(wanted, **values))


def empty(field: str | Place, wanted: str, /, **values: object) -> Empty:
    """A field that must not be empty; `wanted` is a sentence of its own, which says what to give."""
    return Empty(place_of(field), None, Sentence(wanted, **values))


def place_of(field: str | Place) -> Place:
    """A field of the form itself by its name alone."""
    return (field,) if isinstance(field, str) else field


def dotted(place: Place) -> str:
    """A place as files and the command line name it, rows counted from 1: "events.2.held_on"."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)
