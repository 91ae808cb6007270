"""What can be launched, a theme proposed, and the timetable beforehand, in the browser."""

from casework.framework.pipelines import PIPELINES
from casework.views.review import review_view
from dashboard.presenters.launching import WHAT_IT_IS
from tests.dashboard.house import House, problems, title, words
from tests.dashboard.test_refer_page import manages
from tests.walking import MANAGER, launched, referral

SERIOUS, AUDIT = "/launch/northamptonshire/serious-case-review", "/launch/northamptonshire/thematic-audit"
THEME = {
    "proposed_on": "2014-05-06",
    "theme": "Children missing from home",
    "source": "board-priority",
    "proposed_by": "The Quality sub-group",
    "rationale": "Two cases in a year.",
}


def test_every_review_type_says_what_it_is_for() -> None:
    assert sorted(WHAT_IT_IS) == sorted(PIPELINES)


def test_a_business_manager_finds_the_types_of_the_own_boards_after_a_referral_and_from_a_theme(home: House) -> None:
    launched(home.store)
    page = home.signed_in(MANAGER).get("/launch")
    after_referral, _, from_theme = words(page).partition("From a theme")

    assert ("Multi-agency case review" in after_referral, "Multi-agency thematic audit" in from_theme) == (True, True)
    assert ("thematic audit" in after_referral, "case review" in from_theme, "Barking" in words(page)) == (
        False,
        False,
        False,
    )
    assert [f'href="{path}"' in page.text for path in ("/refer/northamptonshire", AUDIT, f"{SERIOUS}/timetable")] == [
        True,
        True,
        True,
    ]


def test_the_roles_that_nobody_holds_yet_are_named_before_anything_is_launched(home: House) -> None:
    page = words(manages(home, "welsh-safeguarding-board").get("/launch"))

    assert (
        "Nobody holds these roles yet: Chair of the Board, Chair of the Review Panel, Chair of the child practice "
        "review sub-group. You are responsible for their stages"
    ) in page


def test_a_board_that_starts_nothing_from_a_theme_is_not_asked_for_one(home: House) -> None:
    page = words(manages(home, "welsh-safeguarding-board").get("/launch"))

    assert ("Child practice review" in page, "From a theme" in page) == (True, False)


def test_reviews_are_filtered_by_the_types_that_the_own_boards_run(home: House) -> None:
    page = manages(home, "gloucestershire").get("/").text

    assert [f'<option value="{type_}"' in page for type_ in ("light-touch-review", "rapid-review")] == [True, False]
    assert "Extended learning review</option>" in page


def test_other_names_of_a_review_are_said_beside_its_own(home: House) -> None:
    page = words(manages(home, "gloucestershire").get("/launch"))

    assert "Case review Also: Practice learning review" in page
    assert "Deep dive review Also: In depth analysis of a priority area, Deep dive" in page


def test_what_begins_with_a_referral_is_referred(home: House) -> None:
    launched(home.store)
    manager = home.signed_in(MANAGER)
    asked, sent = manager.get(SERIOUS), manager.send_form(SERIOUS, referral())

    assert (asked.status_code, asked.headers["location"]) == (303, "/refer/northamptonshire")
    assert (sent.status_code, "This review begins with a referral." in words(sent)) == (422, True)


def test_a_theme_becomes_a_review_that_waits_for_its_agreement(home: House) -> None:
    launched(home.store)
    browser = home.signed_in(MANAGER)

    sent = browser.send_form(AUDIT, THEME)
    page = browser.get(sent.headers["location"])

    assert (sent.status_code, title(page)) == (303, "LSCBN-TA-2014-001 Open")
    assert "LSCBN-TA-2014-001 is launched. Now open: Theme agreed." in words(page)
    assert ("Theme Children missing from home" in words(page), "criteria" in words(page)) == (True, False)


def test_whoever_agrees_a_theme_is_shown_no_criteria(home: House) -> None:
    launched(home.store)
    home.signed_in(MANAGER).send_form(AUDIT, THEME)
    with home.store.reading() as session:
        decider = review_view(session, "LSCBN-TA-2014-001").open_stages[0].owner_email
    page = home.signed_in(decider).get("/reviews/LSCBN-TA-2014-001/stages/theme-agreement")

    assert (page.status_code, "What the criteria say" in words(page)) == (200, False)


