"""One review as a move sees it: its row, its stages, its people, its table, its board's profile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, union_all, update
from sqlmodel import Session

from casework.framework.editions import kind_under
from casework.framework.methodologies import with_steps
from casework.framework.pipelines import pipeline
from casework.framework.pipelines.table import Pipeline, StageSpec
from casework.framework.profiles import board
from casework.record import journal
from casework.record.act import Act
from casework.record.journal import Chain
from casework.record.prepared import Prepared
from casework.record.store import connection_of, journal_secret
from models.errors import MoveRefused, NotFound
from models.people import Appointment, Person
from models.profile import BoardProfile, Kind
from models.record import Work
from models.remedies import ListReviews, ResumeReview
from models.review import Agency, Involvement, Review, Stage
from models.stage_name import StageName
from models.tables import table_of
from models.vocabulary import LIVE, PanelDuty, ReviewEvent, ReviewState, Role, StageState, WorkState

REVIEW, STAGE, AGENCY = table_of(Review), table_of(Stage), table_of(Agency)
BY_LINK = "by_link"  # in the detail of what is journalled
INVOLVEMENT, APPOINTMENT = table_of(Involvement), table_of(Appointment)

# The hot path of every move: statements are built once, and only the columns that a move needs are read.
REVIEW_BY_REFERENCE = select(
    *REVIEW.c[
        "id", "reference", "board", "type", "edition", "state", "facts", "journal_length", "journal_head", "ended_on"
    ]
).where(REVIEW.c.reference == bindparam("reference"))
FIND_REVIEW, LOCK_REVIEW = Prepared(REVIEW_BY_REFERENCE), Prepared(REVIEW_BY_REFERENCE.with_for_update())
FIND_STAGES = Prepared(
    select(*STAGE.c["id", "name", "key", "agency_id", "state", "owner_id", "due_on", "closed_on"]).where(
        STAGE.c.review_id == bindparam("review_id")
    )
)
FIND_PEOPLE = Prepared(
    union_all(
        select(INVOLVEMENT.c.role, INVOLVEMENT.c.person_id).where(INVOLVEMENT.c.review_id == bindparam("review_id")),
        select(APPOINTMENT.c.role, APPOINTMENT.c.person_id).where(
            APPOINTMENT.c.board == bindparam("board"), APPOINTMENT.c.until.is_(None)
        ),
    )
)

STORE_REVIEW = Prepared(
    update(REVIEW)
    .where(REVIEW.c.id == bindparam("review_id"))
    .values({name: bindparam(name) for name in ("state", "facts", "journal_length", "journal_head", "ended_on")})
)
ADD_WORK = Prepared(insert(table_of(Work)))
HAPPENS_ONCE = (ReviewEvent.OPENED, ReviewEvent.CARRIED_OVER)  # to one stage


@dataclass
class Case:
    """A review under the lock of the transaction that moves it.

    `connection` is the session's, kept because asking for it costs as much as a statement. `roles` gives the people
    in each role, the review's own before the board's. `facts` are the review's own; `all_facts` has the profile's
    beside them. `chain` is the end of the journal as this transaction leaves it. `kept` are the fingerprints of the
    rows of registers that this move has written, for its entry in the journal. `events` are the rows that tell Prefect
    what this move did, until `queue_events` writes them. `taken_back` are the stages completed earlier that wait again.
    `by` is who makes the move, None where the calendar does.
    """

    session: Session
    connection: Connection
    id: int
    reference: str
    profile: BoardProfile
    kind: Kind
    pipeline: Pipeline
    board: str
    edition: str
    state: ReviewState
    ended_on: date | None
    facts: dict[str, str]
    chain: Chain
    stages: list[Row[Any]]
    roles: dict[Role, list[int]]
    now: datetime
    today: date
    opened: list[StageName] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    taken_back: list[str] = field(default_factory=list)
    by: Person | None = None
    by_link: bool = False

    @property
    def all_facts(self) -> Mapping[str, str]:
        """The recorded facts together with those that the profile supplies."""
        return self.facts | profile_facts(self.profile, self.kind)

    @property
    def secret(self) -> bytes:
        """The secret that seals the journal."""
        return journal_secret(self.session)

    @property
    def began_on(self) -> date | None:
        """When the board was notified, or the theme proposed."""
        said = self.facts.get(self.pipeline.first.form.done_on or "")
        return date.fromisoformat(said) if said else None

    @property
    def names_opened(self) -> list[str]:
        """The names of the stages that this move has opened."""
        return [str(stage) for stage in self.opened]

    def open_stages(self) -> list[Row[Any]]:
        """The stages that are open now."""
        return [stage for stage in self.stages if stage.state is StageState.OPEN]

    def reload_stages(self) -> None:
        """Read the stages again after a move has changed them itself."""
        self.stages = FIND_STAGES.rows(self.connection, {"review_id": self.id})

    def keys_in(self, *states: StageState) -> set[str]:
        """The keys of the stages of which anything is in one of these states."""
        return {stage.key for stage in self.stages if stage.state in states}

    def finished_keys(self) -> set[str]:
        """The keys of the stages that are completed, for every agency where there are several."""
        return self.keys_in(StageState.CLOSED) - self.keys_in(StageState.OPEN, StageState.ENDED)

    def role_of(self, spec: StageSpec) -> Role:
        """The role that owns a stage on this board."""
        return seat(self.kind, spec)

    def holder(self, role: Role) -> int | None:
        """The person who holds a role, if anybody does."""
        return next(iter(self.roles.get(role, ())), None)

    def note_event(self, event: ReviewEvent, stage_id: int | None = None) -> None:
        """Note what this move does to a stage, or to the review as a whole, for Prefect to carry out what follows."""
        occasion = "" if event in HAPPENS_ONCE else f":{self.chain.length}"
        self.events.append(
            {
                "key": f"{event}:{stage_id or f'review-{self.id}'}{occasion}",
                "review_id": self.id,
                "stage_id": stage_id,
                "kind": event,
                "state": WorkState.QUEUED,
                "queued_at": self.now,
                "tries": 0,
            }
        )


def seat(kind: Kind, spec: StageSpec) -> Role:
    """The role that owns a stage: named in the table, or given by the profile to the seat named there."""
    if isinstance(spec.owner, Role):
        return spec.owner
    given = getattr(kind, spec.owner)
    return Role(given.value) if given else Role.BUSINESS_MANAGER


def owner_title(profile: BoardProfile, kind: Kind, spec: StageSpec) -> str:
    """What the owner of a stage is called on this board."""
    return spec.called or profile.title(seat(kind, spec))


def profile_facts(profile: BoardProfile, kind: Kind) -> dict[str, str]:
    """What the profile contributes to the conditions of a pipeline."""
    told = kind.national_panel.value if kind.national_panel else PanelDuty.ON_REQUEST
    asked = {
        "recommends": kind.recommends,
        "agrees": kind.agrees,
        "update-meetings": kind.update_meetings,
        "publishes": kind.publishes,
        "may-withhold": kind.may_withhold,
        "learning-summary": profile.learning_summary,
        "publication-period": "publication-period" in kind.clocks,
    }
    return {"profile.national-panel": told.value} | {
        f"profile.{name}": "yes" if value else "no" for name, value in asked.items()
    }


def no_such_review(reference: str) -> NotFound:
    """The refusal of a reference that no review has."""
    return NotFound(f"There is no review ‘{reference}’.", remedy=ListReviews())


def load(act: Act, reference: str, *, lock: bool = True) -> Case:
    """The review with this reference, locked until the transaction ends unless it is only looked at.

    Raises NotFound.
    """
    connection = connection_of(act.session)
    found = (LOCK_REVIEW if lock else FIND_REVIEW).rows(connection, {"reference": reference})
    if not found:
        raise no_such_review(reference)
    review = found[0]
    profile = board(review.board)
    if profile.kind(review.type) is None:
        raise NotFound(
            f"The profile of {review.board} no longer has the type {review.type} of {reference}. Put it back."
        )
    return Case(
        session=act.session,
        connection=connection,
        id=review.id,
        reference=review.reference,
        profile=profile,
        kind=kind_under(profile, review.type, review.edition),
        pipeline=pipeline(review.type),
        board=review.board,
        edition=review.edition,
        state=review.state,
        ended_on=review.ended_on,
        facts=with_steps(review.facts),
        chain=Chain(review.journal_length, review.journal_head),
        stages=FIND_STAGES.rows(connection, {"review_id": review.id}),
        roles=by_role(FIND_PEOPLE.rows(connection, {"review_id": review.id, "board": review.board})),
        now=act.now,
        today=act.today,
        by=act.by,
        by_link=act.by_link,
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did: which review, where it stands now, and the stages it opened."""

    reference: str
    state: ReviewState
    opened: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClosedStage:
    """A stage that this very move has closed: it stands in for its row."""

    id: int
    name: str
    key: str
    agency_id: int | None
    state: StageState
    owner_id: int
    due_on: date | None = None


