"""The referral: everything known when it comes in, asked once."""

from datetime import date
from typing import Any, ClassVar

from pydantic import Field, ValidationInfo, field_validator

from models.errors import Misfit, Place
from models.forms.base import Address, Day, Form, Line, Name, Prose, Row
from models.vocabulary import About, Known, Role
from models.wording import Sentence


class ReferredAgency(Row):
    """An agency that worked with the family, and who would write its report."""

    name: Name = Field(title="Agency")
    author_name: Name = Field(title="Report author")
    author_email: Address = Field(title="Author’s e-mail address")


class Criteria(Form):
    """What is referred, and what is known of the criteria [S000 7.8.1, S003 Appendix B; in Wales S.I. 2012/1712]."""

    about: About = Field(
        default=About.INCIDENT,
        title="What is referred?",
        description="Answer the questions that follow in any case: where the criteria are met, they come first.",
    )
    abuse_or_neglect: Known = Field(title="Is abuse or neglect of a child known or suspected?")
    child_died: Known = Field(title="Has a child died, including by suicide?")
    seriously_harmed: Known = Field(
        title="Has a child been seriously harmed?",
        description="In Wales: a potentially life-threatening injury, or serious and permanent impairment of health or "
        "development.",
    )
    concern_about_working_together: Known = Field(
        title="Is there cause for concern about how agencies worked together?",
        description="“Not known” counts as concern. The criterion is not met only if it is clear that there is none.",
    )
    died_in_custody: Known = Field(
        title="Did the child die in custody or detention?",
        description="Police custody, remand or sentence, a young offender institution, a secure training centre or "
        "children’s home, or detained under mental health law.",
    )
    registered_or_looked_after: Known | None = Field(
        default=None,
        title="In Wales: was the child on the child protection register or looked after?",
        description="On any date in the six months before it happened, or before the harm was identified.",
    )


class Referral(Criteria):
    """A referral to the board."""

    facts: ClassVar[tuple[str, ...]] = ("notified_on", "incident_on", "aware_on")
    done_on: ClassVar[str | None] = "notified_on"

    notified_on: Day = Field(title="When was the board notified?")
    incident_on: Day | None = Field(default=None, title="When did it happen?")
    aware_on: Day | None = Field(
        default=None,
        title="When did the local authority become aware of it?",
        description="A serious incident is notified to the National Panel within a time that counts from this day.",
    )
    referred_by: Address = Field(title="Who refers it?", description="Their e-mail address.")
    circumstances: Prose = Field(
        title="What happened?", description="As far as it is known today. Write “the child”, not a name."
    )
    reasons: Prose = Field(title="Why should it be reviewed?")
    agencies: list[ReferredAgency] = Field(default_factory=list, title="Agencies involved")

    @field_validator("aware_on")
    @classmethod
    def not_before_it_happened(cls, day: date | None, others: ValidationInfo) -> date | None:
        """Nobody is aware of an incident before it happens."""
        happened = others.data.get("incident_on")
        if day and happened and day < happened:
            raise Misfit(
                Sentence("is before it happened, on {day}. Give the day the authority became aware of it", day=happened)
            )
        return day

    def days_recorded(self) -> list[tuple[Place, date]]:
        """Beside the notification, the day on which the local authority became aware."""
        return [*super().days_recorded(), *([(("aware_on",), self.aware_on)] if self.aware_on else [])]


class Named(Row):
    """Somebody who holds a role on the board."""

    name: Name
    email: Address
    organisation: str = Field(default="", max_length=200)


class Launch(Form):
    """A launch file: which board, which type, and who holds the board's roles where that is new.

    `referral` or `proposal` is what the review begins with; the form of its first stage reads it. Without a `type`
    the criteria recommend one.
    """

    board: Line
    type: Line | None = None
    referral: dict[str, Any] | None = None
    proposal: dict[str, Any] | None = None
    people: dict[Role, Named] = Field(default_factory=dict)
