"""A Child Practice Review of Wales, from its referral to its closure."""

from prefect import flow

from tasks.review import carry


@flow(name="child-practice-review", flow_run_name="{reference}", persist_result=False)
def child_practice_review(reference: str) -> None:
    """Carry one Child Practice Review of Wales: a run lasts as long as the review does, and mostly waits."""
    carry(reference)
