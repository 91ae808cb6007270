"""What a board's business manager fills in about its letters."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from models.forms.base import LONG, Form, printable

LEAST_CONTRAST = 4.5  # between letters and what is behind them [WCAG 2.2, 1.4.3]
MOST_LINES, LONGEST_LINE = 6, 100
COLOUR = re.compile(r"#[0-9a-f]{6}")


def contrast_with_white(colour: str) -> float:
    """How much white stands out from a colour such as `#1c5a52`: from 1, not at all, to 21 [WCAG 2.2]."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def legible(colour: str) -> str:
    """Refuse what is no colour, and a colour on which white letters cannot be read."""
    if not COLOUR.fullmatch(colour):
        raise ValueError(f"‘{colour}’ is not a colour: write # and six figures or letters a to f, such as #1c5a52")
    if (contrast := contrast_with_white(colour)) < LEAST_CONTRAST:
        raise ValueError(
            f"White letters cannot be read well enough on {colour}: their contrast is {contrast:.1f} to 1, and "
            f"{LEAST_CONTRAST} to 1 is the least. Choose a darker colour"
        )
    return colour


def few_short_lines(text: str) -> str:
    """Refuse more lines than a letter has room for, and lines too long for a telephone."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        raise ValueError(f"Use {MOST_LINES} lines at most: there are {len(lines)}")
    if long := next((number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE), None):
        raise ValueError(f"Line {long} is longer than {LONGEST_LINE} characters: break it in two")
    return text


Lines = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    AfterValidator(printable),
    AfterValidator(few_short_lines),
    Field(json_schema_extra=LONG),
]


class LetterheadForm(Form):
    """A board's letterhead and sign-off: data of its office, nothing personal."""

    name: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_LINE), AfterValidator(printable)
    ] = Field(title="Name at the head of every letter")
    lines: Lines = Field(default="", title="Lines below the name", description="For example what the board is part of.")
    colour: Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True), AfterValidator(legible)] = Field(
        title="Colour of the head and of the button",
        description="As # and six figures, such as #1c5a52. White letters must be readable on it.",
    )
    sign_off: Lines = Field(
        default="",
        title="Sign-off",
        description="Shown below every letter: the office, its telephone number, where to send questions. Name the "
        "office, not a person.",
    )
