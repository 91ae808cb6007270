"""A Practice Learning Review, from its referral to its closure."""

from prefect import flow

from tasks.review import carry


@flow(name="practice-learning-review", flow_run_name="{reference}", persist_result=False)
def practice_learning_review(reference: str) -> None:
    """Carry one Practice Learning Review: a run lasts as long as the review does, and mostly waits."""
    carry(reference)
