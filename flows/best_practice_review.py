"""A Best Practice Review, from the good practice referred to its embedding."""

from prefect import flow

from tasks.review import carry


@flow(name="best-practice-review", flow_run_name="{reference}", persist_result=False)
def best_practice_review(reference: str) -> None:
    """Carry one Best Practice Review: a run lasts as long as the review does, and mostly waits."""
    carry(reference)
