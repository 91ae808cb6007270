"""Reading what a board typed as an answer: each function gives what a profile holds, or raises InputError."""

from collections.abc import Mapping
from typing import Any

from models.errors import InputError, RuleError
from models.profile import BOARD
from models.rule import Period, parse_rule
from models.vocabulary import PanelDuty

MOST_WORDS = 500


def read_words(text: str) -> str:
    """An answer in words."""
    if not text.isprintable() or len(text) > MOST_WORDS:
        raise InputError(
            f"An answer is one line of at most {MOST_WORDS} characters. Shorten it, and leave out line breaks."
        )
    return text


def in_words(text: str) -> dict[str, Any]:
    """A value in words, as the board's own."""
    return {"value": read_words(text), "cite": BOARD}


def read_period(text: str) -> str:
    """A length of time, in its canonical writing."""
    try:
        rule = parse_rule(text)
    except RuleError as wrong:
        raise InputError(str(wrong)) from wrong
    if not isinstance(rule, Period) or rule.before:
        raise InputError(f"‘{text}’ is not a single length of time. Write it like this: “1 month”.")
    return str(rule)


def read_length(text: str) -> dict[str, Any]:
    """How long something lasts."""
    return {"value": read_period(text), "cite": BOARD}


def read_number(text: str) -> dict[str, Any]:
    """A whole number from 1."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 999:
        raise InputError(f"‘{text}’ is not a whole number from 1 to 999. Write it in figures, such as “12”.")
    return {"value": int(text), "cite": BOARD}


def read_summarised(text: str) -> dict[str, Any] | None:
    """Whether every review report has a learning summary."""
    yes = read_choice(text, {"yes": "", "no": ""}) == "yes"
    return {"value": "Every review report has a learning summary", "cite": BOARD} if yes else None


def panel_duty(text: str) -> dict[str, Any]:
    """Whether the National Panel is told by itself."""
    return {"value": read_choice(text, {duty.value: "" for duty in PanelDuty}), "cite": BOARD}


def read_choice(text: str, choices: Mapping[str, str]) -> str:
    """One of the choices, by its key or by its title in the framework."""
    for key, title in choices.items():
        if text.casefold() in (key.casefold(), title.casefold()):
            return key
    listed = ", ".join(f"{key} ({title})" if title else key for key, title in choices.items())
    raise InputError(f"‘{text}’ is not one of the answers. They are: {listed}.")


def read_trigger_name(text: str, starts: Mapping[str, str]) -> str:
    """A recorded date, by its name or by what it is called."""
    if not text:
        raise InputError(f"Say from which date it counts, as in “1 month from {next(iter(starts.values()))}”.")
    return read_choice(text, starts)
