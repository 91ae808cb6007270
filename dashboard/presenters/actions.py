"""Actions in words: how each stands, whose turn it is, and what the visitor may do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from casework.actions.rag import Rating, rating
from casework.actions.table import wants_assurance
from casework.clock.wording import day
from casework.framework.profiles import board
from casework.views.overview import ActionLine
from casework.views.review import ReviewView
from models.action import Action
from models.vocabulary import ActionMove, ActionState, Rag, ReviewState, Role

COLOURS = {Rag.RED: "red", Rag.AMBER: "orange", Rag.GREEN: "green"}
# what somebody is there for comes before what they may do besides
FIRST = (ActionMove.SIGN_OFF, ActionMove.EVIDENCE, ActionMove.ASSURANCE, ActionMove.RE_CHECK)


@dataclass(frozen=True)
class Tag:
    """The colour as its tag says it, and the reason beside it."""

    words: str
    colour: str
    because: str


@dataclass(frozen=True)
class ActionRow:
    """An action as a line of a table. `reference` is that of its review, where it has to be said."""

    href: str
    number: int
    owner: str
    organisation: str
    due: date
    stands: str
    tag: Tag
    wording: str = ""
    reference: str = ""
    held: bool = False


def tag_of(found: Rating) -> Tag:
    """The tag of a rating: "Amber", or "Green, set by hand"."""
    words = found.colour.label + (", set by hand" if found.override else "")
    computed = f"The dates alone would make it {found.computed.value}: " if found.override else ""
    because = computed + (found.because[0].lower() + found.because[1:] if computed else found.because)
    return Tag(words, COLOURS[found.colour], because)


def tag(action: Action | ActionLine, board_name: str, today: date) -> Tag:
    """How an action stands today on its board."""
    return tag_of(rating(action, board(board_name).reminders, today))


def stands(action: Action | ActionLine) -> str:
    """Where an action is on its way, in a few words."""
    if action.closed_on is not None:
        again = f"; to be re-checked on {day(action.recheck_on)}" if action.recheck_on else ""
        return f"Signed off on {day(action.closed_on)}{again}"
    if action.state is ActionState.EVIDENCED:
        return f"Evidence given, waits for {'the agency’s assurance' if wants_assurance(action) else 'sign-off'}"
    return "Waits for evidence"


def rows(seen: ReviewView, today: date) -> list[ActionRow]:
    """The actions of a review that the visitor sees."""
    review = seen.review
    return [
        ActionRow(
            href=f"/reviews/{review.reference}/actions/{action.number}",
            number=action.number,
            owner=owner,
            organisation=action.organisation,
            due=action.due_on,
            stands=stands(action),
            tag=tag(action, review.board, today),
            wording=action.wording,
        )
        for action, owner in seen.actions
    ]


def lines(found: Iterable[ActionLine], owners: Mapping[int, str], today: date) -> list[ActionRow]:
    """Actions across reviews; `owners` are the names of people by their numbers."""
    return [
        ActionRow(
            href=f"/reviews/{each.reference}/actions/{each.number}",
            number=each.number,
            owner=owners.get(each.owner_id, ""),
            organisation=each.organisation,
            due=each.due_on,
            stands=stands(each),
            tag=tag(each, each.board, today),
            reference=each.reference,
            held=each.review_state is ReviewState.HELD,
        )
        for each in found
    ]


def turn(action: Action, owner: str, board_name: str, type_: str) -> str:
    """Whose turn it is; nothing once it is signed off for good."""
    monitor = monitoring_body(board_name, type_)
    if action.closed_on is not None:
        return f"The {monitor} will re-check it on {day(action.recheck_on)}." if action.recheck_on else ""
    if action.state is ActionState.OPEN:
        return f"It waits for {owner} to give the evidence."
    if wants_assurance(action):
        return f"Evidence is given. It waits for {owner} to give the assurance of {action.organisation}."
    return f"Evidence is given. It waits for the {monitor} to sign it off."


def monitoring_body(board_name: str, type_: str) -> str:
    """Who monitors the actions of this type of review, as the board calls them."""
    profile = board(board_name)
    kind = profile.kind(type_)
    return profile.title(Role(kind.monitors.value) if kind else Role.MONITORING_CHAIR)


def about(action: Action, owner: str) -> list[tuple[str, str]]:
    """What an action is, in a few lines."""
    found = (
        ("Responsible", f"{owner}, {action.organisation}"),
        ("Whose action", action.scope.label),
        ("Answers", f"Finding or recommendation {action.answers}" if action.answers else ""),
        ("How it will be known", action.measure),
        ("Impact to be shown by", action.impact.label if action.impact else ""),
        ("At first due on", day(action.original_due_on)),
    )
    return [(label, text) for label, text in found if text]


def first_of(may: Iterable[ActionMove], action: Action, today: date, person_id: int) -> ActionMove | None:
    """The one thing that the visitor is there for now, if any: evidence is asked of the owner, others may give it."""
    there = set(may)
    if action.owner_id != person_id:
        there.discard(ActionMove.EVIDENCE)
    if action.recheck_on is None or action.recheck_on > today:
        there.discard(ActionMove.RE_CHECK)
    if action.state is ActionState.EVIDENCED:
        there.discard(ActionMove.EVIDENCE)  # more of it is welcome, but not asked for
        if not wants_assurance(action):
            there.discard(ActionMove.ASSURANCE)
    return next((each for each in FIRST if each in there), None)
