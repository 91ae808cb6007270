"""Every minute: what the outbox still holds."""

from prefect import flow

from tasks.deliver_mail import deliver_letters
from tasks.rounds import record_heartbeat


@flow(name="deliver", flow_run_name="deliver", persist_result=False)
def deliver() -> None:
    """Deliver what is due: letters of no review, and those that had to wait for the mail server."""
    deliver_letters("outbox")
    record_heartbeat("deliver")
