"""What the calendar asks for. Each round is right when it comes late, twice or after days of silence."""

from collections.abc import Callable

from prefect import Task, task
from prefect.cache_policies import NO_CACHE

from casework.letters.digests import queue_digests as queue_due_digests
from casework.moves import publication_period
from casework.outbox import heartbeats
from casework.reminders import rounds
from tasks.installation import installation, now, today
from tasks.redact_errors import redact_errors

SECONDS_BETWEEN_TRIES = [10.0, 60.0, 300.0]


def a_round(name: str) -> Callable[[Callable[[], None]], Task[[], None]]:
    """Make a task of what a round does: tried again for some minutes, and nothing of it kept by Prefect."""
    return task(
        name=name,
        retries=len(SECONDS_BETWEEN_TRIES),
        retry_delay_seconds=SECONDS_BETWEEN_TRIES,
        persist_result=False,
        cache_policy=NO_CACHE,
    )


@a_round("queue reminders")
def queue_reminders() -> None:
    """Put the reminders of today, and of days that were missed, in the outbox."""
    with redact_errors("remind"):
        rounds.remind(installation().store, on=today(), now=now())


@a_round("queue escalations")
def queue_escalations() -> None:
    """Put what goes up the ladders today in the outbox."""
    with redact_errors("escalate"):
        rounds.escalate(installation().store, on=today(), now=now())


@a_round("queue digests")
def queue_digests() -> None:
    """Put the digests of this week and this month in the outbox that have not been sent yet."""
    with redact_errors("digest"):
        queue_due_digests(installation().store, on=today(), now=now())


@a_round("end publication periods")
def end_publication_periods() -> None:
    """End the publication of the reports whose period is over."""
    with redact_errors("end publication"):
        publication_period.end_periods(installation().store, today=today(), now=now())


@task(name="heartbeat", persist_result=False, cache_policy=NO_CACHE)
def record_heartbeat(name: str) -> None:
    """Write that a round has been done, so that its silence would be noticed."""
    with redact_errors(f"{name}: heartbeat"), installation().store.transaction() as session:
        heartbeats.record_heartbeat(session, name, now(), "")
