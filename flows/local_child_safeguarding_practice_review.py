"""A Local Child Safeguarding Practice Review, from its referral to its closure."""

from prefect import flow

from tasks.review import carry


@flow(name="local-child-safeguarding-practice-review", flow_run_name="{reference}", persist_result=False)
def local_child_safeguarding_practice_review(reference: str) -> None:
    """Carry one Local Child Safeguarding Practice Review: a run lasts as long as the review does, and mostly waits."""
    carry(reference)
