"""Cutting a long line into messages that fit on a slide."""

import re
from textwrap import wrap

LONGEST = 280  # characters that stand on a slide in letters a room can read


def split(line: str, longest: int = LONGEST) -> list[str]:
    """The line in pieces of at most `longest` characters: cut after a sentence where possible, else after a word."""
    pieces: list[str] = []
    for sentence in re.split(r"(?<=[.!?;]) +", line):
        for part in wrap(sentence, longest, break_on_hyphens=False):
            if pieces and len(pieces[-1]) + 1 + len(part) <= longest:
                pieces[-1] = f"{pieces[-1]} {part}"
            else:
                pieces.append(part)
    return pieces
