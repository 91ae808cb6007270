"""Learning from good practice, from reflection, from young people who offend, and from every child's death."""

from typing import ClassVar

from pydantic import Field

from models.forms.base import Day, Form, Line, Prose, Row
from models.forms.output import LeadsToChange, Recommendations, WhyNone
from models.forms.theme import Lead
from models.vocabulary import YesNo


class GoodPracticePlan(Lead):
    """How good practice is to be looked at."""

    facts: ClassVar[tuple[str, ...]] = ("planned_on", "events_due")
    done_on: ClassVar[str | None] = "planned_on"

    planned_on: Day = Field(title="When was it planned?")
    examples: Prose = Field(title="Which examples of good multi-agency practice?")
    how: Prose = Field(title="How will you look at them, and with whom?")
    events_due: Day | None = Field(default=None, title="Practitioners are to be heard by")


class GoodPracticeReport(LeadsToChange):
    """What worked, why, and how it can become usual [S000 7.8.1, Best Practice Reviews]."""

    facts: ClassVar[tuple[str, ...]] = ("report_finished_on",)
    done_on: ClassVar[str | None] = "report_finished_on"

    report_finished_on: Day = Field(title="When was the report finished?")
    what_worked: Prose = Field(title="What was good, and what did it do for the child?")
    why_it_worked: Prose = Field(title="What made it possible?")
    embed: Prose = Field(title="How can it be more widely embedded?")
    recommendations: Recommendations
    why_none: WhyNone


class ReflectiveMeeting(LeadsToChange, Lead):
    """Professionals of one case reflect on case management and decision making [S000 7.8.8]."""

    facts: ClassVar[tuple[str, ...]] = ("reflected_on",)
    done_on: ClassVar[str | None] = "reflected_on"

    reflected_on: Day = Field(title="When was the meeting held?")
    attended: int = Field(ge=1, le=10_000, title="How many took part")
    case_management: Prose = Field(title="What was said about case management?")
    decision_making: Prose = Field(title="What was said about decision making?")
    system: Prose = Field(title="What in the system shaped both?")
    learning: Prose = Field(title="Learning points")
    recommendations: Recommendations
    why_none: WhyNone


class YouthJusticeReport(Form):
    """The report to the Youth Justice Board [S004 Appendix One, Extended Learning Review]."""

    facts: ClassVar[tuple[str, ...]] = ("reported_on",)
    done_on: ClassVar[str | None] = "reported_on"

    reported_on: Day = Field(title="When was the Youth Justice Board given the report?")
    answer: Prose | None = Field(default=None, title="What did it answer?")


class DeathInformation(Form):
    """What one agency knows about a child who has died."""

    done_on: ClassVar[str | None] = "gathered_on"

    gathered_on: Day = Field(title="When was it gathered?")
    knew: Prose = Field(title="What did the agency know of the child and the family?")
    care: Prose = Field(title="What care or service did it give?")


class ModifiableFactor(Row):
    """Something that, if changed, might prevent another death."""

    factor: Line = Field(title="Modifiable factor")
    could_change: Line = Field(title="Who could change it, and how?")


class ChildDeathPanel(LeadsToChange):
    """The panel's review of a child's death: themes, trends and modifiable factors [S003 Methodology]."""

    facts: ClassVar[tuple[str, ...]] = ("death_reviewed_on", "actions_needed")
    done_on: ClassVar[str | None] = "death_reviewed_on"

    death_reviewed_on: Day = Field(title="When did the panel review the death?")
    expected: bool = Field(title="Was the death expected?")
    themes: Prose = Field(title="Themes")
    trends: Prose = Field(title="Trends", description="How it compares with other deaths reviewed here.")
    modifiable_factors: list[ModifiableFactor] = Field(
        default_factory=list, title="Modifiable factors", description="None, if none were found."
    )
    learning: Prose = Field(title="What must be learnt?")
    actions_needed: YesNo = Field(title="Does something have to change here?", description="With yes, actions follow.")
    recommendations: Recommendations
