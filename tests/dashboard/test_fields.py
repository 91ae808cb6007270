"""A form's questions come from its pydantic model, its answers go back to it, its refusals are sentences."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import pytest
from pydantic import BaseModel, Field, ValidationError, field_validator
from starlette.datastructures import FormData, UploadFile

from dashboard.fields import INDEX, fields_of
from dashboard.fields import Field as Question
from dashboard.mistakes import Problem, errors_of, problems_of
from dashboard.posted import another, read_form
from dashboard.shapes import Option
from models.forms.referral import Referral

Email = Annotated[str, Field(pattern=r".+@.+\..+", json_schema_extra={"email": True})]


class Decision(StrEnum):
    SCR = "serious_case_review"
    NONE = "none"

    @property
    def label(self) -> str:
        return {"serious_case_review": "Serious Case Review", "none": "No review"}[self.value]


class Known(StrEnum):
    YES = "yes"
    NOT_YET = "not-yet"


class Agency(BaseModel):
    name: str = Field(title="Name")
    contact: Email | None = Field(None, title="E-mail address")


class Screening(BaseModel):
    notified_on: date = Field(title="Date the board was notified", description="For example, 27 3 2014")
    harmed: bool = Field(title="Was the child harmed?")
    decision: Decision = Field(title="Decision")
    reasons: str = Field(title="Reasons", min_length=1, json_schema_extra={"long": True})


class Everything(BaseModel):
    lead_reviewer: str | None = None
    considered: list[Known] = Field(title="Considered")
    agencies: list[Agency] = Field(title="Agencies", min_length=1)
    minutes: str | None = Field(None, title="Minutes", json_schema_extra={"file": True})
    places: int = Field(12, title="Places")


DECISIONS = (Option("serious_case_review", "Serious Case Review"), Option("none", "No review"))
KNOWN = (Option("yes", "Yes"), Option("not-yet", "Not yet"))


def posted(*answers: tuple[str, str | UploadFile]) -> FormData:
    return FormData(list(answers))


def refused(form: type[BaseModel], **answers: object) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        form.model_validate(answers)
    return errors_of(caught.value, form)


def test_each_type_makes_its_kind_of_field() -> None:
    assert fields_of(Screening) == (
        Question("notified_on", "Date the board was notified", "For example, 27 3 2014", "date", value=("", "", "")),
        Question("harmed", "Was the child harmed?", kind="yes_no"),
        Question("decision", "Decision", kind="choice", options=DECISIONS),
        Question("reasons", "Reasons", kind="long_text"),
    )


def test_a_form_with_rows_lists_and_files() -> None:
    row = (
        Question("agencies-0-name", "Name"),
        Question("agencies-0-contact", "E-mail address", kind="email", required=False),
    )
    blank = (
        Question(f"agencies-{INDEX}-name", "Name"),
        Question(f"agencies-{INDEX}-contact", "E-mail address", kind="email", required=False),
    )

    assert fields_of(Everything) == (
        Question("lead_reviewer", "Lead reviewer", required=False),
        Question("considered", "Considered", kind="many", options=KNOWN, value=()),
        Question("agencies", "Agencies", kind="rows", rows=(row,), blank=blank),
        Question("minutes", "Minutes", kind="file", required=False),
        Question("places", "Places", value="12", required=False),
    )


def test_what_was_answered_is_shown_again_with_what_is_wrong() -> None:
    values = {"notified_on": date(2014, 5, 6), "harmed": False, "decision": Decision.NONE, "reasons": "x"}

    fields = fields_of(Screening, values, {"reasons": "Say more"})

    assert [(field.value, field.error) for field in fields] == [
        (("6", "5", "2014"), ""),
        ("no", ""),
        ("none", ""),
        ("x", "Say more"),
    ]


def test_one_more_row_is_blank() -> None:
    rows = fields_of(Everything, {"agencies": [{"name": "Police"}]}, another="agencies")[2].rows

    assert [row[0].value for row in rows] == ["Police", ""]


def test_a_type_that_no_field_can_ask_for_is_a_mistake_of_the_form() -> None:
    class Odd(BaseModel):
        odd: dict[str, str]

    with pytest.raises(TypeError, match=r"dict\[str, str\] cannot be a field"):
        fields_of(Odd)


def test_answers_are_read_as_plain_data() -> None:
    data = posted(
        ("notified_on-day", "6"),
        ("notified_on-month", " 05 "),
        ("notified_on-year", "2014"),
        ("harmed", "yes"),
        ("decision", "none"),
        ("reasons", "One line\r\nand another "),
        ("stranger", "ignored"),
    )

    assert read_form(Screening, data) == {
        "notified_on": date(2014, 5, 6),
        "harmed": True,
        "decision": "none",
        "reasons": "One line\nand another",
    }


def test_blank_answers_and_blank_rows_are_left_out() -> None:
    data = posted(
        ("lead_reviewer", "  "),
        ("agencies-0-name", ""),
        ("agencies-2-name", "Police"),
        ("agencies-10-name", "School"),
        ("agencies-10-contact", "head@school.example"),
        ("considered", "yes"),
        ("considered", "not-yet"),
    )

    assert read_form(Everything, data) == {
        "considered": ["yes", "not-yet"],
        "agencies": [{"name": "Police"}, {"name": "School", "contact": "head@school.example"}],
    }


def test_a_file_is_read_only_when_one_was_chosen() -> None:
    chosen = UploadFile(file=open("/dev/null", "rb"), filename="minutes.docx")  # noqa: PTH123, SIM115 -- closed by the form
    unchosen = UploadFile(file=chosen.file, filename="")

    assert read_form(Everything, posted(("minutes", chosen))) == {"minutes": chosen}
    assert read_form(Everything, posted(("minutes", unchosen))) == {}
    chosen.file.close()


def test_a_day_that_a_forms_own_check_refuses_stands_before_what_is_wrong_with_it() -> None:
    days = {"incident_on": date(2014, 5, 7), "aware_on": date(2014, 5, 6), "notified_on": date(1914, 5, 8)}
    errors = refused(Referral, **days)

    assert errors["aware_on"] == (
        "‘Tuesday 6 May 2014’ is before it happened, on Wednesday 7 May 2014. Give the day the authority became "
        "aware of it"
    )
    assert errors["notified_on"] == "‘Friday 8 May 1914’ is not between 1980 and 2090. Check the year"


@pytest.mark.parametrize(
    ("day", "month", "year", "typed", "shown"),
    [
        ("1", "13", "2014", "2014-13-1", "1/13/2014"),
        ("29", "2", "2015", "2015-2-29", "29/2/2015"),
        ("", "", "2014", "2014--", "…/…/2014"),
        ("6", "5", "14", "14-5-6", "6/5/14"),
        ("6", "May", "2014", "2014-May-6", "6/May/2014"),
    ],
)
def test_what_is_no_date_is_passed_on_and_refused_and_shown_again(
    day: str, month: str, year: str, typed: str, shown: str
) -> None:
    values = read_form(
        Screening, posted(("notified_on-day", day), ("notified_on-month", month), ("notified_on-year", year))
    )

    assert values == {"notified_on": typed}
    errors = refused(Screening, **values)
    assert errors["notified_on"] == f"‘{shown}’ is not a date: use day, month and year in figures, such as 6 5 2014"
    assert fields_of(Screening, values)[0].value == (day, month, year)


def test_add_another_names_its_rows() -> None:
    assert (another(posted(("add-another", "agencies"))), another(posted())) == ("agencies", "")


def test_whatever_is_missing_is_asked_for_in_a_sentence() -> None:
    assert refused(Screening) == {
        "notified_on": "Enter the date the board was notified",
        "harmed": "Choose yes or no for ‘Was the child harmed?’",
        "decision": "Choose one of the answers to ‘Decision’",
        "reasons": "Enter the reasons",
    }


def test_whatever_does_not_fit_is_named_with_what_would() -> None:
    errors = refused(Everything, considered=["yes", "perhaps"], agencies=[{"contact": "nobody"}], places="a few")

    assert errors == {
        "considered": "‘perhaps’ is not one of the answers to ‘Considered’: choose Yes or Not yet",
        "agencies-0-name": "Enter the name",
        "agencies-0-contact": "‘nobody’ is not an e-mail address: give one such as name@board.example",
        "places": "‘a few’ is not a whole number: use figures, such as 12",
    }


def test_a_forms_own_check_speaks_for_itself() -> None:
    class Panel(BaseModel):
        size: int

        @field_validator("size")
        @classmethod
        def at_least_three(cls, size: int) -> int:
            if size < 3:
                raise ValueError("A panel has {three} members or more")
            return size

    assert refused(Panel, size=2) == {"size": "A panel has {three} members or more"}


def test_an_answer_that_is_too_long_is_told_how_long_it_may_be() -> None:
    class Short(BaseModel):
        title: str = Field(title="Title", max_length=5)

    assert refused(Short, title="too long") == {"title": "Title must be no longer than 5 characters"}


def test_the_summary_leads_to_each_field_and_says_which_row() -> None:
    errors = {"": "Nothing was changed", "agencies-1-name": "Enter the name"}
    agencies = [{"name": "Police"}, {"contact": "head@school.example"}]

    assert problems_of(fields_of(Everything, {"agencies": agencies}, errors), errors) == (
        Problem("Nothing was changed"),
        Problem("Enter the name (number 2 of ‘Agencies’)", "agencies-1-name"),
    )


def test_the_summary_leads_to_the_day_of_a_date_and_the_first_answer_of_rows() -> None:
    errors = refused(Screening)
    rows = refused(Everything, considered=["yes"])

    assert problems_of(fields_of(Screening, {}, errors), errors)[0].anchor == "notified_on-day"
    assert problems_of(fields_of(Everything, {}, rows), rows) == (
        Problem("Give at least one entry for ‘Agencies’", "agencies-0-name"),
    )
