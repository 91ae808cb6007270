"""The ports that an installation listens on."""

import socket
from itertools import count

from casework.record.settings import Settings
from deployments.prefect_server import existing_server
from models.errors import LearningCycleError

LOOPBACK = "127.0.0.1"
INNER_PORTS = ("prefect_port", "local_mail_port")  # nobody but our own processes needs to know these


class PortTaken(LearningCycleError):
    """Raised when a port that has to be the one configured is in use."""


def with_free_ports(settings: Settings) -> Settings:
    """The settings with ports that can be listened on.

    The dashboard's port stays as it is, for its address stands in e-mails; an inner one that was left at its
    default gives way to the next that is free. Raises PortTaken for a port that cannot be changed so.
    """
    require(settings, "port", settings.host)
    chosen = {"port": settings.port}
    for name in INNER_PORTS:
        if name == "prefect_port" and existing_server(settings):
            continue
        if name in settings.model_fields_set:
            require(settings, name, LOOPBACK)
            chosen[name] = getattr(settings, name)
        else:
            free = (port for port in count(getattr(settings, name)) if is_free(LOOPBACK, port))
            chosen[name] = next(port for port in free if port not in chosen.values())
    return settings.model_copy(update=chosen)


def require(settings: Settings, name: str, host: str) -> None:
    """Raise PortTaken unless the port of this setting can be listened on."""
    port: int = getattr(settings, name)
    if not is_free(host, port):
        raise PortTaken(
            f"Port {port} is in use by another program. Stop that one, or set LEARNING_CYCLE_{name.upper()} to a "
            "port that is free."
        )


def is_free(host: str, port: int) -> bool:
    """Whether this address can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
