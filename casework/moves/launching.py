"""Launching a review from a referral, or from the proposal of a theme."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from sqlalchemy import column, insert, text
from sqlmodel import Session

from casework.framework.criteria import screen, type_for
from casework.framework.editions import edition_for, kind_under
from casework.framework.pipelines import PIPELINES, pipeline
from casework.framework.pipelines.table import Pipeline
from casework.framework.profiles import board
from casework.moves.stage_effects import check_consistent
from casework.moves.succession import appoint_successor
from casework.people.directory import find_person, person_for
from casework.people.roles import holders
from casework.record import journal
from casework.record.act import Act
from casework.record.prepared import Prepared
from casework.record.store import connection_of
from casework.reviews.case import REVIEW, Case, ClosedStage, Moved, load, queue_events, store
from casework.reviews.opening_stages import ADD_STAGE, open_what_follows
from casework.reviews.outer_dates import watch_outer_dates
from casework.reviews.permissions import check_may_launch
from casework.validation.reading import read
from models.errors import InputError, empty, fault
from models.forms.base import Form, check_days
from models.forms.referral import Criteria, Launch, Referral
from models.people import Person
from models.profile import BoardProfile, Clock, Kind
from models.remedies import AppointToBoard
from models.tables import id_of
from models.vocabulary import Decision, Known, ReviewEvent, ReviewState, Role, StageState, Suits
from models.wording import Key

ADD_REVIEW = Prepared(insert(REVIEW))
NEXT_NUMBER = Prepared(
    text(
        "INSERT INTO note (key, value) VALUES (:key, '1') "
        "ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(note.value AS INTEGER) + 1 AS VARCHAR(200)) RETURNING value"
    ).columns(column("value"))
)


def launch_file(act: Act, data: Mapping[str, Any], *, launched_by: str | None = None) -> Moved:
    """Launch from a launch file's content, putting the people it names into their roles first.

    A file that names no type is launched as what the criteria recommend. `launched_by` is the business manager's
    e-mail address; when it is left out, the one in the file, or on record.
    Raises InputError with a sentence a mistake, and then changes nothing.
    """
    form = read(Launch, data)
    profile = board(form.board)
    type_ = form.type or type_to_launch(profile, read(Referral, first_form_data(form, "referral", "review")))
    profile_with(form.board, type_)
    first = pipeline(type_).first
    content = read(first.form, first_form_data(form, first.key, pipeline(type_).title.lower()), under=first.key)
    for role, named in form.people.items():
        person = person_for(act.session, email=named.email, name=named.name, organisation=named.organisation)
        appoint_successor(act, board=form.board, role=role, person=person)
    launcher = find_person(act.session, launched_by) if launched_by else business_manager(act.session, form.board)
    return launch(replace(act, by=launcher), form.board, type_, content)


def first_form_data(form: Launch, part: str, what: str) -> Mapping[str, Any]:
    """The part of a launch file that a review begins with; raises InputError where it is missing."""
    content = cast("Mapping[str, Any] | None", getattr(form, part))
    if content is None:
        raise InputError(
            fault(
                part,
                None,
                "is missing. A {what} begins with its {part}: add the section [{part}] to the file.",
                what=what,
                part=part,
            )
        )
    return content


def type_to_launch(profile: BoardProfile, referral: Referral) -> str:
    """The review type as which a referral comes in: what the criteria recommend under the edition that holds.

    Where they recommend none, the one for cases below the threshold, in which no review can still be decided; else
    the first that begins with a referral. Raises InputError on a board that has none of these.
    """
    found = screen(referral, profile, edition_for(profile, happened_on(referral)))
    begin_so = begin_with_referral(profile)
    if found.recommendation != Decision.NO_REVIEW:
        return found.recommendation
    if not begin_so:
        raise InputError(
            fault(
                "type",
                None,
                "{board} runs no review that begins with a referral. Name another type.",
                board=profile.name.value,
            )
        )
    return type_for(profile, Suits.BELOW_THRESHOLD) or begin_so[0]


def begin_with_referral(profile: BoardProfile) -> list[str]:
    """The review types of a board that begin with a referral, in the order of its profile."""
    return [type_ for type_ in profile.reviews if PIPELINES[type_].first.form is Referral]


def those_that_fit(profile: BoardProfile, referral: Criteria) -> list[str]:
    """The types as which a referral may be launched: the review of a child's death only where a child has died."""
    died = referral.child_died is Known.YES
    return [type_ for type_ in begin_with_referral(profile) if died or type_ != Decision.CHILD_DEATH_REVIEW]