def by_role(found: Any) -> dict[Role, list[int]]:
    """People by their role, in the order found: the review's own come first."""
    roles: dict[Role, list[int]] = {}
    for role, person_id in found:
        roles.setdefault(role, []).append(person_id)
    return roles


def store(
    case: Case,
    verb: str,
    by: Person | None,
    *,
    stage: str | None = None,
    detail: Mapping[str, Any] | None = None,
    note: str | None = None,
) -> None:
    """Journal the move, keep the review's state, facts and the end of its journal, and queue its events for Prefect.

    A move made by a link from a letter is journalled as such.
    """
    journal.write(
        case.connection,
        case.secret,
        case.chain,
        review_id=case.id,
        at=case.now,
        actor_id=by.id if by else None,
        verb=verb,
        stage=stage,
        detail={**(detail or {}), **held_on_to(case)},
        note=note,
    )
    store_review(case)
    queue_events(case)


def held_on_to(case: Case) -> dict[str, Any]:
    """What an entry says of every move: how it leaves the review, whether by a link, which rows it has written."""
    how: dict[str, Any] = {"left": journal.left(case.secret, case.state, case.facts)}
    if case.by_link:
        how[BY_LINK] = True
    if case.kept:
        how["kept"] = case.kept
    if case.taken_back:
        how["taken_back"] = case.taken_back
    return how


def store_review(case: Case) -> None:
    """Keep the review's state, its facts and the end of its journal."""
    ended_on = None if case.state in LIVE else case.ended_on or case.today  # a later duty does not move the end
    STORE_REVIEW.run(
        case.connection,
        {
            "review_id": case.id,
            "state": case.state,
            "facts": case.facts,
            "journal_length": case.chain.length,
            "journal_head": case.chain.head,
            "ended_on": ended_on,
        },
    )


def queue_events(case: Case) -> None:
    """Write what has been noted for Prefect, in one statement."""
    if case.events:
        ADD_WORK.run_each(case.connection, case.events)
        case.events = []


def check_going(case: Case) -> None:
    """Refuse to move a review that is on hold. One that was converted or closed may still end its duties."""
    if case.state is ReviewState.HELD:
        raise MoveRefused(f"{case.reference} is on hold.", remedy=ResumeReview(case.reference))


def check_live(case: Case) -> None:
    """Refuse to steer a review that has ended."""
    if case.state not in LIVE:
        raise MoveRefused(f"{case.reference} is {case.state}, so nothing more can be done in it.")
