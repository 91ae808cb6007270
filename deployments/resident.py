"""The resident worker: sees in the database what is to be done, and executes the Prefect runs that do it.

It asks the domain database several times a second which reviews wait for it, and Prefect every few seconds which
rounds are due. Nothing else wakes it, so no wake-up can be lost. Any number of workers may run, on any number of
machines.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from prefect.client.orchestration import SyncPrefectClient
from prefect.exceptions import ObjectNotFound

from casework.outbox.claims import take_back
from casework.outbox.heartbeats import record_heartbeat
from deployments import rounds
from deployments.crew import Crew, log_trouble
from deployments.execution import carry_review
from deployments.prefect_client import prefect_client
from deployments.registry import Registered, register
from tasks.installation import Installation, now
from tasks.post import OF_NO_REVIEW, letters_due
from tasks.review import reviews_waiting
from tasks.runs import Carried, abandoned, outlived, vouch

log = logging.getLogger("learning-cycle")

LOOK_EVERY = 0.2  # seconds; the queries run on partial indexes and cost well under a millisecond
VOUCH_EVERY, COLLECT_EVERY, TIDY_EVERY, BEAT_EVERY = 4.0, 5.0, 10.0, 30.0
REST_AFTER_TROUBLE = 1.0
THREADS = 3  # with more, Prefect's own SQLite answers "database is locked"
THREADS_FOR_ROUNDS = 2


@dataclass
class Resident:
    """One worker."""

    here: Installation
    stop: threading.Event = field(default_factory=threading.Event)
    known: Registered | None = None
    crew: Crew = field(default_factory=lambda: Crew(THREADS))
    rounds: Crew = field(default_factory=lambda: Crew(THREADS_FOR_ROUNDS))
    begun: dict[str, float] = field(default_factory=dict)
    carrying: dict[str, int] = field(default_factory=dict)

    def serve(self) -> None:
        """Work until `stop` is set; then finish what is being executed, and return."""
        threading.Thread(target=self.keep_vouching, daemon=True).start()
        with prefect_client() as client:
            while not self.stop.wait(LOOK_EVERY):
                self.turn(client)
        self.crew.end()
        self.rounds.end()

    def turn(self, client: SyncPrefectClient) -> None:
        """One turn. Trouble with either database ends the turn, not the worker."""
        try:
            self.look(client)
        except ObjectNotFound:  # another Prefect database than the one we registered with
            self.known = None
        except Exception as trouble:
            log_trouble("a turn of the worker", trouble)
            self.stop.wait(REST_AFTER_TROUBLE)

    def look(self, client: SyncPrefectClient) -> None:
        """Everything that is due now."""
        if self.known is None:
            self.known = register(client)
            log.info("The deployments are registered; waiting for work.")
        self.wake(self.known)
        self.every(BEAT_EVERY, self.beat)
        self.every(TIDY_EVERY, partial(self.tidy, client, self.known))
        self.every(COLLECT_EVERY, partial(self.collect, client, self.known))

    def every(self, seconds: float, do: Callable[[], None]) -> None:
        """Do something that was last begun at least that long ago."""
        name, clock = getattr(do, "func", do).__name__, time.monotonic()
        if clock - self.begun.get(name, float("-inf")) >= seconds:
            self.begun[name] = clock
            do()

    def keep_vouching(self) -> None:
        """Vouch for our runs in a thread of its own: the others may have to wait for Prefect."""
        while not self.stop.wait(VOUCH_EVERY):
            try:
                self.vouch()
            except Exception as trouble:
                log_trouble("vouching for the runs", trouble)

    def vouch(self) -> None:
        """Say that the runs we execute are in good hands."""
        mine = list(self.carrying.values())
        if mine:
            with self.here.store.transaction() as session:
                vouch(session, mine, worker=self.here.worker, now=now())

    def beat(self) -> None:
        """Say that a worker is there and ready; a silent one would be noticed."""
        with self.here.store.transaction() as session:
            record_heartbeat(session, "worker", now(), self.here.worker)

    def wake(self, known: Registered) -> None:
        """Start on the reviews that wait, and on letters that belong to none."""
        with self.here.store.reading() as session:
            waiting = reviews_waiting(session)
            letters = letters_due(session, OF_NO_REVIEW)
        for review in waiting:
            self.start_review(known, review)
        if letters:
            self.start_round(known, "deliver")

    def tidy(self, client: SyncPrefectClient, known: Registered) -> None:
        """Take up what dead workers left, and what nothing in the database announces."""
        take_back(self.here.store, now=now())
        with self.here.store.reading() as session:
            left = abandoned(session, now()) + outlived(session)
            missed = rounds.missed(session, now())
            missed += ["deliver"] if letters_due(session) else []  # a dead worker's, or nobody was there for a while
        for review in left:
            self.start_review(known, review)
        rounds.bury(client, known)
        for name in missed:
            self.start_round(known, name)

    def collect(self, client: SyncPrefectClient, known: Registered) -> None:
        """Start what Prefect has scheduled: rounds, and reviews that somebody started or resumed there."""
        due = rounds.due_runs(client, known)
        for run in rounds.newest_of_each(client, [run for run in due if run.deployment_id in known.rounds]):
            do = partial(rounds.do_round, known=known, run=run, worker=self.here.worker)
            self.rounds.start(known.name_of(run), do)
        reviews = [run for run in due if run.deployment_id not in known.rounds]
        for review in rounds.reviews_to_carry(client, self.here.store, reviews):
            self.start_review(known, review)

    def start_review(self, known: Registered, review: Carried) -> None:
        """Have a thread carry a review, unless one does."""
        self.crew.start(review.reference, partial(self.carry, known=known, review=review))

    def carry(self, client: SyncPrefectClient, *, known: Registered, review: Carried) -> None:
        """Carry a review in this thread, to its next wait; the main thread vouches for it meanwhile."""
        self.carrying[review.reference] = review.review_id
        try:
            carry_review(client, self.here.store, known, review, self.here.worker)
        finally:
            del self.carrying[review.reference]

    def start_round(self, known: Registered, name: str) -> None:
        """Have a thread do a round now, unless one does."""
        self.rounds.start(name, partial(rounds.start_round, known=known, name=name, worker=self.here.worker))
