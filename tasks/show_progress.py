"""What an engineer sees of a review in Prefect: tags, a table of its stages, and what its run waits for.

Stage keys, roles and days only; on a Prefect server that is not the product's own no table and no days, unless the
operator has switched them on.
"""

import json
from typing import Any, NoReturn
from uuid import UUID, uuid4

from prefect.artifacts import create_table_artifact
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import ArtifactUpdate
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId, ArtifactFilterKey
from prefect.client.schemas.objects import State
from prefect.client.schemas.responses import SetStateStatus
from prefect.exceptions import Abort, Pause
from prefect.runtime import flow_run
from prefect.settings import PREFECT_API_URL
from prefect.states import Suspended

from casework.record.act import Act
from casework.views.progress import Progress, StageStanding, progress, waits_for
from tasks.installation import installation, now, today
from tasks.redact_errors import redact_errors

Row = dict[str, Any]


def shows_dates() -> bool:
    """Whether this Prefect server is shown the stages and their days."""
    return installation().settings.shows_dates_in(PREFECT_API_URL.value() or "")


def standing(reference: str) -> Progress:
    """Where the review stands."""
    with redact_errors(reference), installation().store.reading() as session:
        return progress(Act(session, None, now(), today()), reference)


def tag_run(reference: str) -> None:
    """Tag the run with its board's code and its review type, however it was started; once."""
    found = standing(reference)
    wanted = {found.code, found.type}
    if not wanted <= set(flow_run.tags):
        with get_client(sync_client=True) as client:
            client.update_flow_run(UUID(flow_run.id), tags={*flow_run.tags, *wanted})


def show_progress(reference: str) -> str:
    """Rewrite the table of stages; gives what the review waits for."""
    found, shown = standing(reference), shows_dates()
    if shown:
        with get_client(sync_client=True) as client:
            write_table(client, reference.lower(), [row(stage) for stage in found.stages])
    return waits_for(found, today(), with_dates=shown)


def row(stage: StageStanding) -> Row:
    """A line of the table."""
    which = f" ({stage.number} of {stage.of})" if stage.of > 1 else ""
    days = {"opened": stage.opened_on, "due": stage.due_on, "closed": stage.closed_on}
    return {"stage": f"{stage.key}{which}", "state": stage.state, "role": stage.role.value} | {
        name: day.isoformat() if day else "" for name, day in days.items()
    }


def write_table(client: SyncPrefectClient, key: str, table: list[Row]) -> None:
    """Write this run's table under its key, over the one of its last execution."""
    mine = ArtifactFilter(
        key=ArtifactFilterKey(any_=[key]), flow_run_id=ArtifactFilterFlowRunId(any_=[UUID(flow_run.id)])
    )
    before = client.read_artifacts(artifact_filter=mine)
    if not before:
        create_table_artifact(table, key=key)
    elif before[0].data != (data := json.dumps(table)):
        client.update_artifact(before[0].id, ArtifactUpdate(data=data))


def suspend(message: str) -> NoReturn:
    """Leave the run suspended for as long as it takes, with a message that says what it waits for.

    As `prefect.flow_runs.suspend_flow_run` does it, which takes no message. Raises Pause, or Abort where somebody has
    cancelled the run meanwhile.
    """
    waiting: State = Suspended(
        message=message, pause_key=uuid4().hex
    )  # a fresh key: no earlier wake-up counts for this wait
    with get_client(sync_client=True) as client:
        answer = client.set_flow_run_state(flow_run.id, waiting)
    if answer.status is not SetStateStatus.ACCEPT:
        raise Abort(f"The run could not be suspended: {answer.status.value}.")
    raise Pause(state=answer.state)
