"""A Prefect server that was there before the product, with a password, is used where the environment names it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName
from prefect.client.schemas.objects import WorkPool
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings
from sqlmodel import col, select

from casework.record.settings import Settings
from casework.record.store import Store
from deployments.ports import with_free_ports
from deployments.prefect_server import client_environment
from deployments.product import answers, children_of
from deployments.registry import NAMES_OF_ROUNDS, PREFECT_YAML, entries, pool_called, schedules_of
from deployments.run import way_into_prefect
from models.record import Run
from tests.deployments.moving import launch_now
from tests.deployments.running import Process, Worker, ended_afterwards, eventually, free_port
from tests.smtp import SmtpServer

PASSWORD = "operator:a-password-of-theirs"
POOL = "learning-cycle"
SENDER = "learning-cycle@board.example"
REVIEWS = 4  # more than one worker has threads for
A_LOOK = 0.1  # seconds


@pytest.fixture(scope="module")
def existing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A Prefect server as Prefect's own command starts it; the variables by which its users reach it."""
    home, port = tmp_path_factory.mktemp("existing"), free_port()
    theirs = {"PREFECT_HOME": str(home / "prefect"), "PREFECT_SERVER_API_AUTH_STRING": PASSWORD}
    arguments = ("server", "start", "--host", "127.0.0.1", "--port", str(port))
    server = Process("prefect", Settings(home=home), arguments, variables=theirs | {"DO_NOT_TRACK": "1"})
    with ended_afterwards(server):
        server.start()
        eventually(lambda: answers("127.0.0.1", port, "/api/health"))
        yield {"PREFECT_API_URL": f"http://127.0.0.1:{port}/api", "PREFECT_API_AUTH_STRING": PASSWORD}


@pytest.fixture
def installed(tmp_path: Path, mail: SmtpServer) -> Settings:
    """An installation that has no Prefect server of its own."""
    home = tmp_path / "home"
    return Settings(home=home, smtp_host="127.0.0.1", smtp_port=mail.port, smtp_security="none", mail_from=SENDER)


@pytest.fixture
def named(existing: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment names it."""
    for name, value in existing.items():
        monkeypatch.setenv(name, value)
    return existing


@pytest.fixture
def client(existing: dict[str, str]) -> Iterator[SyncPrefectClient]:
    """A client of it."""
    reached = {
        PREFECT_API_URL: existing["PREFECT_API_URL"],
        PREFECT_API_AUTH_STRING: existing["PREFECT_API_AUTH_STRING"],
    }
    with temporary_settings(reached), get_client(sync_client=True) as client:
        yield client


def prefect(home: Path, *arguments: str) -> str:
    """What Prefect's own command says; it must not fail."""
    command = [sys.executable, "-m", "prefect", *arguments]
    environment = os.environ | {"PREFECT_HOME": str(home), "DO_NOT_TRACK": "1"}
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


def test_prefects_own_command_deploys_everything_there_from_nothing_and_again_without_touching_a_schedule(
    named: dict[str, str], client: SyncPrefectClient, tmp_path: Path
) -> None:
    assert named["PREFECT_API_URL"] == str(client.api_url).rstrip("/")
    deploy = ("--no-prompt", "deploy", "--prefect-file", str(PREFECT_YAML), "--all")

    prefect(tmp_path, "work-pool", "create", POOL, "--type", "learning-cycle")
    prefect(tmp_path, *deploy)

    made = {each.name for each in client.read_deployments(limit=100)}
    assert made == {entry["name"] for entry in entries()}


def test_what_the_operator_has_set_is_left_as_it_is(named: dict[str, str], installed: Settings) -> None:
    set_by_us = client_environment(installed)

    assert [name for name in named if name in set_by_us] == []
    assert [name for name in set_by_us if name.startswith("PREFECT_CLIENT_")] == []


def test_no_server_of_the_products_own_is_started_beside_it(
    named: dict[str, str], installed: Settings, installed_store: Store
) -> None:
    settings = with_free_ports(installed.model_copy(update={"port": free_port()}))

    assert [child.name for child in children_of(settings, installed_store)] == ["worker", "dashboard"]
    assert way_into_prefect(settings)[0].split()[:2] == ["Prefect", named["PREFECT_API_URL"]]


@pytest.mark.usefixtures("named")
def test_two_workers_share_the_reviews_there_and_prefect_sees_both(
    client: SyncPrefectClient, installed: Settings, installed_store: Store
) -> None:
    with two_workers(installed, installed_store) as workers:
        references, carried_by = [launch_now(installed_store) for _ in range(REVIEWS)], set[str]()
        while not (len(carried_by) == len(workers) and workers[0].is_idle()):
            carried_by |= names_on_runs(installed_store)
            if workers[0].is_idle():
                references.append(launch_now(installed_store))  # one worker was quick enough to carry all there were
            time.sleep(A_LOOK)
        online = {each.name for each in client.read_workers_for_work_pool(POOL)}
        status = pool(client).status

    assert online == carried_by
    assert (status, pool(client).type) == ("READY", "learning-cycle")
    assert [each.name for each in client.read_workers_for_work_pool(POOL)] == []  # they have signed off
    assert runs_called(client, references) == sorted(references)
    times = {name: len(client.read_deployment_by_name(f"{name}/{name}").schedules) for name in NAMES_OF_ROUNDS}
    assert times == {name: len(schedules_of(name)) for name in times}


@contextmanager
def two_workers(settings: Settings, store: Store) -> Iterator[list[Worker]]:
    """Two workers of one installation."""
    workers = [Worker("deployments.worker", settings, store=store) for _ in range(2)]
    with ended_afterwards(workers[0]), ended_afterwards(workers[1]):
        for worker in workers:
            worker.start()
        yield workers


def names_on_runs(store: Store) -> set[str]:
    """The workers that are executing a review's run just now."""
    with store.reading() as session:
        return {name for name in session.exec(select(Run.worker).where(col(Run.worker).is_not(None))) if name}


def pool(client: SyncPrefectClient) -> WorkPool:
    """The product's pool."""
    found = pool_called(client, POOL)
    assert found is not None
    return found


def runs_called(client: SyncPrefectClient, references: list[str]) -> list[str]:
    """The names of the runs that bear these references."""
    of_them = FlowRunFilter(name=FlowRunFilterName(any_=references))
    return sorted(run.name for run in client.read_flow_runs(flow_run_filter=of_them))
