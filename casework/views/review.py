"""One review as people look at it: where it stands, who owes what by when and why, what has been done."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from casework.actions import actions_of
from casework.actions.lookup import files_of
from casework.framework.editions import kind_under
from casework.framework.methodologies import with_steps
from casework.framework.pipelines import pipeline
from casework.framework.pipelines.table import StageSpec, possible
from casework.framework.profiles import board
from casework.people.directory import names
from casework.record import journal
from casework.registers.held_days import BothDates, HoldDays, both_dates, pauses_of
from casework.reminders.listing import planned
from casework.requests.promised_dates import promises_of
from casework.reviews.case import no_such_review, owner_title, profile_facts
from casework.views.why_then import why_due
from models.answering import ReportPromise
from models.people import Person
from models.profile import BoardProfile, Kind
from models.record import JournalEntry
from models.review import Action, Agency, Document, Hold, Publication, Review, Stage
from models.tables import id_of
from models.vocabulary import OWES_ACTIONS, ActionState, StageState

NOBODYS = {"handed over": "An appointment to the board"}  # what has no actor, and is not the calendar's doing


@dataclass(frozen=True)
class StageView:
    """An opened stage in words. `explanation` says how its deadline was counted, or why there is none."""

    id: int
    name: str
    key: str
    title: str
    state: str
    owner: str
    owner_email: str
    owner_id: int
    role: str
    opened_on: date
    due_on: date | None
    original_due_on: date | None
    last_safe_on: date | None
    rule: str | None
    basis: str | None
    trigger: str | None
    trigger_on: date | None
    cites: str | None
    explanation: str
    next_notice: date | None
    closed_on: date | None
    closed_by: str | None
    outcome: dict[str, Any] | None

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes it."""
        return self.state == StageState.OPEN.value


@dataclass(frozen=True)
class Entry:
    """A line of the history."""

    number: int
    at: datetime
    actor: str
    actor_id: int | None
    verb: str
    stage: str | None
    note: str | None
    detail: dict[str, Any]
    passed: tuple[str, str] | None = None  # whose it was and whose it is now, where something was handed over


@dataclass(frozen=True)
class ReviewView:
    """A review with everything that belongs to it; `ahead` are the titles of the stages still to come.

    `evidence_files` are the numbers of the files that are evidence of actions, each with that of its action.
    `pauses` are the days of its holds, which the owner of a stage may know; the reasons are in `holds`. `promises` are
    what authors said last of when their report will come, by the number of its stage. `uploaders` are the names of
    those who added the files, by their number.
    """

    review: Review
    board_name: str
    type_name: str
    stages: tuple[StageView, ...]
    ahead: tuple[str, ...]
    actions: tuple[tuple[Action, str], ...]
    holds: tuple[Hold, ...]
    publication: Publication | None
    documents: tuple[Document, ...]
    history: tuple[Entry, ...]
    converted_to: str | None
    evidence_files: Mapping[int, int] = field(default_factory=dict)
    pauses: tuple[HoldDays, ...] = ()
    promises: Mapping[int, ReportPromise] = field(default_factory=dict)
    uploaders: Mapping[int, str] = field(default_factory=dict)

    @property
    def open_stages(self) -> tuple[StageView, ...]:
        """What is owed now, the earliest deadline first."""
        owed = [stage for stage in self.stages if stage.is_open]
        return tuple(sorted(owed, key=lambda stage: (stage.due_on or date.max, stage.id)))

    @property
    def actions_owed(self) -> int:
        """How many actions are not signed off; a review that was withdrawn owes none."""
        return sum(action.state is not ActionState.CLOSED for action, _ in self.actions) if self.owes_actions else 0

    @property
    def owes_actions(self) -> bool:
        """Whether its actions are owed whatever became of it."""
        return self.review.state in OWES_ACTIONS

    def both_dates(self, stage: StageView, today: date) -> BothDates | None:
        """A stage's deadline, and what it would be if the days on hold were added; None if it was never held."""
        return both_dates(stage.due_on, self.pauses, opened_on=stage.opened_on, closed_on=stage.closed_on, today=today)


def find_review(session: Session, reference: str) -> Review:
    """The review with this reference; raises NotFound."""
    found = session.exec(select(Review).where(Review.reference == reference)).first()
    if found is None:
        raise no_such_review(reference)
    return found


def review_view(session: Session, reference: str) -> ReviewView:
    """Everything about a review, for somebody who may see all of it."""
    review = find_review(session, reference)
    profile = board(review.board)
    kind = kind_under(profile, review.type, review.edition)
    actions = actions_of(session, id_of(review))
    owners = names(session, (action.owner_id for action in actions))
    holds = tuple(session.exec(select(Hold).where(Hold.review_id == id_of(review)).order_by(col(Hold.id))))
    return ReviewView(
        review=review,
        board_name=profile.name.value,
        type_name=kind.name,
        stages=tuple(stage_views(session, review, profile, kind)),
        ahead=tuple(titles_ahead(session, review, kind)),
        actions=tuple((action, owners[action.owner_id]) for action in actions),
        holds=holds,
        publication=session.exec(select(Publication).where(Publication.review_id == id_of(review))).first(),
        documents=(files := tuple(documents(session, id_of(review)))),
        history=tuple(history(session, id_of(review))),
        converted_to=session.exec(select(Review.reference).where(Review.converted_from == reference)).first(),
        evidence_files=files_of(session, id_of(review)),
        pauses=pauses_of(holds),
        promises=promises_of(session, id_of(review)),
        uploaders=names(session, (file.uploaded_by for file in files)),
    )


