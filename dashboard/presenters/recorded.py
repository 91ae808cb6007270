"""What a form recorded, as the page shows it: the form's own questions with their answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from dashboard.plain import TERMS
from dashboard.shapes import label_of, options_of, shape_of
from dashboard.templating import day

BESIDE: dict[str, str] = {  # what completing a stage adds to what was typed
    "recommendation": "What the criteria recommend",
    "because": "Because",
    "cite": "Where the criteria come from",
    "lead_reviewers": "Lead reviewers named to the Panel",
    "on_request_since": "Available on request since",
}


@dataclass(frozen=True)
class Fact:
    """One question with its answer: `lines` of text, or `rows` of further facts."""

    label: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple["Fact", ...], ...] = ()


def recorded(form: type[BaseModel], values: Mapping[str, object]) -> tuple[Fact, ...]:
    """The answers in the order of the form, what was added to them last; what was left blank is left out."""
    answers = [fact_of(form, name, values[name]) for name in form.model_fields if given(values.get(name))]
    beside = [Fact(BESIDE[name], lines_of(values[name])) for name in BESIDE if given(values.get(name))]
    return (*answers, *beside)


def given(value: object) -> bool:
    """Whether something was answered."""
    return value is not None and value not in ("", [], ())


def fact_of(form: type[BaseModel], name: str, value: object) -> Fact:
    """One answer."""
    info = form.model_fields[name]
    shape, label = shape_of(info), label_of(name, info)
    if shape.row and isinstance(value, Sequence):
        return Fact(label, rows=tuple(recorded(shape.row, row) for row in value if isinstance(row, Mapping)))
    if shape.choices:
        labels = {option.value: option.label for option in options_of(shape.choices)}
        return Fact(label, (labels.get(str(value), str(value)),))
    return Fact(label, lines_of(value))


def lines_of(value: object) -> tuple[str, ...]:
    """An answer as lines of text."""
    if isinstance(value, (list, tuple)):
        return tuple(line for each in value for line in lines_of(each))
    if isinstance(value, bool):
        return ("Yes" if value else "No",)
    if isinstance(value, date):
        return (day(value),)
    text = str(value)
    return (TERMS.get(text) or date_or_text(text),)


def date_or_text(text: str) -> str:
    """An ISO date spelt out, everything else as it is."""
    try:
        return day(date.fromisoformat(text)) if len(text) == len("2014-05-06") else text
    except ValueError:
        return text
