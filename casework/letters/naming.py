"""What can be named in the source of a letter, what each name means, and an example of each."""

from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from casework.letters.letter_variables import VARIABLES
from casework.letters.variables import Variables
from models.vocabulary import Basis, MeetingKind, Template

ADDRESS = "https://learning-cycle.example"
EXAMPLE: dict[str, Any] = {
    "address": ADDRESS,
    "link": f"{ADDRESS}/reviews/EXAMPLE-SCR-2024-001/stages/lead-reviewer",
    "today": date(2024, 1, 8),
    "reference": "EXAMPLE-SCR-2024-001",
    "board": "Example Safeguarding Board",
    "stage": "Appointment of the independent lead reviewer",
    "due_on": date(2024, 1, 22),
    "last_safe_on": date(2024, 1, 19),
    "original_due_on": None,
    "rule": "14 days",
    "basis": Basis.STATUTORY_GUIDANCE,
    "trigger": "decided_on",
    "trigger_on": date(2024, 1, 8),
    "from": date(2024, 1, 15),
    "number": 3,
    "due": date(2024, 6, 28),
    "keep": "12 months",
    "minutes": 15,
    "what": "Agency report (Example Police)",
    "days": 30,
    "comes_on": date(2024, 1, 29),
    "answer_by": date(2024, 1, 22),
    "queued_at": datetime(2024, 1, 8, 9, tzinfo=UTC),
    "meeting_kind": MeetingKind.PANEL,
    "uid": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff",
    "sequence": 1,
    "changed_at": datetime(2024, 1, 8, 9, tzinfo=UTC),
    "on_day": date(2024, 1, 30),
    "begins": time(10),
    "ends": time(12, 30),
    "place": "Room 2, Example House",
    "joining_link": "https://meet.example/abc",
}
REVIEW = f"{ADDRESS}/reviews/EXAMPLE-SCR-2024-001"
LISTED: dict[str, Any] = {"reference": "EXAMPLE-SCR-2024-001", "today": date(2024, 1, 8)}
LONG_AFTER = date(2024, 12, 2)


EXAMPLE |= {
    "overdue": [
        LISTED | {"title": "Agency report (Police)", "link": f"{REVIEW}/stages/x", "due_on": date(2024, 1, 2)},
        LISTED | {"title": "Action 3", "link": f"{REVIEW}/actions/3", "due_on": date(2024, 1, 5)},
    ],
    "due_today": [LISTED | {"title": "Report", "link": f"{REVIEW}/stages/report", "due_on": date(2024, 1, 8)}],
    "ahead": [LISTED | {"title": "Action plan", "link": f"{REVIEW}/stages/action-plan", "due_on": date(2024, 1, 22)}],
    "brought": [
        LISTED
        | {
            "title": "Chair’s decision",
            "link": f"{REVIEW}/stages/chair-decision",
            "due_on": date(2023, 12, 22),
            "owed_by": "Independent Chair",
        }
    ],
    "coming": [LISTED | {"title": "Action plan", "link": f"{REVIEW}/stages/action-plan", "due_on": date(2024, 1, 22)}],
    "at_risk": [
        {
            "reference": "EXAMPLE-SCR-2024-001",
            "link": f"{REVIEW}#forecast",
            "how": "Counted through 4 stages, from ‘Agency report’ to ‘Report’; the review’s page shows each step.",
            "headline": "‘Report’ will probably be 12 days late: about Friday 14 June 2024, due Sunday 2 June 2024.",
            "advice": "Plan less time for ‘Practitioner events’: no other stage can save so much time, up to 20 days.",
        }
    ],
    "count": 5,
    "count_overdue": 2,
    "count_brought": 1,
    "agency": "Example Police",
    "open_reviews": 7,
    "held": 1,
    "launched": 2,
    "ended": 1,
    "stages_overdue": 3,
    "actions_overdue": 2,
    "due_soon": 4,
    "stuck": 1,
}


def example(template: Template, **changed: Any) -> Variables:
    """The variables of a made-up letter."""
    return VARIABLES[template].model_validate(EXAMPLE | changed)


def examples(template: Template) -> list[Variables]:
    """Letters as different as they can be: with everything there is, long after, with as little as there may be."""
    full = example(template)
    kind = type(full)
    absent = {name: None for name, info in kind.model_fields.items() if not info.is_required() and info.default is None}
    empty = dict.fromkeys(lists_of(kind), ())
    return [full, example(template, today=LONG_AFTER), full.model_copy(update=absent | empty)]


def named(variables: Variables) -> dict[str, Any]:
    """The names that a source may use, with their values."""
    names = (*type(variables).model_fields, *type(variables).model_computed_fields)
    return {name: getattr(variables, name) for name in names}


def offered(variables: Variables) -> dict[str, Any]:
    """The names that own words may use, with their values."""
    kind = type(variables)
    return {name: getattr(variables, name) for name in (*explained(kind), *lists_of(kind))}


@cache
def explained(kind: type[BaseModel]) -> dict[str, str]:
    """The names that own words may use, each with what it means: fields that are described, and computed ones."""
    described = {name: info.description for name, info in kind.model_fields.items() if name not in lists_of(kind)}
    described |= {name: info.description for name, info in kind.model_computed_fields.items()}
    return {name: words for name, words in described.items() if words}


@cache
def types_of(kind: type[BaseModel]) -> dict[str, Any]:
    """The names of a letter, or of an item of a list, each with the type of what it is filled in with."""
    types: dict[str, Any] = {name: info.annotation for name, info in kind.model_fields.items()}
    return types | {name: info.return_type for name, info in kind.model_computed_fields.items()}


@cache
def lists_of(kind: type[BaseModel]) -> dict[str, dict[str, str]]:
    """The lists of a letter, each with what its items have."""
    items = {name: item_of(info.annotation) for name, info in kind.model_fields.items() if info.description}
    return {name: explained(item) for name, item in items.items() if item}


def item_of(annotation: Any) -> type[BaseModel] | None:
    """The model of a list's items; None for what is no list of models."""
    inner = get_args(annotation)[:1]
    return inner[0] if inner and isinstance(inner[0], type) and issubclass(inner[0], BaseModel) else None
