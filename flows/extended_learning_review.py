"""An Extended Learning Review, from its referral to its closure."""

from prefect import flow

from tasks.review import carry


@flow(name="extended-learning-review", flow_run_name="{reference}", persist_result=False)
def extended_learning_review(reference: str) -> None:
    """Carry one Extended Learning Review: a run lasts as long as the review does, and mostly waits."""
    carry(reference)
