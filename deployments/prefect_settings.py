"""What the product sets otherwise in Prefect than Prefect does by itself, each with its reason.

docs/adr/0017 says what an engineer sees of it. Nothing here imports Prefect.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

POOL_TYPE = "learning-cycle"  # the pool's type: no standard worker offers it
DAYS_TO_KEEP_RUNS = 90
SECONDS_KEPT_OPEN = 30  # an idle connection; our clients close theirs sooner, so that none is closed under a request


@dataclass(frozen=True)
class Chosen:
    """An environment variable of Prefect, the value that the product gives it, and why."""

    name: str
    value: str
    reason: str


# Prefect learns references and stage names only; these keep everything else, logs included, out of its database.
EVERYWHERE = (
    Chosen("DO_NOT_TRACK", "1", "Nothing is reported to Prefect's makers, by the command line or a client."),
    Chosen("PREFECT_SERVER_ANALYTICS_ENABLED", "false", "Nothing is reported to Prefect's makers, by the server."),
    Chosen(
        "PREFECT_LOGGING_TO_API_ENABLED",
        "false",
        "Prefect logs the words of every error, which may quote a case. The worker's log file has where it arose.",
    ),
    Chosen("PREFECT_LOGGING_LEVEL", "WARNING", "A line for each state of each run would bury what matters."),
)

ANY_WORKER = (
    Chosen("PREFECT_SERVER_ALLOW_EPHEMERAL_MODE", "false", "A worker without its server waits; it starts no other."),
)

# of a worker that speaks to the product's own server
OWN_WORKER = (
    Chosen("PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED", "false", "Client and server are one installation."),
    Chosen("PREFECT_CLIENT_CSRF_SUPPORT_ENABLED", "false", "The server asks for no token, so none is fetched."),
    Chosen("PREFECT_CLIENT_MAX_RETRIES", "2", "The worker starts again whatever fails; half a minute more is lost."),
)

SERVER = (
    Chosen("PREFECT_SERVER_LOGGING_LEVEL", "WARNING", "A line for each request would bury what matters."),
    Chosen("PREFECT_SERVER_API_KEEPALIVE_TIMEOUT", str(SECONDS_KEPT_OPEN), "Connections outlive a worker's pauses."),
    Chosen(
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE",
        "prefect.server.concurrency.lease_storage.filesystem",
        "A limit that is held when the server is killed must not be held for ever: leases on disk expire.",
    ),
    Chosen("PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT", "false", "Advertisements lead out of the installation."),
    Chosen("PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED", "flow_runs", "Runs that have ended are not kept for ever."),
    Chosen(
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD",
        str(DAYS_TO_KEEP_RUNS * 24 * 60 * 60),
        f"Ended runs go after {DAYS_TO_KEEP_RUNS} days, with their task runs, states, logs and artifacts.",
    ),
    Chosen(
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED",
        "false",
        "An event for every state, each taking SQLite's lock from what matters. The Event Feed stays empty.",
    ),
    Chosen("PREFECT_SERVER_SERVICES_EVENT_LOGGER_ENABLED", "false", "There is no event feed to log."),
    Chosen(
        "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED",
        "false",
        "It weighs every event for automations. None fires here; what is silent shows under the dashboard's /health.",
    ),
    Chosen(
        "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED",
        "false",
        "A review waits without a limit; it would be looked for every five seconds.",
    ),
    Chosen(
        "PREFECT_SERVER_SERVICES_LATE_RUNS_ENABLED",
        "false",
        "It writes “Late” on a run every five seconds; the worker makes up for what was missed, and /health says so.",
    ),
)


def variables(*chosen: Iterable[Chosen]) -> Mapping[str, str]:
    """These settings as environment variables."""
    return {each.name: each.value for several in chosen for each in several}