def check_has_died(type_: str, first: Form) -> None:
    """Refuse the review of a child's death where it is not said that a child has died."""
    if type_ == Decision.CHILD_DEATH_REVIEW and isinstance(first, Criteria) and first.child_died is not Known.YES:
        raise InputError(
            fault(
                "child_died",
                first.child_died,
                "is the answer, but a child death review is of a child who has died. Answer yes, or choose another "
                "type.",
            )
        )


def profile_with(name: str, type_: str) -> BoardProfile:
    """The board's profile; raises NotFound for an unknown board, InputError for a type that it does not run."""
    profile = board(name)
    if profile.kind(type_) is None:
        raise InputError(
            fault(
                "type",
                Key(type_),
                "is not a review that {board} runs. It runs: {types}.",
                board=profile.name.value,
                types=", ".join(profile.reviews),
            )
        )
    return profile


def business_manager(session: Session, board_name: str) -> Person:
    """The board's business manager; raises InputError, with the remedy, where there is none."""
    found = [person for role, person in holders(session, board_name) if role is Role.BUSINESS_MANAGER]
    if not found:
        raise InputError(
            fault(
                "people",
                None,
                "{board} has no business manager yet. Name one in the file under people.business-manager (name, "
                "email).",
                board=board_name,
            ),
            remedy=AppointToBoard(board_name, Role.BUSINESS_MANAGER),
        )
    return found[0]


def launch(act: Act, board_name: str, type_: str, first: Form, *, converted_from: str | None = None) -> Moved:
    """Launch a review: the referral or proposal, `first`, is its first stage, completed; what follows it opens.

    Raises NotFound, NotAllowed or InputError.
    """
    profile = profile_with(board_name, type_)
    table = pipeline(type_)
    check_may_launch(act.session, board_name, act.person)
    check_begins_with(table, first)
    check_has_died(type_, first)
    check_can_be(first, today=act.today)
    for may_become in what_it_may_become(profile, type_, first):
        check_triggers(kind_under(profile, may_become, edition_for(profile, happened_on(first)).key), first)
    case = new_case(act, board_name, profile, table, first, converted_from=converted_from)
    close_first(case, first, act.person)
    open_what_follows(case)
    watch_outer_dates(case)
    queue_events(case)
    return Moved(case.reference, case.state, tuple(case.names_opened))


def check_begins_with(table: Pipeline, first: Form) -> None:
    """Refuse a referral where a theme is wanted, and the other way round."""
    if type(first) is not table.first.form:
        raise InputError(
            fault(
                "type",
                None,
                "a {what} begins with a {first}. Choose another type.",
                what=table.title.lower(),
                first=table.first.key,
            )
        )


def check_can_be(first: Form, *, today: date) -> None:
    """Refuse a referral or proposal that cannot be right, as whatever type it comes in; raises InputError."""
    check_days(first, since=None, today=today)
    if isinstance(first, Referral):
        check_incident(first)
        check_consistent(first)


def triggers_left_out(kind: Kind, first: Form) -> list[Clock]:
    """The deadlines of a review type that count from a day which the referral asks for, and which was left empty."""
    said = first.facts_recorded()
    return [clock for clock in kind.clocks.values() if clock.trigger in first.facts and clock.trigger not in said]


