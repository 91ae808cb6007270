"""What the methodologies record between the terms of reference and the report."""

from typing import ClassVar

from pydantic import Field

from models.forms.base import SOMETIMES, Day, Form, Line, Name, Prose, Row


class AgencyChronology(Form):
    """One agency's chronology of its own part [S002 Appendix 2]."""

    done_on: ClassVar[str | None] = "finished_on"

    finished_on: Day = Field(title="When was the chronology finished?")
    period_from: Day = Field(title="It covers the time from")
    period_to: Day = Field(title="To")
    key_episodes: Prose = Field(title="Key episodes", description="With the source of each entry.")
    gaps: Prose | None = Field(default=None, title="Where are there gaps in the records?")


class CombinedChronology(Form):
    """The agencies' chronologies put together: where they contradict each other, and where they are silent."""

    done_on: ClassVar[str | None] = "combined_on"

    combined_on: Day = Field(title="When was the combined chronology finished?")
    key_episodes: Prose = Field(title="Key practice episodes")
    contradictions: Prose | None = Field(default=None, title="Where do the agencies’ accounts differ?")
    silences: Prose | None = Field(default=None, title="When did nobody see the child?")


class TeamMember(Row):
    """Somebody of the review team or the case group."""

    name: Name = Field(title="Name")
    organisation: Name = Field(title="Organisation")


class ReviewTeam(Form):
    """The review team and the case group of a Learning Together review [S002 Appendix 2.2, S004 3.5]."""

    done_on: ClassVar[str | None] = "formed_on"

    formed_on: Day = Field(title="When did the review team first meet?")
    review_team: list[TeamMember] = Field(
        min_length=1, title="Review team", description="Senior people of the agencies who had no part in the case."
    )
    case_group: list[TeamMember] = Field(
        min_length=1, title="Case group", description="Practitioners and managers who worked with the family."
    )


class Conversations(Form):
    """The individual conversations with the case group."""

    done_on: ClassVar[str | None] = "last_held_on"

    last_held_on: Day = Field(title="When was the last conversation held?")
    held: int = Field(ge=1, le=500, title="How many conversations were held?")
    perspectives: Prose = Field(title="How did things look to the people involved at the time?")
    contributory_factors: Prose = Field(title="What in their working conditions explains what they did?")


class JointMeeting(Row):
    """A meeting of the review team with the case group."""

    held_on: Day = Field(title="Held on")
    corrected: Line = Field(title="What did the case group correct, challenge or amplify?")


class JointMeetings(Form):
    """The emerging analysis put to those who worked with the family [S004 3.5]."""

    meetings: list[JointMeeting] = Field(min_length=1, title="Meetings")
    emerging_findings: Prose = Field(title="Emerging findings")


NEEDED_BY_SILP = "Needed if the methodology is the Significant Incident Learning Process."


class FiveQuestions(Form):
    """The five questions that SILP asks practitioners [S002 Appendix 2.1]; other methods need not ask them."""

    what_was_going_on: Prose | None = Field(
        default=None,
        title="Practitioners’ view of what was going on in and around the case",
        description=NEEDED_BY_SILP,
        json_schema_extra=SOMETIMES,
    )
    role_understood: Prose | None = Field(
        default=None,
        title="How they understood their role, or the part they were playing",
        description=NEEDED_BY_SILP,
        json_schema_extra=SOMETIMES,
    )
    thinking_and_context: Prose | None = Field(
        default=None,
        title="Their thinking and their context at the time",
        description=NEEDED_BY_SILP,
        json_schema_extra=SOMETIMES,
    )
    influences: Prose | None = Field(
        default=None,
        title="Their perspective on what aspects of the whole system influenced them as workers",
        description=NEEDED_BY_SILP,
        json_schema_extra=SOMETIMES,
    )
    tools: Prose | None = Field(
        default=None, title="The tools they were using", description=NEEDED_BY_SILP, json_schema_extra=SOMETIMES
    )


class LearningEvent(FiveQuestions):
    """The learning event with frontline staff and first-line managers [S000 7.8.6, S002 Appendix 2.1 and 2.3]."""

    done_on: ClassVar[str | None] = "held_on"

    held_on: Day = Field(title="When was the learning event held?")
    attended: int = Field(ge=1, le=10_000, title="How many took part")
    facilitated_by: Line = Field(title="Who facilitated it?")
    heard: Prose | None = Field(
        default=None,
        title="What did practitioners and their managers say of practice, and of the system around it?",
        description="Needed where the five questions were not asked.",
        json_schema_extra=SOMETIMES,
    )
    good_practice: Prose = Field(title="What is working well; patterns of good practice")


class WholeSystemSession(Form):
    """The session of the whole system in an appreciative inquiry [S000 7.8.7]."""

    done_on: ClassVar[str | None] = "held_on"

    held_on: Day = Field(title="When was the whole system session held?")
    attended: int = Field(ge=1, le=10_000, title="How many took part")
    safeguarded: Prose = Field(title="What successfully safeguarded the child?")
    got_wrong: Prose = Field(title="What went wrong: where, how and why?")
    improvements: Prose = Field(title="The practice improvements they designed")


class RootCause(Row):
    """A cause, as far down as it could be followed."""

    problem: Line = Field(title="Care or service problem")
    contributory_factors: Line = Field(title="Contributory factors")
    root_cause: Line = Field(title="Root cause")


class RootCauses(Form):
    """The systemic causes found [S000 7.8.4, S002 Appendix 2.4]."""

    done_on: ClassVar[str | None] = "analysed_on"

    analysed_on: Day = Field(title="When was the analysis finished?")
    techniques: Line = Field(title="Techniques used", description="Such as a fishbone diagram, or five whys.")
    causes: list[RootCause] = Field(min_length=1, title="Causes")
    solutions: Prose = Field(title="What would remove them?")


class StatutoryDuties(Form):
    """How the statutory duties of all relevant agencies were fulfilled: extended reviews only [S002 Appendix 2.3]."""

    done_on: ClassVar[str | None] = "examined_on"

    examined_on: Day = Field(title="When was the examination finished?")
    plans: Prose = Field(title="Which statutory plans were in place for the child?")
    duties: Prose = Field(title="How were the statutory duties of each relevant agency fulfilled?")


class DraftReport(Form):
    """The draft that goes to the people who took part."""

    done_on: ClassVar[str | None] = "drafted_on"

    drafted_on: Day = Field(title="When was the draft ready?")
    circulated_to: Prose = Field(title="To whom was it circulated, and how?", description="Organisations, not names.")


class RecallSession(Form):
    """The recall session on the draft [S000 7.8.6, S002 Appendix 2.1]."""

    done_on: ClassVar[str | None] = "held_on"

    held_on: Day = Field(title="When was the recall session held?")
    attended: int = Field(ge=1, le=10_000, title="How many took part")
    changed: Prose = Field(title="What did they correct, and what was changed in the draft?")
