"""Set-up: a board answers what its framework leaves open, and nothing that the framework says itself."""

from datetime import date
from pathlib import Path

import pytest

from casework.framework.board_answers import answers_path, read_answers
from casework.framework.profiles import board, profile_as_shipped
from casework.framework.set_up import keep_answers, no_longer_asked, questions
from models.errors import InputError, ProfileError
from models.profile import Body, Cited, Clock, Who
from models.vocabulary import Basis, PanelDuty, Role

TODAY = date(2017, 10, 2)
SENTENCE = "The board set this length of time itself; its framework gives none."


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation in which no board has answered yet."""
    monkeypatch.setenv("LEARNING_CYCLE_HOME", str(tmp_path))
    return tmp_path


def refusal(board_name: str, *answers: tuple[str, str]) -> str:
    """The sentence with which answers are refused; nothing of them is kept."""
    before = read_answers(answers_path(board_name))
    with pytest.raises(InputError) as refused:
        keep_answers(board_name, answers, today=TODAY)
    assert read_answers(answers_path(board_name)) == before
    return str(refused.value)


def test_until_a_board_answers_its_profile_is_what_its_framework_says() -> None:
    assert board("croydon") is profile_as_shipped("croydon")
    assert [each.answer for each in questions("croydon") if each.answer] == []


def test_a_question_says_where_it_arises_what_holds_and_what_is_wanted() -> None:
    asked = {each.key: each for each in questions("croydon")}
    cadence, keep = asked["thematic-audit.cadence"], asked["keep"]

    assert (cadence.about, cadence.cite, cadence.stands, cadence.wanted) == (
        "Multi-agency case audit",
        "S002 5.6",
        "",
        "a few words",
    )
    assert (keep.about, keep.cite, keep.stands, keep.wanted) == (
        "Framework for Learning and Improvement, revised March 2016",
        "S002 title",
        "12 months",
        "a length of time, such as “1 month” or “10 working days”",
    )


def test_where_the_national_guidance_supplies_a_deadline_the_question_says_so() -> None:
    asked = {each.key: each.stands for each in questions("croydon")}

    assert asked["serious-case-review.completion"] == "6 months from the decision"
    assert asked["practice-learning-review.completion"] == ""


def test_answers_fill_their_places_as_the_boards_own_choice_from_then_on() -> None:
    keep_answers(
        "croydon",
        [
            ("thematic-audit.cadence", "Six a year"),
            ("thematic-audit.decides", "independent-chair"),
            ("thematic-audit.recommends", "nobody"),
            ("thematic-audit.theme-agreement", "10 working  days"),
            ("serious-case-review.national-panel", "always"),
            ("most-recommendations", "12"),
            ("learning-summary", "yes"),
            ("keep", "2 years"),
            ("agency-author", "Author of the chronology"),
        ],
        today=TODAY,
    )
    profile = board("croydon")
    audit, scr = profile.reviews["thematic-audit"], profile.reviews["serious-case-review"]

    assert (audit.cadence, audit.recommends) == (Cited[str](value="Six a year", cite="board"), None)
    assert audit.decides == Who(value=Role.INDEPENDENT_CHAIR, cite="board")
    assert audit.clocks["theme-agreement"] == Clock(
        rule="10 working days", trigger="proposed_on", basis=Basis.LOCAL, cite="board", explains=SENTENCE
    )
    assert scr.national_panel == Cited[PanelDuty](value=PanelDuty.ALWAYS, cite="board")
    assert profile.most_recommendations == Cited[int](value=12, cite="board")
    assert profile.learning_summary == Cited[str](value="Every review report has a learning summary", cite="board")
    assert profile.publishing.keep == Cited[str](value="2 years", cite="board")
    assert profile.roles[Role.AGENCY_AUTHOR] == Body(title="Author of the chronology", cite="board")
    assert sorted(profile.left_open) == []
    assert sorted(audit.left_open) == ["approves"]


def test_a_choice_that_the_framework_leaves_keeps_the_paragraph_that_leaves_it() -> None:
    by_title = ("best-practice-review.decides", "Chair of the Professional Practice Committee")
    keep_answers("portsmouth", [by_title], today=TODAY)

    assert board("portsmouth").reviews["best-practice-review"].decides == Who(
        value=Role.PRACTICE_CHAIR, either=(Role.PANEL_CHAIR,), cite="S000 7.8.1"
    )
    assert refusal("portsmouth", ("best-practice-review.decides", "executive-chair")) == (
        "best-practice-review.decides: ‘executive-chair’ is not one of the answers. They are: panel-chair (Chair of "
        "the Serious Case Review Committee), practice-chair (Chair of the Professional Practice Committee)."
    )


def test_a_deadline_may_count_from_another_date_that_the_review_records() -> None:
    keep_answers("croydon", [("practice-learning-review.completion", "4 months from the decision")], today=TODAY)
    found = board("croydon").reviews["practice-learning-review"].clocks["completion"]

    assert (found.rule, found.trigger) == ("4 months", "decided_on")
    assert refusal("croydon", ("practice-learning-review.completion", "4 months from Easter")).startswith(
        "practice-learning-review.completion: ‘Easter’ is not one of the answers. They are: notified_on (the "
    )


def test_an_answer_that_has_no_place_is_kept_in_words_and_changes_nothing() -> None:
    keep_answers("portsmouth", [("mesc", "Monitoring, Evaluation and Scrutiny Committee")], today=TODAY)
    kept = next(each.answer for each in questions("portsmouth") if each.key == "mesc")

    assert kept is not None
    assert (kept.answer, kept.on) == ("Monitoring, Evaluation and Scrutiny Committee", TODAY)
    assert board("portsmouth").model_copy(update={"left_open": {}}) == profile_as_shipped("portsmouth").model_copy(
        update={"left_open": {}}
    )


def test_what_the_framework_says_itself_is_never_answered_otherwise() -> None:
    said = "You cannot change what the framework itself says. Answer only what it leaves open."

    assert refusal("portsmouth", ("thematic-audit.cadence", "Twice a year")) == (
        f"thematic-audit.cadence: S000 7.7.1 settles it: Four a year, held quarterly. {said}"
    )
    assert refusal("barking-and-dagenham", ("keep", "1 day")) == (
        f"keep: S003 Background, principle 2 settles it: 12 months. {said}"
    )
    assert refusal("northamptonshire", ("serious-case-review.national-panel", "on-request")) == (
        f"serious-case-review.national-panel: S001 Serious Case Reviews, paragraphs 1 and 2 settles it: Always. {said}"
    )
    assert refusal("safeguarding-children-partnership", ("rapid-review.serious-incident-notification", "1 year")) == (
        "rapid-review.serious-incident-notification: CA2004 section 16C(1); DERBY2024 settles it: 5 working days from "
        f"the day the local authority became aware. {said}"
    )


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("keep", "for ever", 'keep: "for ever" is not a rule the clock can read'),
        ("keep", "quarterly, 4 times", "keep: ‘quarterly, 4 times’ is not a single length of time."),
        ("keep", "5 days before", "keep: ‘5 days before’ is not a single length of time."),
        ("most-recommendations", "0", "most-recommendations: ‘0’ is not a whole number from 1 to 999."),
        ("most-recommendations", "²", "most-recommendations: ‘²’ is not a whole number from 1 to 999."),
        ("learning-summary", "perhaps", "learning-summary: ‘perhaps’ is not one of the answers. They are: yes, no."),
        ("agency-author", "two\nlines", "agency-author: An answer is one line of at most 500 characters."),
        (
            "thematic-audit.decides",
            "lead-reviewer",
            "thematic-audit.decides: ‘lead-reviewer’ is not one of the answers",
        ),
        (
            "cadence",
            "Yearly",
            "cadence: is not an open question of croydon. The open questions are: most-recommendations, ",
        ),
        (
            "themed-review.cadence",
            "Yearly",
            "themed-review.cadence: is not an open question of croydon. The open questions are: ",
        ),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_by_its_key_and_none_is_kept(key: str, text: str, why: str) -> None:
    assert refusal("croydon", ("thematic-audit.cadence", "Six a year"), (key, text)).startswith(why)


def test_an_empty_answer_takes_the_answer_back() -> None:
    keep_answers("croydon", [("keep", "2 years"), ("learning-summary", "no")], today=TODAY)
    keep_answers("croydon", [("keep", " ")], today=TODAY)

    assert (board("croydon").publishing.keep.value, board("croydon").learning_summary) == ("12 months", None)
    assert {each.key for each in questions("croydon") if each.answer} == {"learning-summary"}


def test_what_was_answered_is_read_again_as_it_was_written(home: Path) -> None:
    given = 'The “QAPP” & the \\ "Panel" — café'
    keep_answers("croydon", [("practice-learning-review.single-agency", given)], today=TODAY)
    kept = read_answers(home / "boards" / "croydon.toml")

    assert {key: (each.answer, each.on) for key, each in kept.items()} == {
        "practice-learning-review.single-agency": (given, TODAY)
    }


def test_an_answer_that_the_framework_has_settled_since_is_passed_over_and_named(home: Path) -> None:
    (home / "boards").mkdir()
    (home / "boards" / "croydon.toml").write_text('["serious-case-review.colour"]\nanswer = "Red"\non = 2017-10-02\n')

    assert no_longer_asked("croydon") == ["serious-case-review.colour"]
    assert board("croydon") == profile_as_shipped("croydon")


@pytest.mark.parametrize("text", ["keep = ", "keep = 3", '[keep]\nanswer = ""\non = 2017-10-02', "\x00", '["keep"]'])
def test_a_spoilt_file_of_answers_is_refused_with_its_path(home: Path, text: str) -> None:
    (home / "boards").mkdir()
    (path := home / "boards" / "croydon.toml").write_text(text)

    with pytest.raises(ProfileError, match="the answers in it cannot be read") as refused:
        board("croydon")

    assert str(refused.value).startswith(f"{path}: ")


@pytest.mark.parametrize("given", ["2017-13-02", '"2017-13-02"', "2/10/2017"])
def test_a_day_spoilt_by_hand_is_refused_with_how_to_write_one(home: Path, given: str) -> None:
    (home / "boards").mkdir()
    (home / "boards" / "croydon.toml").write_text(f'[keep]\nanswer = "1 month"\non = {given}\n')

    with pytest.raises(ProfileError) as refused:
        board("croydon")

    shown = given.strip('"')
    assert f"‘{shown}’ is not a date: write it as 2014-05-06). Correct the file" in str(refused.value)


def test_an_answer_spoilt_by_hand_is_refused_with_its_key(home: Path) -> None:
    (home / "boards").mkdir()
    (path := home / "boards" / "croydon.toml").write_text('[keep]\nanswer = "ages"\non = 2017-10-02\n')

    with pytest.raises(ProfileError) as refused:
        board("croydon")

    assert str(refused.value).startswith(f'{path}: the answer to keep: "ages" is not a rule the clock can read')
