"""What every letter has, every letter about a review, and every letter about something that is due."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, computed_field, model_validator

from casework.clock.wording import due_label, how_far, spoken


def when_due(value: date | None, today: date) -> str:
    """A deadline and how far it is: "Monday 22 January 2024 (in 14 days)"."""
    return f"{spoken(value)} ({how_far(value, today)})" if value is not None else "no date is set yet"


def is_due(value: date | None, today: date) -> str:
    """A deadline as the end of a sentence: "is due today", "was due on Monday 22 January 2024"."""
    if value is None:
        return "has no date yet"
    if value == today:
        return "is due today"
    return f"{'was' if value < today else 'is'} due on {spoken(value)}"


class Variables(BaseModel):
    """What every letter has. `link` leads into the dashboard at `address`, and nowhere else.

    `answer` is the link by which the person who gets the letter can answer without signing in, where there is one.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    address: str
    link: str = Field(description="The link to it in the product. Every letter needs it: [Words]({{ link }}).")
    answer: str | None = Field(
        default=None, description="A link to answer without signing in, if there is one: put it first."
    )
    today: date = Field(description="The day the letter is sent; a date, so write {{ today | day }}.")

    @model_validator(mode="after")
    def every_link_leads_into_the_dashboard(self) -> Self:
        """A link to any other place would be somebody else's."""
        if not all(link.startswith(f"{self.address}/") for link in (self.link, self.answer) if link is not None):
            raise ValueError("the link does not lead into the dashboard")
        return self


class OfReview(Variables):
    """A letter about a review as a whole."""

    reference: str = Field(description="The reference of the review.")
    board: str = Field(description="The name of the board.")


class DatedLetter(OfReview):
    """A letter about something that is due on a day."""

    @property
    def deadline(self) -> date | None:
        """The day on which it is due, if there is one."""
        raise NotImplementedError

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def due_label(self) -> str:
        """“Due”, or “Was due” once it has passed."""
        return due_label(self.deadline, self.today)

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def when_due(self) -> str:
        """The deadline and how far it is: “Monday 22 January 2024 (in 14 days)”."""
        return when_due(self.deadline, self.today)

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def is_due(self) -> str:
        """“is due today”, “is due on Monday 22 January 2024”, or “was due on” that day."""
        return is_due(self.deadline, self.today)

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def is_overdue(self) -> str:
        """“yes” where its day has passed already as the letter is written, nothing otherwise."""
        return "yes" if self.deadline is not None and self.deadline < self.today else ""
