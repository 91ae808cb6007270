"""Every morning: the digests of which the day has come, weekly or monthly."""

from prefect import flow

from tasks.rounds import queue_digests


@flow(name="digest", flow_run_name="digest", persist_result=False)
def digest() -> None:
    """Queue the digests that are due."""
    queue_digests()
