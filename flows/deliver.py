"""Whenever a letter is due that no review's own run delivers."""

from prefect import flow

from tasks.deliver_mail import deliver_letters
from tasks.rounds import record_heartbeat


@flow(name="deliver", flow_run_name="deliver", persist_result=False)
def deliver() -> None:
    """Deliver what is due: letters of no review, and those that had to wait for the mail server.

    The worker starts it when it sees such a letter. While there is none, the worker itself says that none is due.
    """
    deliver_letters("outbox")
    record_heartbeat("deliver")
