"""A mail server in a process of its own: says its port, takes what comes, and says at the end how often each came."""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Taken:
    """How often each Message-ID came."""

    arrivals: Counter[str] = field(default_factory=Counter)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Count it."""
        assert isinstance(envelope.content, bytes)
        self.arrivals[BytesHeaderParser().parsebytes(envelope.content)["Message-ID"]] += 1
        return "250 OK"


@dataclass
class Elsewhere:
    """The server as its caller sees it."""

    port: int
    arrivals: dict[str, int] = field(default_factory=dict)


@contextmanager
def mail_server_elsewhere() -> Iterator[Elsewhere]:
    """Run the server in another process while in the block; afterwards it has said what arrived."""
    command = [sys.executable, "-m", "benchmarks.mail_server"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        server = Elsewhere(int(process.stdout.readline()))
        try:
            yield server
        finally:
            said, _ = process.communicate()
            server.arrivals = json.loads(said)


async def serve(taken: Taken) -> None:
    """Serve at a port of the system's choice until standard input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(taken, hostname="localhost", loop=loop), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


def main() -> None:
    """Serve, and say what came."""
    taken = Taken()
    asyncio.run(serve(taken))
    print(json.dumps(taken.arrivals))


if __name__ == "__main__":
    main()
