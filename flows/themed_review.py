"""A Themed Review, from the theme proposed to its impact."""

from prefect import flow

from tasks.review import carry


@flow(name="themed-review", flow_run_name="{reference}", persist_result=False)
def themed_review(reference: str) -> None:
    """Carry one Themed Review: a run lasts as long as the review does, and mostly waits."""
    carry(reference)
