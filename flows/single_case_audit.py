"""A Single-Case Audit, from its referral to its impact."""

from prefect import flow

from tasks.review import carry


@flow(name="single-case-audit", flow_run_name="{reference}", persist_result=False)
def single_case_audit(reference: str) -> None:
    """Carry one Single-Case Audit: a run lasts as long as the review does, and mostly waits."""
    carry(reference)
