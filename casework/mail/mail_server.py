"""Where the mail server is, and how to speak to it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from casework.settings import Settings

SECONDS_TO_WAIT = 30.0


@dataclass(frozen=True)
class MailServer:
    """How to reach a mail server; `seconds` is the longest wait for any one of its answers."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"] = "none"
    user: str | None = None
    password: str | None = None
    ca_file: Path | None = None
    local_hostname: str | None = None
    seconds: float = SECONDS_TO_WAIT


def server_of(settings: Settings, seconds: float) -> MailServer:
    """The mail server that the settings name."""
    if settings.smtp_host is None:
        return MailServer("127.0.0.1", settings.local_mail_port, local_hostname="localhost", seconds=seconds)
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
        ca_file=settings.smtp_ca_file,
        seconds=seconds,
    )
