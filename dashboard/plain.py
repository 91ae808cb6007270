"""Refusals in the words of the page: titles where a command line would name keys, dates as people write them."""

import re
from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel

from casework.clock import spoken
from dashboard.shapes import label_of
from models import vocabulary
from models.errors import InputError
from models.vocabulary import Term

ISO_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
QUOTED = re.compile(r"‘([a-z][a-z0-9:-]*)’")
ABOUT_A_FIELD = re.compile(r"(?P<field>[a-z_]+)(?:\.(?P<number>\d+)\.(?P<inner>[a-z_]+))?: (?P<said>.+)", re.DOTALL)
TERMS: dict[str, str] = {
    member.value: member.label
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, Term)
    for member in kind
}


def in_words(sentence: str, titles: Mapping[str, str] | None = None) -> str:
    """A sentence with its keys as titles (‘no-review’ as ‘No review’) and its dates spelt out."""
    known = TERMS | dict(titles or {})
    named = QUOTED.sub(lambda found: f"‘{known.get(found[1], found[1])}’", sentence)
    return ISO_DATE.sub(lambda found: day_or_as_given(found[0]), named)


def day_or_as_given(text: str) -> str:
    """A date spelt out; what is none stays as it is."""
    try:
        return spoken(date.fromisoformat(text))
    except ValueError:
        return text


def errors_of_refusal(
    refusal: InputError, form: type[BaseModel], titles: Mapping[str, str] | None = None
) -> dict[str, str]:
    """One sentence a field, by its name in the page; '' for what concerns the form as a whole."""
    found: dict[str, str] = {}
    for line in str(refusal).split("\n"):
        name, sentence = located(line, form, titles)
        found[name] = f"{found[name]} {sentence}" if name in found else sentence
    return found


def located(line: str, form: type[BaseModel], titles: Mapping[str, str] | None) -> tuple[str, str]:
    """Which field a line is about, and what it says of it, with the field's label in place of its name."""
    about = ABOUT_A_FIELD.fullmatch(line)
    if about is None or about["field"] not in form.model_fields:
        return "", in_words(line, titles)
    field = form.model_fields[about["field"]]
    said = in_words(about["said"], titles)
    if said.startswith("is empty. "):
        return about["field"], said.removeprefix("is empty. ")
    label = label_of(about["field"], field) + (f", number {about['number']}" if about["number"] else "")
    return about["field"], f"{label}{'' if label.endswith('?') else ':'} {said}"
