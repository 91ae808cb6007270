"""A forecast, counted by hand on a calendar: what it says, which stage it would move, and how it says it knows."""

from datetime import date

from sqlmodel import Session

from casework.record.store import Store
from casework.views.forecast.forecasting import forecasts, review_forecast
from casework.views.forecast.result import Forecast, NoForecast, Outlook, Why
from models.review import Review
from models.vocabulary import Basis, ReviewState
from tests.casework.views.forecast.rows import (
    BEFORE_TERMS,
    BOARD,
    DECIDED,
    DONE,
    EARLY,
    SINCE,
    TODAY,
    Open,
    add_agencies,
    add_meeting,
    add_promise,
    at_the_agency_reports,
    held,
    live,
    past,
    usual_lengths,
)


def forecast(session: Session, review: Review, today: date = TODAY) -> Forecast:
    """What is forecast of a review of which something can be."""
    found = review_forecast(session, review, today=today)
    assert isinstance(found, Forecast)
    return found


def test_what_will_be_late_is_said_months_ahead_with_the_stage_to_move(either_store: Store) -> None:
    with either_store.transaction() as session:
        usual_lengths(session)
        review = at_the_agency_reports(session, EARLY)

        assert review_forecast(session, review, today=TODAY) == Forecast(
            reference=review.reference,
            outlook=Outlook.PROBABLY,
            target="Report",
            target_stage="report",
            due_on=date(2014, 9, 3),
            expected_on=date(2014, 9, 26),
            late_days=23,
            at_least=False,
            move="Report",
            move_stage="report",
            move_is_open=False,
            overlong=False,
            gain=50,
            slow="Agency report",
            slow_on=date(2014, 10, 6),
            because=(
                (
                    "‘Agency report’ has been open since Tuesday 20 May 2014, 13 days. The median of the last 3 on "
                    "this board in reviews of this type is 40 days: about Sunday 29 June 2014."
                ),
                (
                    "‘Combined chronology’ then begins, about Sunday 29 June 2014. The median of the last 3 on this "
                    "board in reviews of this type is 14 days: about Sunday 13 July 2014."
                ),
                (
                    "‘Practitioner events’ then begins, about Sunday 13 July 2014. The median of the last 3 on this "
                    "board in reviews of this type is 25 days: about Thursday 7 August 2014."
                ),
                (
                    "‘Report’ then begins, about Thursday 7 August 2014. The median of the last 3 on this board in "
                    "reviews of this type is 50 days: about Friday 26 September 2014."
                ),
                "‘Report’ is due on Wednesday 3 September 2014; Friday 26 September 2014 is 23 days after it.",
            ),
            in_short="Counted through 4 stages, from ‘Agency report’ to ‘Report’",
        )


