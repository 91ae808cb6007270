"""One Prefect server for all tests; for each test an installation that uses it, with a mail server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.record.settings import Settings
from casework.record.store import Store, open_store
from deployments.prefect_server import password, password_file
from tests.deployments.running import PrefectServer, Worker, ended_afterwards, free_port
from tests.smtp import SmtpServer, smtp_server

TIDIES_OFTEN = {"PREFECT_SERVER_SERVICES_DB_VACUUM_LOOP_SECONDS": "2"}  # Prefect does it once an hour


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    """A running Prefect server, with its database."""
    settings = Settings(home=tmp_path_factory.mktemp("prefect"), prefect_port=free_port())
    server = PrefectServer("deployments.prefect_server", settings, variables=TIDIES_OFTEN)
    with ended_afterwards(server):
        server.start()
        server.keep_empty_database()
        yield server


@pytest.fixture
def mail() -> Iterator[SmtpServer]:
    """A mail server that keeps what it takes."""
    with smtp_server() as server:
        yield server


@pytest.fixture
def installed(tmp_path: Path, prefect_server: PrefectServer, mail: SmtpServer) -> Settings:
    """An installation that uses the Prefect server and the mail server."""
    settings = Settings(
        home=tmp_path / "home",
        prefect_port=prefect_server.settings.prefect_port,
        smtp_host="127.0.0.1",
        smtp_port=mail.port,
        smtp_security="none",
        mail_from="learning-cycle@board.example",
    )
    password(settings)
    password_file(settings).write_text(password_file(prefect_server.settings).read_text())
    return settings


@pytest.fixture
def installed_store(installed: Settings) -> Iterator[Store]:
    """Its database."""
    store = open_store(installed)
    yield store
    store.engine.dispose()


@pytest.fixture
def worker(installed: Settings, installed_store: Store) -> Iterator[Worker]:
    """Its worker, not started yet."""
    worker = Worker("deployments.worker", installed, store=installed_store)
    with ended_afterwards(worker):
        yield worker