def test_a_theme_sent_twice_from_one_page_launches_one_review(home: House) -> None:
    launched(home.store)
    browser = home.signed_in(MANAGER)
    sent = [browser.send_form(AUDIT, THEME | {"once": once}).headers["location"] for once in ("a", "a", "b")]

    assert sent == [f"/reviews/LSCBN-TA-2014-00{number}?entry=1" for number in (1, 1, 2)]


def test_a_wrong_proposal_is_kept_and_launches_nothing(home: House) -> None:
    launched(home.store)
    browser = home.signed_in(MANAGER)
    sent = browser.send_form(AUDIT, THEME | {"proposed_on": "2020-01-07"})
    empty = browser.send_form(AUDIT, {"theme": "Children missing from home"})

    assert (sent.status_code, 'href="#proposed_on-day"' in sent.text, "Two cases in a year." in sent.text) == (
        422,
        True,
        True,
    )
    assert (empty.status_code, len(problems(empty)), 'value="Children missing from home"' in empty.text) == (
        422,
        4,
        True,
    )
    assert browser.get("/reviews/LSCBN-TA-2014-001").status_code == 404


def test_the_timetable_is_seen_before_anything_is_launched(home: House) -> None:
    launched(home.store)
    browser = home.signed_in(MANAGER)
    given = "notified_on-day=6&notified_on-month=5&notified_on-year=2014"
    page, today = browser.get(f"{SERIOUS}/timetable?{given}"), browser.get(f"{SERIOUS}/timetable")

    assert "Chair’s decision LSCB Independent Chair" in words(page)
    assert ("Due 6 June 2014" in words(page), "Notified on 6 January 2020" in words(today)) == (True, True)
    assert "under HM Government, Working Together to Safeguard Children, March 2013" in words(page)
    with home.store.reading() as session:
        assert review_view(session, "LSCBN-SCR-2014-001").converted_to is None
    assert browser.get("/reviews/LSCBN-SCR-2014-002").status_code == 404


def test_the_timetable_supposes_the_methodology_that_is_chosen(home: House) -> None:
    launched(home.store)
    browser = home.signed_in(MANAGER)
    supposed = {
        method: words(browser.get(f"{SERIOUS}/timetable?methodology={method}"))
        for method in ("", "scie-learning-together", "hybrid")
    }

    steps = {method: ("Agency report" in page, "conversations" in page) for method, page in supposed.items()}
    assert steps == {"": (True, False), "scie-learning-together": (False, True), "hybrid": (True, False)}


def test_the_timetable_of_a_theme_counts_from_its_proposal_and_asks_for_no_methodology(home: House) -> None:
    launched(home.store)
    browser = home.signed_in(MANAGER)
    page = browser.get(f"{AUDIT}/timetable?proposed_on-day=6&proposed_on-month=5&proposed_on-year=2014")

    assert "When is, or was, the theme proposed?" in words(page)
    assert ("Proposed on 6 May 2014" in words(page), "methodology" in words(page)) == (True, False)


def test_a_day_that_is_none_is_refused_on_the_timetable(home: House) -> None:
    launched(home.store)
    answer = home.signed_in(MANAGER).get(
        f"{SERIOUS}/timetable?notified_on-day=31&notified_on-month=2&notified_on-year=2014"
    )

    assert (answer.status_code, problems(answer)) == (
        422,
        ["‘31/2/2014’ is not a date: use day, month and year in figures, such as 6 5 2014"],
    )


def test_unknown_boards_and_types_are_refused(home: House) -> None:
    launched(home.store)
    browser = home.signed_in(MANAGER)
    answers = [
        browser.get(path).status_code
        for path in (
            "/launch/nowhere/serious-case-review",
            "/launch/northamptonshire/audit",
            "/launch/northamptonshire/deep-dive",
            "/launch/barking-and-dagenham/serious-case-review",
        )
    ]

    assert answers == [404, 422, 422, 403]
