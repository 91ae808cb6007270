"""Walking a review from its launch to its closure: whoever owns a stage that is open completes it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from casework.actions import actions_of
from casework.findings.outputs import findings_of
from casework.framework.pipelines import find_stage, pipeline
from casework.moves.completing import complete_stage
from casework.moves.launching import launch_file
from casework.record import journal
from casework.record.act import Act
from casework.record.store import Store
from casework.reviews.case import Moved
from casework.views.review import find_review
from models.people import Person
from models.review import Publication, Review, Stage
from models.tables import id_of
from models.vocabulary import StageState
from tests.conformance.answers import ANSWERS, Setting
from tests.conformance.people import AUTHORS, holders, role_of
from tests.flows.reading import documents_of

Said = Mapping[str, Mapping[str, Any]]
A_WEEK = timedelta(days=7)
REPORT_TO_APPROVAL = ("report", "learning-summary", "action-plan", "board-approval")  # what the process ends with
ENOUGH = 60  # rounds; no review has so many stages one after the other


@dataclass(frozen=True)
class Done:
    """A stage that somebody has completed: in which role, when it opened, and when it was due and why."""

    stage: str
    role: str
    opened: date
    on: date
    due: date | None
    safe: date | None
    rule: str | None
    basis: str | None
    cites: str | None


@dataclass(frozen=True)
class Walk:
    """A review that has been taken to its closure, and what came out of it.

    `documents` are the kinds of document prepared for a stage or made from what it recorded; `findings` the number
    and kind of each recommendation or finding; `actions` the number and state of each; `published` the days on which
    the report went up and until which it stays; `still_open` what the calendar ends.
    """

    reference: str
    edition: str
    state: str
    done: tuple[Done, ...]
    documents: frozenset[str]
    findings: tuple[tuple[int, str], ...]
    actions: tuple[tuple[int, str], ...]
    published: tuple[date, date | None] | None
    still_open: Mapping[str, date | None]
    entries: int

    @property
    def order(self) -> list[tuple[str, str]]:
        """Each stage with the role of whoever completed it, in the order in which that happened."""
        return [(each.stage, each.role) for each in self.done]

    @property
    def dues(self) -> dict[str, date]:
        """The stages that had a deadline, each with it."""
        return {each.stage: each.due for each in self.done if each.due}

    def of(self, stage: str) -> Done:
        """One stage."""
        return next(each for each in self.done if each.stage == stage)


@dataclass
class Walker:
    """Somebody who sees to it that a review goes on; `today` moves with it."""

    store: Store
    reference: str
    setting: Setting
    on: Mapping[str, date] = field(default_factory=dict)
    said: Said = field(default_factory=dict)
    done: list[Done] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """Half past nine on the day of the walk."""
        return datetime.combine(self.setting.day, time(9, 30), UTC)

    def open(self) -> list[str]:
        """The names of the stages that somebody owes now, in the order in which they opened."""
        with self.store.reading() as session:
            return [stage.name for stage, _ in owed(session, self.reference)]

    def look(self, key: str) -> Done:
        """A stage that is open, with its deadline; for an agency's own, the first of them."""
        with self.store.reading() as session:
            found = next(pair for pair in owed(session, self.reference) if pair[0].key == key)
            return done_by(found[0], found[1].email, self.setting.day)

    def complete(self, name: str, **said: Any) -> Moved:
        """Complete an open stage as whoever owns it; the review may go on as another."""
        key = name.partition(":")[0]
        self.setting = replace(self.setting, day=self.on.get(key, self.setting.day))
        with self.store.transaction() as session:
            stage, owner = next(pair for pair in owed(session, self.reference) if pair[0].name == name)
            form = find_stage(self.setting.type, stage.key).form
            data = ANSWERS[form](self.setting) | dict(self.said.get(key, {})) | said
            done = done_by(stage, owner.email, self.setting.day)
            moved = complete_stage(Act(session, owner, self.now, self.setting.day), self.reference, name, data)
        self.done.append(done)
        if moved.reference != self.reference:
            self.go_on_as(moved.reference)
        return moved

    def go_on_as(self, reference: str) -> None:
        """Follow a review that goes on as another."""
        with self.store.reading() as session:
            type_ = find_review(session, reference).type
        self.reference, self.setting = reference, replace(self.setting, type=type_)

    def rounds(self) -> Iterator[str]:
        """Complete everything that is open, then what has opened meanwhile a week later, until nothing is."""
        for _ in range(ENOUGH):
            names = self.open()
            if not names:
                return
            for name in names:
                self.complete(name)
                yield name
            self.setting = replace(self.setting, day=self.setting.day + A_WEEK)
        raise AssertionError(f"{self.reference} does not come to an end: {self.open()} is still open.")

    def until(self, key: str) -> "Walker":
        """Go on until a stage of this key is open, completing all others that are."""
        for _ in range(ENOUGH):
            names = self.open()
            if any(name.partition(":")[0] == key for name in names):
                return self
            for name in names:
                self.complete(name)
            self.setting = replace(self.setting, day=self.setting.day + A_WEEK)
        raise AssertionError(f"{self.reference} never comes to ‘{key}’.")

    def to_closure(self) -> Walk:
        """Take the review to its closure."""
        for _ in self.rounds():
            pass
        with self.store.transaction() as session:
            return came_out(session, self.reference, tuple(self.done))


