"""The fields of a form, derived from the pydantic model that will judge what is typed into it.

A pydantic field becomes one `Field`: its title and description the label and hint, its type the kind.
`dashboard.posted` reads what comes back; `dashboard.mistakes` puts the model's refusals into sentences.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from casework.reviews.files import MOST
from dashboard.shapes import Kind, Local, Option, is_needed_sometimes, label_of, only_under, options_of, shape_of

INDEX = "__index__"  # stands for the number of a row in the blank one that "Add another" copies
DATE_PARTS = ("day", "month", "year")
ASKS_FOR_FILE = f"A .docx, .pdf or .odt file of at most {MOST}. It is kept encrypted."


@dataclass(frozen=True)
class Field:
    """One question of a form as the page asks it.

    `value` is what is shown: text; for a date its day, month and year as typed; for `many` the values chosen;
    for `yes_no` 'yes', 'no' or nothing. Of kind `rows`, `rows` holds a tuple of fields for each entry and
    `blank` the fields of an empty one, named with `INDEX` for its number. `only` are the answers to the field `under`
    with which alone this one matters; it is asked always where there are none.
    """

    name: str
    label: str
    hint: str = ""
    kind: Kind = "text"
    options: tuple[Option, ...] = ()
    value: str | tuple[str, ...] = ""
    error: str = ""
    required: bool = True
    rows: tuple[tuple["Field", ...], ...] = ()
    blank: tuple["Field", ...] = ()
    under: str = ""
    only: tuple[str, ...] = ()
    sometimes: bool = False  # needed under some answers or in some reviews; the hint says when

    @property
    def optional(self) -> bool:
        """Whether it may be left empty whatever else is answered."""
        return not (self.required or self.only or self.sometimes)

    @property
    def answers(self) -> list[dict[str, str]]:
        """The options as the GOV.UK components take them."""
        return [{"value": option.value, "text": option.label} for option in self.options]

    @property
    def anchor(self) -> str:
        """The id of the element to go to when this field is wrong."""
        if self.kind == "rows" and self.rows:
            return self.rows[0][0].anchor
        return f"{self.name}-day" if self.kind == "date" else self.name


def fields_of(
    form: type[BaseModel],
    values: Mapping[str, object] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    another: str = "",
    prefix: str = "",
    local: Local | None = None,
) -> tuple[Field, ...]:
    """The fields of `form`, showing `values` (as the model takes them, or as they were typed) and `errors`.

    `values` and `errors` are as `posted.read_form` and `mistakes.errors_of` give them. The rows field named
    `another` gets one more blank entry. `prefix` starts every name: it is for the rows of a form.
    `local` gives the answers that a board offers, where they are not all, under its own names.
    """
    asked = ((name, info, options_of(shape_of(info).choices, local)) for name, info in form.model_fields.items())
    return tuple(
        field_of(prefix, name, info, values or {}, errors or {}, another, options) for name, info, options in asked
    )


def field_of(
    prefix: str,
    name: str,
    info: FieldInfo,
    values: Mapping[str, object],
    errors: Mapping[str, str],
    another: str,
    options: tuple[Option, ...],
) -> Field:
    """One field; without a value it shows its default, because that is what would be recorded."""
    shape, full = shape_of(info), prefix + name
    default = None if info.is_required() else info.get_default(call_default_factory=True, validated_data={})
    value = values.get(name, default)
    under, only = only_under(info)
    rows, blank = rows_of(shape.row, full, value, errors, full == another) if shape.row else ((), ())
    return Field(
        name=full,
        label=label_of(name, info),
        hint=info.description or "",
        kind=shape.kind,
        options=options,
        value="" if shape.row else shown(value, shape.kind),
        error=errors.get(full, ""),
        required=info.is_required(),
        rows=rows,
        blank=blank,
        under=prefix + under if under else "",
        only=only,
        sometimes=is_needed_sometimes(info),
    )


def rows_of(
    row: type[BaseModel], name: str, value: object, errors: Mapping[str, str], one_more: bool
) -> tuple[tuple[tuple[Field, ...], ...], tuple[Field, ...]]:
    """The entries of a rows field, one of them blank where there is none yet, and the blank one to copy."""
    entries = [plain(each) for each in value] if isinstance(value, Sequence) else []
    entries += [{}] * (1 if one_more or not entries else 0)
    rows = tuple(fields_of(row, each, errors, prefix=f"{name}-{i}-") for i, each in enumerate(entries))
    return rows, fields_of(row, prefix=f"{name}-{INDEX}-")


def plain(entry: object) -> Mapping[str, object]:
    """One row as a mapping, whether it has been read from a form or is a model already."""
    if isinstance(entry, BaseModel):
        return {name: getattr(entry, name) for name in type(entry).model_fields}
    return entry if isinstance(entry, Mapping) else {}


def shown(value: object, kind: Kind) -> str | tuple[str, ...]:
    """A value as the page shows it; see `Field`."""
    if kind == "date":
        return date_parts(value)
    if kind == "many":
        return tuple(str(each) for each in value) if isinstance(value, Sequence) else ()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    # a file cannot be shown again: browsers let nobody fill it in but the person
    return "" if value is None or kind == "file" else str(value)


def date_parts(value: object) -> tuple[str, ...]:
    """Day, month and year: of a date, or of 'year-month-day' as it was typed."""
    if isinstance(value, date):
        return str(value.day), str(value.month), str(value.year)
    if not value:
        return "", "", ""
    year, month, day = [*str(value).split("-", 2), "", ""][:3]
    return day, month, year
