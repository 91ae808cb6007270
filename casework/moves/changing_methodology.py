"""Changing the methodology of a review that is under way, on the record; and appointing a further lead reviewer."""

from collections.abc import Mapping, Set
from typing import Any

from casework.framework.methodologies import check_choice, method_facts, without_method
from casework.framework.pipelines.table import needed
from casework.moves.stage_effects import check_fits
from casework.people.directory import person_for
from casework.record.act import Act
from casework.registers.keeping import keep, next_number
from casework.reviews.case import Case, Moved, check_going, check_live, load, store
from casework.reviews.contributors import agencies_known, check_independence, involve_person
from casework.reviews.ending_stages import end_stage
from casework.reviews.opening_stages import open_what_follows
from casework.reviews.outer_dates import watch_outer_dates
from casework.reviews.permissions import check_may_steer
from casework.validation.reading import read
from models.errors import MoveRefused
from models.forms.decision import Reviewer
from models.forms.inquiry import MethodChoice
from models.methodology import MethodologyChange
from models.vocabulary import Methodology, Role, StageState


def change_methodology(act: Act, reference: str, data: Mapping[str, Any]) -> Moved:
    """Go on under another methodology, with its reason: what it does not need ends, what it needs opens.

    What has been recorded stays on record, and counts where the new methodology takes the same step. Possible from
    the terms of reference until the report is finished. Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    case = load(act, reference)
    check_live(case)
    check_going(case)
    check_may_steer(case, act.person)
    check_is_in_the_middle(reference, case.facts, case.keys_in(StageState.CLOSED))
    choice = read(MethodChoice, data)
    check_fits(case, choice)
    check_choice(choice, reference, len(case.roles.get(Role.LEAD_REVIEWER, ())))
    before = Methodology(case.facts["methodology"])
    case.facts = without_method(case.facts) | method_facts(choice)
    end_what_must_wait(case)
    open_what_follows(case)
    watch_outer_dates(case)
    keep(
        case,
        MethodologyChange(
            review_id=case.id,
            number=next_number(case, MethodologyChange),
            changed_on=act.today,
            before=before,
            after=choice.methodology,
            choice=choice.model_dump(mode="json", exclude_none=True),
        ),
    )
    detail = {"from": before.value, "to": choice.methodology.value, "opened": case.names_opened}
    store(case, "methodology changed", act.person, detail=detail, note=choice.why_methodology)
    return Moved(reference, case.state, tuple(case.names_opened))


def check_is_in_the_middle(reference: str, facts: Mapping[str, str], closed: Set[str]) -> None:
    """Refuse before the terms of reference have chosen a methodology, and after the report; `closed` are stage keys."""
    if "methodology" not in facts:
        raise MoveRefused(
            f"{reference} has no methodology yet: it is chosen in the terms of reference. Complete those first."
        )
    if "report" in closed:
        raise MoveRefused(f"The report of {reference} is finished. Its methodology can no longer be changed.")


def end_what_must_wait(case: Case) -> None:
    """End the open stages that the methodology does not need, or that now have to wait for others."""
    opened = {stage.key for stage in case.open_stages()}
    done = case.finished_keys()
    for spec in case.pipeline.stages[1:]:
        ready = done.issuperset(spec.after)
        wanted = needed(spec, case.all_facts)
        if ready and not wanted:
            done.add(spec.key)
        if spec.key in opened and not (ready and wanted):
            end_stage_rows(case, spec.key)


def end_stage_rows(case: Case, key: str) -> None:
    """End the open rows of a stage; they can be opened again."""
    for stage in [one for one in case.open_stages() if one.key == key]:
        end_stage(case, stage)
    case.reload_stages()


def add_reviewer(act: Act, reference: str, data: Mapping[str, Any]) -> Moved:
    """Appoint a further lead reviewer, who must be independent too. Raises as `change_methodology` does."""
    case = load(act, reference)
    check_live(case)
    check_may_steer(case, act.person)
    if not case.roles.get(Role.LEAD_REVIEWER):
        raise MoveRefused(
            f"{case.reference} has no lead reviewer yet. Complete the stage that appoints them, and name every "
            "lead reviewer there."
        )
    named = read(Reviewer, data)
    person = person_for(act.session, email=named.email, name=named.name, organisation=named.organisation)
    check_independence(named.name, person, named.organisation, agencies_known(case))
    involve_person(case, person, Role.LEAD_REVIEWER)
    store(case, "lead reviewer added", act.person, detail={"person": person.id})
    return Moved(reference, case.state, ())
