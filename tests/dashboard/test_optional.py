"""A question says “(optional)” only where no rule refuses to go on without an answer."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

import casework
from casework.framework.pipelines import PIPELINES
from dashboard.fields import Field, fields_of
from dashboard.shapes import is_needed_sometimes, only_under, shape_of
from models.forms import action, answering, meeting, parallel, participation
from models.forms.base import Form
from models.forms.method import FiveQuestions, LearningEvent

ROOMS = Path(casework.__file__).parent
# questions that share a name with one that a rule asks for, and are asked by none themselves
OF_ANOTHER = {
    "Answered.reason",
    "Invitation.reason",
    "Monitoring.actions",
    "ReAudit.actions",
}


def refused_when_empty() -> set[str]:
    """The names of all the questions of which some rule of casework says that they are empty."""
    return {name for path in ROOMS.rglob("*.py") for name in in_file(ast.parse(path.read_text()))}


def in_file(tree: ast.AST) -> Iterator[str]:
    """Those of one file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "empty":
            last = node.args[0].elts[-1] if isinstance(node.args[0], ast.Tuple) else node.args[0]
            if isinstance(last, ast.Constant):
                yield str(last.value)


def forms() -> set[type[BaseModel]]:
    """All forms that a page asks."""
    of_stages = {stage.form for table in PIPELINES.values() for stage in table.stages}
    others = {
        found
        for module in (action, answering, meeting, parallel, participation)
        for found in vars(module).values()
        if isinstance(found, type) and issubclass(found, Form)
    }
    return of_stages | others


def questions(form: type[BaseModel], wanted: set[str]) -> Iterator[tuple[str, FieldInfo]]:
    """The questions of these names that a form, or a row of it, does not ask of itself."""
    for name, info in form.model_fields.items():
        if name in wanted and not info.is_required():
            yield f"{form.__name__}.{name}", info
        if row := shape_of(info).row:
            yield from questions(row, wanted)


def test_what_a_rule_may_ask_for_is_not_called_optional_and_says_when_it_is_needed() -> None:
    wanted = refused_when_empty()
    asked = {name: info for form in forms() for name, info in questions(form, wanted)}
    by_name = {field.name: field for form in forms() for field in every(fields_of(form))}

    assert {"why_none", "justification", "reasons_against_recommendation", "heard"} <= wanted & set(by_name)
    wrong = {name for name, info in asked.items() if not only_under(info)[0] and not is_needed_sometimes(info)}
    assert wrong == OF_ANOTHER
    assert {name for name, info in asked.items() if not explained(info)} <= OF_ANOTHER


def explained(info: FieldInfo) -> bool:
    """Whether the page says when the answer is needed."""
    return bool(info.description) or (info.title or "").startswith("If ")


def every(fields: tuple[Field, ...]) -> Iterator[Field]:
    """The fields, and those of a blank row."""
    for field in fields:
        yield field
        yield from every(field.blank)


@pytest.mark.parametrize("name", FiveQuestions.model_fields)
def test_the_five_questions_of_silp_are_not_called_optional(name: str) -> None:
    asked = {field.name: field for field in fields_of(LearningEvent)}

    assert not asked[name].optional
