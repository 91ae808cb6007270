"""The registers of a review in the browser: who takes part, the principles, what runs beside it."""

import pytest

from tests.dashboard.house import Browser, House, problems, title, words
from tests.walking import (
    CHAIR,
    CLOSURE,
    DECISION,
    MANAGER,
    PANEL,
    POLICE,
    REVIEWER,
    SERIOUS_CASE_REVIEW,
    launched,
    walked,
)

MOTHER = {"who": "parent", "known_as": "the mother", "invited_on": "2014-06-10", "how": "By a visit"}
TRIAL = {
    "kind": "criminal-trial",
    "their_reference": "T2020/1",
    "began_on": "2019-12-02",
    "expected_end": "2020-03-02",
    "not_to_disclose": "What the witnesses have said.",
}
REGISTERS = ("participation", "participation/add", "principles", "principles/conduct", "processes", "processes/add")


@pytest.fixture
def page(home: House) -> str:
    """A review in which the chair has to decide."""
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="chair-decision")
    return f"/reviews/{reference}"


def followed(browser: Browser, path: str, data: dict[str, str]) -> str:
    """What the page says to which a form leads."""
    return words(browser.get(browser.send_form(path, data).headers["location"]))


def test_who_takes_part_is_recorded_one_thing_at_a_time(home: House, page: str) -> None:
    browser = home.signed_in(MANAGER)
    added = followed(browser, f"{page}/participation/add", MOTHER)
    followed(browser, f"{page}/participation/1/answer", {"answer": "accepted", "reason": "She wants it known."})
    followed(browser, f"{page}/participation/1/attendance", {"kind": "focus-group", "held_on": "2014-09-09"})
    shown = words(browser.get(f"{page}/participation"))

    assert "They are on record." in added
    assert "1 invited, 1 accepted; feedback still owed to 1." in shown
    assert "the mother Took part Parent; feedback still owed Invited 10 June 2014: By a visit" in shown
    assert "Reason given She wants it known. Took part in Focus group, 9 September 2014" in shown


def test_the_reviews_page_sums_up_the_registers_neutrally(home: House, page: str) -> None:
    browser = home.signed_in(MANAGER)
    before = words(browser.get(page))
    browser.send_form(f"{page}/participation/add", MOTHER)
    after = words(browser.get(page))

    assert "Nobody is on record yet. Nobody invited yet: children, siblings, parents, carers, practitioners, " in before
    assert (
        "1 invited, 1 no answer yet. Nobody invited yet: children, siblings, carers, practitioners, managers." in after
    )
    assert "0 of 12 principles and 0 of 18 quality markers answered." in after
    assert "No parallel processes are linked." in after


def test_what_stands_there_is_offered_for_change(home: House, page: str) -> None:
    browser = home.signed_in(CHAIR)
    browser.send_form(f"{page}/participation/add", MOTHER)
    asked = browser.get(f"{page}/participation/1/invitation")

    assert (title(asked), 'value="the mother"' in asked.text) == ("The invitation: the mother", True)


def test_what_is_missing_is_refused_at_its_field_with_what_was_typed(home: House, page: str) -> None:
    sent = home.signed_in(MANAGER).send_form(f"{page}/participation/add", {"who": "parent", "how": "By letter"})

    assert (sent.status_code, 'href="#known_as"' in sent.text, 'value="By letter"' in sent.text) == (422, True, True)
    assert problems(sent) == ["Enter an answer for ‘How the review refers to them’"]


def test_a_day_in_the_future_is_refused_in_words(home: House, page: str) -> None:
    sent = home.signed_in(MANAGER).send_form(f"{page}/participation/add", MOTHER | {"invited_on": "2020-01-07"})

    assert problems(sent)[0].startswith("When were they invited? ‘Tuesday 7 January 2020’ is in the future.")


