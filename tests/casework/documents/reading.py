"""Opening what was made, with the libraries that read such files."""

from io import BytesIO
from typing import Any

import docx
from pptx import Presentation

from models.review import Document


def word(made: Document) -> Any:
    """The Word document."""
    return docx.Document(BytesIO(made.content))


def headings(made: Document) -> list[str]:
    """Its headings of the first level, in order."""
    return [part.text for part in word(made).paragraphs if part.style and part.style.name == "Heading 1"]


def sections(made: Document, heading: str) -> list[str]:
    """The headings of the second level under one of the first."""
    under, found = "", []
    for part in word(made).paragraphs:
        if part.style.name == "Heading 1":
            under = part.text
        elif part.style.name == "Heading 2" and under == heading:
            found.append(part.text)
    return found


def texts(made: Document) -> list[str]:
    """The text of every paragraph of the body, those in tables last."""
    document = word(made)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [part.text for part in document.paragraphs] + cells


def under(made: Document, heading: str) -> list[str]:
    """The paragraphs that follow a heading of any level, up to the next one."""
    found: list[str] = []
    reading = False
    for part in word(made).paragraphs:
        if part.style.name.startswith("Heading"):
            reading = part.text == heading
        elif reading:
            found.append(part.text)
    return found


def table(made: Document, number: int) -> list[list[str]]:
    """The cells of a table, row by row."""
    return [[cell.text for cell in row.cells] for row in word(made).tables[number].rows]


def slides(made: Document) -> list[tuple[str, list[str]]]:
    """The title of every slide with the lines below it."""
    return [
        (slide.shapes.title.text, [part.text for part in slide.placeholders[1].text_frame.paragraphs])
        for slide in Presentation(BytesIO(made.content)).slides
    ]
