"""A review launched from Prefect, by the name of a file and the number of a business manager."""

import json
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import StateType

from casework.people.directory import find_person
from casework.record.settings import Settings
from casework.record.store import Store
from deployments.registry import register
from models.tables import id_of
from tests.deployments.clients import client_of
from tests.deployments.moving import launch_now
from tests.deployments.running import PrefectServer, Worker, eventually
from tests.walking import MANAGER, launch_data

FACT = "seriously harmed by somebody"
ENDED = (StateType.COMPLETED, StateType.FAILED, StateType.CRASHED)


@pytest.fixture
def number(installed: Settings, installed_store: Store) -> int:
    """The number of the business manager; and in the referrals folder lie a good file and one that is refused."""
    launch_now(installed_store)
    folder = installed.home / "referrals"
    folder.mkdir()
    good = {key: value for key, value in launch_data().items() if key != "people"}
    bad = good | {"referral": {**good["referral"], "notified_on": FACT}}
    for name, content in (("good.json", good), ("bad.json", bad)):
        (folder / name).write_text(json.dumps(content, default=str))
    with installed_store.reading() as session:
        return id_of(find_person(session, MANAGER))


def end_of(client: SyncPrefectClient, run: UUID) -> tuple[str, ...]:
    """How a run ended, once it has: the name of its state, and what is said with it."""
    state = client.read_flow_run(run).state
    return (str(state.name), str(state.message)) if state is not None and state.type in ENDED else ()


def test_a_review_is_launched_once_and_a_refusal_reaches_prefect_as_a_sentence_without_facts(
    worker: Worker, installed: Settings, number: int, prefect_server: PrefectServer
) -> None:
    worker.start()
    with client_of(installed) as client:
        deployment = register(client).ids["launch"]

        def launched(file: str, by: int) -> tuple[str, ...]:
            run = client.create_flow_run_from_deployment(deployment, parameters={"file": file, "launched_by": by})
            return eventually(lambda: end_of(client, run.id))

        said = [launched("good.json", number), launched("good.json", number), launched("bad.json", number)]
        said += [launched("../keys.json", number), launched("bad.json", 0)]

    assert [each[0] for each in said] == ["Completed", "Failed", "Failed", "Failed", "Failed"]
    assert said[0][1] == "LSCBN-SCR-2014-002 is launched."
    assert [words in each[1] for each, words in zip(said[1:], REFUSALS, strict=True)] == [True] * len(REFUSALS)
    assert FACT.encode() not in prefect_server.everything_kept()
    assert MANAGER.encode() not in prefect_server.everything_kept()


REFUSALS = (
    "good.json: has already been launched, as LSCBN-SCR-2014-002.",
    "bad.json: it has a mistake. Nothing was launched.",
    "file: is not the name of a file.",
    "launched_by: 0 is not the number of a business manager of the board that the file names.",
)
