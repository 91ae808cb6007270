"""From the report to impact: approval, publication, action, evidence."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from models.forms.base import Address, Day, Form, Line, Name, Prose, Row
from models.vocabulary import Channel, Measure


class BoardApproval(Form):
    """The board's approval of the report and its written response."""

    facts: ClassVar[tuple[str, ...]] = ("approved_on",)
    done_on: ClassVar[str | None] = "approved_on"

    approved_on: Day = Field(title="When was the report approved?")
    approved_by: Line = Field(title="By which meeting?")
    response: Prose = Field(title="The board’s response")


class PublicationRecord(Form):
    """Where and when the report was published."""

    facts: ClassVar[tuple[str, ...]] = ("published_on",)
    done_on: ClassVar[str | None] = "published_on"

    published_on: Day = Field(title="When was it published?")
    web_address: Line = Field(
        title="Where can it be read?",
        description="Such as https://board.example/report.",
        pattern=r"^https?://\S+\.\S+$",
    )
    checked: Line = Field(title="Who checked that nobody can be identified from it?")


class PlannedAction(Row):
    """One action of the plan."""

    action: Prose = Field(title="What will change")
    organisation: Name = Field(title="Responsible organisation")
    owner_name: Name = Field(title="Responsible person")
    owner_email: Address = Field(title="Their e-mail address")
    due_on: Day = Field(title="By when")
    measure: Line = Field(title="How will it be known?")


class ActionPlan(Form):
    """What the partners undertake to do: actions and the organisations responsible [S003 Process]."""

    facts: ClassVar[tuple[str, ...]] = ("plan_agreed_on",)
    done_on: ClassVar[str | None] = "plan_agreed_on"

    plan_agreed_on: Day = Field(title="When was the plan agreed?")
    actions: list[PlannedAction] = Field(min_length=1, title="Actions")


class ActionEvidence(Row):
    """The evidence with which an action is closed."""

    number: int = Field(ge=1, title="Action number")
    closed_on: Day = Field(title="Done on")
    evidence: Prose = Field(title="Evidence")


class ActionUpdate(Form):
    """The evidence with which one action is closed, from its own page."""

    done_on: ClassVar[str | None] = "closed_on"

    closed_on: Day = Field(title="When was it done?")
    evidence: Prose = Field(title="What shows that it has been done?")


class Monitoring(Form):
    """The end of monitoring: every action is closed, with evidence."""

    actions: list[ActionEvidence] = Field(
        default_factory=list,
        title="Evidence for actions that are still open",
        description="Those already closed need not be repeated.",
    )
    comments: Prose = Field(title="What does the monitoring body conclude?")

    def days_recorded(self) -> list[tuple[str, date]]:
        """Every action must have been done."""
        return [(f"actions.{row.number}.closed_on", row.closed_on) for row in self.actions]


class Dissemination(Row):
    """How the learning reached people."""

    channel: Channel = Field(title="Channel")
    on: Day = Field(title="When")
    audience: Line = Field(title="Who was reached")


class DisseminationRecord(Form):
    """Learning brought to the front line [S003 Process]."""

    rounds: list[Dissemination] = Field(min_length=1, title="What was done")


class Evidence(Row):
    """A sign that something has changed, or has not."""

    kind: Measure = Field(title="Kind")
    source: Line = Field(title="Review, audit or data it comes from")
    shows: Prose = Field(title="What it shows")


class Impact(Form):
    """The evidence of impact, gathered by the next reviews, audits and data."""

    evidence: list[Evidence] = Field(min_length=1, title="Evidence")
    conclusion: Prose = Field(title="What has changed for children?")


class Closure(Form):
    """The end of a review."""

    facts: ClassVar[tuple[str, ...]] = ("review_closed_on",)
    done_on: ClassVar[str | None] = "review_closed_on"

    review_closed_on: Day = Field(title="When was the review closed?")
    for_the_annual_report: Prose = Field(title="What goes into the annual report?")


class PublicationPeriodEnded(Form):
    """The report may come off the website; it stays available on request."""
