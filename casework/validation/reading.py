"""What pydantic found wrong, as faults: the field, what was given and what is wanted."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from models.errors import Fault, InputError, Misfit, Place, fault
from models.forms.base import NO_DATE
from models.wording import Sentence

Filled = TypeVar("Filled", bound=BaseModel)

WANTED = {
    "missing": "is missing",
    "string_too_short": "is empty",
    "too_short": "is empty: give at least one",
    "extra_forbidden": "is not a field of this form",
    "int_parsing": "is not a whole number",
    "string_type": "is not text",
    "list_type": "is not a list",
    "model_type": "is not a group of fields",
    "dict_type": "is not a group of fields",
}


def read(form: type[Filled], data: Mapping[str, Any], *, under: str = "") -> Filled:
    """What was typed, as the form; raises InputError with one fault a mistake.

    `under` names the part of a file that the form is in: "referral" for "referral.notified_on".
    """
    try:
        return form.model_validate(dict(data))
    except ValidationError as wrong:
        above: Place = (under,) if under else ()
        raise InputError(*(mistake(form, error, above) for error in wrong.errors())) from wrong


def mistake(form: type[BaseModel], error: ErrorDetails, above: Place = ()) -> Fault:
    """What is wrong with one field, which lies under `above`: the value, what is wanted, and what is asked."""
    place = above + tuple(part for part in error["loc"] if part != "[key]")
    said = WANTED.get(error["type"]) or unfit(error) or own_words(error)
    asks = hint(form, error)
    absent = error["type"] in ("missing", "extra_forbidden")
    return fault(
        place or ("the form",),
        None if absent else shown(error["input"]),
        "{said}. {asks}" if asks else "{said}.",
        said=said if absent else wanted(said),
        asks=asks,
    )


def own_words(error: ErrorDetails) -> Sentence | str:
    """What a form's own check says, without the words that pydantic puts before it; else what pydantic says."""
    raised = error.get("ctx", {}).get("error")
    if isinstance(raised, Misfit):
        return raised.sentence
    return str(raised) if isinstance(raised, Exception) else error["msg"]


def is_of_a_date(error: ErrorDetails) -> bool:
    """Whether something is wrong because it is no date; pydantic says then how far its parser came."""
    return error["type"].startswith(("date_from", "date_parsing", "date_type"))


def unfit(error: ErrorDetails) -> str | None:
    """What is wanted where an answer is no date, or has not the shape of an address."""
    if is_of_a_date(error):
        return NO_DATE
    if error["type"] != "string_pattern_mismatch":
        return None
    if "@" in error["ctx"]["pattern"]:
        return "is not an e-mail address: write it as name@board.example"
    return "is not a web address: write it as https://board.example/report"


def wanted(said: Sentence | str) -> Sentence | str:
    """Pydantic's "Input should be ..." as the second half of our sentence."""
    if isinstance(said, Sentence):
        return said
    if said.startswith("Input should be "):
        return f"is not accepted; it should be {said.removeprefix('Input should be ')}"
    if said.startswith("String should "):
        return f"should {said.removeprefix('String should ')}"
    return said


def shown(value: object) -> str:
    """What was given, short enough to read."""
    text = "" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def hint(form: type[BaseModel], error: ErrorDetails) -> str:
    """What the field asks for, or which fields there are."""
    if error["type"] == "extra_forbidden":
        return f"The fields are: {', '.join(innermost(form, error).model_fields)}."
    field = innermost(form, error).model_fields.get(str(error["loc"][-1])) if error["loc"] else None
    return f"It asks: “{field.title}”" if field and field.title else ""


def innermost(form: type[BaseModel], error: ErrorDetails) -> type[BaseModel]:
    """The form, or the row of it, in which the mistake lies."""
    inner = form
    for part in error["loc"][:-1]:
        field = inner.model_fields.get(str(part))
        inner = next(rows_of(field.annotation), inner) if field else inner
    return inner


def rows_of(annotation: object) -> Iterator[type[BaseModel]]:
    """The forms named inside an annotation such as list[Row]."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from rows_of(argument)
