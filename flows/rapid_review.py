"""A Rapid Review, from the notification of a serious incident to the National Panel’s copy."""

from prefect import flow

from tasks.review import carry


@flow(name="rapid-review", flow_run_name="{reference}", persist_result=False)
def rapid_review(reference: str) -> None:
    """Carry one Rapid Review: a run lasts as long as the review does, and mostly waits."""
    carry(reference)