def owed(session: Session, reference: str) -> list[tuple[Stage, Person]]:
    """The open stages that people owe, each with its owner."""
    found = session.exec(
        select(Stage, Person)
        .join(Person, col(Person.id) == col(Stage.owner_id))
        .join(Review, col(Review.id) == col(Stage.review_id))
        .where(Review.reference == reference, Stage.state == StageState.OPEN)
        .order_by(col(Stage.id))
    )
    return [(stage, owner) for stage, owner in found if not find_stage(stage.type, stage.key).of_itself]


def done_by(stage: Stage, email: str, day: date) -> Done:
    """What is kept of a stage."""
    return Done(
        stage=stage.name,
        role=role_of(email),
        opened=stage.opened_on,
        on=day,
        due=stage.due_on,
        safe=stage.last_safe_on,
        rule=stage.rule,
        basis=stage.basis.value if stage.basis else None,
        cites=stage.cites,
    )


def came_out(session: Session, reference: str, done: tuple[Done, ...]) -> Walk:
    """What a review came to; its journal is verified on the way."""
    review = find_review(session, reference)
    published = session.exec(select(Publication).where(Publication.review_id == id_of(review))).first()
    open_still = session.exec(select(Stage).where(Stage.review_id == id_of(review), Stage.state == StageState.OPEN))
    return Walk(
        reference=reference,
        edition=review.edition,
        state=review.state.value,
        done=done,
        documents=frozenset(made.document.value for made in documents_of(session, review)),
        findings=tuple((row.number, row.model.value) for row in findings_of(session, id_of(review))),
        actions=tuple((action.number, action.state.value) for action in actions_of(session, id_of(review))),
        published=(published.published_on, published.keep_until) if published else None,
        still_open={stage.name: stage.due_on for stage in open_still},
        entries=journal.verify(session, review),
    )


def launched(
    store: Store,
    board: str,
    type_: str,
    *,
    start: date,
    methodology: str = "traditional",
    method: Mapping[str, Any] | None = None,
    reviewers: int | None = None,
    on: Mapping[str, date] | None = None,
    said: Said | None = None,
) -> Walker:
    """Launch a review from a launch file; two lead reviewers only where the methodology wants them.

    `on` gives the day on which a stage is completed, `said` what is answered in it otherwise than `ANSWERS` has it.
    """
    first = pipeline(type_).first
    wanted = 2 if methodology == "scie-learning-together" else 1
    setting = Setting(type_, start, methodology, method or {}, reviewers or wanted)
    content = ANSWERS[first.form](setting) | dict((said or {}).get(first.key, {}))
    file = {"board": board, "type": type_, first.key: content, "people": holders()}
    walker = Walker(store, "", setting, on or {}, said or {})
    with store.transaction() as session:
        walker.reference = launch_file(Act(session, None, walker.now, start), file).reference
    walker.setting = replace(setting, day=start + A_WEEK)
    return walker


def take_to_closure(store: Store, board: str, type_: str, *, start: date, **settings: Any) -> Walk:
    """Launch a review and take it through every stage to its closure; the settings are those of `launched`."""
    return launched(store, board, type_, start=start, **settings).to_closure()


def of_each(key: str, of: Iterable[str] = AUTHORS) -> list[tuple[str, str]]:
    """A stage of each agency's, or of each source's, by its own author."""
    return [(f"{key}:{one}", "agency-author") for one in of]
