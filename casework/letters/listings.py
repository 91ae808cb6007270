"""The variables of the letters that list things: the reminders of a day, the digests of a week and a month."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field, computed_field

from casework.clock.wording import due_label
from casework.letters.variables import Variables, is_due, when_due


class Item(BaseModel):
    """One line of a list: a stage or an action, where it can be dealt with, and when it is due."""

    model_config = ConfigDict(frozen=True)

    reference: str = Field(description="The reference of the review.")
    title: str = Field(description="The title of the stage, or “Action 3”.")
    link: str = Field(description="The link to deal with it.")
    owed_by: str = Field(default="", description="The role of the person who owes it, if that is somebody else.")
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
    """What somebody is reminded of today: what they owe, and what others have not done.

    The lists may be cut short; the counts are of all there is.
    """

    board: str = Field(description="The name of the board.")
    overdue: tuple[Item, ...] = Field(default=(), description="What they owe that is overdue.")
    due_today: tuple[Item, ...] = Field(default=(), description="What they owe that is due today.")
    ahead: tuple[Item, ...] = Field(default=(), description="What they owe that is due soon.")
    brought: tuple[Item, ...] = Field(default=(), description="What others owe that is long overdue.")
    count: int
    count_overdue: int
    count_brought: int

    @property
    def shown(self) -> tuple[Item, ...]:
        """Everything that the letter lists."""
        return (*self.overdue, *self.due_today, *self.ahead, *self.brought)

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def headline(self) -> str:
        """What it is all about: the one thing and its date, or of which board and how many things there are."""
        if self.count == 1 and self.shown:
            return f"{self.shown[0].reference}: {self.shown[0].title} {self.shown[0].is_due}"
        own = self.count - self.count_brought
        if not own:
            return f"{self.board}: {self.count_brought} things that others owe are overdue"
        said = [f"you have {own} things to do" if own > 1 else "you have 1 thing to do"]
        late = (
            "overdue" if own == 1 else "all overdue" if self.count_overdue == own else f"{self.count_overdue} overdue"
        )
        said += [late] if self.count_overdue else []
        said += [f"and others have {self.count_brought} overdue"] if self.count_brought else []
        return f"{self.board}: {', '.join(said)}"

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def yours(self) -> str:
        """“yes” where any of it is their own to do, nothing otherwise."""
        return "yes" if self.count > self.count_brought else ""

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def more(self) -> str:
        """How many things there are beside those listed; nothing where all are."""
        left_out = self.count - len(self.shown)
        return f"{left_out} more; the page shows all of them" if left_out > 0 else ""

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def each_answerable(self) -> str:
        """“yes” where there are several, and each can be answered without signing in; nothing otherwise."""
        return "yes" if self.count > 1 and all(self.opens_a_task(item.link) for item in self.shown) else ""

    def opens_a_task(self, link: str) -> bool:
        """Whether a link is one to answer by, without signing in."""
        return link.startswith(f"{self.address}/answer/")

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def opens(self) -> str:
        """What its link says: “Open it” for one thing, “See all of it” for several; “Sign in …” beside an answer."""
        if self.opens_a_task(self.link):
            return "Answer without signing in"
        if self.count == 1:
            return "Or sign in and open it" if self.answer else "Open it"
        return "Sign in and see all of it" if self.each_answerable else "See all of it"


class Slip(BaseModel):
    """A review that will probably miss a date: what the forecast says, what can be done, and how it was worked out."""

    model_config = ConfigDict(frozen=True)

    reference: str = Field(description="The reference of the review.")
    headline: str = Field(description="Which date will probably be missed, and by how much.")
    advice: str = Field(description="Which stage to move.")
    how: str = Field(description="How this was worked out, in one line.")
    link: str = Field(description="The link to the review’s page, which shows each step of it.")


def counted(number: int, what: str) -> str:
    """“1 stage”, “2 stages”; nothing for none."""
    return f"{number} {what}{'s' if number > 1 else ''}" if number else ""


class AgencyDigest(Variables):
    """What an agency owes a board: its reports and its actions."""

    board: str = Field(description="The name of the board.")
    agency: str = Field(description="The name of the agency.")
    overdue: tuple[Item, ...] = Field(default=(), description="What is overdue.")
    coming: tuple[Item, ...] = Field(default=(), description="What is due soon.")

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def nothing(self) -> str:
        """“yes” where nothing is overdue and nothing is due in the time ahead, nothing otherwise."""
        return "" if self.overdue or self.coming else "yes"


class Digest(Variables):
    """How a board stands."""

    board: str = Field(description="The name of the board.")
    open_reviews: int = Field(description="How many reviews are open.")
    held: int = Field(description="How many reviews are on hold.")
    launched: int = Field(description="How many reviews were launched in the last week or month.")
    ended: int = Field(description="How many reviews ended in the last week or month.")
    stages_overdue: int = Field(description="How many stages are overdue.")
    actions_overdue: int = Field(description="How many actions are overdue.")
    due_soon: int = Field(description="How many stages and actions are due soon.")
    stuck: int = Field(description="How many e-mails a mail server refused, or we stopped trying to send.")
    overdue: tuple[Item, ...] = Field(default=(), description="What is overdue, the longest first.")
    coming: tuple[Item, ...] = Field(default=(), description="What is due soon.")
    at_risk: tuple[Slip, ...] = Field(default=(), description="The reviews that will probably miss a date.")

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def standing(self) -> str:
        """What is overdue and what will probably be, in words: “1 stage and 3 actions overdue”."""
        late = [counted(self.stages_overdue, "stage"), counted(self.actions_overdue, "action")]
        said = " and ".join(each for each in late if each)
        risk = counted(len(self.at_risk), "review")
        return (f"{said} overdue" if said else "nothing overdue") + (f", {risk} likely to miss a date" if risk else "")

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def trouble(self) -> str:
        """How many e-mails could not be delivered, in words; nothing where all could."""
        return f"{self.stuck} (the business manager’s outbox says why and what to do)" if self.stuck else ""
