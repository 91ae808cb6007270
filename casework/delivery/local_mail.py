"""The mail server of an installation that has none configured: it keeps what is sent, one file a message.

`python -m casework.delivery.local_mail` runs it until it is told to stop. It listens on this machine only.
"""

import asyncio
import email
import email.policy
import hashlib
import os
import re
import secrets
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Conversation

from casework.record.settings import Settings
from models.errors import LearningCycleError, NotFound

LOOPBACK = "127.0.0.1"
TIMES = "X-Times-Received"  # our own header, the first line of every kept file
IDENTITY = re.compile(r"[0-9a-f]{64}")
NEWEST = 200


@dataclass(frozen=True)
class KeptMail:
    """One message as the local mail server keeps it. `times` is more than 1 when it was handed over again."""

    id: str
    to: str
    subject: str
    sent_at: datetime
    text: str
    html: str
    times: int


class Mailbox:
    """The folder of kept messages, and what aiosmtpd hands them to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, conversation: Conversation, envelope: Envelope
    ) -> str:
        """Keep a message, on the disk before the answer; what fails is answered so that it comes again."""
        assert isinstance(envelope.content, bytes)
        try:
            self.keep(envelope.content)
        except OSError as trouble:
            return f"451 The message could not be kept: {trouble.strerror}"
        return "250 Kept"

    def keep(self, content: bytes) -> None:
        """Write a message under its Message-ID; one that is there already is counted, not kept twice."""
        path = self.folder / f"{identity_of(content)}.eml"
        times = times_received(path) + 1
        replace_file(path, f"{TIMES}: {times}\r\n".encode() + content)


def identity_of(content: bytes) -> str:
    """What a message is known by: a hash of its Message-ID, or of all of it when it has none."""
    message_id = email.message_from_bytes(content, policy=email.policy.compat32)["Message-ID"]
    return hashlib.sha256(str(message_id).strip().encode() if message_id else content).hexdigest()


def times_received(path: Path) -> int:
    """How often the message in this file has come, 0 when there is no such file."""
    try:
        with path.open("rb") as file:
            return int(file.readline().partition(b":")[2])
    except FileNotFoundError:
        return 0


def replace_file(path: Path, content: bytes) -> None:
    """Put a file that only its owner may read in place, whole and on the disk, or not at all."""
    draft = path.with_name(f".{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    if os.name == "posix":  # elsewhere a folder cannot be opened, and the rename is on the disk by itself
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def kept_mail(settings: Settings, *, limit: int = NEWEST) -> list[KeptMail]:
    """The messages that the local mail server keeps, the one received last first."""
    if not settings.mailbox.is_dir():
        return []
    files = [path for path in settings.mailbox.glob("*.eml") if IDENTITY.fullmatch(path.stem)]
    files.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [read_kept(path) for path in files[:limit]]


def kept_mail_by_id(settings: Settings, mail_id: str) -> KeptMail:
    """One kept message by its `id`; raises NotFound for anything that is not one."""
    path = settings.mailbox / f"{mail_id}.eml"
    if not IDENTITY.fullmatch(mail_id) or not path.is_file():
        raise NotFound("There is no such e-mail in the mailbox. Open it from the list of the mailbox.")
    return read_kept(path)


def read_kept(path: Path) -> KeptMail:
    """A kept message, read from its file."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    date = message["Date"]
    return KeptMail(
        id=path.stem,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=date.datetime if date else datetime.fromtimestamp(path.stat().st_mtime, UTC),
        text=part(message, "plain"),
        html=part(message, "html"),
        times=int(message[TIMES]),
    )


def part(message: EmailMessage, kind: str) -> str:
    """The text of a message in one of its forms, empty where it has none."""
    body = message.get_body((kind,))
    return str(body.get_content()).replace("\r\n", "\n") if body is not None else ""


@asynccontextmanager
async def local_mail_server(settings: Settings) -> AsyncIterator[int]:
    """Serve on the loopback address while in the block; gives the port (the system chooses for 0)."""
    mailbox = Mailbox(settings.mailbox)
    try:
        server = await asyncio.get_running_loop().create_server(
            lambda: SMTP(mailbox, hostname="localhost", ident="local mail"),
            LOOPBACK,
            settings.local_mail_port,
        )
    except OSError as trouble:
        raise LearningCycleError(
            f"The local mail server cannot listen on port {settings.local_mail_port}: {trouble.strerror}. "
            "Stop what uses that port, or set LEARNING_CYCLE_LOCAL_MAIL_PORT to another."
        ) from trouble
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()  # not awaited: that would wait for clients that keep their connection open


async def serve(settings: Settings) -> None:
    """Serve until the process is told to stop."""
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopped.set))
    async with local_mail_server(settings):
        await stopped.wait()


def main() -> int:
    """Run the server with the settings of the environment; 0 once it was told to stop."""
    try:
        asyncio.run(serve(Settings()))
    except LearningCycleError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
