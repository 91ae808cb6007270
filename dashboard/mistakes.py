"""What is wrong with an answer, as one sentence beside its field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from casework.validation.reading import own_words
from dashboard.fields import DATE_PARTS, Field
from dashboard.plain import REMEDY, in_words
from dashboard.shapes import Kind, field_at, options_of, shape_of

ABSENT = {"missing", "string_too_short", "too_short", "none_required"}
OWN = {"value_error", "assertion_error"}  # raised by a form's own checks, in words of their own
# labels that begin with one of these read on after "Enter the"; any other is quoted
NOUNS = {"address", "agency", "date", "e-mail", "evidence", "name", "number", "reason", "reasons", "title"}
NEEDED: dict[Kind, str] = {
    "text": "Enter {phrase}",
    "email": "Enter {phrase}",
    "long_text": "Enter {phrase}",
    "date": "Enter {phrase}",
    "time": "Enter {phrase}",
    "yes_no": "Choose yes or no for {quoted}",
    "choice": "Choose one of the answers to {quoted}",
    "many": "Choose at least one of the answers to {quoted}",
    "rows": "Give at least one entry for {quoted}",
    "file": "Choose a file for {quoted}",
}
UNFIT: dict[Kind, str] = {
    "date": "{given} is not a date: use day, month and year in figures, such as 6 5 2014",
    "time": "{given} is not a time: write it as 10:00 or 2.30pm",
    "yes_no": "Choose yes or no for {quoted}",
    "email": "{given} is not an e-mail address: give one such as name@board.example",
}
WORDED = {
    "int_parsing": "{given} is not a whole number: use figures, such as 12",
    "int_from_float": "{given} is not a whole number: use figures, such as 12",
    "float_parsing": "{given} is not a number: use figures, such as 12.5",
    "string_too_long": "{label} must be no longer than {max_length} characters",
    "greater_than": "{label} must be more than {gt}",
    "greater_than_equal": "{label} must be {ge} or more",
    "less_than": "{label} must be less than {lt}",
    "less_than_equal": "{label} must be {le} or less",
    "date_past": "{label} must be in the past",
    "date_future": "{label} must be in the future",
    "string_too_short": "{label} must have at least {min_length} characters",
    "too_short": "Give at least {min_length} for {quoted}",
    "string_pattern_mismatch": "{given} is not a web address: write it as https://board.example/report",
    "enum": "{given} is not one of the answers to {quoted}: choose {choices}",
}


@dataclass(frozen=True)
class Problem:
    """One line of the error summary: the sentence and the id of its field ('' for the whole form)."""

    sentence: str
    anchor: str = ""


def problems_of(fields: Iterable[Field], errors: Mapping[str, str]) -> tuple[Problem, ...]:
    """The error summary: what concerns the whole form, the fields in their order, rows within them, and the remedy."""
    whole, remedy = ([Problem(errors[name])] if name in errors else [] for name in ("", REMEDY))
    return (*whole, *in_order(fields), *remedy)


def in_order(fields: Iterable[Field]) -> Iterable[Problem]:
    """The problems of these fields; those of a row say which row it is."""
    for field in fields:
        if field.error:
            yield Problem(field.error, field.anchor)
        for number, row in enumerate(field.rows, start=1):
            for problem in in_order(row):
                yield Problem(f"{problem.sentence} (number {number} of ‘{field.label}’)", problem.anchor)


def errors_of(exc: ValidationError, form: type[BaseModel]) -> dict[str, str]:
    """One sentence for each field refused, by its name in the page ('agencies-0-name', '' for all)."""
    sentences: dict[str, str] = {}
    for error in exc.errors(include_url=False):
        name, label, info = field_at(form, error["loc"])
        sentences.setdefault(name, worded(error, label, info) if info else in_words(own_words(error)))
    return sentences


def worded(error: ErrorDetails, label: str, info: FieldInfo) -> str:
    """The sentence for one error of one field."""
    shape = shape_of(info)
    wording = wording_of(error, shape.kind)
    if wording is None:
        return of_a_check(error) if error["type"] in OWN else f"{label}: {lower_first(error['msg'])}"
    return wording.format(
        given=given(error["input"], shape.kind),
        quoted=f"‘{label}’",
        label=label,
        phrase=phrase(label, shape.kind),
        choices=spoken(info),
        **error.get("ctx", {}),
    )


def of_a_check(error: ErrorDetails) -> str:
    """The sentence of a form's own check; of a day it says what is wrong with it, and the day is put before that."""
    day = error["input"]
    said = in_words(own_words(error))
    return f"‘{in_words(day)}’ {said}" if isinstance(day, date) else said


def given(typed: object, kind: Kind) -> str:
    """What was typed; a date as day, month and year, in the order of its three fields."""
    parts = str(typed).split("-")
    if kind == "date" and len(parts) == len(DATE_PARTS):
        return f"‘{'/'.join(part or '…' for part in reversed(parts))}’"
    return f"‘{typed}’"


def wording_of(error: ErrorDetails, kind: Kind) -> str | None:
    """The pattern of the sentence, from the tables above; None where none fits."""
    typed, problem = isinstance(error["input"], str) and error["input"].strip(), error["type"]
    if problem in ABSENT and not typed:
        return NEEDED[kind]
    if kind == "email" and problem == "string_pattern_mismatch":
        return UNFIT[kind]
    if problem in OWN and not (kind in ("date", "time") and typed):
        return None  # of a date or a time still in text, the check only says that it is none
    return WORDED.get(problem) or UNFIT.get(kind)


def lower_first(words: str) -> str:
    """'Date of referral' as 'date of referral'; an abbreviation such as 'SCR decision' stays as it is."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def phrase(label: str, kind: Kind) -> str:
    """What to enter: 'the date the board was notified', or 'an answer for ‘Held by’'."""
    if label.partition(" ")[0].lower() in NOUNS and not label.endswith("?"):
        return f"the {lower_first(label)}"
    return f"{'a date' if kind == 'date' else 'an answer'} for ‘{label}’"


def spoken(info: FieldInfo) -> str:
    """The answers to choose from: 'A, B or C'."""
    labels = [option.label for option in options_of(shape_of(info).choices)]
    return " or ".join([", ".join(labels[:-1]), labels[-1]]) if len(labels) > 1 else "".join(labels)
