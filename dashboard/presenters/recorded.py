"""What a form recorded, as the page shows it: the form's own questions with their answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel

from casework.clock.wording import day
from dashboard.plain import TERMS
from dashboard.presenters.local import met
from dashboard.shapes import Local, label_of, options_of, sentence_case, shape_of
from models.vocabulary import Decision

BESIDE: dict[str, str] = {  # what completing a stage adds to what was typed
    "suits": "The criteria",
    "recommendation": "Recommended",
    "because": "Because",
    "cites": "Where this comes from",
    "cite": "Where this comes from",  # of screenings before there were several paragraphs
    "lead_reviewers": "Lead reviewers named to the Panel",
    "on_request_since": "Available on request since",
}
EARLIER = "earlier"


@dataclass(frozen=True)
class Fact:
    """One question with its answer: `lines` of text, or `rows` of further facts."""

    label: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple["Fact", ...], ...] = ()


def recorded(form: type[BaseModel], values: Mapping[str, object], local: Local | None = None) -> tuple[Fact, ...]:
    """The answers in the order of the form, what was added to them last; what was left blank is left out.

    `local` names answers as the board does.
    """
    answers = [fact_of(form, name, values[name], local) for name in form.model_fields if given(values.get(name))]
    beside = [Fact(BESIDE[name], added(name, values[name], local)) for name in BESIDE if given(values.get(name))]
    return (*answers, *beside, *before_it_was_sent_back(form, values, local))


def before_it_was_sent_back(
    form: type[BaseModel], values: Mapping[str, object], local: Local | None
) -> tuple[Fact, ...]:
    """What had been recorded before, oldest first."""
    older = values.get(EARLIER)
    if not isinstance(older, Sequence):
        return ()
    rows = tuple(recorded(form, row, local) for row in older if isinstance(row, Mapping))
    return (Fact("What was recorded before it was sent back", rows=rows),)


def given(value: object) -> bool:
    """Whether something was answered."""
    return value is not None and value not in ("", [], ())


def added(name: str, value: object, local: Local | None) -> tuple[str, ...]:
    """What completing a stage added, in words."""
    if name == "suits":
        return (sentence_case(met(str(value))),)
    if name == "recommendation":
        return ((local or {}).get(Decision, {}).get(str(value)) or TERMS.get(str(value), str(value)),)
    return lines_of(value)


def fact_of(form: type[BaseModel], name: str, value: object, local: Local | None) -> Fact:
    """One answer."""
    info = form.model_fields[name]
    shape, label = shape_of(info), label_of(name, info)
    if shape.row and isinstance(value, Sequence):
        return Fact(label, rows=tuple(recorded(shape.row, row, local) for row in value if isinstance(row, Mapping)))
    if shape.choices:
        options = (*options_of(shape.choices), *options_of(shape.choices, local))
        labels = {option.value: option.label for option in options}
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
