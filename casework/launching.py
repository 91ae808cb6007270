"""Launching a review from a referral, and carrying one over into another type."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Session, select

from casework import journal
from casework.boards import board
from casework.case import REVIEW, STAGE, Case, check_live, load, store
from casework.effects import check_consistent
from casework.moves import ClosedStage, Moved
from casework.opening import DROP_NOTICES, open_what_follows
from casework.people import find_person, holders, person_for
from casework.permissions import check_may_launch, check_may_steer
from casework.pipelines import pipeline
from casework.pipelines.table import Pipeline, needed
from casework.succession import succeed
from casework.wording import read
from models.errors import InputError, MoveRefused
from models.forms.base import check_days
from models.forms.decision import ChairDecision
from models.forms.referral import Launch, Referral
from models.people import Person
from models.profile import BoardProfile
from models.review import Agency, Involvement, Review, Stage
from models.vocabulary import ReviewState, Role, StageState

ADD_REVIEW, ADD_STAGE = insert(REVIEW), insert(STAGE)
NEXT_NUMBER = text(
    "INSERT INTO note (key, value) VALUES (:key, '1') "
    "ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(note.value AS INTEGER) + 1 AS VARCHAR(200)) RETURNING value"
)


def launch_file(session: Session, data: Mapping[str, Any], *, by: str | None, now: datetime, today: date) -> Moved:
    """Launch from a launch file's content, putting the people it names into their roles first.

    `by` is the business manager's e-mail address; when it is left out, the one in the file, or on record.
    Raises InputError with a sentence a mistake, and then changes nothing.
    """
    form = read(Launch, data)
    profile_with(form.board, form.type)
    for role, named in form.people.items():
        person = person_for(session, email=named.email, name=named.name, organisation=named.organisation)
        succeed(session, board=form.board, role=role, person=person, now=now, today=today)
    launcher = find_person(session, by) if by else business_manager(session, form.board)
    return launch(session, form.board, form.type, form.referral, by=launcher, now=now, today=today)


def profile_with(name: str, type_: str) -> BoardProfile:
    """The board's profile; raises NotFound for an unknown board, InputError for a type that it does not run."""
    profile = board(name)
    if profile.kind(type_) is None:
        raise InputError(
            f"type: ‘{type_}’ is not a review that {profile.name.value} runs. It runs: {', '.join(profile.reviews)}."
        )
    return profile


def business_manager(session: Session, board_name: str) -> Person:
    """The board's business manager; raises InputError, with the remedy, where there is none."""
    found = [person for role, person in holders(session, board_name) if role is Role.BUSINESS_MANAGER]
    if not found:
        raise InputError(
            f"people: nobody is business manager of {board_name} yet. Name one in the file under "
            f"people.business-manager (name, email), or `learning-cycle appoint "
            f"{board_name} business-manager EMAIL --name NAME`."
        )
    return found[0]


def launch(
    session: Session, board_name: str, type_: str, referral: Referral, *, by: Person, now: datetime, today: date,
    converted_from: str | None = None,
) -> Moved:  # fmt: skip
    """Launch a review: the referral is its first stage, completed; what follows it opens.

    Raises NotFound, NotAllowed or InputError.
    """
    profile = profile_with(board_name, type_)
    check_may_launch(session, board_name, by)
    check_days(referral, since=None, today=today)
    check_incident(referral)
    check_consistent(referral)
    table = pipeline(type_)
    case = new_case(session, board_name, profile, table, referral, now=now, today=today, converted_from=converted_from)
    close_first(case, referral, by)
    open_what_follows(case)
    return Moved(case.reference, case.state, tuple(case.opened))


def check_incident(referral: Referral) -> None:
    """Refuse an incident of which the board would have been notified before it happened."""
    if referral.incident_on and referral.incident_on > referral.notified_on:
        raise InputError(
            f"incident_on: ‘{referral.incident_on}’ lies after the day on which the board was notified, "
            f"{referral.notified_on}. Give the day on which it happened, or leave it out."
        )


def new_case(
    session: Session, board_name: str, profile: BoardProfile, table: Pipeline, referral: Referral, *, now: datetime,
    today: date, converted_from: str | None,
) -> Case:  # fmt: skip
    """A new review's row, loaded as a case."""
    reference = next_reference(session, profile, table, referral.notified_on.year)
    row = {
        "reference": reference, "board": board_name, "type": table.type, "edition": profile.edition.value,
        "state": ReviewState.OPEN, "launched_on": today, "facts": referral.facts_recorded(),
        "referral": referral.model_dump(mode="json", exclude_none=True), "converted_from": converted_from,
        "journal_length": 0, "journal_head": "",
    }  # fmt: skip
    session.connection().execute(ADD_REVIEW, row)
    return load(session, reference, now=now, today=today)


def next_reference(session: Session, profile: BoardProfile, table: Pipeline, year: int) -> str:
    """The next reference of a board, type and year, such as LSCBN-SCR-2014-001; no two are ever the same."""
    series = f"{profile.code}-{table.prefix}-{year}"
    number = session.connection().execute(NEXT_NUMBER, {"key": f"last {series}"}).scalar_one()
    return f"{series}-{int(number):03d}"


def close_first(case: Case, referral: Referral, by: Person) -> None:
    """Record the referral as the first stage, closed."""
    spec, outcome = case.pipeline.first, referral.model_dump(mode="json", exclude_none=True)
    record_closed(case, spec.key, None, outcome, by)
    store(
        case,
        "launched",
        by,
        stage=spec.key,
        detail={"outcome": journal.digest(case.secret, outcome), "board": case.board},
    )


