"""The Prefect server that belongs to an installation: how it is started, found and spoken to.

Nothing here imports Prefect: the supervisor starts a server without waiting for that import.
"""

import os
import secrets
import sys
from pathlib import Path

from casework.record.settings import Settings
from casework.record.store import write_once

HOST = "127.0.0.1"
DAYS_TO_KEEP_RUNS = 90
SECONDS_KEPT_OPEN = 30  # an idle connection; our clients close theirs sooner, so that none is closed under a request
# no automations, no pauses that expire, no event feed: on SQLite each of them takes the lock from what matters
UNUSED_SERVICES = ("EVENT_PERSISTER", "EVENT_LOGGER", "TRIGGERS", "FOREMAN", "PAUSE_EXPIRATIONS", "LATE_RUNS")

# Prefect learns references and stage names only; these keep everything else, logs included, out of its database.
DISCREET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
}


def home(settings: Settings) -> Path:
    """Prefect's own folder within the installation's."""
    return settings.home / "prefect"


def password_file(settings: Settings) -> Path:
    """Where the server's password is kept."""
    return home(settings) / "api-auth"


def password(settings: Settings) -> str:
    """What the server asks of every client, as "user:password"; made on first use, readable by the owner only."""
    home(settings).mkdir(parents=True, exist_ok=True, mode=0o700)
    file = password_file(settings)
    if not file.exists():
        write_once(file, f"learning-cycle:{secrets.token_urlsafe(32)}")
    return file.read_text()


def address(settings: Settings) -> str:
    """Where Prefect's API is served."""
    return settings.prefect_address


def database(settings: Settings) -> str:
    """Prefect's database: a file of its own unless PostgreSQL is configured."""
    if settings.prefect_database_url is not None:
        return settings.prefect_database_url.get_secret_value()
    return f"sqlite+aiosqlite:///{home(settings) / 'prefect.db'}"


def server_environment(settings: Settings) -> dict[str, str]:
    """The environment variables of the server's process."""
    return (
        DISCREET
        | {
            "PREFECT_HOME": str(home(settings)),
            "PREFECT_API_URL": address(settings),
            "PREFECT_SERVER_UI_API_URL": address(settings),
            "PREFECT_SERVER_API_AUTH_STRING": password(settings),
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": database(settings),
            "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
            "PREFECT_SERVER_API_KEEPALIVE_TIMEOUT": str(SECONDS_KEPT_OPEN),
            # a limit that is held when the server is killed must not be held for ever: leases on disk expire
            "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
            "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "flow_runs",
            "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(DAYS_TO_KEEP_RUNS * 24 * 60 * 60),
        }
        | {f"PREFECT_SERVER_SERVICES_{name}_ENABLED": "false" for name in UNUSED_SERVICES}
    )


def client_environment(settings: Settings) -> dict[str, str]:
    """The environment variables of a process that speaks to the server."""
    return DISCREET | {
        "PREFECT_HOME": str(home(settings)),
        "PREFECT_API_URL": address(settings),
        "PREFECT_API_AUTH_STRING": password(settings),
        "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",
        "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",
        "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",
        # the worker starts again whatever fails; waiting half a minute within Prefect's client only delays that
        "PREFECT_CLIENT_MAX_RETRIES": "2",
    }


def main() -> None:
    """Become the Prefect server of the installation that the environment describes."""
    settings = Settings()
    os.environ.update(server_environment(settings))
    command = ["server", "start", "--host", HOST, "--port", str(settings.prefect_port)]
    os.execv(sys.executable, [sys.executable, "-m", "deployments.prefect_command", *command])  # noqa: S606 -- this process becomes the server


if __name__ == "__main__":
    main()
