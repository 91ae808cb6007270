"""Every morning: the people above an owner hear of what is long overdue."""

from prefect import flow

from tasks.rounds import queue_escalations


@flow(name="escalate", flow_run_name="escalate", persist_result=False)
def escalate() -> None:
    """Queue what the next rung of each ladder is to hear."""
    queue_escalations()
