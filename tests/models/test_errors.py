"""Refusals as structure: what `str()` says of them, and that their patterns are written out."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from models.errors import InputError, MoveRefused, empty, fault
from models.remedies import ResumeReview
from models.wording import Key, Sentence

ROOT = Path(__file__).parents[2]
# the functions that take a pattern, and which of their arguments it is
PATTERNS = {"Sentence": 0, "fault": 2, "empty": 1}


def test_the_plain_sentence_names_the_field_what_was_given_and_what_is_wanted() -> None:
    refusal = InputError(
        fault(("sources", 1, "due_on"), date(2014, 5, 6), "is not after {day}.", day=date(2014, 5, 7)),
        empty("reason", "Say why."),
    )

    assert str(refusal) == "sources.2.due_on: ‘2014-05-06’ is not after 2014-05-07.\nreason: is empty. Say why."
    assert refusal.faults[1] == empty("reason", "Say why.")


def test_the_plain_sentence_ends_with_the_remedy_in_words() -> None:
    refusal = MoveRefused(Sentence("‘{stage}’ waits.", stage=Key("report")), remedy=ResumeReview("X"))

    assert str(refusal) == "‘report’ waits. Resume it first, on its page."


def test_every_pattern_is_written_out_where_it_is_raised_so_that_nothing_typed_is_read_as_one() -> None:
    found = [place for room in ("casework", "models", "dashboard") for place in put_together(ROOT / room)]

    assert found == []


def put_together(room: Path) -> Iterator[str]:
    """Where a pattern is anything but a string that stands there."""
    for file in sorted(room.rglob("*.py")):
        if file.name == "errors.py":  # where `fault` and `empty` pass theirs on
            continue
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for pattern in patterns_of(call):
                if not is_written_out(pattern):
                    yield f"{file.relative_to(ROOT)}:{pattern.lineno}"


def patterns_of(call: ast.AST) -> Iterator[ast.expr]:
    """The pattern that a call takes, if it is one of those that do."""
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in PATTERNS:
        yield call.args[PATTERNS[call.func.id]]


def is_written_out(pattern: ast.expr) -> bool:
    """Whether an expression is a string, or one of two strings."""
    if isinstance(pattern, ast.IfExp):
        return is_written_out(pattern.body) and is_written_out(pattern.orelse)
    return isinstance(pattern, ast.Constant) and isinstance(pattern.value, str)
