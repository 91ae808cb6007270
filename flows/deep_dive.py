"""A Deep Dive, from the priority area proposed to its impact."""

from prefect import flow

from tasks.review import carry


@flow(name="deep-dive", flow_run_name="{reference}", persist_result=False)
def deep_dive(reference: str) -> None:
    """Carry one Deep Dive: a run lasts as long as the review does, and mostly waits."""
    carry(reference)
