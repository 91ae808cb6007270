"""A process that runs beside a review, as it is linked to it."""

from typing import ClassVar

from pydantic import Field

from models.forms.base import SOMETIMES, Day, Form, Line, Prose
from models.vocabulary import Process


class Linked(Form):
    """The process, and what it forbids the review to disclose."""

    kind: Process = Field(title="What runs beside the review?")
    their_reference: Line | None = Field(default=None, title="Its own reference")
    contact: Line | None = Field(default=None, title="Who to contact", description="A name and how to reach them.")
    began_on: Day | None = Field(default=None, title="When did it begin?")
    expected_end: Day | None = Field(default=None, title="When is it expected to end?")
    not_to_disclose: Prose | None = Field(
        default=None,
        title="What may not be disclosed meanwhile?",
        description="Needed if you give a day until then. It is shown as a warning on pages where the review "
        "tells others something.",
        json_schema_extra=SOMETIMES,
    )
    not_disclosed_until: Day | None = Field(
        default=None,
        title="From which day can it be disclosed?",
        description="Leave it empty if that is when the process has ended.",
    )


class Ended(Form):
    """A process is over."""

    done_on: ClassVar[str | None] = "ended_on"

    ended_on: Day = Field(title="When did it end?")
