"""What a report leads to, on the pages: typed, counted, answered, and held against what is open elsewhere."""

from pathlib import Path

import pytest

from casework.record.settings import Settings
from tests.dashboard.house import House, problems, words
from tests.leading import approve_plan, at_plan, at_report, at_response
from tests.walking import (
    ACTION,
    CHAIR,
    MANAGER,
    PLAN,
    POLICE,
    RECOMMENDATION,
    REPORT,
    REVIEWER,
    SOCIAL_CARE,
    launched,
)

SHARED = RECOMMENDATION | {"wording": "Keep one chronology, shared."}
LIMIT = 'most_recommendations = { value = 2, cite = "S001 Implementing the Learning, paragraph 1" }\n'
FRAMEWORK = (
    "Northamptonshire LSCB, Learning and Improvement Framework, April 2014, Implementing the Learning, paragraph 1"
)


@pytest.fixture
def at_most_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A framework that asks for no more than two recommendations."""
    shipped = Settings().boards
    for profile in shipped.glob("*.toml"):
        (tmp_path / profile.name).write_text(profile.read_text(encoding="utf-8"), encoding="utf-8")
    limited = tmp_path / "northamptonshire.toml"
    limited.write_text(limited.read_text(encoding="utf-8").replace("[sources]", f"{LIMIT}\n[sources]", 1), "utf-8")
    monkeypatch.setenv("LEARNING_CYCLE_BOARDS", str(tmp_path))


def many(count: int) -> list[dict[str, str]]:
    """This many recommendations that have nothing in common."""
    said = ("Keep one chronology.", "Train managers.", "Ask the school.", "Visit in pairs.")
    return [RECOMMENDATION | {"wording": wording} for wording in said[:count]]


def test_a_report_is_typed_with_its_recommendations_and_the_page_shows_what_waits(home: House) -> None:
    page, lena = f"/reviews/{at_report(home.store)}", home.signed_in(REVIEWER)

    sent = lena.send_form(f"{page}/stages/report", REPORT | {"recommendations": many(2)})
    said = words(lena.get(page))

    assert sent.status_code == 303
    assert (
        "Recommendations Recommendation 1 No action yet Keep one chronology. Example Police (Olli Owner), "
        "multi-agency. Due 1 March 2015. Measure: An audit Recommendation 2 No action yet Train managers."
    ) in said


def test_a_blank_row_that_the_page_offers_is_no_recommendation_and_no_action(home: House) -> None:
    page, manager = f"/reviews/{at_plan(home.store, RECOMMENDATION)}", home.signed_in(MANAGER)
    blank = {"actions-1-scope": "multi-agency", "actions-1-action": "", "unanswered-0-why": ""}

    sent = manager.send_form(f"{page}/stages/action-plan", PLAN | blank)

    assert (problems(sent), sent.status_code) == ([], 303)


def test_a_report_that_recommends_nothing_without_a_reason_is_refused_beside_the_question(home: House) -> None:
    page = f"/reviews/{at_report(home.store)}/stages/report"

    answer = home.signed_in(REVIEWER).send_form(
        page, {name: REPORT[name] for name in REPORT if name != "recommendations"}
    )

    assert problems(answer) == ["Nothing is recommended: say why in one sentence, or make a recommendation."]


def test_the_action_plan_is_filled_in_from_the_report_and_shows_what_it_answers(home: House) -> None:
    page, manager = f"/reviews/{at_plan(home.store, RECOMMENDATION)}", home.signed_in(MANAGER)

    form = manager.get(f"{page}/stages/action-plan")

    assert "What the report leads to Recommendation 1 No action yet Keep one chronology." in words(form)
    assert ">Keep one chronology.</textarea>" in form.text
    assert 'name="actions-0-answers" type="text" value="1"' in form.text


def test_an_answered_recommendation_links_to_its_action(home: House) -> None:
    reference = at_plan(home.store, RECOMMENDATION)
    approve_plan(home.store, reference)

    page = home.signed_in(CHAIR).get(f"/reviews/{reference}")

    assert "Measure: An audit Answered by action 1 ." in words(page)
    assert f'href="/reviews/{reference}/actions/1">action 1</a>' in page.text


def test_the_chair_responds_to_each_finding_and_the_page_shows_it(home: House) -> None:
    page, chair = f"/reviews/{at_response(home.store)}", home.signed_in(CHAIR)
    form = words(chair.get(f"{page}/stages/board-response"))

    silent = chair.send_form(
        f"{page}/stages/board-response", {"responded_on": "2014-11-26", "responses": [{"number": 1, "answer": "Yes."}]}
    )
    both = [{"number": 1, "answer": "Yes."}, {"number": 2, "answer": "It changes them."}]
    sent = chair.send_form(f"{page}/stages/board-response", {"responded_on": "2014-11-26", "responses": both})

    assert "Finding 1 Nobody sees the whole. Why it matters: Seen in three reviews." in form
    assert problems(silent) == [
        (
            "Response to each finding: do not answer number 2. The board responds to every finding: give its "
            "response to each."
        )
    ]
    assert sent.status_code == 303
    assert "The board’s response, 26 November 2014: It changes them." in words(chair.get(page))


@pytest.mark.usefixtures("at_most_two")
def test_more_recommendations_than_the_framework_asks_for_are_warned_of_and_never_refused(home: House) -> None:
    page, lena = f"/reviews/{at_report(home.store)}", home.signed_in(REVIEWER)
    warning = f"This review makes 3 recommendations. The framework asks for no more than 2 ({FRAMEWORK})."

    fresh = words(lena.get(f"{page}/stages/report"))
    more = lena.send_form(
        f"{page}/stages/report", REPORT | {"recommendations": many(3), "add-another": "recommendations"}
    )
    sent = lena.send_form(f"{page}/stages/report", REPORT | {"recommendations": many(3)})

    assert f"The framework asks for no more than 2 recommendations ({FRAMEWORK})." in fresh
    assert warning not in fresh
    assert warning in words(more)
    assert sent.status_code == 303
    assert warning in words(lena.get(page))


def test_what_is_open_elsewhere_is_shown_where_actions_are_typed_and_looked_at(home: House) -> None:
    elsewhere = at_plan(home.store, SHARED)
    here = at_plan(home.store, RECOMMENDATION | {"wording": "All agencies should keep one shared chronology."})
    approve_plan(home.store, elsewhere, PLAN | {"actions": [ACTION | {"action": "Keep one chronology, shared."}]})
    manager = home.signed_in(MANAGER)
    near = f"Action 1 of {elsewhere} : Keep one chronology, shared. Example Police, Olli Owner, due 1 March 2015"

    assert near in words(manager.get(f"/reviews/{here}/stages/action-plan"))
    assert near in words(manager.get(f"/reviews/{here}"))
    approve_plan(home.store, here, PLAN | {"actions": [ACTION | {"action": "Keep a shared chronology."}]})
    assert near in words(manager.get(f"/reviews/{here}/actions/1"))


def test_who_sees_only_their_own_task_sees_neither_recommendations_nor_what_is_open_elsewhere(home: House) -> None:
    elsewhere = at_plan(home.store, SHARED)
    here = at_plan(home.store, SHARED)
    approve_plan(home.store, here, PLAN | {"actions": [ACTION | {"action": SHARED["wording"]}]})

    for person in (POLICE, SOCIAL_CARE, ACTION["owner_email"]):
        said = words(home.signed_in(person).get(f"/reviews/{here}"))
        assert ("Recommendation 1" in said, elsewhere in said) == (False, False)
    owner = words(home.signed_in(ACTION["owner_email"]).get(f"/reviews/{here}/actions/1"))
    assert ("Keep one chronology, shared." in owner, elsewhere in owner) == (True, False)


def test_a_review_that_leads_to_nothing_yet_shows_no_empty_heading(home: House) -> None:
    page = home.signed_in(MANAGER).get(f"/reviews/{launched(home.store)}")

    assert 'id="outputs"' not in page.text


@pytest.mark.parametrize(
    ("makes", "asked", "not_asked"),
    [
        ("recommendations", "Recommendations", "Findings, and the challenge"),
        ("findings", "Findings, and the challenge", "Recommendations"),
    ],
)
def test_a_report_is_asked_only_for_what_its_terms_of_reference_say_it_leads_to(
    home: House, makes: str, asked: str, not_asked: str
) -> None:
    page = f"/reviews/{at_report(home.store, output_model=makes)}/stages/report"

    said = words(home.signed_in(REVIEWER).get(page))

    assert (asked in said, not_asked in said) == (True, False)
