"""Launching a review from a file in the referrals/ folder of the installation's home."""

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed

from tasks.launching import launch_from_file


@flow(name="launch", flow_run_name="launch", persist_result=False)
def launch(file: str, launched_by: int) -> State:
    """Launch the review that a file in `referrals/` refers, by the business manager with the number `launched_by`.

    `file` is just the file's name, such as `2014-001.toml`: Prefect keeps it, so it names nobody. The number is what
    `learning-cycle appoint` says. A file that was launched before is refused.
    """
    return Completed(message=f"{launch_from_file(file, launched_by)} is launched.")
