"""What we use of Prefect beyond its public interface is as it was when we last looked. When one of these fails first:
look at tasks/prefect_internals.py and at docs/adr/0017 before anything else."""

import inspect
import re

import prefect
from prefect import flow_engine
from prefect.client.schemas.objects import FlowRun
from prefect.context import SyncClientContext
from prefect.flow_engine import run_flow
from prefect.server.api.server import create_app
from prefect.server.database.configurations import AioSqliteConfiguration
from prefect.server.database.dependencies import set_database_config
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

from tasks.prefect_internals import SEEN_ON, bounded_wait


def parameters(function: object) -> list[str]:
    assert callable(function)
    return list(inspect.signature(function).parameters)


def test_it_is_the_version_that_was_looked_at() -> None:
    assert prefect.__version__.startswith(f"{SEEN_ON}.")


def test_the_engine_executes_a_given_run_and_returns_its_state() -> None:
    assert [name for name in ("flow", "flow_run", "return_type") if name not in parameters(run_flow)] == []


def test_the_engine_listens_for_a_suspension_only_where_a_run_has_a_deployment() -> None:
    """Otherwise each run would open a websocket and a thread, and wait for both when it ends."""
    listens = r"if self\.flow_run\.deployment_id:\s+stack\.enter_context\(\s+observe_flow_run_suspension\("
    assert "deployment_id" in FlowRun.model_fields
    assert re.search(listens, inspect.getsource(flow_engine))


def test_the_engines_heartbeat_can_be_switched_off_within_a_process() -> None:
    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        assert PREFECT_FLOWS_HEARTBEAT_FREQUENCY.value() is None


def test_a_threads_client_is_handed_on_to_whoever_asks_with_the_settings_it_remembers() -> None:
    assert parameters(SyncClientContext) == ["httpx_settings"]
    assert "_httpx_settings" in SyncClientContext.__private_attributes__


def test_the_server_is_one_application_that_is_made_by_a_function() -> None:
    assert "final" in parameters(create_app)


def test_each_connection_to_sqlite_is_prepared_by_a_method_that_can_be_extended() -> None:
    assert parameters(AioSqliteConfiguration.setup_sqlite) == ["self", "conn", "record"]
    assert parameters(bounded_wait().setup_sqlite) == ["self", "conn", "record"]
    assert parameters(set_database_config) == ["database_config"]
