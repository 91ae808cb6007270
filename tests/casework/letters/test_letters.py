"""What the letters say, and what they never say."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from casework.clock.wording import how_far, spoken
from casework.framework.pipelines import PIPELINES
from casework.framework.stage_titles import in_time_for
from casework.letters.frames import LETTERS
from casework.letters.letter_variables import VARIABLES
from casework.reviews.opening_stages import AGREED
from models.review import Stage
from models.vocabulary import Basis, Template
from tests.casework.letters.a_case import ADDRESS, LISTS, TODAY, MarkedCase, letter

REVIEW_LINK = f"{ADDRESS}/reviews/SCR-LSCBN-2024-01"


def test_every_template_has_its_variables_and_its_one_source() -> None:
    files = {path.name for path in LETTERS.glob("*.jinja") if not path.name.startswith("_")}

    assert set(VARIABLES) == set(Template)
    assert files == {f"{template.value}.jinja" for template in Template}


class Outline(HTMLParser):
    """The links and the words of a page, and its elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.elements: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("template", list(Template))
def test_every_letter_has_one_action_and_says_its_link_in_full(
    session: Session, case: MarkedCase, template: Template
) -> None:
    written = letter(session, case, template)
    outline = Outline(written.html)

    link = outline.links[-1] if template in LISTS else outline.links[0]
    others = set(outline.links) - {link}
    assert link.startswith(f"{ADDRESS}/")
    assert outline.links.count(link) == 2
    assert template in LISTS or not others or (len(others) == 1 and link.startswith(f"{ADDRESS}/answer/"))
    assert link in outline.words
    assert written.text.count(f"{link}\n") == 1
    assert outline.elements.count("h1") == 1
    assert '<html lang="en-GB">' in written.html
    assert "\n\n\n" not in written.text


@pytest.mark.parametrize(
    ("template", "what"),
    [
        (Template.STAGE_OPENED, "stage"),
        (Template.DEADLINE_MOVED, "stage"),
        (Template.ACTION_ASSIGNED, "action"),
        (Template.ACTION_MOVED, "action"),
        (Template.ACTION_REOPENED, "action"),
    ],
)
def test_whoever_can_answer_without_signing_in_is_offered_that_first_and_as_the_button(
    session: Session, case: MarkedCase, template: Template, what: str
) -> None:
    written = letter(session, case, template, stage_id=case.agency_stage_id)

    offered = re.findall(r"^(.+):\n(http\S+)$", written.text, re.MULTILINE)
    (first, answer), (second, page) = offered
    assert (first, second) == ("Answer without signing in", f"Or sign in and open the {what}")
    assert answer.startswith(f"{ADDRESS}/answer/")
    assert page.startswith(f"{REVIEW_LINK}/{what}s/")
    assert Outline(written.html).links == [answer, answer, page]


def test_an_author_is_told_that_the_first_link_opens_the_form_and_takes_a_later_day(
    session: Session, case: MarkedCase
) -> None:
    written = letter(session, case, Template.STAGE_OPENED, stage_id=case.agency_stage_id)

    assert written.text.splitlines()[:4] == [
        "Hello,",
        "",
        "The stage “Agency report (Police)” of review SCR-LSCBN-2024-01 is open. You need to complete it.",
        (
            "The first link opens its form without signing in. If you cannot do it in time, use the form to say when "
            "it will be ready."
        ),
    ]


@pytest.mark.parametrize("template", list(Template))
def test_no_letter_sends_its_reader_to_a_business_manager_of_their_own(
    session: Session, case: MarkedCase, template: Template
) -> None:
    """Schools and trusts have one too."""
    written = letter(session, case, template)

    assert "your business manager" not in written.text
    asked = "If you need help, ask" if template is Template.SIGN_IN else "If you need help, reply to this e-mail"
    assert asked in written.text
    assert "the board’s business manager." in written.text


def test_whoever_has_to_sign_in_is_offered_that_alone(session: Session, case: MarkedCase) -> None:
    written = letter(session, case, Template.STAGE_OPENED)

    assert re.findall(r"^(.+):\n(http\S+)$", written.text, re.MULTILINE) == [
        ("Open the stage", f"{REVIEW_LINK}/stages/lead-reviewer")
    ]


