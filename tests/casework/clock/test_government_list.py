"""Our rules against the government's own list of bank holidays, as `govuk-bank-holidays` carries it."""

from datetime import date, datetime, timedelta

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays

from casework.clock import LONDON, england_and_wales
from casework.clock.working_days import OFFICIAL_NAMES, days_of

FIRST_YEAR = 2012  # the list begins here


@pytest.fixture(scope="module")
def official() -> dict[date, str]:
    """Date and title; from the package itself, never from the network."""
    listed = BankHolidays(use_cached_holidays=True).get_holidays(BankHolidays.ENGLAND_AND_WALES)
    return {holiday["date"]: holiday["title"] for holiday in listed}


def test_every_weekday_is_closed_exactly_when_the_government_says_so(official: dict[date, str]) -> None:
    calendar = england_and_wales()
    weekdays = [day for year in range(FIRST_YEAR, max(official).year + 1) for day in days_of(year) if day.weekday() < 5]
    assert [day for day in weekdays if not calendar.is_working(day)] == sorted(official)


def test_ordinary_holidays_have_the_governments_names(official: dict[date, str]) -> None:
    titles = {title.replace("’", "'") for title in official.values()}  # the list has typographer's apostrophes
    named = {england_and_wales().why_closed(day) for day in official if day.year == 2024}
    assert named == titles & named
    assert titles >= set(OFFICIAL_NAMES.values())


def test_the_governments_list_reaches_a_year_ahead(official: dict[date, str]) -> None:
    today = datetime.now(LONDON).date()  # the one test that watches the real calendar
    assert max(official) - today >= timedelta(days=365), (
        f"The government's list as bundled ends on {max(official)}, within a year: run "
        "`make lock UPGRADE=govuk-bank-holidays`, `make setup` and this file, and add what has been proclaimed "
        "since to casework/clock/closures.py."
    )