def stage_views(session: Session, review: Review, profile: BoardProfile, kind: Kind) -> Iterator[StageView]:
    """The opened stages in the order of the table."""
    stages = list(session.exec(select(Stage).where(Stage.review_id == review.id)))
    people = people_by_id(session, stages)
    agencies = dict(session.exec(select(Agency.id, Agency.name).where(Agency.review_id == review.id)).all())
    told = planned(session, [stage.id for stage in stages if stage.id is not None])
    order = {spec.key: place for place, spec in enumerate(pipeline(review.type).stages)}
    for stage in sorted(stages, key=lambda stage: (order[stage.key], stage.id)):
        spec = pipeline(review.type).by_key[stage.key]
        agency = f" ({agencies[stage.agency_id]})" if stage.agency_id in agencies else ""
        yield stage_view(stage, spec, spec.title + agency, profile, kind, review.edition, people, told)


def people_by_id(session: Session, stages: list[Stage]) -> dict[int, Person]:
    """The owners of stages, and those who closed them."""
    wanted = {stage.owner_id for stage in stages} | {stage.closed_by for stage in stages if stage.closed_by}
    found = session.exec(select(Person).where(col(Person.id).in_(wanted)))
    return {person.id: person for person in found if person.id is not None}


def stage_view(
    stage: Stage,
    spec: StageSpec,
    title: str,
    profile: BoardProfile,
    kind: Kind,
    edition: str,
    people: dict[int, Person],
    told: dict[int, date],
) -> StageView:
    """One stage in words."""
    owner = people[stage.owner_id]
    closer = people.get(stage.closed_by or 0)
    return StageView(
        id=id_of(stage),
        name=stage.name,
        key=stage.key,
        title=title,
        state=stage.state.value,
        owner=owner.name,
        owner_email=owner.email,
        owner_id=stage.owner_id,
        role=owner_title(profile, kind, spec),
        opened_on=stage.opened_on,
        due_on=stage.due_on,
        original_due_on=stage.original_due_on,
        last_safe_on=stage.last_safe_on,
        rule=stage.rule,
        basis=stage.basis.value if stage.basis else None,
        trigger=stage.trigger,
        trigger_on=stage.trigger_on,
        cites=stage.cites,
        explanation=why_due(stage, spec, kind, edition),
        next_notice=told.get(id_of(stage)),
        closed_on=stage.closed_on,
        closed_by=closer.name if closer else None,
        outcome=stage.outcome,
    )


def titles_ahead(session: Session, review: Review, kind: Kind) -> Iterator[str]:
    """The titles of the stages still to come, as far as it is known that they will be needed."""
    opened = set(session.exec(select(Stage.key).where(Stage.review_id == review.id)))
    facts = with_steps(review.facts) | profile_facts(board(review.board), kind)
    for spec in pipeline(review.type).stages:
        if spec.key not in opened and possible(spec, facts):
            yield spec.title


def documents(session: Session, review_id: int) -> list[Document]:
    """The files of a review, oldest first, without their contents: those take long to decrypt."""
    of_review = select(Document).where(Document.review_id == review_id).order_by(col(Document.id))
    found = of_review.options(defer(Document.content))  # type: ignore[arg-type]  # an attribute of the class
    return list(session.exec(found))


def history(session: Session, review_id: int) -> Iterator[Entry]:
    """The journal in words, oldest first."""
    entries = journal.entries(session, review_id)
    actors = names(session, people_in(entries))
    for entry in entries:
        yield Entry(
            entry.number,
            entry.at,
            actors.get(entry.actor_id or 0, NOBODYS.get(entry.verb, "The calendar")),
            entry.actor_id,
            entry.verb,
            entry.stage,
            entry.note,
            entry.detail,
            passed(entry, actors),
        )


def people_in(entries: Iterable[JournalEntry]) -> Iterator[int | None]:
    """The numbers of all those whom the history names."""
    for entry in entries:
        yield entry.actor_id
        yield from entry.detail.get("former", ())
        yield entry.detail.get("heir")


def passed(entry: JournalEntry, people: Mapping[int, str]) -> tuple[str, str] | None:
    """Whose something was and whose it is now; None in an entry of before that was kept, and where nothing passed."""
    if "heir" not in entry.detail:
        return None
    former = " and ".join(people[number] for number in entry.detail["former"])
    return former, people[entry.detail["heir"]]
