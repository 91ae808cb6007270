"""What every letter has."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Variables(BaseModel):
    """What every letter has. `link` leads into the dashboard at `address`, and nowhere else.

    `answer` is the link by which the person who gets the letter can answer without signing in, where there is one.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    address: str
    link: str = Field(description="Where it stands in the product. Every letter needs it: [Words]({{ link }}).")
    answer: str | None = Field(
        default=None, description="A link to answer without signing in, where there is one: put it first."
    )
    today: date = Field(description="The day on which the letter is sent; a date, so write {{ today | day }}.")

    @model_validator(mode="after")
    def every_link_leads_into_the_dashboard(self) -> Self:
        """A link to any other place would be somebody else's."""
        if not all(link.startswith(f"{self.address}/") for link in (self.link, self.answer) if link is not None):
            raise ValueError("the link does not lead into the dashboard")
        return self
