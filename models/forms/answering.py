"""What is asked of somebody who answers by a link from a letter."""

from pydantic import Field

from models.forms.base import SOMETIMES, Address, Day, Form, Name, Prose, Row
from models.vocabulary import Agreement


class Later(Form):
    """When a report will come that cannot come in time."""

    comes_on: Day = Field(
        title="When will it come?",
        description="The deadline stays where it is. The business manager hears of this date.",
    )
    because: Prose = Field(title="Why not before?")


class TermsAnswer(Form):
    """What somebody says to a draft of the terms of reference."""

    agreement: Agreement = Field(title="Do you agree the terms of reference?")
    comment: Prose | None = Field(
        default=None, title="Your comments", description="Needed unless you simply agree.", json_schema_extra=SOMETIMES
    )


class FiveQuestions(Form):
    """A practitioner's own view: the five questions of the Significant Incident Learning Process [S002 Appendix 2.1].

    Each may be left out, but not all.
    """

    view: Prose | None = Field(default=None, title="What was your view of what was going on in and around the case?")
    role: Prose | None = Field(default=None, title="How did you understand your role, or the part you were playing?")
    thinking: Prose | None = Field(default=None, title="What was your thinking, and your context at the time?")
    system: Prose | None = Field(default=None, title="Which aspects of the whole system influenced you as a worker?")
    tools: Prose | None = Field(default=None, title="Which tools were you using?")


class Asked(Row):
    """Somebody who is asked something by a letter with a link."""

    name: Name = Field(title="Name")
    email: Address = Field(title="E-mail address")


class TermsCirculated(Form):
    """A draft of the terms of reference, and who is to read it."""

    wording: Prose = Field(
        title="The draft terms of reference",
        description="The text as people will read it. The people below see it on a page that their link opens.",
    )
    people: list[Asked] = Field(min_length=1, title="To whom?")
    answer_by: Day = Field(title="When do you need their answers by?")


class QuestionsAsked(Form):
    """Which practitioners are asked the five questions."""

    people: list[Asked] = Field(min_length=1, title="Which practitioners?")
    answer_by: Day = Field(title="When do you need their answers by?")