@pytest.mark.parametrize("template", list(Template))
def test_the_subject_is_one_line_and_names_the_review_by_its_reference(
    session: Session, case: MarkedCase, template: Template
) -> None:
    subject = letter(session, case, template).subject

    assert subject.isprintable()
    assert template in (Template.SIGN_IN, *LISTS) or subject.startswith("SCR-LSCBN-2024-01: ")


def test_an_opened_stage_says_what_is_asked_by_when_and_why(session: Session, case: MarkedCase) -> None:
    written = letter(session, case, Template.STAGE_OPENED, stage_id=case.counted_stage_id)

    assert written.text.splitlines()[5:11] == [
        "Review: SCR-LSCBN-2024-01",
        "Stage: Telling the National Panel",
        "Due: Monday 22 January 2024 (in 14 days)",
        "Last safe working day: Friday 19 January 2024",
        "Why this date: 14 days from the decision, Monday 8 January 2024. Basis: Local",
        "",
    ]
    assert f"{REVIEW_LINK}/stages/national-panel" in written.text
    assert "Northamptonshire Local Safeguarding Children Board" in written.text


def why(session: Session, case: MarkedCase, stage_id: int) -> list[str]:
    """What the letter about an opened stage says of its date, in its plain text."""
    lines = letter(session, case, Template.STAGE_OPENED, stage_id=stage_id).text.splitlines()
    return [line for line in lines if line.startswith("Why this date")]


def test_a_stage_without_a_deadline_of_its_own_names_the_stage_that_it_must_be_in_time_for(
    session: Session, case: MarkedCase
) -> None:
    assert why(session, case, case.stage_id) == ["Why this date: in time for “Telling the National Panel”"]
    assert why(session, case, case.agency_stage_id) == ["Why this date: in time for “Report”"]


@pytest.mark.parametrize("trigger", ["agency_reports_due", None])
def test_a_date_agreed_in_the_review_says_that_and_nothing_else(
    session: Session, case: MarkedCase, trigger: str | None
) -> None:
    stage = session.get_one(Stage, case.agency_stage_id)
    stage.basis, stage.trigger, stage.rule = Basis.AGREED, trigger, AGREED
    session.flush()

    assert why(session, case, case.agency_stage_id) == ["Why this date: agreed in the review"]


def test_an_extended_stage_names_the_date_before(session: Session, case: MarkedCase) -> None:
    session.get_one(Stage, case.stage_id).original_due_on = date(2024, 1, 15)
    session.flush()

    assert why(session, case, case.stage_id) == [
        "Why this date: extended from Monday 15 January 2024; the reason is in the history of the review"
    ]


def test_every_stage_that_must_be_in_time_for_another_can_name_it() -> None:
    bound = [(type_, spec) for type_, table in PIPELINES.items() for spec in table.stages if spec.within]

    assert [spec.key for type_, spec in bound if not spec.clock and not in_time_for(type_, spec.key)] == []


def test_an_opened_stage_without_a_date_says_so(session: Session, case: MarkedCase) -> None:
    written = letter(session, case, Template.STAGE_OPENED, stage_id=case.undated_stage_id)

    assert "Due: no date is set yet" in written.text
    assert "no date is set yet" in written.html


LEAD_REVIEWER = "Appointment of the independent lead reviewer"
TUESDAY_AFTER = date(2024, 1, 23)  # the stage was due on the Monday


def test_a_stage_that_is_given_to_somebody_when_it_is_overdue_says_that_and_what_to_do(
    session: Session, case: MarkedCase
) -> None:
    written = letter(session, case, Template.STAGE_OPENED, today=TUESDAY_AFTER)

    assert written.subject == (
        f"SCR-LSCBN-2024-01: “{LEAD_REVIEWER}” is now with you and overdue: it was due on Monday 22 January 2024"
    )
    assert written.text.splitlines()[:7] == [
        "Hello,",
        "",
        f"The stage “{LEAD_REVIEWER}” of review SCR-LSCBN-2024-01 is open. You need to complete it.",
        (
            "It was due on Monday 22 January 2024 and is overdue. Please complete it now, or agree another date with "
            "the board’s business manager."
        ),
        "",
        "Review: SCR-LSCBN-2024-01",
        f"Stage: {LEAD_REVIEWER}",
    ]


