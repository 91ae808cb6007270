"""Completing a stage in the browser: what is known is filled in, what is refused is kept and explained."""

from datetime import date, timedelta

import pytest

from casework.moves import steering
from casework.people.directory import find_person
from casework.record.act import Act
from casework.views.review import review_view
from tests.dashboard.house import House, problems, words
from tests.walking import (
    AGENCIES,
    CHAIR,
    DECISION,
    MANAGER,
    MONITOR,
    NOW,
    PANEL,
    POLICE,
    REVIEWER,
    SERIOUS_CASE_REVIEW,
    TERMS,
    TODAY,
    launched,
    walked,
)

OWN_TEXT = "Northamptonshire LSCB, Learning and Improvement Framework"  # which states the criteria itself
SCREENING = {
    "abuse_or_neglect": "yes",
    "child_died": "no",
    "seriously_harmed": "yes",
    "concern_about_working_together": "yes",
    "died_in_custody": "no",
}


def at(home: House, stage: str | None = None) -> str:
    """A serious case review taken to a stage; its address."""
    reference = launched(home.store)
    walked(home.store, reference, SERIOUS_CASE_REVIEW, until=stage or SERIOUS_CASE_REVIEW[0].stage)
    return f"/reviews/{reference}"


def states(home: House, page: str) -> dict[str, str]:
    """The state of every stage."""
    with home.store.reading() as session:
        return {stage.name: stage.state for stage in review_view(session, page.rpartition("/")[2]).stages}


def test_completing_a_stage_says_what_is_open_now(home: House) -> None:
    page, browser = at(home), home.signed_in(MANAGER)

    sent = browser.send_form(f"{page}/stages/criteria-screening", SCREENING)
    after = browser.get(sent.headers["location"])

    assert (sent.status_code, sent.headers["location"]) == (303, f"{page}?entry=2")
    assert "‘Screening against the criteria’ is completed. Now open: Panel’s recommendation." in words(after)
    assert states(home, page) == {"referral": "closed", "criteria-screening": "closed", "panel-recommendation": "open"}


def test_what_was_done_is_told_to_the_one_who_did_it_and_only_while_it_is_the_latest(home: House) -> None:
    page, manager = at(home), home.signed_in(MANAGER)
    manager.send_form(f"{page}/stages/criteria-screening", SCREENING)

    assert "is completed" in words(manager.get(f"{page}?entry=2"))
    assert "is completed" not in words(manager.get(f"{page}?entry=1"))
    assert "is completed" not in words(home.signed_in(CHAIR).get(f"{page}?entry=2"))


def test_what_the_referral_says_is_filled_in_with_what_the_criteria_make_of_it(home: House) -> None:
    shown = home.signed_in(MANAGER).get(f"{at(home)}/stages/criteria-screening")

    assert 'name="seriously_harmed" type="radio" value="yes" checked' in shown.text
    said = words(shown)
    assert "The criteria for a serious case review are met. Recommended: serious case review Abuse or neglect" in said
    assert f"Where this comes from: {OWN_TEXT}," in said
    assert "This is a recommendation, not a decision." in said


def test_the_chair_sees_what_the_panel_and_the_criteria_say(home: House) -> None:
    said = words(home.signed_in(CHAIR).get(f"{at(home, 'chair-decision')}/stages/chair-decision"))

    assert "What the panel recommends Serious case review The criteria are met." in said
    assert "What the criteria say The criteria for a serious case review are met. Recommended: serious case" in said


def test_criteria_that_are_not_met_recommend_what_the_framework_has_below_the_threshold(home: House) -> None:
    page = f"/reviews/{launched(home.store, abuse_or_neglect='no')}"
    browser = home.signed_in(MANAGER)
    before = words(browser.get(page))
    browser.send_form(f"{page}/stages/criteria-screening", SCREENING | {"abuse_or_neglect": "no"})
    after = words(browser.get(page))

    below = "not met on what is known"
    assert f"The criteria for a serious case review are {below}. Recommended: multi-agency case review" in before
    assert f"The criteria Are {below} Recommended Multi-agency case review Because Abuse or neglect" in after
    assert f"Where this comes from {OWN_TEXT}" in after


