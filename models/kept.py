"""What the numbered rows of a review's registers have in common; the journal holds on to each by its fingerprint."""

from typing import Any, ClassVar

from sqlmodel import Field, SQLModel

LARGEST = 2_147_483_647  # what a database keeps as a number


class Kept(SQLModel):
    """A row of a register. `number` counts within the review; `register` is what the journal calls it."""

    register: ClassVar[str]

    id: int | None = Field(default=None, primary_key=True)
    review_id: int = Field(foreign_key="review.id")
    number: int

    @property
    def key(self) -> str:
        """How the journal names the row: "participant 3"."""
        return f"{self.register} {self.number}"

    def content(self) -> dict[str, Any]:
        """What the row says, without the moment at which it was said: the journal's entry has that."""
        return self.model_dump(mode="json", exclude={"id", "review_id", "number", "at"})
