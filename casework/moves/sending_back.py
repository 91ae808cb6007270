"""Sending a report or its plan back to those who wrote it, with reasons: it opens again, and both versions stay."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select, update

from casework.findings.reporting import take_back_findings
from casework.framework.pipelines.table import Pipeline
from casework.record import journal
from casework.reviews.case import STAGE, Case, Moved, store
from casework.reviews.ending_stages import take_back
from casework.reviews.opening_stages import open_what_follows
from models.errors import InputError, empty, fault
from models.forms.learning import ActionPlan, BoardApproval
from models.forms.output import LeadsToChange
from models.people import Person
from models.vocabulary import Approval

SENT_BACK = "sent_back_on"  # the fact that something of this review has been
EARLIER = "earlier"  # beside what a stage recorded: what it had recorded before it was sent back, oldest first


def check_approval(case: Case, form: BoardApproval) -> None:
    """What is sent back is named; what is approved in part says what is not; neither is said of the other."""
    sent = form.approval is Approval.SENT_BACK
    if sent and form.opens_again is None:
        raise InputError(empty("opens_again", "Say which opens again: the report, or the action plan alone."))
    if sent and form.opens_again not in case.pipeline.by_key:
        raise InputError(
            fault("opens_again", form.opens_again, "is no stage of this review. Send back its action plan instead.")
        )
    if form.opens_again is not None and not sent:
        raise InputError(
            fault("opens_again", form.opens_again, "opens again only if it is sent back. Leave one of the two out.")
        )
    if form.approval is Approval.IN_PART and not form.not_approved:
        raise InputError(empty("not_approved", "It is approved in part: say which actions are not approved, and why."))
    if form.not_approved and form.approval is not Approval.IN_PART:
        raise InputError(
            fault("not_approved", None, "are named, but the plan is not approved in part. Leave one of the two out.")
        )


def send_back(case: Case, stage: Row[Any], form: BoardApproval, by: Person) -> Moved:
    """Open again what the approving body sends back; the decision itself waits until it is finished once more."""
    key = str(form.sends_back())
    check_approval(case, form)
    said = with_earlier(case, stage.id, form.model_dump(mode="json", exclude_none=True))
    case.connection.execute(update(STAGE).where(STAGE.c.id == stage.id).values(outcome=said))
    take_back(case, stage.key)
    for again in from_here(case.pipeline, key, until=stage.key):
        if issubclass(form_of := case.pipeline.by_key[again].form, LeadsToChange):
            take_back_findings(case, outcome_of(case, again), form_of)
        take_back(case, again)
    case.facts[SENT_BACK] = form.approved_on.isoformat()
    open_what_follows(case)
    detail = {"said": journal.digest(case.secret, said), "opened": case.names_opened}
    store(case, "sent back", by, stage=stage.name, detail=detail, note=form.response)
    return Moved(case.reference, case.state, tuple(case.names_opened))


def from_here(table: Pipeline, key: str, *, until: str) -> list[str]:
    """A stage and those that follow from it, up to the one that sends it back, in the order of the table."""
    again = [key]
    for spec in table.stages:
        if spec.key == until:
            break
        if not set(again).isdisjoint(spec.after):
            again.append(spec.key)
    return again


def outcome_of(case: Case, key: str) -> Mapping[str, Any]:
    """What a stage that is not an agency's own has recorded; empty while it has not."""
    of_stage = select(STAGE.c.outcome).where(STAGE.c.review_id == case.id, STAGE.c.key == key)
    return case.connection.execute(of_stage).scalar() or {}


def plan_on_record(case: Case) -> ActionPlan | None:
    """The action plan that waits for its approval; None of a review that has not come to it yet."""
    said = outcome_of(case, "action-plan")
    known = {name: said[name] for name in ActionPlan.model_fields if name in said}
    return ActionPlan.model_validate(known) if known else None


def check_numbers(form: BoardApproval, planned: int) -> None:
    """Refuse to leave out an action that the plan has not."""
    for place, row in enumerate(form.not_approved):
        if row.number > planned:
            raise InputError(
                fault(
                    ("not_approved", place, "number"),
                    row.number,
                    "is no action of the plan, which has {planned}. Give the number of one of them.",
                    planned=planned,
                )
            )


def with_earlier(case: Case, stage_id: int, outcome: Mapping[str, Any]) -> dict[str, Any]:
    """What a stage records now, with what it had recorded before it was sent back."""
    if SENT_BACK not in case.facts:
        return dict(outcome)
    before = case.connection.execute(select(STAGE.c.outcome).where(STAGE.c.id == stage_id)).scalar_one()
    if not before:
        return dict(outcome)
    older = [*before.get(EARLIER, ()), {name: said for name, said in before.items() if name != EARLIER}]
    return {**outcome, EARLIER: older}
