"""The variables of every letter. What is not a field here cannot get into a letter, whatever was queued."""

from datetime import date, datetime, time, timedelta
from typing import Annotated

from pydantic import BeforeValidator, Field, computed_field

from casework.clock.wording import clock_time, meeting_time, spoken, time_on_day
from casework.letters.listings import AgencyDigest, Digest, Reminders
from casework.letters.variables import DatedLetter, OfReview, Variables
from models.vocabulary import TRIGGERS, Basis, MeetingKind, Response, Template

ANSWERED = (Response.ACCEPTED, Response.DECLINED)


class OfMeeting(OfReview):
    """A letter about a meeting as it was when the letter was queued, and the calendar entry that goes with it.

    `place` and `joining_link` are the only words in any letter that a person has typed: the one who arranges a meeting
    types them to be sent (docs/adr/0013).
    """

    number: int
    meeting_kind: MeetingKind
    uid: str
    sequence: int
    changed_at: datetime
    on_day: date = Field(description="The day of the meeting; a date, so write {{ on_day | day }}.")
    begins: time
    ends: time
    place: str | None = Field(default=None, description="Where it is, as typed by the person who arranged the meeting.")
    joining_link: str | None = Field(default=None, description="The link to join it online, if there is one.")
    response: Response = Response.WAITING

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def kind(self) -> str:
        """“Panel meeting”."""
        return self.meeting_kind.label

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def what(self) -> str:
        """“panel meeting”."""
        return self.meeting_kind.label.lower()

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def a_meeting(self) -> str:
        """“a panel meeting”, “an audit meeting”."""
        return f"{'an' if self.what[0] in 'aeiou' else 'a'} {self.what}"

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def begins_at(self) -> str:
        """“10:00”, in London."""
        return clock_time(self.begins)

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def when(self) -> str:
        """“Tuesday 4 February 2020, 10:00 to 12:30”, in London."""
        return meeting_time(self.on_day, self.begins, self.ends)


class Invitation(OfMeeting):
    """An invitation, or a new time or place; its link is the one to answer by."""

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def answered(self) -> str | None:
        """“accepted” or “declined”, where they have answered and need not again: only the place is another."""
        return self.response.label.lower() if self.response in ANSWERED else None


class SignIn(Variables):
    """A link that signs a person in. `minutes` is how long it holds, from the moment it was asked for."""

    minutes: int
    queued_at: datetime

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def until(self) -> str:
        """When the link ends: “14:05 on Monday 8 January 2024”, in London."""
        return time_on_day(self.queued_at + timedelta(minutes=self.minutes))


class OfStage(DatedLetter):
    """A letter about a stage that has a deadline."""

    stage: str = Field(description="The title of the stage, and the agency if it belongs to one.")
    due_on: date = Field(description="The deadline of the stage; a date, so write {{ due_on | day }}.")
    last_safe_on: date | None

    @property
    def deadline(self) -> date | None:
        """The deadline of the stage."""
        return self.due_on

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def safe_on(self) -> date | None:
        """The last working day on which it can safely be done, where it lies ahead and is not the deadline itself."""
        ahead = self.due_on is not None and self.due_on >= self.today
        return self.last_safe_on if ahead and self.last_safe_on != self.due_on else None


class StageOpened(OfStage):
    """A stage has opened. Without a date, nobody has said yet by when."""

    due_on: date | None = Field(  # type: ignore[assignment] # the one stage letter that can do without
        description="The deadline of the stage, if it has one; a date, so write {{ due_on | day }}."
    )
    rule: str | None
    basis: Basis | None
    trigger: str | None
    trigger_on: date | None
    original_due_on: date | None
    in_time_for: str | None = None

    @computed_field  # type: ignore[prop-decorator] # mypy knows no property under a decorator
    @property
    def why(self) -> str | None:
        """Where the date comes from: an extension, an agreement, the stage it must be in time for, or its own rule."""
        if self.due_on is None:
            return None
        if self.original_due_on:
            return f"extended from {spoken(self.original_due_on)}; the reason is in the history of the review"
        if self.basis is Basis.AGREED:
            return "agreed in the review"
        if self.in_time_for:
            return f"in time for “{self.in_time_for}”"
        return ". Basis: ".join(part for part in (self.counted, self.basis and self.basis.label) if part) or None

    @property
    def counted(self) -> str | None:
        """The rule and what it counts from: "14 days from the decision, Monday 8 January 2024"."""
        if not self.rule or not self.trigger_on:
            return self.rule
        named = f"{TRIGGERS[self.trigger]}, " if self.trigger in TRIGGERS else ""
        return f"{self.rule} from {named}{spoken(self.trigger_on)}"


