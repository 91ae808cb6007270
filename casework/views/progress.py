"""Where a review stands, in stage keys, roles and dates only: what may be shown where no name and no fact may go."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select

from casework.clock.wording import day_and_month
from casework.framework.pipelines.table import possible
from casework.record.act import Act
from casework.reviews.case import STAGE, Case, load, seat
from models.vocabulary import LIVE, ReviewState, Role, StageState

STAGES = (
    select(*STAGE.c["key", "state", "opened_on", "due_on", "closed_on"])
    .where(STAGE.c.review_id == bindparam("review_id"), STAGE.c.state != StageState.COMING)
    .order_by(STAGE.c.id)
)
MOST_NAMED = 3
TO_COME = "to come"


@dataclass(frozen=True, slots=True)
class StageStanding:
    """One stage: of those that each agency has for itself, `number` says which of how many (`of`)."""

    key: str
    state: str
    role: Role
    opened_on: date | None = None
    due_on: date | None = None
    closed_on: date | None = None
    number: int = 1
    of: int = 1

    @property
    def is_open(self) -> bool:
        """Whether somebody owes it now."""
        return self.state == StageState.OPEN


@dataclass(frozen=True, slots=True)
class Progress:
    """A review: its board's code, its state, and its stages in the order of their table, those to come included."""

    code: str
    type: str
    state: ReviewState
    stages: tuple[StageStanding, ...]


def progress(act: Act, reference: str) -> Progress:
    """Where the review with this reference stands; raises NotFound."""
    case = load(act, reference, lock=False)
    return Progress(case.profile.code, case.pipeline.type, case.state, tuple(standings(case)))


def standings(case: Case) -> Iterable[StageStanding]:
    """The stages that have been opened, and while the review lives those that may still be needed."""
    opened = defaultdict(list)
    for row in case.connection.execute(STAGES, {"review_id": case.id}):
        opened[row.key].append(row)
    for spec in case.pipeline.stages:
        rows, role = opened[spec.key], seat(case.kind, spec)
        for number, row in enumerate(rows, 1):
            yield StageStanding(row.key, row.state, role, row.opened_on, row.due_on, row.closed_on, number, len(rows))
        if not rows and case.state in LIVE and possible(spec, case.all_facts):
            yield StageStanding(spec.key, TO_COME, role)


def waits_for(found: Progress, today: date, *, with_dates: bool) -> str:
    """What a review waits for, such as "waits for chair-decision, due 12 May"; what is due first is named first."""
    if found.state is ReviewState.HELD:
        return "on hold"
    waiting = sorted((one for one in found.stages if one.is_open), key=lambda one: one.due_on or date.max)
    named: dict[str, list[StageStanding]] = {}
    for one in waiting:
        named.setdefault(one.key, []).append(one)
    said = [called(key, stages, today if with_dates else None) for key, stages in named.items()]
    more = f"; and {len(said) - MOST_NAMED} more" if len(said) > MOST_NAMED else ""
    return f"waits for {'; '.join(said[:MOST_NAMED])}{more}" if said else "waits for no stage"


def called(key: str, stages: list[StageStanding], today: date | None) -> str:
    """The open stages of one key, with the first day that one of them is due where `today` is given."""
    due_on = stages[0].due_on
    count = f" ({len(stages)} of {stages[0].of})" if stages[0].of > 1 else ""
    if today is None or due_on is None:
        return f"{key}{count}"
    year = "" if due_on.year == today.year else f" {due_on.year}"
    return f"{key}{count}, due {day_and_month(due_on)}{year}"