def record_closed(case: Case, name: str, agency_id: int | None, outcome: Mapping[str, Any], by: Person) -> None:
    """Put a stage on record that is closed from the start."""
    assert by.id is not None
    row = {
        "review_id": case.id, "board": case.board, "type": case.pipeline.type, "name": name,
        "key": name.partition(":")[0], "agency_id": agency_id,
        "state": StageState.CLOSED, "owner_id": by.id, "opened_on": case.today, "closed_on": case.today,
        "closed_by": by.id, "outcome": dict(outcome),
    }  # fmt: skip
    added = case.connection.execute(ADD_STAGE, row)
    stage_id = int(added.inserted_primary_key[0])  # type: ignore[index]
    kept = ClosedStage(stage_id, name, name.partition(":")[0], agency_id, StageState.CLOSED, by.id)
    case.stages.append(kept)  # type: ignore[arg-type]  # what a move has closed itself stands in for its row


def convert(
    session: Session, reference: str, type_: str, *, reason: str, by: Person, now: datetime, today: date
) -> Moved:
    """Go on with a review as another type: everything typed that the new type asks for too is carried over.

    The old review ends; those of its open stages that have a deadline of the framework stay owed, such as telling
    the National Panel. Raises NotFound, NotAllowed, MoveRefused or InputError.
    """
    if not reason.strip():
        raise InputError("reason: is empty. Say why the review goes on as another type.")
    old = load(session, reference, now=now, today=today)
    check_live(old)
    check_may_steer(old, by)
    if old.state is ReviewState.HELD:
        raise MoveRefused(f"{reference} is on hold. Resume it first; then it can go on as another type.")
    if old.pipeline.type == type_:
        raise MoveRefused(f"{reference} is a {type_} already. Name another type to convert it to.")
    referral = session.exec(select(Review.referral).where(Review.id == old.id)).one()
    new = new_case(
        session, old.board, profile_with(old.board, type_), pipeline(type_), Referral.model_validate(referral),
        now=now, today=today, converted_from=reference,
    )  # fmt: skip
    close_first(new, Referral.model_validate(referral), by)
    carried = carry_over(old, new, by)
    open_what_follows(new)
    kept = {stage: journal.digest(new.secret, closed_outcomes(new).get(stage, {})) for stage in carried}
    store(new, "carried over", by, detail={"from": reference, "stages": carried, "outcomes": kept}, note=reason)
    end_undated_stages(
        old, carried_to={stage.key for stage in new.stages} | {name.partition(":")[0] for name in new.opened}
    )
    old.state = ReviewState.CONVERTED
    store(old, "converted", by, detail={"to": new.reference}, note=reason)
    return Moved(new.reference, new.state, tuple(new.opened))


def carry_over(old: Case, new: Case, by: Person) -> list[str]:
    """Copy the outcomes that both types ask for in the same form, as far as the new pipeline's order allows."""
    recorded = closed_outcomes(old)
    copy_people(old, new)
    done = {new.pipeline.first.key}
    for spec in new.pipeline.stages[1:]:
        if not done.issuperset(spec.after):
            continue
        outcome = recorded.get(spec.key)
        same_form = spec.key in old.pipeline.by_key and old.pipeline.by_key[spec.key].form is spec.form
        if not needed(spec, new.all_facts):
            done.add(spec.key)
        elif outcome is not None and same_form and not spec.per_agency and still_holds(new, spec.form, outcome):
            record_closed(new, spec.key, None, outcome, by)
            known = {name: old.facts[name] for name in spec.form.facts if name in old.facts}
            new.facts |= known
            done.add(spec.key)
    return sorted(stage.key for stage in new.stages if stage.key != new.pipeline.first.key)


def still_holds(new: Case, form: type, outcome: Mapping[str, Any]) -> bool:
    """Whether an outcome means the same in the new review: a decision does only if it was for this type."""
    return form is not ChairDecision or outcome.get("decision") == new.pipeline.type


def closed_outcomes(old: Case) -> dict[str, Mapping[str, Any]]:
    """What the closed stages of a review recorded, by key."""
    closed = select(Stage.key, Stage.outcome).where(Stage.review_id == old.id, Stage.state == StageState.CLOSED)
    return {key: outcome for key, outcome in old.session.exec(closed) if outcome is not None}


def copy_people(old: Case, new: Case) -> None:
    """The agencies named and the people involved stay with the case."""
    session = old.session
    for agency in session.exec(select(Agency).where(Agency.review_id == old.id)).all():
        session.add(Agency(review_id=new.id, slug=agency.slug, name=agency.name, author_id=agency.author_id))
    for held in session.exec(select(Involvement).where(Involvement.review_id == old.id)).all():
        session.add(Involvement(review_id=new.id, person_id=held.person_id, role=held.role))
        new.roles.setdefault(held.role, []).append(held.person_id)
    session.flush()


def end_undated_stages(old: Case, *, carried_to: set[str]) -> None:
    """End what is open, unless it is a duty with a deadline of the framework that the new review does not take over."""
    connection = old.connection
    for stage in old.open_stages():
        if old.pipeline.by_key[stage.key].clock is None or stage.due_on is None or stage.key in carried_to:
            connection.execute(STAGE.update().where(STAGE.c.id == stage.id).values(state=StageState.ENDED))
            connection.execute(DROP_NOTICES, {"stage": stage.id})
