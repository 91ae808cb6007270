"""The projected timetable, on dates counted by hand."""

from datetime import date

import pytest

from casework.views.timetable import timetable
from models.errors import NotFound


def dues(board: str, type_: str, start: date) -> dict[str, date | None]:
    return {row.stage: row.due for row in timetable(board, type_, start)}


def test_northamptonshires_serious_case_review_notified_on_tuesday_6_may_2014() -> None:
    decision, panel, report = date(2014, 6, 6), date(2014, 6, 20), date(2014, 12, 6)

    assert dues("northamptonshire", "serious-case-review", date(2014, 5, 6)) == {
        "referral": None,
        "criteria-screening": decision,
        "panel-recommendation": decision,
        "chair-decision": decision,  # one month from the notification
        "lead-reviewer": panel,
        "national-panel": panel,  # 14 days from the decision
        "terms-of-reference": report,
        "family-invitation": report,
        "agency-report": report,
        "combined-chronology": report,
        "practitioner-events": report,
        "report": report,  # six months from the decision
        "learning-summary": None,
        "board-approval": None,
        "publication": None,
        "action-plan": None,
        "dissemination": None,
        "monitoring": None,
        "impact": None,
        "closure": None,
        "publication-period": date(2015, 12, 6),  # twelve months from publication
    }


def test_barking_and_dagenhams_practice_learning_review_takes_six_months_from_the_initial_meeting() -> None:
    rows = {row.stage: row for row in timetable("barking-and-dagenham", "practice-learning-review", date(2017, 2, 28))}

    assert rows["report"].due == date(2017, 8, 28)
    assert rows["report"].rule == "6 months"
    assert rows["report"].trigger == "initial_meeting_on"
    assert rows["report"].basis == "local"
    assert rows["report"].cites == ("S003 Appendix B, Timescale", "S003 Methodology")
    assert rows["chair-decision"].due is None
    assert rows["chair-decision"].explanation == (
        "The framework gives no length of time for the decision. Within how long of the notification is it made?"
    )
    assert rows["partners-agreement"].owner == "Strategic Partners"


def test_barking_and_dagenham_tells_the_national_panel_on_request_only() -> None:
    assert "national-panel" not in dues("barking-and-dagenham", "serious-case-review", date(2017, 3, 1))


def test_northamptonshires_multi_agency_case_review_needs_no_agreement_of_strategic_partners() -> None:
    assert "partners-agreement" not in dues("northamptonshire", "practice-learning-review", date(2014, 5, 6))


def test_a_stage_ends_on_its_deadline_and_the_next_opens_that_day() -> None:
    rows = {row.stage: row for row in timetable("northamptonshire", "serious-case-review", date(2014, 1, 31))}

    assert rows["chair-decision"].due == date(2014, 2, 28)  # no 31 February
    assert rows["national-panel"].opens == date(2014, 3, 14)  # the reviewer is appointed in time for it
    assert rows["national-panel"].due == date(2014, 3, 14)
    assert rows["report"].due == date(2014, 8, 28)


def test_an_unknown_board_or_type_is_refused_with_those_there_are() -> None:
    with pytest.raises(NotFound, match="The profiles are: barking-and-dagenham, croydon, gloucestershire"):
        timetable("atlantis", "serious-case-review", date(2014, 5, 6))
    with pytest.raises(NotFound, match="‘deep-drive’ is not a review type"):
        timetable("northamptonshire", "deep-drive", date(2014, 5, 6))


def test_the_first_row_is_the_referral_itself() -> None:
    first = timetable("northamptonshire", "serious-case-review", date(2014, 5, 6))[0]

    assert (first.stage, first.opens, first.ends, first.due) == (
        "referral",
        date(2014, 5, 6),
        date(2014, 5, 6),
        None,
    )


def test_why_a_stage_has_no_date_is_said_of_that_stage_and_of_nothing_else() -> None:
    said = {row.stage: row.explanation for row in timetable("gloucestershire", "serious-case-review", date(2016, 5, 9))}
    themes = {row.stage: row.explanation for row in timetable("gloucestershire", "deep-dive", date(2016, 5, 9))}

    # not that it is open whether the National Panel is told
    by_hand = "The framework leaves the date open; the business manager may set one when the stage is open."
    assert (said["referral"], said["lead-reviewer"]) == ("It begins the review.", by_hand)
    assert (themes["proposal"], themes["deep-dive-plan"]) == ("It begins the review.", by_hand)
    assert themes["evidence"] == "The framework leaves the date open; it is agreed in the review."
