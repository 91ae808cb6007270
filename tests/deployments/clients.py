"""Prefect's client of an installation that a test has made."""

from collections.abc import Iterator
from contextlib import contextmanager

from prefect.client.orchestration import SyncPrefectClient
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings

from casework.record.settings import Settings
from deployments.prefect_client import prefect_client
from deployments.prefect_server import password


@contextmanager
def client_of(settings: Settings) -> Iterator[SyncPrefectClient]:
    """A client of the installation's Prefect server."""
    with (
        temporary_settings({PREFECT_API_URL: settings.prefect_address, PREFECT_API_AUTH_STRING: password(settings)}),
        prefect_client() as client,
    ):
        yield client
