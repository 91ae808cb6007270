"""All that a review has recorded, gathered once for the document that is to be made from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from casework.clock import london_day
from casework.clock.wording import day
from casework.documents.milestones import Milestone, milestones
from casework.documents.parts import (
    AgencyPart,
    RecordedStage,
    Reviewer,
    Seats,
    Undertaking,
    agency_parts,
    lead_reviewers,
    seats,
    undertakings,
)
from casework.documents.types_with_slides import HAVE_SLIDES
from casework.documents.wording import listed
from casework.findings.outputs import FindingWithActions, outputs_of
from casework.framework.editions import edition, kind_under
from casework.framework.methodologies import with_steps
from casework.framework.pipelines import pipeline
from casework.framework.pipelines.table import StageSpec
from casework.framework.profiles import board
from casework.reviews.case import owner_title
from models.edition import Edition
from models.errors import NotFound
from models.forms.base import Form
from models.forms.referral import Referral
from models.profile import BoardProfile, Clock, Kind
from models.review import Review, Stage
from models.vocabulary import Decision, StageState

Recorded = TypeVar("Recorded", bound=Form)


@dataclass(frozen=True, slots=True)
class Opened:
    """The stage that a document is for. `explains` is what the framework says about its deadline.

    `closed_on` is the day on which its outcome was recorded, if it has been; `form` is what records it.
    """

    name: str
    title: str
    owner: str
    due_on: date | None
    closed_on: date | None
    explains: str | None
    form: type[Form]


@dataclass(frozen=True)
class Dossier:
    """What a document can be made from.

    `edition` is the national guidance that the review keeps. `name` is what the board calls this review; `names` what
    it calls each review type. `referral` is None of a review that began with a theme. `recorded` holds the outcomes of
    the closed stages, `agency` the agency whose own stage this is. `made_on` is the day in London.
    `has_slides` says whether slides are drafted once the learning summary is recorded. `for_the_record` says that the
    document is made again from what its stage recorded; otherwise it is a draft.
    """

    reference: str
    profile: BoardProfile
    edition: Edition
    board: str
    framework: str
    name: str
    names: Mapping[str, str]
    made_on: date
    stage: Opened
    referral: Referral | None
    recorded: Mapping[RecordedStage, Form]
    agency: AgencyPart | None
    agencies: tuple[AgencyPart, ...]
    lead_reviewers: tuple[Reviewer, ...]
    outputs: tuple[FindingWithActions, ...]
    undertakings: tuple[Undertaking, ...]
    milestones: tuple[Milestone, ...]
    seats: Seats
    has_slides: bool
    for_the_record: bool

    @property
    def reviewers_named(self) -> str:
        """The lead reviewers, each with whom they work for; empty until somebody is appointed."""
        return listed(str(reviewer) for reviewer in self.lead_reviewers)

    @property
    def standing(self) -> str:
        """How the document stands to the record, and since when: "draft of 1 July 2014"."""
        recorded_on = self.stage.closed_on or self.made_on
        return f"as recorded on {day(recorded_on)}" if self.for_the_record else f"draft of {day(self.made_on)}"

    def outcome(self, form: type[Recorded]) -> Recorded | None:
        """What was recorded in this form, if its stage is closed."""
        return next((outcome for outcome in self.recorded.values() if isinstance(outcome, form)), None)

    def called(self, decision: Decision) -> str:
        """What the board calls the review that was decided on."""
        return self.names.get(decision.value, decision.label)

    def milestone(self, key: str) -> Milestone | None:
        """The stage with this key in the timetable, unless the review does not need it."""
        return next((found for found in self.milestones if found.key == key), None)


def dossier(session: Session, stage_id: int, now: datetime, *, for_the_record: bool = False) -> Dossier:
    """Gather everything about the review of this stage; raises NotFound where the stage or its review type is gone."""
    stage = session.get(Stage, stage_id)
    review = session.get(Review, stage.review_id) if stage else None
    if stage is None or review is None:
        raise NotFound(f"There is no stage {stage_id} any longer. Withdraw the work that was queued for it.")
    profile, table = board(review.board), pipeline(review.type)
    kind = kind_of(profile, review)
    stages = list(session.exec(select(Stage).where(Stage.review_id == review.id).order_by(col(Stage.id))))
    referral = Referral.model_validate(review.referral) if table.first.form is Referral else None
    recorded = outcomes(table.by_key, stages)
    agencies = agency_parts(session, review, referral, recorded)
    return Dossier(
        reference=review.reference,
        profile=profile,
        edition=edition(review.edition),
        board=profile.name.value,
        framework=profile.framework.value,
        name=kind.name,
        names={type_: other.name for type_, other in profile.reviews.items()},
        made_on=london_day(now),
        stage=opened(stage, table.by_key[stage.key], kind, profile),
        referral=referral,
        recorded=recorded,
        agency=next((part for part in agencies if part.id is not None and part.id == stage.agency_id), None),
        agencies=agencies,
        lead_reviewers=lead_reviewers(session, review),
        outputs=outputs_of(session, stage.review_id),
        undertakings=undertakings(session, review),
        milestones=milestones(table, profile, kind, with_steps(review.facts), stages),
        seats=seats(session, review.board, profile, kind),
        has_slides=review.type in HAVE_SLIDES,
        for_the_record=for_the_record,
    )


def kind_of(profile: BoardProfile, review: Review) -> Kind:
    """The review's type as its board runs it under its edition; raises NotFound where the profile has lost it."""
    if profile.kind(review.type) is None:
        raise NotFound(
            f"The profile of {review.board} no longer has the type {review.type} of {review.reference}. Put it back."
        )
    return kind_under(profile, review.type, review.edition)


def opened(stage: Stage, spec: StageSpec, kind: Kind, profile: BoardProfile) -> Opened:
    """The stage that the document is for."""
    clock: Clock | None = kind.clocks.get(spec.clock or "")
    return Opened(
        name=stage.name,
        title=spec.title,
        owner=owner_title(profile, kind, spec),
        due_on=stage.due_on,
        closed_on=stage.closed_on,
        explains=clock.explains if clock else None,
        form=spec.form,
    )


def outcomes(specs: Mapping[str, StageSpec], stages: Iterable[Stage]) -> dict[RecordedStage, Form]:
    """The forms of the closed stages, without what completing them recorded beside the form."""
    return {
        RecordedStage(stage.key, stage.agency_id): read(specs[stage.key].form, stage.outcome)
        for stage in stages
        if stage.state is StageState.CLOSED and stage.outcome is not None and stage.key in specs
    }


def read(form: type[Form], outcome: Mapping[str, Any]) -> Form:
    """A recorded outcome as the form that it was typed into."""
    return form.model_validate({name: value for name, value in outcome.items() if name in form.model_fields})
