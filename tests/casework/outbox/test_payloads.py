"""What a letter carries: one payload a template, refused when it is queued and read back as it was given."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from pydantic import ValidationError

from casework.letters.letter_variables import VARIABLES, OfAction, OfMeeting
from casework.outbox.payloads import (
    PAYLOADS,
    ActionLetter,
    AnswerAskedFor,
    DigestLetter,
    MeetingLetter,
    MovedDeadline,
    Payload,
    PayloadError,
    PromisedReport,
    RenewedLink,
    SignInLetter,
    details_of,
    facts_of,
    payload_of,
)
from models.record import OutboxMessage
from models.vocabulary import MeetingKind, Response, TaskKind, Template
from tests.casework.letters.a_case import DETAILS, NOW

DAY = date(2024, 1, 22)
GIVEN: dict[type[Payload], Payload] = {
    type(each): each
    for each in (
        SignInLetter(link="http://127.0.0.1:8770/sign-in/tOkEn", minutes=15),
        DigestLetter(period="2024-W02", agency="Police"),
        MovedDeadline(moved_from=DAY),
        ActionLetter(number=3, due=DAY),
        MeetingLetter(
            number=1,
            meeting_kind=MeetingKind.PANEL,
            uid="6f9619ff",
            sequence=2,
            changed_at=datetime(2024, 1, 8, 9, 0, 1, tzinfo=UTC),
            on_day=DAY,
            begins=time(10),
            ends=time(12, 30),
            response=Response.ACCEPTED,
            joining_link="https://meet.example/abc",
        ),
        RenewedLink(kind=TaskKind.REPORT, task=2, what="Agency report (Police)", days=30),
        PromisedReport(comes_on=DAY),
        AnswerAskedFor(task=1, answer_by=DAY),
    )
}
WITH_ONE = [template for template, kind in PAYLOADS.items() if kind is not None]


def message(template: Template, details: dict[str, str] | None) -> OutboxMessage:
    """A message as it lies in the outbox."""
    return OutboxMessage(
        key="k", template=template, person_id=1, details=details, queued_at=NOW, next_try_at=NOW, review_id=1
    )


def test_every_template_says_what_it_needs() -> None:
    assert list(PAYLOADS) == list(Template)


@pytest.mark.parametrize("template", WITH_ONE)
def test_what_is_queued_is_read_back_as_it_was_given(template: Template) -> None:
    kind = PAYLOADS[template]
    assert kind
    found = payload_of(message(template, details_of(template, GIVEN[kind])), kind)

    assert found == GIVEN[kind]


@pytest.mark.parametrize("template", [each for each in Template if each in DETAILS])
def test_what_older_versions_queued_is_read(template: Template) -> None:
    facts = facts_of(message(template, DETAILS[template] | {"unknown": "x"}))

    assert facts.keys() - {"response", "period"} == DETAILS[template].keys()


def test_a_letter_that_needs_nothing_carries_nothing() -> None:
    assert details_of(Template.STAGE_OPENED, None) is None
    assert facts_of(message(Template.STAGE_OPENED, {"number": "3"})) == {}


def test_a_deadline_that_was_none_before_is_none_whichever_version_queued_it() -> None:
    found = [
        payload_of(message(Template.DEADLINE_MOVED, details), MovedDeadline)
        for details in (details_of(Template.DEADLINE_MOVED, MovedDeadline()), {"from": ""}, None)
    ]

    assert found == [MovedDeadline(moved_from=None)] * 3


@pytest.mark.parametrize(
    ("template", "given", "said"),
    [
        (
            Template.ACTION_MOVED,
            None,
            "The letter ‘action-moved’ needs ActionLetter and was given nothing. See PAYLOADS.",
        ),
        (
            Template.STAGE_OPENED,
            MovedDeadline(),
            "The letter ‘stage-opened’ needs nothing and was given MovedDeadline. See PAYLOADS.",
        ),
        (
            Template.SIGN_IN,
            PromisedReport(comes_on=DAY),
            "The letter ‘sign-in’ needs SignInLetter and was given PromisedReport. See PAYLOADS.",
        ),
    ],
)
def test_a_letter_with_what_another_needs_is_not_queued(template: Template, given: Payload | None, said: str) -> None:
    with pytest.raises(PayloadError) as refused:
        details_of(template, given)

    assert str(refused.value) == said


@pytest.mark.parametrize(("number", "due"), [("Quillfeather", DAY), ("3", DAY), (3, "2024-01-22"), (3, None)])
def test_a_letter_with_a_field_of_another_type_is_not_queued_and_the_field_not_quoted(number: Any, due: Any) -> None:
    with pytest.raises(PayloadError) as refused:
        details_of(Template.ACTION_MOVED, ActionLetter(number=number, due=due))

    name = "number" if number != 3 else "due"
    assert str(refused.value) == (
        f"The letter ‘action-moved’ cannot be written with this ActionLetter: {name} must be of the type that its "
        "field has."
    )


def test_a_row_in_which_something_is_missing_makes_no_letter() -> None:
    with pytest.raises(ValidationError, match="due"):
        payload_of(message(Template.ACTION_MOVED, {"number": "3"}), ActionLetter)


def test_a_letter_is_asked_for_what_it_is_known_to_carry() -> None:
    told = message(Template.ACTION_MOVED, {"number": "3", "due": "2024-01-22"})

    assert payload_of(told, MeetingLetter) is None
    assert {template for template, kind in PAYLOADS.items() if kind is ActionLetter} == {
        template for template, kind in VARIABLES.items() if issubclass(kind, OfAction)
    }
    assert {template for template, kind in PAYLOADS.items() if kind is MeetingLetter} == {
        template for template, kind in VARIABLES.items() if issubclass(kind, OfMeeting)
    }