class StageEnded(OfReview):
    """A stage has ended before it was done."""

    stage: str = Field(description="The title of the stage, and the agency if it belongs to one.")


class DeadlineMoved(OfStage):
    """A deadline has moved; `moved_from` is the date before, absent when there was none."""

    moved_from: Annotated[date | None, BeforeValidator(lambda text: text or None)] = Field(
        default=None, validation_alias="from", description="The deadline before, if there was one; a date."
    )


class OfAction(DatedLetter):
    """A letter about an action of a review; what the action is stands in none."""

    number: int = Field(description="The number of the action in its review.")
    due: date = Field(description="The date it is due; a date, so write {{ due | day }}.")

    @property
    def deadline(self) -> date | None:
        """The day by which there has to be evidence."""
        return self.due


class PublicationEnded(OfReview):
    """The time for which a report must stay on the website is over; `keep` is how long that was."""

    keep: str = Field(description="How long a report must stay on the website, in the framework’s words.")


class NewAnswerLink(OfReview):
    """A new link to answer by, in place of one that opens nothing any more. It opens `what`, for so many `days`."""

    what: str = Field(description="What the link opens: the title of a stage, or “Action 3”.")
    days: int = Field(description="How many days the link works for.")


class ReportPromised(OfReview):
    """An agency's report is announced for a day; its deadline, where there is one, stays."""

    stage: str = Field(description="The title of the stage, and the agency if it belongs to one.")
    comes_on: date = Field(description="When it will come; a date, so write {{ comes_on | day }}.")
    due_on: date | None = Field(description="The deadline of the stage; a date, so write {{ due_on | day }}.")


class AskedToAnswer(OfReview):
    """Somebody is asked for an answer, by a day, which they give by the link of this letter."""

    answer_by: date = Field(description="The date to answer by; a date, so write {{ answer_by | day }}.")


VARIABLES: dict[Template, type[Variables]] = {
    Template.SIGN_IN: SignIn,
    Template.STAGE_OPENED: StageOpened,
    Template.STAGE_ENDED: StageEnded,
    Template.REMINDERS: Reminders,
    Template.DIGEST_WEEKLY: Digest,
    Template.DIGEST_MONTHLY: Digest,
    Template.DIGEST_AGENCY: AgencyDigest,
    Template.DEADLINE_MOVED: DeadlineMoved,
    Template.REVIEW_HELD: OfReview,
    Template.REVIEW_RESUMED: OfReview,
    Template.REVIEW_WITHDRAWN: OfReview,
    Template.ACTION_ASSIGNED: OfAction,
    Template.ACTION_MOVED: OfAction,
    Template.ACTION_EVIDENCED: OfAction,
    Template.ACTION_REOPENED: OfAction,
    Template.PUBLICATION_ENDED: PublicationEnded,
    Template.MEETING_INVITED: Invitation,
    Template.MEETING_MOVED: Invitation,
    Template.MEETING_CANCELLED: OfMeeting,
    Template.MEETING_UNINVITED: OfMeeting,
    Template.ANSWER_LINK: NewAnswerLink,
    Template.REPORT_PROMISED: ReportPromised,
    Template.TERMS_CIRCULATED: AskedToAnswer,
    Template.QUESTIONS_ASKED: AskedToAnswer,
}