def what_it_may_become(profile: BoardProfile, type_: str, first: Form) -> set[str]:
    """The types whose days must be known at the launch: the one chosen, and the one that the criteria recommend."""
    return {type_, type_to_launch(profile, first)} if isinstance(first, Referral) else {type_}


def check_triggers(kind: Kind, first: Form) -> None:
    """Refuse to begin without the day from which a deadline of this review is counted."""
    for clock in triggers_left_out(kind, first):
        raise InputError(
            empty(
                clock.trigger,
                "Give this day: a deadline of {rule} counts from it. {explains}",
                rule=clock.rule,
                explains=clock.explains,
            )
        )


def began_on(first: Form) -> date:
    """The day on which the board was notified, or the theme proposed."""
    return cast("date", getattr(first, first.done_on or ""))


def happened_on(first: Form) -> date:
    """The day that decides which edition a review keeps: of the incident if it is known, else of the notification."""
    return getattr(first, "incident_on", None) or began_on(first)


def check_incident(referral: Referral) -> None:
    """Refuse an incident of which the board would have been notified before it happened."""
    if referral.incident_on and referral.incident_on > referral.notified_on:
        raise InputError(
            fault(
                "incident_on",
                referral.incident_on,
                "is after the day the board was notified, {notified_on}. Give the day it happened, or leave it empty.",
                notified_on=referral.notified_on,
            )
        )


def new_case(
    act: Act, board_name: str, profile: BoardProfile, table: Pipeline, first: Form, *, converted_from: str | None
) -> Case:
    """A new review's row, loaded as a case. It keeps the edition of the guidance that holds for its trigger."""
    reference = next_reference(act.session, profile, table, began_on(first).year)
    row = {
        "reference": reference,
        "board": board_name,
        "type": table.type,
        "edition": edition_for(profile, happened_on(first)).key,
        "state": ReviewState.OPEN,
        "launched_on": act.today,
        "facts": first.facts_recorded(),
        "referral": first.model_dump(mode="json", exclude_none=True),
        "converted_from": converted_from,
        "journal_length": 0,
        "journal_head": "",
    }
    ADD_REVIEW.run(connection_of(act.session), row)
    return load(act, reference)


def next_reference(session: Session, profile: BoardProfile, table: Pipeline, year: int) -> str:
    """The next reference of a board, type and year, such as LSCBN-SCR-2014-001; no two are ever the same."""
    series = f"{profile.code}-{table.prefix}-{year}"
    number = NEXT_NUMBER.rows(connection_of(session), {"key": f"last {series}"})[0].value
    return f"{series}-{int(number):03d}"


def close_first(case: Case, first: Form, by: Person) -> None:
    """Record the referral or proposal as the first stage, closed."""
    spec, outcome = case.pipeline.first, first.model_dump(mode="json", exclude_none=True)
    record_closed(case, spec.key, outcome, by, event=ReviewEvent.CLOSED)
    launched_as = {"board": case.board, "type": case.pipeline.type, "edition": case.edition}
    detail = {"outcome": journal.digest(case.secret, outcome), **launched_as}
    store(case, "launched", by, stage=spec.key, detail=detail)


def record_closed(case: Case, key: str, outcome: Mapping[str, Any], by: Person, *, event: ReviewEvent) -> None:
    """Put a stage on record that is closed from the start; `event` is what Prefect is told of it."""
    row = {
        "review_id": case.id,
        "board": case.board,
        "type": case.pipeline.type,
        "name": key,
        "key": key,
        "agency_id": None,
        "state": StageState.CLOSED,
        "owner_id": id_of(by),
        "opened_on": case.today,
        "closed_on": case.today,
        "closed_by": id_of(by),
        "outcome": dict(outcome),
    }
    stage_id = int(ADD_STAGE.rows(case.connection, row)[0].id)
    kept = ClosedStage(stage_id, key, key, None, StageState.CLOSED, id_of(by))
    case.note_event(event, stage_id)
    case.stages.append(kept)  # type: ignore[arg-type]  # what a move has closed itself stands in for its row
