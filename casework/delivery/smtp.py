"""One SMTP connection that knows, whenever it breaks, whether the server can have taken the message."""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from casework.outbox.mail_errors import Deferred, Dropped, InDoubt, Refused, ServerAway, in_short
from casework.record.settings import Settings
from models.vocabulary import OutageCause

SECONDS_TO_WAIT = 30.0
DONE, GO_AHEAD = 2, 3  # first digits of the answers that are wanted
CLOSING = 421
UNREADABLE = -1  # smtplib's word for an answer without a code
NOT_ABOUT_THE_MESSAGE = (530, 534, 535, 538)  # RFC 4954: log in first, or differently
END_OF_MESSAGE = b".\r\n"


class LogInRefused(OSError):
    """Raised when the server does not accept user and password."""


def cause_of(trouble: Exception) -> OutageCause:
    """Why no conversation came about. Where encryption is asked for, a server without it is one not to trust."""
    if isinstance(trouble, LogInRefused):
        return OutageCause.LOG_IN
    if isinstance(trouble, (ssl.SSLError, smtplib.SMTPNotSupportedError)):
        return OutageCause.UNTRUSTED
    return OutageCause.UNREACHABLE


def words_of(trouble: Exception) -> str:
    """What the server said, or else what the machine says about the connection."""
    if isinstance(trouble, smtplib.SMTPResponseException):
        error = trouble.smtp_error
        return f"{trouble.smtp_code} {in_short(error)}"
    return in_short(str(trouble) or type(trouble).__name__)


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


class Connection(smtplib.SMTP):
    """A connection whose `sendmail` ends in nothing, Refused, Deferred, Dropped, ServerAway or InDoubt.

    `before_data` is called when the server has agreed to sender and recipient, just before the message itself
    is sent: from there on the server may take it. What it raises stops the hand-over.
    """

    before_data: Callable[[], None]
    was_used = False  # whether the server has answered to a sender on this connection

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:
        """Connect, and send small packets at once: the last three bytes of a message go alone."""
        answer = super().connect(host, port, source_address)
        assert self.sock is not None
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return answer

    def sendmail(
        self,
        from_addr: str,
        to_addrs: str | Sequence[str],
        msg: Any,
        mail_options: Sequence[str] = (),
        rcpt_options: Sequence[str] = (),
    ) -> dict[str, tuple[int, bytes]]:
        """Hand one message (bytes, CRLF line ends) to one recipient; all or nothing; the dict is empty."""
        (recipient,) = list(to_addrs)
        try:
            self.ehlo_or_helo_if_needed()
            self.agree_on_sender(from_addr)
            self.expect(DONE, self.rcpt(recipient))
            self.announce()
            self.send(dot_stuffed(msg))
        except OSError as broken:
            self.close()
            raise Dropped(f"The connection broke before the message was sent: {in_short(str(broken))}") from broken
        self.finish()
        return {}

    def agree_on_sender(self, sender: str) -> None:
        """The sender is the same for every message, so a refusal here is about us and not about a message."""
        code, words = self.mail(sender)
        self.was_used = True
        try:
            self.expect(DONE, (code, words))
        except ServerAway:
            raise
        except (Refused, Deferred) as refusal:
            if code == CLOSING:
                raise
            raise ServerAway(str(refusal), OutageCause.SENDER) from refusal

    def announce(self) -> None:
        """Say that the message comes, once the keeper of the record has written that it is about to."""
        try:
            self.before_data()
        except BaseException:
            self.give_up_this_one()
            raise
        self.expect(GO_AHEAD, self.docmd("DATA"))

    def finish(self) -> None:
        """Send the end of the message, and take the server's answer: it says whose message it is now."""
        try:
            self.send(END_OF_MESSAGE)
            code, words = self.getreply()
        except OSError as broken:
            code, words = UNREADABLE, str(broken).encode()
        if code == UNREADABLE:
            self.close()
            raise InDoubt(f"The server did not say whether it took the message: {in_short(words)}")
        self.expect(DONE, (code, words))

    def expect(self, digit: int, answer: tuple[int, bytes]) -> None:
        """Turn any answer but the wanted one into its error, and be ready for the next message."""
        code, words = answer
        if code // 100 == digit:
            return
        said = f"{code} {in_short(words)}"
        if code in (CLOSING, UNREADABLE):
            self.close()
            raise Dropped(said)
        self.give_up_this_one()
        if code in NOT_ABOUT_THE_MESSAGE:
            raise ServerAway(said, OutageCause.LOG_IN)
        raise (Refused if code // 100 == 5 else Deferred)(said)

    def give_up_this_one(self) -> None:
        """Forget sender and recipient; a connection that cannot even do that is closed."""
        try:
            self.rset()
        except OSError:
            self.close()


class EncryptedConnection(Connection, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


def dot_stuffed(content: bytes) -> bytes:
    """The message as it travels: a line that begins with a dot gets another one [RFC 5321 4.5.2]."""
    doubled = re.sub(rb"(?m)^\.", b"..", content)
    return doubled if doubled.endswith(b"\r\n") else doubled + b"\r\n"
