"""Every morning: reports whose twelve months on the website are over."""

from prefect import flow

from tasks.rounds import end_publication_periods


@flow(name="end-publication", flow_run_name="end-publication", persist_result=False)
def end_publication() -> None:
    """Move reports whose publication period has ended to "available on request"."""
    end_publication_periods()