def test_decisions_bear_the_names_that_the_board_gives_its_reviews(home: House) -> None:
    page, chair = at(home, "panel-recommendation"), home.signed_in(CHAIR)
    panel = home.signed_in(PANEL)
    asked = words(panel.get(f"{page}/stages/panel-recommendation"))
    recommended = dict(SERIOUS_CASE_REVIEW[1].data) | {"recommended": "practice-learning-review", "reasons": "Below."}
    panel.send_form(f"{page}/stages/panel-recommendation", recommended)
    advised = words(chair.get(f"{page}/stages/chair-decision"))
    refused = chair.send_form(f"{page}/stages/chair-decision", DECISION)
    chair.send_form(f"{page}/stages/chair-decision", DECISION | {"decision": "practice-learning-review"})
    recorded = words(chair.get(page))

    assert (
        "What does the panel recommend? Serious case review Multi-agency case review In-depth single case audit "
        "No review Why?"
    ) in asked
    assert "What the panel recommends Multi-agency case review Below." in advised
    assert problems(refused)[0].startswith("The panel recommended ‘Multi-agency case review’ and the decision is")
    assert "What was decided? Multi-agency case review" in recorded
    assert "Practice learning review" not in asked + advised + recorded


def test_whoever_approves_a_report_can_read_it_on_the_same_page(home: House) -> None:
    said = words(home.signed_in(CHAIR).get(f"{at(home, 'board-approval')}/stages/board-approval"))

    assert "Report: what was recorded When was the report finished? 20 November 2014 What happened This." in said
    assert "Learning summary and slides: what was recorded Date learning summary completed 21 November 2014" in said


def test_only_what_a_step_has_opened_is_said_to_be_open_now(home: House) -> None:
    page, reviewer = at(home, "family-invitation"), home.signed_in(REVIEWER)
    invitations = [{"who": "parent", "answer": "accepted"}]

    sent = reviewer.send_form(
        f"{page}/stages/family-invitation", {"invitations": invitations, "expectations": "In a conversation."}
    )
    said = words(reviewer.get(sent.headers["location"]))

    assert ("‘Inviting the family’ is completed." in said, "Now open:" in said) == (True, False)


def test_everything_typed_is_kept_when_something_is_missing(home: House) -> None:
    page = at(home, "chair-decision")
    typed = {"decision": "no-review", "reasons": "Not <met>."}

    answer = home.signed_in(CHAIR).send_form(f"{page}/stages/chair-decision", typed)

    assert (answer.status_code, problems(answer)) == (422, ["Enter a date for ‘When was it decided?’"])
    assert ("Not &lt;met&gt;." in answer.text, 'value="no-review" checked' in answer.text) == (True, True)
    assert states(home, page)["chair-decision"] == "open"


def test_a_refusal_of_casework_stands_at_its_field_in_plain_words(home: House) -> None:
    page = at(home, "chair-decision")

    answer = home.signed_in(CHAIR).send_form(
        f"{page}/stages/chair-decision", DECISION | {"decision": "no-review", "reasons": "Other."}
    )

    assert problems(answer) == [
        "The panel recommended ‘Serious case review’ and the decision is ‘No review’: say why it differs."
    ]
    assert 'href="#reasons_against_recommendation"' in answer.text


def test_a_day_that_lies_ahead_is_named_as_people_write_it(home: House) -> None:
    page, ahead = at(home, "chair-decision"), (TODAY + timedelta(days=1)).isoformat()

    answer = home.signed_in(CHAIR).send_form(f"{page}/stages/chair-decision", DECISION | {"decided_on": ahead})

    (sentence,) = problems(answer)
    assert sentence.startswith("When was it decided? ‘Tuesday 7 January 2020’ is in the future.")


