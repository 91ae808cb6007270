"""Serious incidents since Working Together 2018: notification, rapid review, the decision on a local review."""

from typing import ClassVar

from pydantic import Field

from models.forms.base import Day, Form, Line, Prose
from models.vocabulary import Known, LocalReview


class SeriousIncidentNotification(Form):
    """The local authority's notification of a serious incident to the National Panel."""

    facts: ClassVar[tuple[str, ...]] = ("panel_notified_on",)
    done_on: ClassVar[str | None] = "panel_notified_on"

    panel_notified_on: Day = Field(title="When was the National Panel notified?")
    others_told: Prose = Field(
        title="Who else was told?",
        description="The safeguarding partners; for a looked-after child who has died also the Secretary of State "
        "and Ofsted.",
    )
    reference_given: Line | None = Field(default=None, title="The Panel’s own reference, if it gave one")


class AgencySummary(Form):
    """One agency's summary of its part, for the rapid review."""

    done_on: ClassVar[str | None] = "finished_on"

    finished_on: Day = Field(title="When was the summary finished?")
    involvement: Prose = Field(title="What did the agency do, and why?")
    immediate_action: Prose | None = Field(default=None, title="What has it done already to keep children safe?")
    learning: Prose = Field(title="What learning can be seen already?")


class RapidReviewMeeting(Form):
    """The meeting of the rapid review."""

    facts: ClassVar[tuple[str, ...]] = ("rapid_review_met_on",)
    done_on: ClassVar[str | None] = "rapid_review_met_on"

    rapid_review_met_on: Day = Field(title="When was the rapid review meeting?")
    facts_gathered: Prose = Field(title="What is known about the case?")
    immediate_action: Prose = Field(title="What must be done at once to keep children safe?")
    improvement: Prose = Field(title="What could be improved in safeguarding children?")


class LocalReviewDecision(Form):
    """Whether a local child safeguarding practice review is held, by which criteria [SI 2018/789 regulation 11]."""

    facts: ClassVar[tuple[str, ...]] = ("decided_on", "local_review")
    done_on: ClassVar[str | None] = "decided_on"

    decided_on: Day = Field(title="When was it decided?")
    improvements_needed: Known = Field(
        title="Does the case show that safeguarding must improve?",
        description="Also where that had been found before.",
    )
    recurrent_themes: Known = Field(title="Does it show recurrent themes in safeguarding?")
    agencies_concerned: Known = Field(title="Are two or more agencies concerned about how they worked together?")
    panel_suggests: Known = Field(title="Has the National Panel suggested that a local review may be appropriate?")
    local_review: LocalReview = Field(title="Is a local child safeguarding practice review held?")
    reasons: Prose = Field(title="Why?")
    another_review_suits_better: Prose | None = Field(
        default=None, title="If another kind of learning is more useful: which, and why?"
    )

    def leads_to(self, type_: str) -> str | None:
        """A rapid review that is followed by a local review goes on as one."""
        local = "local-child-safeguarding-practice-review"
        return local if self.local_review is LocalReview.HOLD and type_ != local else None


class RapidReviewSent(Form):
    """The rapid review sent to the National Panel."""

    facts: ClassVar[tuple[str, ...]] = ("rapid_review_sent_on",)
    done_on: ClassVar[str | None] = "rapid_review_sent_on"

    rapid_review_sent_on: Day = Field(title="When was the rapid review sent to the National Panel?")
    answer: Prose | None = Field(default=None, title="What did the Panel answer?")


class ReportToPanel(Form):
    """The final report given to the National Panel and the Secretary of State before it is published."""

    facts: ClassVar[tuple[str, ...]] = ("given_on",)
    done_on: ClassVar[str | None] = "given_on"

    given_on: Day = Field(title="When were they given the report?")
    comments: Prose | None = Field(default=None, title="What did they say?")


class NotPublished(Form):
    """Why a report is not published, where the framework leaves room for that."""

    reasons: Prose = Field(title="Why is the report not published?")
