"""Real SMTP servers on loopback, at ports chosen by the system, that can be told to misbehave."""

import asyncio
import email
import email.policy
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "board", "correct horse"
SECONDS_TO_START = 10


@dataclass(frozen=True)
class Received:
    """One message as the server took it."""

    sender: str
    to: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        message = email.message_from_bytes(self.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        return message

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])


@dataclass
class Behaviour:
    """What the server took, and how it behaves towards single addresses.

    `at_rcpt`, `at_data`: what it answers instead of 250. `drops_at_rcpt`: the connection breaks. `drops_after_data`:
    it breaks when the message has been taken and before the answer. `silent_at_rcpt`, `silent_after_data`: no answer
    ever comes. `at_mail`: the answer to every sender.
    """

    received: list[Received] = field(default_factory=list)
    at_mail: str | None = None
    at_rcpt: dict[str, str] = field(default_factory=dict)
    at_data: dict[str, str] = field(default_factory=dict)
    drops_at_rcpt: set[str] = field(default_factory=set)
    drops_after_data: set[str] = field(default_factory=set)
    silent_at_rcpt: set[str] = field(default_factory=set)
    silent_after_data: set[str] = field(default_factory=set)
    seen: threading.Condition = field(default_factory=threading.Condition)
    asked_for: Counter[str] = field(default_factory=Counter)
    connections: int = 0
    logins: int = 0

    @property
    def arrivals(self) -> Counter[str]:
        """How often each Message-ID arrived."""
        return Counter(received.message_id for received in self.received)

    def wait_for(self, count: int, *, seconds: float = 60) -> None:
        """Wait until so many messages have been taken."""
        with self.seen:
            assert self.seen.wait_for(lambda: len(self.received) >= count, seconds)

    def wait_until_asked_for(self, address: str, *, seconds: float = 60) -> None:
        """Wait until somebody has named this recipient."""
        with self.seen:
            assert self.seen.wait_for(lambda: self.asked_for[address] > 0, seconds)

    async def handle_MAIL(  # noqa: N802 -- aiosmtpd's name, like those below
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_mail is None:
            envelope.mail_from = address
        return self.at_mail or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        with self.seen:
            self.asked_for[address] += 1
            self.seen.notify_all()
        if address in self.silent_at_rcpt:
            await asyncio.Event().wait()
        if address in self.drops_at_rcpt:
            cut(server)
        if address not in self.at_rcpt:
            envelope.rcpt_tos.append(address)
        return self.at_rcpt.get(address, "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        (address,) = envelope.rcpt_tos
        if address in self.at_data:
            return self.at_data[address]
        assert isinstance(envelope.content, bytes)
        with self.seen:
            self.received.append(Received(str(envelope.mail_from), address, envelope.content))
            self.seen.notify_all()
        if address in self.silent_after_data:
            await asyncio.Event().wait()
        if address in self.drops_after_data:
            cut(server)
        return "250 OK, kept"


@dataclass(frozen=True)
class SmtpServer:
    """A running server."""

    port: int
    behaviour: Behaviour


@contextmanager
def smtp_server(
    behaviour: Behaviour | None = None,
    *,
    port: int = 0,
    starttls: ssl.SSLContext | None = None,
    tls: ssl.SSLContext | None = None,
    login: bool = False,
) -> Iterator[SmtpServer]:
    """Serve from a thread while in the block. With `login` nobody sends without USER and PASSWORD."""
    behaviour = behaviour or Behaviour()
    loop, started, stop = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    bound: list[int] = []

    def speaker() -> SMTP:
        behaviour.connections += 1
        return SMTP(
            behaviour,
            hostname="localhost",
            tls_context=starttls,
            require_starttls=starttls is not None,
            auth_required=login,
            auth_require_tls=tls is None and starttls is not None,
            authenticator=partial(authenticate, behaviour),
            loop=loop,
        )

    async def serve() -> None:
        server = await loop.create_server(speaker, "127.0.0.1", port, ssl=tls)
        bound.append(server.sockets[0].getsockname()[1])
        started.set()
        await stop.wait()
        server.close()
        await end_conversations()

    thread = threading.Thread(target=loop.run_until_complete, args=[serve()])
    thread.start()
    try:
        assert started.wait(SECONDS_TO_START)
        yield SmtpServer(bound[0], behaviour)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


def cut(server: SMTP) -> None:
    """Break a connection without a word."""
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


async def end_conversations() -> None:
    """Cut every conversation that is still going on, as a server that is killed does."""
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0.05)  # the transports close in the loop's next rounds


def authenticate(behaviour: Behaviour, *asked: Any) -> AuthResult:
    """Accept USER with PASSWORD."""
    given = asked[-1]  # after server, session, envelope and mechanism
    assert isinstance(given, LoginPassword)
    right = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    behaviour.logins += right
    return AuthResult(success=right, handled=False)


@dataclass(frozen=True)
class Certificate:
    """A certificate for localhost and 127.0.0.1: the server's side, and the authority that a client may trust."""

    context: ssl.SSLContext
    ca_file: Path


def make_certificate(folder: Path) -> Certificate:
    """A certificate that vouches for itself; nobody trusts it without its file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, key_pem = folder / "server.pem", folder / "server.key"
    pem.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    formats = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    key_pem.write_bytes(key.private_bytes(*formats))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem, key_pem)
    return Certificate(context, pem)
