"""Going on with a review as another type: everything typed that the new one asks for too is carried over."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from casework.framework.editions import edition_for, kind_under
from casework.framework.methodologies import method_facts
from casework.framework.pipelines import pipeline
from casework.framework.pipelines.table import needed
from casework.meetings.calling_off import call_off_meetings
from casework.moves.launching import (
    check_begins_with,
    close_first,
    happened_on,
    new_case,
    profile_with,
    record_closed,
    triggers_left_out,
)
from casework.record import journal
from casework.record.act import Act
from casework.registers import keeping
from casework.reviews.case import Case, Moved, check_live, load, store
from casework.reviews.ending_stages import end_stage
from casework.reviews.opening_stages import open_what_follows
from casework.reviews.permissions import check_may_steer
from models.errors import InputError, MoveRefused, empty
from models.finding import Finding
from models.forms.base import Form
from models.forms.decision import ChairDecision
from models.forms.inquiry import MethodChoice
from models.forms.theme import ThemeAgreement
from models.methodology import MethodologyChange
from models.parallel import ParallelProcess
from models.participation import Participant
from models.people import Person
from models.profile import BoardProfile
from models.quality import QualityAnswer
from models.review import Agency, Involvement, Review, Stage
from models.vocabulary import TRIGGERS, ReviewEvent, ReviewState, StageState

REGISTERS = (Participant, ParallelProcess, QualityAnswer, MethodologyChange, Finding)


def convert(act: Act, reference: str, type_: str, *, reason: str) -> Moved:
    """Go on with a review as another type, because somebody who steers it says so.

    The old review ends; those of its open stages that have a deadline of the framework stay owed, such as telling
    the National Panel. Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    if not reason.strip():
        raise InputError(empty("reason", "Say why the review goes on as another type."))
    old = load(act, reference)
    check_live(old)
    check_may_steer(old, act.person)
    if old.state is ReviewState.HELD:
        raise MoveRefused(f"{reference} is on hold. Resume it before it goes on as another type.")
    if old.pipeline.type == type_:
        raise MoveRefused(f"{reference} is a {type_} already. Choose another type.")
    return go_on_as(old, type_, reason=reason, by=act.person)


def go_on_as(old: Case, type_: str, *, reason: str, by: Person) -> Moved:
    """End a review and go on as another type, by a decision that has been checked."""
    session, profile, table = old.session, profile_with(old.board, type_), pipeline(type_)
    known = session.exec(select(Review.referral).where(Review.id == old.id)).one()
    first = old.pipeline.first.form.model_validate(known)
    check_begins_with(table, first)
    check_is_counted(profile, type_, first)
    new = new_case(
        Act(session, None, old.now, old.today), old.board, profile, table, first, converted_from=old.reference
    )
    close_first(new, first, by)
    carried = carry_over(old, new, by)
    open_what_follows(new)
    kept = {stage: journal.digest(new.secret, closed_outcomes(new).get(stage, {})) for stage in carried}
    store(new, "carried over", by, detail={"from": old.reference, "stages": carried, "outcomes": kept}, note=reason)
    end_undated_stages(old, carried_to={stage.key for stage in new.stages} | {stage.key for stage in new.opened})
    call_off_meetings(old)
    old.state = ReviewState.CONVERTED
    store(old, "converted", by, detail={"to": new.reference}, note=reason)
    return Moved(new.reference, new.state, tuple(new.names_opened))


def check_is_counted(profile: BoardProfile, type_: str, first: Form) -> None:
    """Refuse to go on as a type of which a deadline counts from a day that the referral has not given."""
    kind = kind_under(profile, type_, edition_for(profile, happened_on(first)).key)
    for clock in triggers_left_out(kind, first):
        raise MoveRefused(
            f"The referral does not give {TRIGGERS[clock.trigger]}, from which a {type_} counts {clock.rule}. Decide "
            "on no review here, then refer the case again and give that day."
        )


def carry_over(old: Case, new: Case, by: Person) -> list[str]:
    """Copy the outcomes that both types ask for in the same form, as far as the new pipeline's order allows."""
    recorded = closed_outcomes(old)
    copy_people(old, new)
    for register in REGISTERS:
        keeping.carry_over(old, new, register)
    done = {new.pipeline.first.key}
    for spec in new.pipeline.stages[1:]:
        if not done.issuperset(spec.after):
            continue
        outcome = recorded.get(spec.key)
        same_form = spec.key in old.pipeline.by_key and old.pipeline.by_key[spec.key].form is spec.form
        if not needed(spec, new.all_facts):
            done.add(spec.key)
        elif outcome is not None and same_form and not spec.per_agency and still_holds(new, spec.form, outcome):
            record_closed(new, spec.key, outcome, by, event=ReviewEvent.CARRIED_OVER)
            new.facts |= facts_of(spec.form, outcome)
            done.add(spec.key)
    return sorted(stage.key for stage in new.stages if stage.key != new.pipeline.first.key)


def facts_of(form: type[Form], outcome: Mapping[str, Any]) -> dict[str, str]:
    """The facts that an outcome recorded, with those that a methodology settled."""
    said = form.model_validate({name: outcome[name] for name in form.model_fields if name in outcome})
    settled = method_facts(said) if isinstance(said, MethodChoice) else {}
    return said.facts_recorded() | settled


def still_holds(new: Case, form: type[Form], outcome: Mapping[str, Any]) -> bool:
    """Whether an outcome means the same in the new review: a decision does only if it was for this type."""
    if form is ThemeAgreement:
        return False
    return form is not ChairDecision or outcome.get("decision") == new.pipeline.type


def closed_outcomes(old: Case) -> dict[str, Mapping[str, Any]]:
    """What the closed stages of a review recorded, by key."""
    closed = select(Stage.key, Stage.outcome).where(Stage.review_id == old.id, Stage.state == StageState.CLOSED)
    return {key: outcome for key, outcome in old.session.exec(closed) if outcome is not None}


def copy_people(old: Case, new: Case) -> None:
    """The agencies named and the people involved stay with the case."""
    session = old.session
    for agency in session.exec(select(Agency).where(Agency.review_id == old.id).order_by(col(Agency.id))).all():
        session.add(Agency(**agency.model_dump(exclude={"id", "review_id"}), review_id=new.id))
    for held in session.exec(select(Involvement).where(Involvement.review_id == old.id)).all():
        session.add(Involvement(review_id=new.id, person_id=held.person_id, role=held.role))
        new.roles.setdefault(held.role, []).append(held.person_id)
    session.flush()


def end_undated_stages(old: Case, *, carried_to: set[str]) -> None:
    """End what is open, unless it is a duty with a deadline of the framework that the new review does not take over."""
    old.reload_stages()  # the move that ends the review may have opened some
    for stage in old.open_stages():
        if old.pipeline.by_key[stage.key].clock is None or stage.due_on is None or stage.key in carried_to:
            end_stage(old, stage)
