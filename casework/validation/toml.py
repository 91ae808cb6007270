"""What is wrong with TOML that somebody has written: on which line, and how dates are written."""

import re
import tomllib
from datetime import date

from models.forms.base import NO_DATE

LINE = re.compile(r"at line (?P<number>\d+)")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
LIKE_A_DATE = re.compile(r"\b[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}\b")


def why_no_toml(text: str, wrong: tomllib.TOMLDecodeError) -> str:
    """The same in words: of a date, which the parser only calls an unfinished statement, in ours; else in its own."""
    found = LINE.search(str(wrong))
    line = text.splitlines()[int(found["number"]) - 1] if found else ""
    dates = LIKE_A_DATE.findall(QUOTED.sub("", line))
    none = next((each for each in dates if not is_a_date(each)), None)
    return f"line {found['number']}: ‘{none}’ {NO_DATE}" if found and none else str(wrong)


def is_a_date(text: str) -> bool:
    """Whether it is a date as TOML has it."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
