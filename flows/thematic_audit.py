"""A Thematic Audit, from the theme proposed to the re-audit."""

from prefect import flow

from tasks.review import carry


@flow(name="thematic-audit", flow_run_name="{reference}", persist_result=False)
def thematic_audit(reference: str) -> None:
    """Carry one Thematic Audit: a run lasts as long as the review does, and mostly waits."""
    carry(reference)
