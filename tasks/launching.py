"""Launching a review from Prefect: a file is named, and the number of a business manager; no fact passes through."""

from prefect import task
from prefect.cache_policies import NO_CACHE

from casework.moves.referral_files import FileNotLaunched, launch_from_folder
from casework.record.act import Act
from tasks.installation import installation, now, today
from tasks.redact_errors import TaskFailed, redact_errors


@task(name="launch", persist_result=False, cache_policy=NO_CACHE)
def launch_from_file(file: str, launched_by: int) -> str:
    """Launch the review and give its reference. Raises TaskFailed with a sentence without facts of the case."""
    here = installation()
    with redact_errors("launch"):
        try:
            with here.store.transaction() as session:
                return launch_from_folder(
                    Act(session, None, now(), today()), here.settings.home, file, by_number=launched_by
                )
        except FileNotLaunched as refusal:
            said = str(refusal)
    raise TaskFailed(said)
