"""The Prefect server that an installation uses: its own, or one that is there already and named by PREFECT_API_URL.

Nothing here imports Prefect before it has to: the supervisor starts a server without waiting for that import.
"""

import os
import secrets
from pathlib import Path

from casework.record.keys import write_once
from casework.record.settings import Settings
from deployments.prefect_settings import ANY_WORKER, EVERYWHERE, OWN_WORKER, SERVER, variables

HOST = "127.0.0.1"
NAMED_BY = "PREFECT_API_URL"


def home(settings: Settings) -> Path:
    """Prefect's own folder within the installation's."""
    return settings.home / "prefect"


def password_file(settings: Settings) -> Path:
    """Where the password of the product's own server is kept."""
    return home(settings) / "api-auth"


def password(settings: Settings) -> str:
    """What its own server asks of every client, as "user:password"; made on first use, for the owner only."""
    home(settings).mkdir(parents=True, exist_ok=True, mode=0o700)
    file = password_file(settings)
    if not file.exists():
        write_once(file, f"learning-cycle:{secrets.token_urlsafe(32)}")
    return file.read_text()


def existing_server(settings: Settings) -> str | None:
    """The address of the Prefect server that was there already, where PREFECT_API_URL names one that is not ours."""
    named = os.environ.get(NAMED_BY, "").strip().rstrip("/")
    return named if named not in ("", settings.prefect_address) else None


def database(settings: Settings) -> str:
    """The database of its own server: a file of its own unless PostgreSQL is configured."""
    if settings.prefect_database_url is not None:
        return settings.prefect_database_url.get_secret_value()
    return f"sqlite+aiosqlite:///{home(settings) / 'prefect.db'}"


def server_environment(settings: Settings) -> dict[str, str]:
    """The environment variables of the process of its own server."""
    return {
        **variables(EVERYWHERE, SERVER),
        "PREFECT_HOME": str(home(settings)),
        NAMED_BY: settings.prefect_address,
        "PREFECT_SERVER_UI_API_URL": settings.prefect_address,
        "PREFECT_SERVER_API_AUTH_STRING": password(settings),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": database(settings),
    }


def client_environment(settings: Settings) -> dict[str, str]:
    """The environment variables of a process that speaks to the server, beside those that it has.

    Of an existing server nothing is set that its operator sets: address, key, password, patience, certificates.
    """
    for_all = {**variables(EVERYWHERE, ANY_WORKER), "PREFECT_HOME": str(home(settings))}
    if existing_server(settings):
        return for_all
    own = {NAMED_BY: settings.prefect_address, "PREFECT_API_AUTH_STRING": password(settings)}
    return for_all | own | dict(variables(OWN_WORKER))


def main() -> None:
    """Be the Prefect server of the installation that the environment describes."""
    settings = Settings()
    os.environ.update(server_environment(settings))

    from deployments.prefect_app import serve  # noqa: PLC0415 -- Prefect reads the environment when it is imported

    serve(HOST, settings.prefect_port, database(settings))


if __name__ == "__main__":
    main()