def test_a_reviewer_who_is_not_independent_is_refused_with_the_conflict(home: House) -> None:
    page = at(home, "lead-reviewer")
    reviewer = {"name": "Rita", "email": "rita@independent.example", "organisation": "example police"}

    answer = home.signed_in(CHAIR).send_form(
        f"{page}/stages/lead-reviewer",
        {"appointed_on": "2014-06-03", "reviewers": [reviewer], "independence": "Asked."},
    )

    (sentence,) = problems(answer)
    assert answer.status_code == 409
    assert sentence.startswith("Rita cannot lead this review: ")
    assert "Example Police, which is an agency under review" in sentence
    assert 'value="rita@independent.example"' in answer.text


def test_another_row_can_be_asked_for_without_scripts(home: House) -> None:
    page = at(home, "lead-reviewer")
    rows = [{"name": "Rita", "email": "", "organisation": ""}]

    answer = home.signed_in(CHAIR).send_form(
        f"{page}/stages/lead-reviewer", {"reviewers": rows, "add-another": "reviewers"}
    )

    assert (answer.status_code, problems(answer)) == (200, [])
    assert ('id="reviewers-0-name"' in answer.text, 'id="reviewers-1-name"' in answer.text) == (True, True)


def test_the_second_of_two_clicks_is_refused_with_what_is_open_now_and_what_it_said(home: House) -> None:
    page, browser = at(home), home.signed_in(MANAGER)
    browser.send_form(f"{page}/stages/criteria-screening", SCREENING)

    again = browser.send_form(f"{page}/stages/criteria-screening", SCREENING | {"comments": "Said twice."})

    said = words(again)
    assert again.status_code == 409
    assert "This stage was completed on 6 January 2020 by Business Manager. It cannot be completed again." in said
    assert f'href="{page}/stages/panel-recommendation"' in again.text
    assert ("What you entered was not recorded" in said, "Said twice." in said) == (True, True)


def test_a_decision_is_for_its_owner_alone(home: House) -> None:
    page, manager = at(home, "chair-decision"), home.signed_in(MANAGER)
    looked = manager.get(f"{page}/stages/chair-decision")
    sent = manager.send_form(f"{page}/stages/chair-decision", DECISION)

    assert (looked.status_code, sent.status_code) == (403, 403)
    assert states(home, page)["chair-decision"] == "open"
    assert f'{page}/stages/chair-decision"' not in manager.get(page).text


def test_a_stage_on_hold_cannot_be_completed(home: House) -> None:
    page = at(home)
    with home.store.transaction() as session:
        steering.hold(
            Act(session, find_person(session, MANAGER), NOW, TODAY),
            page.rpartition("/")[2],
            reason="A trial.",
            until=None,
        )
    browser = home.signed_in(MANAGER)

    answer = browser.send_form(f"{page}/stages/criteria-screening", SCREENING)

    assert (answer.status_code, "The review is on hold." in words(answer)) == (409, True)
    assert '/stages/criteria-screening"' not in browser.get(page).text


def test_agencies_known_need_not_be_typed_again(home: House) -> None:
    page = at(home, "terms-of-reference")
    shown = home.signed_in(REVIEWER).get(f"{page}/stages/terms-of-reference")
    sent = home.signed_in(REVIEWER).send_form(f"{page}/stages/terms-of-reference", TERMS | {"agencies": AGENCIES})

    assert [agency["author_email"] in shown.text for agency in AGENCIES] == [True, True]
    assert sent.status_code == 303


@pytest.mark.parametrize("name", ["no-such-stage", "agency-report:nobody"])
def test_a_stage_that_a_review_does_not_have_is_not_there(home: House, name: str) -> None:
    assert home.signed_in(MANAGER).get(f"{at(home)}/stages/{name}").status_code == 404


