"""What always holds of a projection, whatever the lengths; and that it goes the way of the timetable."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from casework.framework.editions import edition_for
from casework.framework.pipelines import PIPELINES, pipeline
from casework.framework.profiles import board, board_names
from casework.views.forecast.frame import frame
from casework.views.forecast.past import FEWEST, History, Past
from casework.views.forecast.project import Projecting
from casework.views.forecast.said import EndKnownFrom
from casework.views.forecast.standing import Standing
from casework.views.timetable import supposed_facts, supposed_triggers, timetable
from models.vocabulary import Basis
from tests.casework.views.forecast.rows import BEFORE_TERMS, BOARD, TODAY, TRADITIONAL, TYPE

DAY = timedelta(days=1)
KEYS = [stage.key for stage in PIPELINES[TYPE].stages]
LENGTHS = st.lists(st.integers(0, 200), min_size=FEWEST, max_size=8).map(tuple)
HISTORIES = st.fixed_dictionaries(dict.fromkeys(KEYS, LENGTHS))
OPENED = st.dates(date(2014, 1, 6), TODAY)
AGREED = st.dates(TODAY, date(2015, 1, 5))


def open_row(key: str, since: date, due: date | None = None) -> Any:
    """An open stage as the database gives it."""
    return SimpleNamespace(
        name=key, opened_on=since, due_on=due, original_due_on=None, basis=Basis.AGREED if due else None
    )


def standing(opened: dict[str, list[Any]], done: tuple[str, ...] = ()) -> Standing:
    """A serious case review of which the report is due on Thursday 2 October 2014."""
    facts = TRADITIONAL | {"decided_on": "2014-04-02"}
    done = (*BEFORE_TERMS, "terms-of-reference", *done)
    return Standing(1, "LSCBN-SCR-2014-001", TYPE, "WT2013", False, facts, done=set(done), open=opened)


def report_expected(review: Standing, lengths: Mapping[str, tuple[int, ...]]) -> date:
    """When the report of a review is expected under such a history."""
    known = {(TYPE, key): Past(days, of_type=len(days)) for key, days in lengths.items()}
    walked = Projecting(review, frame(board(BOARD), TYPE, "WT2013"), History(Session(), BOARD, known), TODAY)
    return walked.steps()["report"].ends


@given(HISTORIES, OPENED, AGREED, st.integers(0, 100))
def test_what_comes_before_moved_later_never_makes_a_date_earlier(
    lengths: Mapping[str, tuple[int, ...]], since: date, agreed: date, days: int
) -> None:
    def expected(due: date) -> date:
        return report_expected(standing({"agency-report": [open_row("agency-report", since, due)]}), lengths)

    assert expected(agreed) <= expected(agreed + days * DAY)


@given(HISTORIES, OPENED, st.sampled_from(KEYS), st.floats(0, 1))
def test_a_faster_past_never_makes_a_date_later(
    lengths: Mapping[str, tuple[int, ...]], since: date, key: str, share: float
) -> None:
    opened = {"agency-report": [open_row("agency-report", since)], "family-invitation": [open_row("family", since)]}
    faster = dict(lengths) | {key: (*lengths[key], int(min(lengths[key]) * share))}

    assert report_expected(standing(opened), faster) <= report_expected(standing(opened), lengths)


@given(HISTORIES, OPENED, OPENED)
def test_a_stage_that_gets_done_never_makes_a_date_later(
    lengths: Mapping[str, tuple[int, ...]], since: date, other: date
) -> None:
    family = {"family-invitation": [open_row("family-invitation", other)]}
    before = standing({"agency-report": [open_row("agency-report", since)], **family})

    assert report_expected(standing(family, ("agency-report",)), lengths) <= report_expected(before, lengths)


@given(HISTORIES, st.lists(OPENED, min_size=1, max_size=5))
def test_side_by_side_the_slowest_agency_counts(lengths: Mapping[str, tuple[int, ...]], since: list[date]) -> None:
    def expected(*opened: date) -> date:
        rows = [open_row(f"agency-report:{number}", day) for number, day in enumerate(opened)]
        return report_expected(standing({"agency-report": rows}), lengths)

    assert expected(*since) == max(expected(day) for day in since)


def test_every_open_stage_is_done_today_at_the_earliest() -> None:
    review = standing({"agency-report": [open_row("agency-report", date(2014, 1, 6))]})  # a Monday, 147 days ago
    lengths = dict.fromkeys(KEYS, (0, 0, 0))

    assert report_expected(review, lengths) == TODAY


BOARDS_AND_TYPES = [(name, type_) for name in board_names() for type_ in board(name).reviews]


@pytest.mark.parametrize(("name", "type_"), BOARDS_AND_TYPES)
def test_a_projection_goes_through_the_stages_of_the_timetable(name: str, type_: str) -> None:
    profile, first = board(name), pipeline(type_).first
    under = frame(profile, type_, edition_for(profile, TODAY).key)
    facts = supposed_facts(first, TODAY, None) | supposed_triggers(first, under.kind, TODAY)
    review = Standing(1, "A-1", type_, edition_for(profile, TODAY).key, False, facts, done={first.key})
    steps = Projecting(review, under, History(Session(), name, Nothing()), TODAY).steps()

    of_themselves = {stage.key for stage in pipeline(type_).stages if stage.of_itself}
    expected = [row.stage for row in timetable(name, type_, TODAY)]
    assert [first.key, *steps] == [stage for stage in expected if stage not in of_themselves]
    assert {step.how for step in steps.values()} <= {EndKnownFrom.UNKNOWN, EndKnownFrom.PLANNED, EndKnownFrom.AGREED}


class Nothing(dict[tuple[str, str], Past]):
    """The history of a board that has none."""

    def __contains__(self, _: object) -> bool:
        return True

    def __missing__(self, _: tuple[str, str]) -> Past:
        return Past(())