def test_all_principles_and_markers_are_on_one_page_and_answered_group_by_group(home: House, page: str) -> None:
    browser = home.signed_in(MANAGER)
    before = words(browser.get(f"{page}/principles"))
    data = {
        "conduct_viewpoint": "held-to",
        "conduct_viewpoint_note": "Asked as of then.",
        "conduct_research": "not-held-to",
    }
    after = followed(browser, f"{page}/principles/conduct", data)

    assert before.count("Not answered yet") == 30
    assert "2 of 12 principles and 0 of 18 quality markers answered." in after
    assert "Held to Asked as of then. Said by Business Manager 6 January 2020" in after
    assert "The answers are recorded." in after


def test_a_note_without_an_answer_is_refused_beside_it(home: House, page: str) -> None:
    sent = home.signed_in(MANAGER).send_form(f"{page}/principles/conduct", {"conduct_openness_note": "Listed."})

    assert (sent.status_code, 'href="#conduct_openness_note"' in sent.text, "Listed." in sent.text) == (422, True, True)
    assert problems(sent) == ["Choose one of the answers to go with this note, or leave the note out"]


def test_a_stage_asks_its_exit_questions_and_records_both_at_once(home: House, page: str) -> None:
    chair = home.signed_in(CHAIR)
    asked = words(chair.get(f"{page}/stages/chair-decision"))
    sent = chair.send_form(f"{page}/stages/chair-decision", DECISION | {"marker_decision_making": "partly-held-to"})
    shown = words(chair.get(f"{page}/principles"))

    assert "Before you finish: the quality markers" in asked
    assert "Decision making (optional) The decision on a review is reasoned" in asked
    assert "‘Chair’s decision’ is completed. Now open:" in words(chair.get(sent.headers["location"]))
    assert "Partly held to Said by Independent Chair 6 January 2020, with ‘Chair’s decision’" in shown


def test_a_refused_stage_keeps_the_exit_answers_on_its_form_and_records_none(home: House, page: str) -> None:
    chair = home.signed_in(CHAIR)
    data = {"decision": "serious-case-review", "marker_decision_making": "held-to"}
    sent = chair.send_form(f"{page}/stages/chair-decision", data)

    assert (sent.status_code, 'value="held-to" checked' in sent.text) == (422, True)
    assert words(chair.get(f"{page}/principles")).count("Not answered yet") == 30


def test_an_answer_given_before_stands_in_the_form_of_the_stage(home: House, page: str) -> None:
    chair = home.signed_in(CHAIR)
    chair.send_form(f"{page}/principles/setting-up", {"marker_decision_making": "does-not-apply"})

    assert 'value="does-not-apply" checked' in chair.get(f"{page}/stages/chair-decision").text


def test_closure_lists_what_nobody_has_answered_and_does_not_wait_for_it(home: House) -> None:
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="closure")
    manager, path = home.signed_in(MANAGER), f"/reviews/{reference}/stages/closure"
    asked = words(manager.get(path))
    closed = manager.send_form(path, CLOSURE)

    assert "30 principles and quality markers are not answered" in asked
    assert ("Proportionate" in asked, closed.status_code) == (True, 303)


def test_a_process_is_linked_and_the_review_held_for_it_with_both_dates(home: House, page: str) -> None:
    manager = home.signed_in(MANAGER)
    linked = followed(manager, f"{page}/processes/add", TRIAL)
    offered = manager.get(f"{page}/steer/hold").text
    held = followed(manager, f"{page}/steer/hold", {"reason": "Witnesses are heard.", "process": "1"})
    stage = words(manager.get(page))

    assert "The process is linked to the review." in linked
    assert (
        "Because of the criminal trial this may not be disclosed until it has ended: What the witnesses have said."
        in linked
    )
    assert "Criminal trial (1)" in offered
    assert "on hold since 6 January 2020, expected until 2 March 2020." in held
    assert "Criminal trial: Witnesses are heard." in held
    assert (
        "On hold for 56 days, counted to when the hold is expected to end. It is still due on 6 June 2014 . "
        "With the days on hold added, it would be due on 1 August 2014 ."
    ) in stage


