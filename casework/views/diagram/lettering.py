"""How wide words are, whatever font a machine has, and where they break."""

import re

WORD = re.compile(r"\S+(?: [0-9.]+[;,]?(?!\S))?")  # a number stays with the word before it: "paragraph 1"
NARROW, WIDE = frozenset("fijlrtI.,:;!|'’‘()[]/ -·"), frozenset("mwMWQ@%&—…")
NARROW_WIDTH, PLAIN_WIDTH, CAPITAL_WIDTH, WIDE_WIDTH = 0.42, 0.64, 0.76, 1.0  # of the size of the letters
BOLD = 1.1


def width(words: str, size: float, *, bold: bool = False) -> float:
    """How wide a line can be at most, in pixels: as in the widest of the common sans-serif fonts."""
    return sum(width_of(letter) for letter in words) * size * (BOLD if bold else 1)


def width_of(letter: str) -> float:
    """The width of a letter as a part of the size of the letters."""
    if letter in NARROW:
        return NARROW_WIDTH
    if letter in WIDE:
        return WIDE_WIDTH
    return CAPITAL_WIDTH if letter.isupper() else PLAIN_WIDTH


def wrapped(words: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """The words in lines no wider than `room`; a single word that is wider is broken."""
    lines: list[str] = []
    line = ""
    for word in WORD.findall(words):
        while width(word, size, bold=bold) > room:
            if line:
                lines.append(line)
                line = ""
            fits = longest_that_fits(word, size, room, bold=bold)
            lines.append(word[:fits])
            word = word[fits:]  # noqa: PLW2901 -- what is left of it
        longer = f"{line} {word}".strip()
        if width(longer, size, bold=bold) > room:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line] if line else lines


def longest_that_fits(word: str, size: float, room: float, *, bold: bool) -> int:
    """How many letters of a word have room, at least one."""
    return max((end for end in range(1, len(word)) if width(word[:end], size, bold=bold) <= room), default=1)
