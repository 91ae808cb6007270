"""Filling a Word template. The templates are the board's to edit, so nothing that stands in them can run code."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from casework.documents.wording import plain, shown
from models.errors import InputError


def word_document(template: Path, variables: Mapping[str, Any], *, title: str, author: str, made_at: datetime) -> bytes:
    """The template with its variables filled in; raises InputError when something in it cannot be.

    `title` and `author` go into the file's properties, as does `made_at`, an aware time.
    """
    document = DocxTemplate(template)
    environment = ImmutableSandboxedEnvironment(autoescape=True, finalize=shown, undefined=StrictUndefined)
    try:
        document.render(dict(variables), jinja_env=environment, autoescape=True)
    except TemplateError as wrong:
        reason = str(wrong).rstrip(".")
        raise InputError(
            f"{template.name}: cannot be filled in, because {reason}. Correct what is between its curly brackets in "
            "Word, or take the file out of the folder documents/ to use the product’s own."
        ) from wrong
    describe(document.docx.core_properties, title=title, author=author, made_at=made_at)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def describe(properties: Any, *, title: str, author: str, made_at: datetime) -> None:
    """Fill in the properties of a Word file or of slides; a screen reader announces the title."""
    properties.title, properties.author, properties.last_modified_by = plain(title), author, author
    properties.language = "en-GB"
    properties.created = properties.modified = made_at
    properties.revision = 1
