"""A Serious Case Review, from its referral to its closure."""

from prefect import flow

from tasks.review import carry


@flow(name="serious-case-review", flow_run_name="{reference}", persist_result=False)
def serious_case_review(reference: str) -> None:
    """Carry one Serious Case Review: a run lasts as long as the review does, and mostly waits."""
    carry(reference)
