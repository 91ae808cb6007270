"""The moves of an action as a page asks for them, and the entries of its record as a page tells them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casework.clock import london_day
from casework.clock.wording import day
from models.action import Action, ActionEntry
from models.vocabulary import ActionMove, ActionState


@dataclass(frozen=True)
class Ask:
    """One move as a page asks for it: what it is called, what happens, and what its button says."""

    title: str
    happens: str
    button: str


ASKS: Mapping[ActionMove, Ask] = {
    ActionMove.PROGRESS: Ask(
        "Record progress", "It goes on the record of the action. The action stays open.", "Record progress"
    ),
    ActionMove.EVIDENCE: Ask(
        "Give the evidence",
        "Once you have given it, we send no more reminders, and the action is ready for sign-off.",
        "Give the evidence",
    ),
    ActionMove.ASSURANCE: Ask(
        "Give your agency’s assurance",
        "Your agency assures the board that the change has been made. Without it, an agency’s own action cannot "
        "be signed off.",
        "Give the assurance",
    ),
    ActionMove.SIGN_OFF: Ask(
        "Sign the action off", "That closes the action. You can say when to re-check it.", "Sign off"
    ),
    ActionMove.DEADLINE: Ask(
        "Move the deadline",
        "The old date and your reason stay on record. We tell the owner, and the reminders follow the new date.",
        "Move the deadline",
    ),
    ActionMove.OVERRIDE: Ask(
        "Set the colour by hand",
        "Your colour counts until somebody lifts it, or the action is signed off or reopened. The computed colour is "
        "still shown next to it, with your name and reason.",
        "Set the colour",
    ),
    ActionMove.LIFT_OVERRIDE: Ask(
        "Lift the colour set by hand", "The colour is computed from the dates again.", "Lift it"
    ),
    ActionMove.IMPACT: Ask("Record what was measured", "It goes on the record of the action.", "Record the impact"),
    ActionMove.RE_CHECK_DATE: Ask("Plan a re-check", "It is shown on the front page until it is done.", "Plan it"),
    ActionMove.RE_CHECK: Ask(
        "Record a re-check",
        "If the improvement has not held, the action is reopened with a new deadline, and we tell its owner.",
        "Record the re-check",
    ),
    ActionMove.REOPEN: Ask(
        "Reopen the action",
        "The action is open again with a new deadline, and we tell its owner. What was recorded stays on record.",
        "Reopen it",
    ),
}


def title_of(kind: ActionMove, action: Action) -> str:
    """What a move is called in a list: evidence beyond the first is more of it."""
    more = kind is ActionMove.EVIDENCE and action.state is ActionState.EVIDENCED
    return "Give more evidence" if more else ASKS[kind].title


@dataclass(frozen=True)
class Told:
    """One entry of an action's record. `file` is the number and name of a file, where one was given."""

    kind: ActionMove
    title: str
    by: str
    on: date
    at: datetime
    said: str
    text: str
    file: tuple[int, str] | None

    @property
    def same_day(self) -> bool:
        """Whether it was recorded on the day that it is about."""
        return london_day(self.at) == self.on


def told(entries: Iterable[ActionEntry], names: Mapping[int, str], files: Mapping[int, str]) -> list[Told]:
    """The record of an action, the newest first; `names` are of people, `files` of the files, by their numbers."""
    return [
        Told(
            kind=each.kind,
            title=TITLES[each.kind](each),
            by=names.get(each.by_id or 0, ""),
            on=each.on_day,
            at=each.at,
            said=said(each),
            text=each.note or "",
            file=file_of(each, files),
        )
        for each in reversed(list(entries))
    ]


def file_of(entry: ActionEntry, files: Mapping[int, str]) -> tuple[int, str] | None:
    """The number and name of the file that was given with an entry, where the visitor sees it."""
    number = entry.document_id
    return (number, files[number]) if number is not None and number in files else None


def said(entry: ActionEntry) -> str:
    """What an entry says of dates beside its words."""
    if entry.moved_from is not None:
        return f"From {day(entry.moved_from)} to {day(entry.due_on)}."
    return f"To be re-checked on {day(entry.due_on)}." if entry.due_on else ""


TITLES: Mapping[ActionMove, Callable[[ActionEntry], str]] = {
    ActionMove.PROGRESS: lambda _: "Progress",
    ActionMove.EVIDENCE: lambda _: "Evidence given",
    ActionMove.ASSURANCE: lambda _: "Assurance given by the agency",
    ActionMove.SIGN_OFF: lambda _: "Signed off",
    ActionMove.DEADLINE: lambda _: "Deadline moved",
    ActionMove.OVERRIDE: lambda entry: f"Set to {entry.colour.value if entry.colour else ''} by hand",
    ActionMove.LIFT_OVERRIDE: lambda _: "Colour set by hand lifted",
    ActionMove.IMPACT: lambda entry: f"Impact measured: {entry.measure.value if entry.measure else ''}",
    ActionMove.RE_CHECK_DATE: lambda _: "Re-check planned",
    ActionMove.RE_CHECK: lambda entry: f"Re-check: the improvement {'holds' if entry.holds else 'has not held'}",
    ActionMove.REOPEN: lambda _: "Reopened",
}


def set_by_hand(record: Iterable[Told]) -> Told | None:
    """The newest entry that set a colour."""
    return next((each for each in record if each.kind is ActionMove.OVERRIDE), None)
