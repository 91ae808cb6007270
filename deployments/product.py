"""What the product consists of when one machine runs it all: its processes, and how each shows that it works."""

import http.client
import os
import socket
from collections.abc import Callable
from datetime import UTC, datetime

from casework.record.settings import Settings
from casework.record.store import Store
from deployments.children import Child
from deployments.prefect_server import HOST, existing_server
from models.record import Heartbeat

SECONDS_TO_ANSWER = 2.0
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 -- where one listens on all, this machine is asked


def children_of(settings: Settings, store: Store) -> list[Child]:
    """The processes, in the order in which they are started; they are ended in the opposite order."""
    environment = environment_of(settings)
    logs = settings.home / "logs"
    logs.mkdir(exist_ok=True, mode=0o700)

    def child(name: str, module: str, is_ready: Callable[[], bool], seconds_to_end: float) -> Child:
        return Child(
            name, module, environment, logs / f"{name.lower().replace(' ', '-')}.log", is_ready, seconds_to_end
        )

    prefect = (HOST, settings.prefect_port, "/api/health")
    dashboard = (EVERYWHERE.get(settings.host, settings.host), settings.port)
    mail = ("127.0.0.1", settings.local_mail_port)
    children = []
    if existing_server(settings) is None:
        children.append(child("Prefect server", "deployments.prefect_server", lambda: answers(*prefect), 10))
    if settings.mail_is_local:
        children.append(child("mail server", "casework.delivery.local_mail", lambda: listens(*mail), 5))
    started = datetime.now(UTC)
    children.append(child("worker", "deployments.worker", lambda: has_beaten(store, started), 20))
    children.append(child("dashboard", "dashboard.serve", lambda: answers(*dashboard, "/"), 10))
    return children


def environment_of(settings: Settings) -> dict[str, str]:
    """The environment of every process: this one's, with the folder and the ports that were settled on."""
    return os.environ | {
        "LEARNING_CYCLE_HOME": str(settings.home),
        "LEARNING_CYCLE_PORT": str(settings.port),
        "LEARNING_CYCLE_PREFECT_PORT": str(settings.prefect_port),
        "LEARNING_CYCLE_LOCAL_MAIL_PORT": str(settings.local_mail_port),
    }


def answers(host: str, port: int, path: str) -> bool:
    """Whether a web server answers there, and not with an error of its own."""
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS_TO_ANSWER)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def listens(host: str, port: int) -> bool:
    """Whether anything listens there."""
    try:
        socket.create_connection((host, port), SECONDS_TO_ANSWER).close()
    except OSError:
        return False
    return True


def has_beaten(store: Store, since: datetime) -> bool:
    """Whether a worker has said, since then, that it is ready."""
    with store.reading() as session:
        beat = session.get(Heartbeat, "worker")
        return beat is not None and beat.beat_at >= since
