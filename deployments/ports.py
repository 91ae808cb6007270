"""The ports that an installation listens on: as configured, or, where nothing is configured, any that are free."""

import socket
from itertools import count

from casework.settings import Settings
from models.errors import LearningCycleError

LOOPBACK = "127.0.0.1"
PORTS = ("port", "prefect_port", "local_mail_port")
TRIED = 100


class PortTaken(LearningCycleError):
    """Raised when a configured port is in use."""


def with_free_ports(settings: Settings) -> Settings:
    """The settings with ports that can be listened on; raises PortTaken for a configured one that cannot."""
    chosen: dict[str, int] = {}
    for name in PORTS:
        host = settings.host if name == "port" else LOOPBACK
        chosen[name] = free_port(settings, name, host, taken=list(chosen.values()))
    return settings.model_copy(update=chosen)


def free_port(settings: Settings, name: str, host: str, *, taken: list[int]) -> int:
    """The port of this setting; where it was left at its default, the next one that is free."""
    wanted: int = getattr(settings, name)
    if name in settings.model_fields_set:
        if not is_free(host, wanted):
            raise PortTaken(
                f"Port {wanted} is in use by another program. Stop that one, or set LEARNING_CYCLE_{name.upper()} "
                "to a port that is free."
            )
        return wanted
    for port in count(wanted):
        if port not in taken and is_free(host, port):
            return port
        if port > wanted + TRIED:
            break
    raise PortTaken(f"No port from {wanted} to {port} is free. Set LEARNING_CYCLE_{name.upper()} to one that is.")


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
