"""From the report to impact: approval, publication, action, evidence."""

from datetime import date
from typing import ClassVar

from pydantic import Field

from models.errors import Place
from models.forms.base import SOMETIMES, Address, Day, Form, Line, Name, Prose, Row
from models.vocabulary import ActionScope, Approval, Channel, Measure, Publish, PublishedIn, SentBack


class NotApproved(Row):
    """An action of the plan that the approving body does not approve."""

    number: int = Field(ge=1, title="Number of the action in the plan")
    why: Prose = Field(title="Why is it not approved?")


class BoardApproval(Form):
    """What the approving body does with the report and the action plan, and its written response [S003 Process]."""

    facts: ClassVar[tuple[str, ...]] = ("approved_on",)
    done_on: ClassVar[str | None] = "approved_on"

    approved_on: Day = Field(title="When was it decided?")
    approved_by: Line = Field(title="By which meeting?")
    approval: Approval = Field(default=Approval.APPROVED, title="What was decided?")
    response: Prose = Field(
        title="The board’s response", description="If anything is sent back: why, and what has to change."
    )
    not_approved: list[NotApproved] = Field(
        default_factory=list,
        title="Actions that are not approved",
        description="If the plan is approved in part. All its other actions are owed from now on.",
        json_schema_extra=SOMETIMES,
    )
    opens_again: SentBack | None = Field(
        default=None,
        title="If it is sent back: what opens again?",
        description="After the report, what follows from it opens again too.",
        json_schema_extra=SOMETIMES,
    )

    def sends_back(self) -> str | None:
        """The report or the plan, where it is sent back."""
        sent = self.approval is Approval.SENT_BACK and self.opens_again is not None
        return self.opens_again.value if sent and self.opens_again else None


class PublicationDecision(Form):
    """Whether a report is published, where the framework lets a board withhold it [S004 3.5]."""

    facts: ClassVar[tuple[str, ...]] = ("publication_decided_on", "publish")
    done_on: ClassVar[str | None] = "publication_decided_on"

    publication_decided_on: Day = Field(title="When was it decided?")
    publish: Publish = Field(title="Is the report published?")
    reasons: Prose = Field(
        title="Why?", description="If it is withheld: on which ground that the board’s framework gives."
    )


class BoardAnswer(Row):
    """The board’s answer to one challenge."""

    number: int = Field(ge=1, title="Number of the finding")
    answer: Prose = Field(title="The board’s response, and what it will do")


class BoardResponse(Form):
    """The board’s written response to the findings put to it as challenges [S004 3.5]."""

    facts: ClassVar[tuple[str, ...]] = ("responded_on",)
    done_on: ClassVar[str | None] = "responded_on"

    responded_on: Day = Field(title="When did the board respond?")
    responses: list[BoardAnswer] = Field(min_length=1, title="Response to each finding")


class PublicationRecord(Form):
    """Where and when the report was published, with the board's response and the actions."""

    facts: ClassVar[tuple[str, ...]] = ("published_on",)
    done_on: ClassVar[str | None] = "published_on"

    published_on: Day = Field(title="When was it published?")
    channel: PublishedIn = Field(default=PublishedIn.WEBSITE, title="Where was it published?")
    web_address: Line | None = Field(
        default=None,
        title="If on the website: where can it be read?",
        description="Such as https://board.example/report.",
        json_schema_extra=SOMETIMES,
        pattern=r"^https?://\S+\.\S+$",
    )
    issue: Line | None = Field(
        default=None,
        title="If not: in which issue or communication?",
        description="Such as “Newsletter, autumn 2026”.",
        json_schema_extra=SOMETIMES,
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
    scope: ActionScope = Field(
        default=ActionScope.MULTI_AGENCY,
        title="Whose action is it?",
        description="Of its own action, an agency assures the board before it is signed off.",
    )
    impact: Measure | None = Field(default=None, title="Which kind of information will show its impact?")
    answers: int | None = Field(default=None, ge=1, title="Number of the finding or recommendation that it answers")


class Unanswered(Row):
    """A finding or recommendation that no action answers."""

    number: int = Field(ge=1, title="Number of the finding or recommendation")
    why: Prose = Field(title="Why does no action answer it?")


class ActionPlan(Form):
    """What the partners propose to do: actions and the organisations responsible, for approval [S003 Process]."""

    facts: ClassVar[tuple[str, ...]] = ("plan_agreed_on", "plan")
    done_on: ClassVar[str | None] = "plan_agreed_on"

    plan_agreed_on: Day = Field(title="When was the plan agreed with the partners?")
    actions: list[PlannedAction] = Field(
        default_factory=list,
        title="Actions",
        description="Needed unless you say below why there is none.",
        json_schema_extra=SOMETIMES,
    )
    unanswered: list[Unanswered] = Field(
        default_factory=list,
        title="Findings and recommendations that no action answers",
        description="Each of the others is answered by an action.",
    )
    why_none: Prose | None = Field(default=None, title="If there is no action, why?", json_schema_extra=SOMETIMES)

    @property
    def plan(self) -> str:
        """That it waits for its approval; plans of before boards approved them do not say so."""
        return "proposed"


class ActionEvidence(Row):
    """The sign-off of one action, with its evidence where none is on record yet."""

    number: int = Field(ge=1, title="Action number")
    closed_on: Day = Field(title="Done and signed off on")
    evidence: Prose | None = Field(
        default=None, title="Evidence", description="Needed if none is on record yet.", json_schema_extra=SOMETIMES
    )


class Monitoring(Form):
    """The end of monitoring: every action is signed off, on evidence."""

    actions: list[ActionEvidence] = Field(
        default_factory=list,
        title="Actions to sign off",
        description="Those signed off already need not be repeated.",
    )
    comments: Prose = Field(title="What does the monitoring body conclude?")

    def days_recorded(self) -> list[tuple[Place, date]]:
        """Every action must have been done."""
        return [(("actions", number, "closed_on"), row.closed_on) for number, row in enumerate(self.actions)]


class ReAudited(Row):
    """What the re-audit found of one action; one that does not hold is reopened, with a new deadline."""

    number: int = Field(ge=1, title="Action number")
    rechecked_on: Day = Field(title="Looked at on")
    holds: bool = Field(title="Does the improvement hold?")
    shows: Prose = Field(title="What it shows")
    due_on: Day | None = Field(default=None, title="If it does not hold, the new deadline", json_schema_extra=SOMETIMES)


class ReAudit(Form):
    """The audit that looks again whether the improvements have held [S004 3.6]."""

    done_on: ClassVar[str | None] = "re_audited_on"

    re_audited_on: Day = Field(title="When was it audited again?")
    actions: list[ReAudited] = Field(default_factory=list, title="Actions re-checked")
    comments: Prose = Field(title="What does the re-audit conclude?")

    def days_recorded(self) -> list[tuple[Place, date]]:
        """The re-audit, and what it looked at, must have happened."""
        days = [row.rechecked_on for row in self.actions]
        rows: list[tuple[Place, date]] = [(("actions", number, "rechecked_on"), day) for number, day in enumerate(days)]
        return [*super().days_recorded(), *rows]


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
    principles_unanswered: Prose | None = Field(
        default=None,
        title="If a principle is left unanswered: why?",
        description="The principles for every review stand below. One sentence will do for all that are left.",
        json_schema_extra=SOMETIMES,
    )


class PublicationPeriodEnded(Form):
    """The report may come off the website; it stays available on request."""
