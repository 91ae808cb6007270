"""A Light Touch Review, from the question proposed to its answer."""

from prefect import flow

from tasks.review import carry


@flow(name="light-touch-review", flow_run_name="{reference}", persist_result=False)
def light_touch_review(reference: str) -> None:
    """Carry one Light Touch Review: a run lasts as long as the review does, and mostly waits."""
    carry(reference)
