"""What a posted form says, as plain data for its pydantic model to judge."""

import re
from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel
from starlette.datastructures import FormData, UploadFile

from dashboard.fields import DATE_PARTS
from dashboard.shapes import Kind, shape_of

ANOTHER = "add-another"  # the button that asks for one more row; its value names the rows field
WHOLE = re.compile(r"[0-9]{1,4}")  # Python reads no number of thousands of digits
FOUR_DIGITS = 1000  # a year below was typed with two figures, and which century is meant is not ours to guess


def read_form(form: type[BaseModel], data: FormData, prefix: str = "") -> dict[str, object]:
    """What was posted for `form`: name -> text, date, bool, list, rows as dicts, or the UploadFile of a file.

    Blank answers and blank rows are left out. What cannot be a date, a yes or a no is passed on as it was
    typed, so that the model refuses it. Names the form does not know are ignored.
    """
    found: dict[str, object] = {}
    for name, info in form.model_fields.items():
        shape = shape_of(info)
        value = rows(shape.row, data, prefix + name) if shape.row else answer(shape.kind, data, prefix + name)
        if value not in (None, "", []):
            found[name] = value
    return found


def as_sent(form: type[BaseModel], data: FormData) -> list[tuple[str, str]]:
    """What was posted for `form`, name by name as the page sent it, so that another page can send it again."""
    asked = re.compile(rf"(?:{'|'.join(re.escape(name) for name in form.model_fields)})(?:-[0-9a-z_-]+)?")
    pairs = ((name, value) for name, value in data.multi_items() if isinstance(value, str))
    return [(name, value) for name, value in pairs if asked.fullmatch(name)]


def another(data: FormData) -> str:
    """The name of the rows field for which "Add another" was pressed, or nothing."""
    return text(data, ANOTHER)


def answer(kind: Kind, data: FormData, name: str) -> object:
    """One answer; None, '' or [] where nothing was answered."""
    if kind == "date":
        return typed_date([text(data, f"{name}-{part}") for part in DATE_PARTS])
    if kind == "many":
        return [each for each in data.getlist(name) if isinstance(each, str) and each]
    if kind == "file":
        file = data.get(name)
        return file if isinstance(file, UploadFile) and file.filename else None
    typed = text(data, name)
    return {"yes": True, "no": False}.get(typed, typed) if kind == "yes_no" else typed


def text(data: Mapping[str, object], name: str) -> str:
    """What was typed, without the spaces around it and with plain line ends."""
    value = data.get(name)
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def typed_date(parts: list[str]) -> date | str | None:
    """The date of a day, a month and a year; 'year-month-day' as typed where they make none."""
    day, month, year = parts
    if not any(parts):
        return None
    if all(WHOLE.fullmatch(part) for part in parts) and int(year) >= FOUR_DIGITS:
        try:
            return date(int(year), int(month), int(day))
        except (ValueError, OverflowError):
            pass  # no such day: the model says so
    return f"{year}-{month}-{day}"


def rows(row: type[BaseModel], data: FormData, name: str) -> list[dict[str, object]]:
    """The rows that hold anything, in the order of their numbers."""
    numbered = re.compile(rf"{re.escape(name)}-([0-9]{{1,4}})-")
    numbers = {int(match[1]) for key in data if (match := numbered.match(key))}
    found = (read_form(row, data, f"{name}-{number}-") for number in sorted(numbers))
    return [each for each in found if says_something(row, each)]


def says_something(row: type[BaseModel], said: Mapping[str, object]) -> bool:
    """Whether a row holds more than what its blank one shows already."""
    return any(value != row.model_fields[name].default for name, value in said.items())
