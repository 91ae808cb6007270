"""The board of reviews: figures, stages with how many stand there, and who is most overdue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from casework.clock import england_and_wales
from casework.framework.pipelines import PIPELINES, find_stage
from casework.framework.profiles import board
from casework.views.overview import Filter, Owed, StageCount, Totals
from casework.views.standing import state_in_words
from models.review import Review
from models.vocabulary import LIVE, ReviewState

AT_A_TIME = 50
SOON = 10  # working days
ASKED = ("board", "type", "state", "mine")


@dataclass(frozen=True)
class Asked:
    """What the visitor filters by; empty text means everything."""

    board: str = ""
    type: str = ""
    state: str = ""
    mine: bool = False
    page: int = 1
    path: str = "/"

    def wanted(self, overseen: tuple[str, ...], person_id: int) -> Filter:
        """The filter over the boards that this person oversees; an unknown choice is no choice."""
        chosen = (self.board,) if self.board in overseen else overseen
        return Filter(
            boards=chosen,
            type=self.type if self.type in PIPELINES else None,
            state=ReviewState(self.state) if self.state in LIVE else None,
            owner_id=person_id if self.mine else None,
        )

    @property
    def actions_address(self) -> str:
        """The list of all actions that fit the same choice."""
        return replace(self, path="/actions").address(1)

    def address(self, page: int) -> str:
        """Another page of the same list."""
        chosen = {"board": self.board, "type": self.type, "state": self.state, "mine": "yes" if self.mine else ""}
        return f"{self.path}?" + urlencode({name: value for name, value in chosen.items() if value} | {"page": page})


@dataclass(frozen=True)
class Owing:
    """One open stage, or action, of a list: what, of which review, whose, and when."""

    reference: str
    href: str
    stage: str
    stage_href: str
    type_name: str
    owner: str
    due: date | None
    held: bool


@dataclass(frozen=True)
class StandsAt:
    """One stage of a review type with how many reviews stand there."""

    title: str
    open: int
    overdue: int


@dataclass(frozen=True)
class ByStage:
    """The stages of one review type on one board at which reviews stand."""

    type_name: str
    board_name: str
    stages: tuple[StandsAt, ...]


def soon(today: date) -> date:
    """The day until which a deadline is near."""
    return england_and_wales().add(today, SOON)


def owing(found: Iterable[Owed], names: Mapping[int, str], agencies: Mapping[int | None, str]) -> list[Owing]:
    """What is open as a list shows it; `names` are the owners’, `agencies` those by id."""
    return [
        Owing(
            reference=each.reference,
            href=f"/reviews/{each.reference}",
            stage=titled(each, agencies),
            stage_href=f"/reviews/{each.reference}/"
            + (f"actions/{each.action}" if each.action else f"stages/{each.stage}"),
            type_name=type_name(each.board, each.type),
            owner=names.get(each.owner_id, ""),
            due=each.due_on,
            held=each.review_state is ReviewState.HELD,
        )
        for each in found
    ]


def titled(owed: Owed, agencies: Mapping[int | None, str]) -> str:
    """A stage’s title, where one agency’s own says which agency it is, or an action’s number."""
    if owed.action:
        return f"Action {owed.action}"
    title, agency = find_stage(owed.type, owed.key).title, agencies.get(owed.agency_id)
    return f"{title} ({agency})" if agency else title


def type_name(board_name: str, type_: str) -> str:
    """What a board calls a review type."""
    kind = board(board_name).kind(type_)
    return kind.name if kind else PIPELINES[type_].title


def by_stage(counts: Iterable[StageCount]) -> list[ByStage]:
    """The counts, one table for each board and type, the stages in their order."""
    tables: dict[tuple[str, str], dict[str, StageCount]] = {}
    for each in counts:
        tables.setdefault((each.board, each.type), {})[each.key] = each
    return [
        ByStage(
            type_name(board_name, type_),
            board(board_name).name.value,
            tuple(
                StandsAt(spec.title, found[spec.key].open, found[spec.key].overdue)
                for spec in PIPELINES[type_].stages
                if spec.key in found
            ),
        )
        for (board_name, type_), found in sorted(tables.items())
    ]


@dataclass(frozen=True)
class Listed:
    """A review as a line of the list of all."""

    reference: str
    type_name: str
    board_name: str
    state: str
    launched_on: date
    ended_on: date | None
    due: date | None


def listed(found: Iterable[Review], owed: Mapping[str, int], due: Mapping[str, date]) -> list[Listed]:
    """Reviews as lines of the list of all; by reference, `owed` is how many actions they owe and `due` what is next."""
    return [
        Listed(
            review.reference,
            type_name(review.board, review.type),
            board(review.board).name.value,
            state_in_words(review.state, owed.get(review.reference, 0)),
            review.launched_on,
            review.ended_on,
            due.get(review.reference),
        )
        for review in found
    ]


def tiles(totals: Totals) -> list[tuple[str, int, str]]:
    """The figures at the top: what, how many, and whether that is a worry."""
    return [
        ("Open reviews", totals.open, ""),
        ("Stages overdue", totals.overdue, "red" if totals.overdue else ""),
        ("Actions overdue", totals.actions_overdue, "red" if totals.actions_overdue else ""),
        (f"Due within {SOON} working days", totals.due_soon, "yellow" if totals.due_soon else ""),
        ("Reviews on hold", totals.held, ""),
    ]
