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
from datetime import timedelta
from functools import partial

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import ObjectNotFound

from casework.outbox.claims import take_back
from casework.outbox.heartbeats import record_heartbeat
from casework.outbox.rounds import DELIVER, WORKER
from deployments import rounds
from deployments.execution import carry_review
from deployments.prefect_client import prefect_client
from deployments.registry import Registered, register
from deployments.thread_pool import ThreadPool, log_trouble
from deployments.workers import SECONDS_BETWEEN_REPORTS, forget_dead_workers, report, sign_off
from tasks.deliver_mail import OF_NO_REVIEW, OUTBOX, letters_due
from tasks.installation import Installation, now
from tasks.review import reviews_waiting
from tasks.runs import ReviewToRun, ended_but_waiting, left_by_dead_workers, renew_claims

log = logging.getLogger("learning-cycle")

ASK_DATABASE_EVERY = 0.2  # seconds; the queries run on partial indexes and cost well under a millisecond
RENEW_CLAIMS_EVERY, ASK_PREFECT_EVERY, TAKE_UP_EVERY, BEAT_EVERY = 4.0, 5.0, 10.0, 30.0
REPORT_EVERY = float(SECONDS_BETWEEN_REPORTS)
REST_AFTER_TROUBLE = 1.0
LEFT_TO_ITS_RUN = timedelta(seconds=10)  # then a letter was a dead worker's, or nobody was there for a while
THREADS = 3  # with more, Prefect's own SQLite answers "database is locked"
THREADS_FOR_ROUNDS = 2


@dataclass
class Resident:
    """One worker."""

    here: Installation
    stop: threading.Event = field(default_factory=threading.Event)
    known: Registered | None = None
    review_threads: ThreadPool = field(default_factory=lambda: ThreadPool(THREADS))
    round_threads: ThreadPool = field(default_factory=lambda: ThreadPool(THREADS_FOR_ROUNDS))
    begun: dict[str, float] = field(default_factory=dict)
    carrying: dict[str, int] = field(default_factory=dict)

    def serve(self) -> None:
        """Work until `stop` is set; then finish what is being executed, and return."""
        threading.Thread(target=self.keep_renewing_claims, daemon=True).start()
        with prefect_client() as client:
            while not self.stop.wait(ASK_DATABASE_EVERY):
                self.try_what_is_due(client)
            self.review_threads.shut_down()
            self.round_threads.shut_down()
            sign_off(client, self.known, self.here.worker)

    def try_what_is_due(self, client: SyncPrefectClient) -> None:
        """Start everything that is due now; trouble with either database ends this attempt, not the worker."""
        try:
            self.start_what_is_due(client)
        except ObjectNotFound:  # another Prefect database than the one we registered with
            self.known = None
        except Exception as trouble:
            log_trouble("looking for what is due", trouble)
            self.stop.wait(REST_AFTER_TROUBLE)

    def start_what_is_due(self, client: SyncPrefectClient) -> None:
        """Start everything that is due now."""
        if self.known is None:
            self.known = register(client)
            log.info("The deployments are registered; waiting for work.")
        self.start_what_waits(self.known)
        self.every(BEAT_EVERY, self.beat)
        self.every(REPORT_EVERY, partial(report, client, self.known, self.here.worker))
        self.every(TAKE_UP_EVERY, partial(self.take_up_what_was_left, client, self.known))
        self.every(ASK_PREFECT_EVERY, partial(self.start_what_prefect_scheduled, client, self.known))

    def every(self, seconds: float, do: Callable[[], None]) -> None:
        """Do something that was last begun at least that long ago."""
        name, clock = getattr(do, "func", do).__name__, time.monotonic()
        if clock - self.begun.get(name, float("-inf")) >= seconds:
            self.begun[name] = clock
            do()

    def keep_renewing_claims(self) -> None:
        """Vouch for our runs in a thread of its own: the others may have to wait for Prefect."""
        while not self.stop.wait(RENEW_CLAIMS_EVERY):
            try:
                self.renew_claims()
            except Exception as trouble:
                log_trouble("renewing the claims on the runs", trouble)

    def renew_claims(self) -> None:
        """Say that the runs we execute are in good hands."""
        mine = list(self.carrying.values())
        if mine:
            with self.here.store.transaction() as session:
                renew_claims(session, mine, worker=self.here.worker, now=now())

    def beat(self) -> None:
        """Say that a worker is there and ready, and that nothing waits to be delivered: silence would be noticed.

        While letters are due only the round that delivers them says that it was made.
        """
        with self.here.store.transaction() as session:
            record_heartbeat(session, WORKER, now(), self.here.worker)
            if not letters_due(session):
                record_heartbeat(session, DELIVER, now(), "nothing due")

    def start_what_waits(self, known: Registered) -> None:
        """Start on the reviews that wait, and on letters that belong to none."""
        with self.here.store.reading() as session:
            waiting = reviews_waiting(session)
            letters = letters_due(session, OF_NO_REVIEW)
        for review in waiting:
            self.start_review(known, review)
        if letters:
            self.start_round(known, DELIVER)

    def take_up_what_was_left(self, client: SyncPrefectClient, known: Registered) -> None:
        """Take up what dead workers left, and what nothing in the database announces."""
        take_back(self.here.store, now=now())
        with self.here.store.reading() as session:
            left = left_by_dead_workers(session, now()) + ended_but_waiting(session)
            missed = rounds.missed(session, now())
            missed += [DELIVER] if letters_due(session, OUTBOX.c.next_try_at <= now() - LEFT_TO_ITS_RUN) else []
        for review in left:
            self.start_review(known, review)
        rounds.crash_orphans(client, known)
        forget_dead_workers(client, known)
        for name in missed:
            self.start_round(known, name)

    def start_what_prefect_scheduled(self, client: SyncPrefectClient, known: Registered) -> None:
        """Start what Prefect has scheduled: rounds, and what somebody launched, started or resumed there."""
        due = rounds.due_runs(client, known)
        for run in rounds.newest_of_each(client, [run for run in due if run.deployment_id in known.rounds]):
            do = partial(rounds.do_round, known=known, run=run, worker=self.here.worker)
            self.round_threads.start(known.name_of(run), do)
        for run in due:
            if run.deployment_id in known.launches:
                self.start_launch(known, run)
        reviews = [run for run in due if run.deployment_id not in known.executed_once]
        for review in rounds.reviews_to_carry(client, self.here.store, known, reviews):
            self.start_review(known, review)

    def start_launch(self, known: Registered, run: FlowRun) -> None:
        """Have a thread launch a review; each is tried once, and the person who started it sees how it ended."""
        launch = partial(rounds.execute_once, known=known, run=run, worker=self.here.worker)
        self.round_threads.start(f"launch {run.id}", launch)

    def start_review(self, known: Registered, review: ReviewToRun) -> None:
        """Have a thread carry a review, unless one does."""
        self.review_threads.start(review.reference, partial(self.carry, known=known, review=review))

    def carry(self, client: SyncPrefectClient, *, known: Registered, review: ReviewToRun) -> None:
        """Carry a review in this thread, to its next wait; the main thread vouches for it meanwhile."""
        self.carrying[review.reference] = review.review_id
        try:
            carry_review(client, self.here.store, known, review, self.here.worker)
        finally:
            del self.carrying[review.reference]

    def start_round(self, known: Registered, name: str) -> None:
        """Have a thread do a round now, unless one does."""
        self.round_threads.start(name, partial(rounds.start_round, known=known, name=name, worker=self.here.worker))