def test_a_date_that_holds_unless_one_stage_is_slow_will_possibly_be_missed(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        found = forecast(session, at_the_agency_reports(session))

    assert (found.outlook, found.expected_on, found.late_days) == (Outlook.POSSIBLY, date(2014, 9, 26), 0)
    assert (found.slow, found.slow_on) == ("Agency report", date(2014, 10, 6))  # 50 days instead of 40: a Monday
    assert found.headline == (
        "‘Report’ is expected about Friday 26 September 2014, due Thursday 2 October 2014; it would be Monday "
        "6 October 2014 if ‘Agency report’ were slow."
    )


def test_a_date_that_holds_even_then_is_expected_in_time(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        found = forecast(session, at_the_agency_reports(session, {"decided_on": "2014-04-07"}))

    assert found.outlook is Outlook.IN_TIME
    assert found.headline == (
        "‘Report’ is expected in time: about Friday 26 September 2014, due Tuesday 7 October 2014."
    )


def test_of_several_agencies_the_slowest_counts(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        opened = (Open(date(2014, 5, 1), agency="health"), Open(SINCE, agency="police"))
        found = forecast(session, at_the_agency_reports(session, EARLY, *opened))

    assert found.expected_on == date(2014, 9, 26)
    assert found.because[0].startswith(
        "‘Agency report’ (the last of 2 side by side) has been open since Tuesday 20 May"
    )


def test_a_date_agreed_is_believed_while_it_lies_ahead(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        agreed = Open(SINCE, due=date(2014, 8, 4), basis=Basis.AGREED)  # a Monday
        found = forecast(session, at_the_agency_reports(session, EARLY, agreed))

    assert found.expected_on == date(2014, 11, 1)  # 14, 25 and 50 days after it: a Saturday
    assert found.because[0] == (
        "‘Agency report’ has been open since Tuesday 20 May 2014, 13 days. It is agreed for Monday 4 August 2014."
    )


def test_what_is_overdue_is_expected_after_as_long_as_those_took_that_lasted_so_long(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        overdue = Open(
            date(2014, 4, 22), due=date(2014, 5, 30), basis=Basis.AGREED
        )  # open for 41 days, since a Tuesday
        found = forecast(session, at_the_agency_reports(session, EARLY, overdue))

    assert found.because[0] == (
        "‘Agency report’ has been open since Tuesday 22 April 2014, 41 days; it was due on Friday 30 May 2014. Of the "
        "last 3 on this board in reviews of this type, one took at least as long; the median of these is 50 days: "
        "about Wednesday 11 June 2014."
    )
    assert found.expected_on == date(2014, 9, 8)  # 89 days later: a Monday


def test_what_is_open_longer_than_ever_before_is_counted_as_done_today_and_is_what_to_move(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        found = forecast(session, at_the_agency_reports(session, EARLY, Open(date(2014, 4, 1))))  # for 62 days

    assert (found.expected_on, found.at_least) == (date(2014, 8, 30), True)  # 89 days from today: a Saturday
    assert (found.move, found.move_is_open, found.outlook) == ("Agency report", True, Outlook.NOT_KNOWN)
    assert found.because[0] == (
        "‘Agency report’ has been open since Tuesday 1 April 2014, 62 days. That is longer than any of the last 3 on "
        "this board in reviews of this type took. It is counted as done on Monday 2 June 2014; what follows can only "
        "be later."
    )


def test_bringing_a_stage_forward_gains_only_until_what_goes_on_beside_it_decides(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        past(session, "family-invitation", 100, 110, 120)
        opened = {"agency-report": Open(SINCE), "family-invitation": Open(SINCE)}
        review = live(session, (*BEFORE_TERMS, "terms-of-reference"), opened, {"decided_on": "2014-02-03"})
        found = forecast(session, review)

    assert found.due_on == date(2014, 8, 3)
    assert found.expected_on == date(2014, 10, 27)  # a Monday: 110 days from Tuesday 20 May, then 50
    assert (found.move, found.gain) == ("Report", 50)
    assert found.because[-2] == "The stages beside these hold nothing up: they are expected to be done by then."


def test_too_little_history_is_said_and_no_length_is_made_up(store: Store) -> None:
    with store.transaction() as session:
        past(session, "agency-report", 30, 40)
        past(session, "report", 40, 50, 60)
        found = forecast(session, at_the_agency_reports(session))

    assert (found.outlook, found.at_least) == (Outlook.NOT_KNOWN, True)
    assert found.expected_on == date(2014, 7, 22)  # 50 days from today, as nothing else is counted: a Tuesday
    assert found.because[0] == (
        "‘Agency report’ has been open since Tuesday 20 May 2014, 13 days. This board has 2 past ones, and a median "
        "takes 3: how long it takes is not known, and no time is counted for it."
    )
    assert found.headline == (
        "So far nothing says that ‘Report’ will be late: at the earliest on Tuesday 22 July 2014, due Thursday "
        "2 October 2014."
    )


def test_with_no_history_at_all_nothing_is_forecast(store: Store) -> None:
    with store.transaction() as session:
        review = at_the_agency_reports(session)

        found = review_forecast(session, review, today=TODAY)
        assert found == NoForecast(review.reference, Why.TOO_FEW)
        assert found.headline == (
            "There is no forecast yet. It is based on how long each stage took on this board before, and no stage "
            "that is still to come has been done 3 times."
        )


def test_without_a_past_a_stage_is_expected_on_its_own_deadline(store: Store) -> None:
    with store.transaction() as session:
        past(session, "national-panel", 5, 6, 7)
        past(session, "lead-reviewer", 5, 6, 7)
        due = Open(date(2014, 5, 26), due=date(2014, 6, 6), basis=Basis.STATUTORY_GUIDANCE)  # a Friday
        review = live(session, BEFORE_TERMS[:3], {"chair-decision": due}, {"decision": ""})
        found = review_forecast(session, review, today=TODAY)

    assert isinstance(found, NoForecast)  # its own deadline is no evidence that it will be kept


def test_a_date_agreed_for_a_stage_is_no_evidence_that_it_will_be_kept(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        agreed = Open(SINCE, due=date(2014, 8, 4), basis=Basis.AGREED)
        review = live(session, DONE, {"agency-report": agreed})  # nobody has decided, so that no other date lies ahead

        assert review_forecast(session, review, today=TODAY) == NoForecast(review.reference, Why.NO_DATE)


def test_a_date_agreed_is_at_risk_where_what_comes_before_it_will_be_late(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        found = forecast(session, at_the_agency_reports(session, DECIDED | {"events_due": "2014-07-07"}))  # a Monday

    assert (found.target, found.due_on, found.expected_on) == (
        "Practitioner events",
        date(2014, 7, 7),
        date(2014, 8, 7),
    )


def test_a_meeting_arranged_for_a_stage_goes_before_what_is_usual(either_store: Store) -> None:
    with either_store.transaction() as session:
        usual_lengths(session)
        review = at_the_agency_reports(session, EARLY)
        add_meeting(session, review, "practitioner-events", date(2014, 7, 14))  # a Monday
        add_meeting(session, review, "practitioner-events", date(2014, 7, 21))
        add_meeting(session, review, "practitioner-events", date(2014, 8, 25), cancelled=TODAY)
        found = forecast(session, review)

    assert found.expected_on == date(2014, 9, 9)  # 50 days after the last meeting: a Tuesday
    assert found.because[2] == (
        "‘Practitioner events’ then begins, about Sunday 13 July 2014. A meeting for it is arranged for Monday "
        "21 July 2014."
    )


def test_what_an_author_said_last_about_a_report_goes_before_the_date_agreed_and_that_is_then_at_risk(
    either_store: Store,
) -> None:
    with either_store.transaction() as session:
        usual_lengths(session)
        agreed = Open(SINCE, due=date(2014, 6, 16), basis=Basis.AGREED, agency="police")  # a Monday
        review = at_the_agency_reports(session, {"decided_on": "2014-05-12"}, agreed)
        add_promise(session, review, "agency-report:police", date(2014, 6, 23))
        add_promise(session, review, "agency-report:police", date(2014, 6, 30))
        found = forecast(session, review)

    assert (found.outlook, found.late_days) == (Outlook.PROBABLY, 14)
    assert found.in_short == "Counted from ‘Agency report’ itself"
    assert found.because == (
        (
            "‘Agency report’ has been open since Tuesday 20 May 2014, 13 days. Its owner says that it will be given "
            "on Monday 30 June 2014."
        ),
        "‘Agency report’ is due on Monday 16 June 2014; Monday 30 June 2014 is 14 days after it.",
    )


def test_a_stage_that_is_done_no_longer_counts(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        review = live(session, (*DONE, "agency-report"), {"combined-chronology": Open(TODAY)}, EARLY)
        found = forecast(session, review)

    assert found.expected_on == date(2014, 8, 30)  # 14, 25 and 50 days from Monday 2 June: a Saturday
    assert [step.split("’")[0] for step in found.because] == [
        "‘Combined chronology",
        "‘Practitioner events",
        "‘Report",
        "‘Report",
    ]


def test_a_review_past_its_date_says_that_it_was_missed(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        late = Open(date(2014, 5, 5), due=date(2014, 5, 30), basis=Basis.STATUTORY_GUIDANCE)
        review = live(session, (*DONE, "agency-report", "combined-chronology", "practitioner-events"), {"report": late})
        found = forecast(session, review)

        assert (found.outlook, found.late_days) == (Outlook.MISSED, 25)
        assert found.headline == ("‘Report’ was due on Friday 30 May 2014; it is expected about Tuesday 24 June 2014.")
        assert forecasts(session, BOARD, today=TODAY) == []  # it stands where what is overdue stands


def test_a_hold_without_an_end_is_not_forecast(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        review = live(session, DONE, {"agency-report": Open(SINCE)}, EARLY, state=ReviewState.HELD)
        held(session, review, date(2014, 5, 26))

        assert forecasts(session, BOARD, today=TODAY) == []
        assert review_forecast(session, review, today=TODAY) == NoForecast(review.reference, Why.ON_HOLD)


def test_a_hold_with_an_expected_end_is_supposed_to_end_then(either_store: Store) -> None:
    with either_store.transaction() as session:
        usual_lengths(session)
        review = live(session, DONE, {"agency-report": Open(SINCE)}, EARLY, state=ReviewState.HELD)
        held(session, review, date(2014, 5, 26), until=date(2014, 6, 30))  # Monday to Monday, 35 days
        found = forecast(session, review)

    assert found.expected_on == date(2014, 10, 31)  # 35 days later than without the hold: a Friday
    assert found.because[:2] == (
        (
            "The review is on hold. The forecast assumes that it resumes when the hold is expected to end, Monday "
            "30 June 2014."
        ),
        (
            "‘Agency report’ has been open since Tuesday 20 May 2014, 6 days, without 35 days on hold. The median of "
            "the last 3 on this board in reviews of this type is 40 days: about Sunday 3 August 2014."
        ),
    )


def test_a_decision_still_to_come_is_taken_as_in_the_timetable_and_that_is_said(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        past(session, "terms-of-reference", 30, 30, 30)
        opened = {"terms-of-reference": Open(SINCE)}
        review = live(session, BEFORE_TERMS, opened, EARLY)
        review.facts = {"notified_on": "2014-05-06", "decision": "serious-case-review", **EARLY}
        session.flush()
        found = forecast(session, review)

    assert found.because[-2] == (
        "What ‘Terms of reference and methodology’ will say is not known: the forecast takes it as in the timetable "
        "of such a review."
    )


def test_a_review_that_has_ended_is_not_forecast(store: Store) -> None:
    with store.transaction() as session:
        review = live(session, DONE, {}, state=ReviewState.WITHDRAWN)

        assert review_forecast(session, review, today=TODAY) == NoForecast(review.reference, Why.ENDED)


def test_without_a_date_ahead_none_can_be_missed(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        review = live(
            session, (*DONE, "agency-report"), {"combined-chronology": Open(TODAY)}
        )  # decided, nobody says when

        assert review_forecast(session, review, today=TODAY) == NoForecast(review.reference, Why.NO_DATE)


def test_the_advice_says_which_stage_to_move_and_how(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        past(session, "terms-of-reference", 80, 80, 80)
        at_the_start = live(session, BEFORE_TERMS, {"terms-of-reference": Open(SINCE)}, EARLY)
        later = at_the_agency_reports(session, EARLY)
        overlong = at_the_agency_reports(session, {"decided_on": "2014-02-03"}, Open(date(2014, 4, 1)))
        in_time = at_the_agency_reports(session, {"decided_on": "2014-04-07"})
        advice = [forecast(session, each).advice for each in (at_the_start, later, overlong, in_time)]

    assert advice == [
        ("Complete ‘Terms of reference and methodology’ sooner: no other stage can save so much time, up to 67 days."),
        "Plan less time for ‘Report’: no other stage can save so much time, up to 50 days.",
        (
            "Ask for ‘Agency report’ now: it has been open longer than ever before, and the forecast assumes that "
            "it is done today."
        ),
        "",
    ]


def test_a_board_sees_those_that_will_be_late_the_most_late_first(either_store: Store) -> None:
    with either_store.transaction() as session:
        usual_lengths(session)
        a_little = at_the_agency_reports(session, EARLY)
        in_time = at_the_agency_reports(session)
        much = at_the_agency_reports(session, {"decided_on": "2014-02-03"}, Open(TODAY))
        add_agencies(session, a_little, "health", "police")
        found = forecasts(session, BOARD, today=TODAY)

        assert [(each.reference, each.late_days) for each in found] == [(much.reference, 67), (a_little.reference, 23)]
        assert found[1] == review_forecast(session, a_little, today=TODAY)
        assert forecasts(session, BOARD, today=TODAY, limit=1) == found[:1]
        assert forecasts(session, "croydon", today=TODAY) == []
        assert in_time.reference not in str(found)


def test_a_review_of_a_type_that_the_board_no_longer_runs_keeps_nobody_from_seeing_the_others(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        late = at_the_agency_reports(session, EARLY)
        live(session, ("referral",), {}, type_="deep-dive")

        assert [each.reference for each in forecasts(session, BOARD, today=TODAY)] == [late.reference]


def test_a_letter_may_carry_it_as_no_agency_and_nobody_is_named(store: Store) -> None:
    with store.transaction() as session:
        usual_lengths(session)
        review = at_the_agency_reports(session, EARLY, Open(SINCE, agency="marked"), Open(SINCE, agency="marked-too"))
        add_agencies(session, review, "marked", "marked-too")
        found = forecast(session, review)

    assert "marked" not in " ".join((found.headline, found.target, found.move, *found.because)).lower()
