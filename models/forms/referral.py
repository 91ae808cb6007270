"""The referral: everything known when it comes in, asked once."""

from typing import ClassVar

from pydantic import Field

from models.forms.base import Address, Day, Form, Line, Name, Prose, Row
from models.vocabulary import Known, Role


class ReferredAgency(Row):
    """An agency that worked with the family, and who would write its report."""

    name: Name = Field(title="Agency")
    author_name: Name = Field(title="Report author")
    author_email: Address = Field(title="Author’s e-mail address")


class Criteria(Form):
    """What is known of the criteria for a serious case review [S000 7.8.1, S003 Appendix B]."""

    abuse_or_neglect: Known = Field(title="Is abuse or neglect of a child known or suspected?")
    child_died: Known = Field(title="Has a child died, including by suicide?")
    seriously_harmed: Known = Field(title="Has a child been seriously harmed?")
    concern_about_working_together: Known = Field(
        title="Is there cause for concern about how agencies worked together?",
        description="“Not known” counts as concern: only when it is clear that there is none does the criterion fall.",
    )
    died_in_custody: Known = Field(
        title="Did the child die in custody or detention?",
        description="Police custody, remand or sentence, a young offender institution, a secure training centre or "
        "children’s home, or detained under mental health law.",
    )


class Referral(Criteria):
    """A referral to the board."""

    facts: ClassVar[tuple[str, ...]] = ("notified_on", "incident_on")
    done_on: ClassVar[str | None] = "notified_on"

    notified_on: Day = Field(title="When was the board notified?")
    incident_on: Day | None = Field(default=None, title="When did it happen?")
    referred_by: Address = Field(title="Who refers it?", description="Their e-mail address.")
    circumstances: Prose = Field(
        title="What happened?", description="As far as it is known today. Write “the child”, not a name."
    )
    reasons: Prose = Field(title="Why should it be reviewed?")
    agencies: list[ReferredAgency] = Field(default_factory=list, title="Agencies involved")


class Named(Row):
    """Somebody who holds a role on the board."""

    name: Name
    email: Address
    organisation: str = Field(default="", max_length=200)


class Launch(Form):
    """A launch file: which board, which type, the referral, and who holds the board's roles where that is new."""

    board: Line
    type: Line
    referral: Referral
    people: dict[Role, Named] = Field(default_factory=dict)