def test_a_hold_asks_for_no_process_where_none_is_linked(home: House, page: str) -> None:
    assert "parallel process" not in words(home.signed_in(MANAGER).get(f"{page}/steer/hold"))


def test_the_end_of_a_process_suggests_resuming(home: House, page: str) -> None:
    manager = home.signed_in(MANAGER)
    manager.send_form(f"{page}/processes/add", TRIAL)
    manager.send_form(f"{page}/steer/hold", {"reason": "Witnesses are heard.", "process": "1"})
    ended = manager.send_form(f"{page}/processes/1/end", {"ended_on": "2020-01-06"})
    shown, review = manager.get(ended.headers["location"]), manager.get(page)

    assert "The review is still on hold for it. Resume the review , if nothing else" in words(shown)
    assert "Criminal trial: it is over. Resume the review , if nothing else stands in its way." in words(review)
    assert f'href="{page}/steer/resume"' in review.text


def test_what_may_not_be_disclosed_warns_where_the_review_tells_others(home: House) -> None:
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="report")
    page, manager, reviewer = f"/reviews/{reference}", home.signed_in(MANAGER), home.signed_in(REVIEWER)
    manager.send_form(f"{page}/processes/add", TRIAL)
    said = "Because of the criminal trial this may not be disclosed until it has ended: What the witnesses have said."
    before = words(reviewer.get(f"{page}/stages/report"))
    manager.send_form(f"{page}/processes/1/end", {"ended_on": "2020-01-06"})

    assert (said in before, said in words(reviewer.get(f"{page}/stages/report"))) == (True, False)


@pytest.mark.parametrize("path", REGISTERS)
def test_who_has_only_a_task_in_a_review_does_not_find_its_registers(home: House, path: str) -> None:
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="family-invitation")
    author = home.signed_in(POLICE)

    assert author.get(f"/reviews/{reference}/{path}").status_code == 404
    assert "Who takes part" not in words(author.get(f"/reviews/{reference}"))


def test_the_author_of_an_agencys_report_sees_both_dates_and_not_the_reason(home: House) -> None:
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until="agency-report:example-children-s-social-care")
    page, manager = f"/reviews/{reference}", home.signed_in(MANAGER)
    manager.send_form(f"{page}/processes/add", TRIAL)
    manager.send_form(f"{page}/steer/hold", {"reason": "Witnesses are heard.", "process": "1"})
    said = words(home.signed_in(POLICE).get(page))

    assert (
        "It is still due on 1 September 2014 . With the days on hold added, it would be due on 27 October 2014 ."
        in said
    )
    assert ("Witnesses are heard." in said, "riminal trial" in said) == (False, False)


def test_who_sees_all_of_it_reads_and_does_not_record(home: House, page: str) -> None:
    panel = home.signed_in(PANEL)
    read = [panel.get(f"{page}/{path}").status_code for path in ("participation", "principles", "processes")]
    asked = [
        panel.get(f"{page}/{path}").status_code for path in ("participation/add", "principles/conduct", "processes/add")
    ]
    sent = [
        panel.send_form(f"{page}/participation/add", MOTHER).status_code,
        panel.send_form(f"{page}/principles/conduct", {"conduct_research": "held-to"}).status_code,
        panel.send_form(f"{page}/processes/add", TRIAL).status_code,
    ]

    assert (read, asked, sent) == ([200] * 3, [403] * 3, [403] * 3)
    assert f"{page}/participation/add" not in panel.get(f"{page}/participation").text


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("participation/9/answer", {"answer": "accepted"}),
        ("participation/1/mark", {}),
        ("principles/marks", {}),
        ("processes/9/end", {"ended_on": "2020-01-06"}),
        ("processes/1/undo", {}),
    ],
)
def test_what_is_not_there_is_not_found(home: House, page: str, path: str, data: dict[str, str]) -> None:
    browser = home.signed_in(MANAGER)
    asked, sent = browser.get(f"{page}/{path}"), browser.send_form(f"{page}/{path}", data)

    assert (asked.status_code, sent.status_code) == (404, 404)
