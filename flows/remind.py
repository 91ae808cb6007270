"""Every morning: owners of stages hear what is due."""

from prefect import flow

from tasks.post import deliver_letters
from tasks.rounds import queue_reminders


@flow(name="remind", flow_run_name="remind", persist_result=False)
def remind() -> None:
    """Queue the reminders that are due, and deliver them at once: one connection for all."""
    queue_reminders()
    deliver_letters("remind")