@pytest.mark.parametrize(
    ("template", "whose"), [(Template.ACTION_ASSIGNED, "now with you"), (Template.ACTION_REOPENED, "with you again")]
)
def test_an_action_that_is_given_to_somebody_when_it_is_overdue_says_that_and_what_to_do(
    session: Session, case: MarkedCase, template: Template, whose: str
) -> None:
    details = {"number": "3", "due": "2024-01-22"}
    written = letter(session, case, template, today=TUESDAY_AFTER, details=details)

    assert written.subject == (
        f"SCR-LSCBN-2024-01: action 3 is {whose} and overdue: it was due on Monday 22 January 2024"
    )
    assert (
        "It was due on Monday 22 January 2024 and is overdue. Please record the evidence now that the change has been "
        "made, or agree another date with the board’s business manager."
    ) in written.text


@pytest.mark.parametrize("template", [Template.STAGE_OPENED, Template.ACTION_ASSIGNED, Template.ACTION_REOPENED])
def test_what_is_given_on_its_last_day_is_not_overdue(session: Session, case: MarkedCase, template: Template) -> None:
    details = {"number": "3", "due": "2024-01-22"}
    written = letter(session, case, template, today=date(2024, 1, 22), details=details)

    assert written.subject.endswith(", due on Monday 22 January 2024")
    assert "overdue" not in written.text


def test_an_agencys_own_stage_is_named_with_its_agency(session: Session, case: MarkedCase) -> None:
    written = letter(session, case, Template.STAGE_OPENED, stage_id=case.agency_stage_id)

    assert "(Police)" in written.subject
    assert "Last safe working day" not in written.text
    assert f"{REVIEW_LINK}/stages/agency-report:police" in written.text


def test_a_moved_deadline_gives_both_dates(session: Session, case: MarkedCase) -> None:
    written = letter(session, case, Template.DEADLINE_MOVED)

    assert "moved from Monday 15 January 2024 to Monday 22 January 2024" in written.text


def test_a_deadline_that_was_given_for_the_first_time_was_not_moved(session: Session, case: MarkedCase) -> None:
    written = letter(session, case, Template.DEADLINE_MOVED, details={"from": ""})

    assert "has been set to Monday 22 January 2024" in written.text


def test_a_letter_about_a_review_leads_to_the_review(session: Session, case: MarkedCase) -> None:
    assert Outline(letter(session, case, Template.PUBLICATION_ENDED).html).links[0] == REVIEW_LINK


def test_a_sign_in_link_says_when_it_ends_in_london(session: Session, case: MarkedCase) -> None:
    text = letter(session, case, Template.SIGN_IN).text

    assert "You can use it once, until 09:15 on Monday 8 January 2024." in text


def test_a_sign_in_link_to_another_place_is_never_written(session: Session, case: MarkedCase) -> None:
    with pytest.raises(ValidationError, match="does not lead into the dashboard"):
        letter(session, case, Template.SIGN_IN, details={"link": f"{ADDRESS}.elsewhere.example/x"})


def test_a_letter_whose_variables_are_missing_is_not_written(session: Session, case: MarkedCase) -> None:
    with pytest.raises(ValidationError, match="due_on"):
        letter(session, case, Template.DEADLINE_MOVED, stage_id=case.undated_stage_id)


def test_what_was_queued_cannot_bring_mark_up_into_a_letter(session: Session, case: MarkedCase) -> None:
    with pytest.raises(ValidationError):
        letter(session, case, Template.ACTION_ASSIGNED, details={"number": "<script>"})


def test_days_and_distances_are_spelt_as_people_say_them() -> None:
    days = [date(2024, 1, number) for number in (3, 7, 8, 9, 13)]

    assert spoken(TODAY) == "Monday 8 January 2024"
    assert [how_far(value, TODAY) for value in days] == ["5 days ago", "yesterday", "today", "tomorrow", "in 5 days"]
