"""A Child Death Review, from the notification of a death to the factors that were changed."""

from prefect import flow

from tasks.review import carry


@flow(name="child-death-review", flow_run_name="{reference}", persist_result=False)
def child_death_review(reference: str) -> None:
    """Carry one Child Death Review: a run lasts as long as the review does, and mostly waits."""
    carry(reference)
