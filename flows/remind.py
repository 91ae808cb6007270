"""Every morning: owners of stages and actions hear what is due."""

from prefect import flow

from tasks.rounds import queue_reminders


@flow(name="remind", flow_run_name="remind", persist_result=False)
def remind() -> None:
    """Queue the reminders that are due. They go at each board's own hour, with the round that delivers."""
    queue_reminders()
