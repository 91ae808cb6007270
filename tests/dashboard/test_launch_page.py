"""Launching a review in the browser."""

from typing import Any

from tests.dashboard.house import House, problems, title, words
from tests.walking import AGENCIES, MANAGER, launched, referral

FORM = "/launch/northamptonshire/serious-case-review"


def test_a_business_manager_chooses_among_the_types_of_the_own_boards(home: House) -> None:
    launched(home.store)
    page = home.signed_in(MANAGER).get("/launch")

    assert [part in words(page) for part in ("Serious case review", "Multi-agency case review", "Barking")] == [
        True, True, False,
    ]  # fmt: skip


def test_a_referral_becomes_a_review_with_the_criterias_recommendation(home: House) -> None:
    launched(home.store)
    browser = home.signed_in(MANAGER)

    sent = browser.send_form(FORM, referral())
    page = browser.get(sent.headers["location"])

    assert (sent.status_code, title(page)) == (303, "LSCBN-SCR-2014-002 Open")
    assert "LSCBN-SCR-2014-002 is launched. Now open: Screening against the criteria." in words(page)
    assert "as it came in The criteria for a serious case review are met. Recommended: serious" in words(page)
    assert "Why should it be reviewed? Several agencies knew the family." in words(page)


def test_a_referral_sent_twice_from_one_page_launches_one_review(home: House) -> None:
    launched(home.store)
    browser = home.signed_in(MANAGER)
    page, other = (once_of(browser.get(FORM).text) for _ in range(2))

    twice = [browser.send_form(FORM, referral(once=page)).headers["location"] for _ in range(2)]
    changed = browser.send_form(FORM, referral(once=page, reasons="Others.")).headers["location"]
    another = browser.send_form(FORM, referral(once=other)).headers["location"]

    assert [*twice, changed, another] == [f"/reviews/LSCBN-SCR-2014-00{number}?entry=1" for number in (2, 2, 3, 4)]


def once_of(page: str) -> str:
    """What tells one page of the form from every other."""
    return page.partition('name="once" value="')[2].partition('"')[0]


def test_a_wrong_referral_is_kept_and_launches_nothing(home: House) -> None:
    launched(home.store)
    browser = home.signed_in(MANAGER)
    wrong: dict[str, Any] = referral(referred_by="nobody", agencies=[AGENCIES[0], {"name": "Police"}])

    sent = browser.send_form(FORM, wrong)

    assert (sent.status_code, problems(sent)) == (422, [
        "‘nobody’ is not an e-mail address: give one such as name@board.example",
        "Enter an answer for ‘Report author’ (number 2 of ‘Agencies involved’)",
        "Enter an answer for ‘Author’s e-mail address’ (number 2 of ‘Agencies involved’)",
    ])  # fmt: skip
    assert ("A child was seriously harmed." in sent.text, 'value="Police"' in sent.text) == (True, True)
    assert browser.get("/reviews/LSCBN-SCR-2014-002").status_code == 404


def test_a_notification_that_lies_ahead_is_refused_at_its_field(home: House) -> None:
    launched(home.store)
    sent = home.signed_in(MANAGER).send_form(FORM, referral(notified_on="2020-01-07"))

    assert (sent.status_code, 'href="#notified_on-day"' in sent.text) == (422, True)


def test_the_timetable_is_seen_before_anything_is_launched(home: House) -> None:
    launched(home.store)
    browser = home.signed_in(MANAGER)
    given = "notified_on-day=6&notified_on-month=5&notified_on-year=2014"
    page, today = browser.get(f"{FORM}/timetable?{given}"), browser.get(f"{FORM}/timetable")

    assert "Chair’s decision LSCB Independent Chair" in words(page)
    assert ("Due 6 June 2014" in words(page), "Notified on 6 January 2020" in words(today)) == (True, True)
    assert browser.get("/reviews/LSCBN-SCR-2014-002").status_code == 404


def test_a_day_that_is_none_is_refused_on_the_timetable(home: House) -> None:
    launched(home.store)
    answer = home.signed_in(MANAGER).get(
        f"{FORM}/timetable?notified_on-day=31&notified_on-month=2&notified_on-year=2014"
    )

    assert (answer.status_code, problems(answer)) == (422, ["‘2014-2-31’ is not a date: use day, month, year"])


def test_unknown_boards_and_types_are_refused(home: House) -> None:
    launched(home.store)
    browser = home.signed_in(MANAGER)
    answers = [
        browser.get(path).status_code
        for path in (
            "/launch/nowhere/serious-case-review", "/launch/northamptonshire/audit",
            "/launch/barking-and-dagenham/serious-case-review",
        )
    ]  # fmt: skip

    assert answers == [404, 422, 403]
