"""Carrying out one event of a review: what follows from it and the mark that it is done are one transaction."""

from functools import partial

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import task_run

from casework.documents import ToMake
from casework.documents.work import do_work, record_trouble
from tasks.installation import installation, now
from tasks.redact_errors import redact_errors

SECONDS_BETWEEN_TRIES = [1.0, 3.0]  # a thread waits meanwhile; longer waits are between runs


@task(
    name="event",
    task_run_name="{event}",
    retries=len(SECONDS_BETWEEN_TRIES),
    retry_delay_seconds=SECONDS_BETWEEN_TRIES,
    persist_result=False,
    cache_policy=NO_CACHE,  # the record says what is done; Prefect's own memory forgets with each release of ours
)
def carry_out(work_id: int, event: str, wanted: ToMake | None) -> None:
    """Carry out one event, once. `event` is its name in Prefect, such as "chair-decision: opened"."""
    here = installation()
    with redact_errors(event, tell=partial(keep_trouble, work_id)):
        do_work(here.store, work_id, wanted, settings=here.settings, now=now())


def keep_trouble(work_id: int, words: str) -> None:
    """Write on the event's row why it could not be carried out, after the last try of this run: the row counts runs."""
    if task_run.run_count > len(SECONDS_BETWEEN_TRIES):
        record_trouble(installation().store, work_id, words)