def test_a_stage_that_is_not_open_yet_says_what_is_open_now_and_leads_back(home: House) -> None:
    page, browser = at(home), home.signed_in(MANAGER)
    looked, sent = browser.get(f"{page}/stages/report"), browser.send_form(f"{page}/stages/report", {})

    assert (looked.status_code, sent.status_code) == (409, 409)
    assert "‘Report’ is not open yet. Open now: Screening against the criteria." in words(looked)
    assert f'href="{page}"' in looked.text


def test_what_is_still_to_come_is_not_told_to_those_with_a_task_alone(home: House) -> None:
    page = at(home, "practitioner-events")

    assert home.signed_in(POLICE).get(f"{page}/stages/report").status_code == 404


def test_monitoring_shows_the_actions_and_says_which_are_still_open(home: House) -> None:
    page, monitor = at(home, "monitoring"), home.signed_in(MONITOR)

    shown = words(monitor.get(f"{page}/stages/monitoring"))
    refused = monitor.send_form(f"{page}/stages/monitoring", {"comments": "Done."})

    assert "Keep one chronology. Olli Owner, Example Police: open, due 1 March 2015" in shown
    assert (refused.status_code, problems(refused)[0].partition(":")[0]) == (409, "Monitoring cannot end")


def test_impact_is_judged_with_the_actions_and_their_evidence_in_sight(home: House) -> None:
    said = words(home.signed_in(MONITOR).get(f"{at(home, 'impact')}/stages/impact"))

    assert "Keep one chronology. Olli Owner, Example Police: signed off 2 February 2015 Evidence: Audit" in said


def test_a_file_is_added_to_a_report_and_saved_again(home: House) -> None:
    page, author = at(home, "agency-report:example-children-s-social-care"), home.signed_in("pat.author@police.example")
    stage = f"{page}/stages/agency-report:example-police"
    assert "Add a file" in words(author.get(stage))

    sent = author.send_form(f"{stage}/add-file", files={"file": ("Signed report.pdf", b"%PDF-1.7 report", "x/y")})
    after = author.get(sent.headers["location"])

    assert (sent.status_code, "The file is kept with ‘Agency report (Example Police)’." in words(after)) == (303, True)
    assert "Added by people: Signed report.pdf added by Pat Author 6 January 2020" in words(author.get(page))
    saved = author.get(f"{page}/documents/1")
    assert (saved.content, saved.headers["content-type"]) == (b"%PDF-1.7 report", "application/pdf")


def test_a_file_of_another_kind_is_refused_with_what_is_wanted(home: House) -> None:
    page, author = at(home, "agency-report:example-children-s-social-care"), home.signed_in("pat.author@police.example")
    stage = f"{page}/stages/agency-report:example-police/add-file"

    wrong = author.send_form(stage, files={"file": ("run.exe", b"MZ", "x/y")})
    none = author.send_form(stage)

    assert problems(wrong) == ["‘run.exe’ is not a kind of file that is taken. Give a .docx, .pdf or .odt file."]
    assert (problems(none), none.status_code) == (["Choose a file."], 422)


def test_a_review_says_why_each_deadline_is_what_it_is(home: House) -> None:
    said = words(home.signed_in(MANAGER).get(at(home, "chair-decision")))

    assert "Next deadline 6 June 2014" in said
    assert "The decision is normally made within one month of the LSCB being notified of the incident." in said
    assert "Where it is written S001 Serious Case Reviews, paragraph 1" in said
    assert "Counted from the notification, 6 May 2014" in said
    assert "Binding by Statutory guidance" in said


def test_a_paragraph_of_another_board_is_never_shown_as_this_ones(home: House) -> None:
    said = words(home.signed_in(MANAGER).get(at(home, "agency-report:example-children-s-social-care")))

    assert "Where it is written S001 Serious Case Reviews, models" in said
    assert ("S003" in said, "S004" in said) == (False, False)


def test_deadlines_are_shown_as_they_stand_on_the_day(home: House) -> None:
    page = at(home, "chair-decision")

    assert f"Overdue by {(TODAY - date(2014, 6, 6)).days} days" in words(home.signed_in(CHAIR).get(page))
