"""A Reflective Practice Review Meeting, from its referral to what was learnt."""

from prefect import flow

from tasks.review import carry


@flow(name="reflective-practice-review", flow_run_name="{reference}", persist_result=False)
def reflective_practice_review(reference: str) -> None:
    """Carry one Reflective Practice Review Meeting: a run lasts as long as the review does, and mostly waits."""
    carry(reference)
