"""The variables of the letters that list things: the reminders of a day, the digests of a week and a month."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field, computed_field

from casework.mail.variables import Variables
from casework.mail.words import due_label, is_due, when_due


class Item(BaseModel):
    """One line of a list: a stage or an action, where it can be dealt with, and when it is due."""

    model_config = ConfigDict(frozen=True)

    reference: str = Field(description="The reference of the review.")
    title: str = Field(description="The title of the stage, or “Action 3”.")
    link: str = Field(description="Where it can be dealt with.")
    owed_by: str = Field(default="", description="The title of whoever owes it, where that is somebody else.")
    due_on: date
    today: date

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def when(self) -> str:
        """Its deadline and how far that is: “was due Monday 22 January 2024 (5 days ago)”."""
        return f"{due_label(self.due_on, self.today).lower()} {when_due(self.due_on, self.today)}"

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def is_due(self) -> str:
        """Its deadline as the end of a sentence: “was due on Monday 22 January 2024”."""
        return is_due(self.due_on, self.today)


class Reminders(Variables):
    """What somebody is reminded of today: what they owe, and what others have not done."""

    board: str = Field(description="The name of the board.")
    overdue: tuple[Item, ...] = Field(default=(), description="What they owe and is overdue.")
    due_today: tuple[Item, ...] = Field(default=(), description="What they owe and is due today.")
    ahead: tuple[Item, ...] = Field(default=(), description="What they owe and is due soon.")
    brought: tuple[Item, ...] = Field(default=(), description="What others owe and is long overdue.")

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def headline(self) -> str:
        """What it is all about: the one thing and its date, or how many things there are."""
        every = (*self.overdue, *self.due_today, *self.ahead, *self.brought)
        if len(every) == 1:
            return f"{every[0].reference}: {every[0].title} {every[0].is_due}"
        own = len(every) - len(self.brought)
        if not own:
            return f"{len(every)} things that others owe are overdue"
        said = [f"{own} things of yours are due" if own > 1 else "1 thing of yours is due"]
        said += [f"{len(self.overdue)} of them overdue"] if self.overdue and own > 1 else []
        said += [f"and {len(self.brought)} that others owe are overdue"] if self.brought else []
        return ", ".join(said)

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def yours(self) -> str:
        """“yes” where any of it is their own to do, nothing otherwise."""
        return "yes" if self.overdue or self.due_today or self.ahead else ""

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def opens(self) -> str:
        """What the button says: “Open it” for one thing, “See all of it” for several."""
        return "Open it" if len((*self.overdue, *self.due_today, *self.ahead, *self.brought)) == 1 else "See all of it"
