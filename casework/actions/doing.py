"""What each move does to an action. Who may, and in which state, has been checked; these check the days."""

from datetime import date

from casework.actions.parts import monitoring_role
from casework.actions.planning import plan_notices
from casework.actions.record import enter_in_record, queue_action_letter
from casework.outbox.retracting import OCCASION, retract
from casework.reviews.case import Case
from models.action import Action
from models.errors import InputError, MoveRefused, empty, fault
from models.forms import action as forms
from models.review import Document
from models.vocabulary import ActionMove, ActionScope, ActionState, Role, Template


def note_progress(case: Case, action: Action, form: forms.Progress) -> None:
    """Note how it is getting on."""
    enter_in_record(case, action, ActionMove.PROGRESS, form.as_of, form.progress)


def take_evidence(case: Case, action: Action, form: forms.EvidenceGiven, file: Document | None = None) -> None:
    """Take the evidence; with the first, the monitor hears that it waits for sign-off.

    Further evidence does not undo that the first was in time.
    """
    first = action.state is ActionState.OPEN
    action.state, action.evidence = ActionState.EVIDENCED, form.evidence
    action.evidenced_on = min(action.evidenced_on or form.evidenced_on, form.evidenced_on)
    document_id = file.id if file else None
    enter_in_record(case, action, ActionMove.EVIDENCE, form.evidenced_on, form.evidence, document_id=document_id)
    waiting = case.holder(monitoring_role(case)) or case.holder(Role.BUSINESS_MANAGER)
    if first and (case.by is None or case.by.id != waiting):
        queue_action_letter(case, action, Template.ACTION_EVIDENCED, waiting)


def take_assurance(case: Case, action: Action, form: forms.Assurance) -> None:
    """Take the agency's assurance."""
    action.assured_on = form.assured_on
    enter_in_record(case, action, ActionMove.ASSURANCE, form.assured_on, form.assurance)


def sign_off(case: Case, action: Action, form: forms.SignOff) -> None:
    """Close it on its evidence and, where it is one agency's own, that agency's assurance. A set colour ends."""
    if action.scope is ActionScope.SINGLE_AGENCY and action.assured_on is None:
        raise MoveRefused(
            f"Action {action.number} of {case.reference} cannot be signed off yet. It is {action.organisation}’s own "
            "action, and its owner has not given the agency’s assurance. Ask them for it."
        )
    if action.evidenced_on is not None:
        check_not_before("signed_off_on", form.signed_off_on, action.evidenced_on, "the date of the evidence")
    if form.recheck_on is not None:
        check_after("recheck_on", form.recheck_on, form.signed_off_on, "the sign-off")
    action.state, action.closed_on, action.override = ActionState.CLOSED, form.signed_off_on, None
    action.recheck_on = form.recheck_on
    enter_in_record(case, action, ActionMove.SIGN_OFF, form.signed_off_on, form.grounds, due_on=form.recheck_on)


def move_deadline(case: Case, action: Action, form: forms.DeadlineMoved) -> None:
    """Move the deadline, in both directions but not into the past; the first one stays on the action."""
    if form.due_on < case.today or form.due_on == action.due_on:
        raise InputError(
            fault(
                "due_on",
                form.due_on,
                "is {standing}. Give another date, from today, {today}, onwards.",
                standing="the deadline already" if form.due_on == action.due_on else "past",
                today=case.today,
            )
        )
    owe_by(case, action, form.due_on, ActionMove.DEADLINE, case.today, form.reason)
    queue_action_letter(case, action, Template.ACTION_MOVED, action.owner_id)


def owe_by(case: Case, action: Action, due_on: date, kind: ActionMove, on_day: date, why: str) -> None:
    """Give it another deadline, and its owner the reminders of that one."""
    before, action.due_on = action.due_on, due_on
    if due_on != before:
        action.original_due_on = action.original_due_on or before
    enter_in_record(case, action, kind, on_day, why, moved_from=before, due_on=due_on)
    retract(case.connection, OCCASION.c.action_id == action.id)
    plan_notices(case, action)


def set_colour(case: Case, action: Action, form: forms.Override) -> None:
    """Set the colour by hand, until somebody lifts it or the action is signed off or reopened."""
    action.override = form.colour
    enter_in_record(case, action, ActionMove.OVERRIDE, case.today, form.reason, colour=form.colour)


def lift_override(case: Case, action: Action, form: forms.OverrideLifted) -> None:
    """Let the computed colour count again."""
    if action.override is None:
        raise MoveRefused(
            f"The colour of action {action.number} of {case.reference} is computed already: nobody has set it by hand."
        )
    action.override = None
    enter_in_record(case, action, ActionMove.LIFT_OVERRIDE, case.today, form.reason)


def note_impact(case: Case, action: Action, form: forms.ImpactMeasured) -> None:
    """Note what was measured of its impact."""
    enter_in_record(case, action, ActionMove.IMPACT, form.measured_on, form.shows, measure=form.measure)


def recheck_date(case: Case, action: Action, form: forms.ReCheckDate) -> None:
    """Plan when it is to be re-checked."""
    if action.closed_on is not None:
        check_after("recheck_on", form.recheck_on, action.closed_on, "the sign-off")
    action.recheck_on = form.recheck_on
    enter_in_record(case, action, ActionMove.RE_CHECK_DATE, case.today, None, due_on=form.recheck_on)


def note_recheck(case: Case, action: Action, form: forms.ReCheck) -> None:
    """Note what a re-check found; where the improvement has not held, reopen the action."""
    if action.closed_on is not None:
        check_not_before("rechecked_on", form.rechecked_on, action.closed_on, "the sign-off")
    if not form.holds and form.due_on is None:
        raise InputError(empty("due_on", "The improvement has not held: give the action a new deadline."))
    action.recheck_on = None
    enter_in_record(case, action, ActionMove.RE_CHECK, form.rechecked_on, form.shows, holds=form.holds)
    if not form.holds and form.due_on is not None:
        check_after("due_on", form.due_on, form.rechecked_on, "the re-check")
        owe_again(case, action, form.due_on, form.rechecked_on, "The re-check found that the improvement has not held.")


def reopen_action(case: Case, action: Action, form: forms.Reopening) -> None:
    """Owe it again: the evidence did not persuade, or the improvement has not held."""
    check_after("due_on", form.due_on, case.today, "today")
    owe_again(case, action, form.due_on, case.today, form.reason)


def owe_again(case: Case, action: Action, due_on: date, on_day: date, why: str) -> None:
    """Open it again with a new deadline and new reminders; what was recorded stays on its record."""
    action.state = ActionState.OPEN
    action.evidenced_on = action.assured_on = action.closed_on = action.recheck_on = action.override = None
    owe_by(case, action, due_on, ActionMove.REOPEN, on_day, why)
    queue_action_letter(case, action, Template.ACTION_REOPENED, action.owner_id)


def check_not_before(name: str, day: date, first: date, what: str) -> None:
    """Refuse a day that lies before what has to come first."""
    if day < first:
        raise InputError(
            fault(name, day, "is before {what}, {first}. Give the day it happened.", what=what, first=first)
        )


def check_after(name: str, day: date, first: date, what: str) -> None:
    """Refuse a day ahead that is not after what it follows."""
    if day <= first:
        raise InputError(fault(name, day, "is not after {what}, {first}. Give a later date.", what=what, first=first))
