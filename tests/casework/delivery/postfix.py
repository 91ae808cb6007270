"""A real Postfix of its own: on loopback, at a free port, STARTTLS required, and nothing that it takes leaves it.

It needs root, because Postfix does, and is never the machine's own: its folders are made for the test.
"""

import mailbox
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from tests.smtp import make_certificate

WANTED = (
    "No Postfix was found that could be started, so nothing was tried against one: it takes root, and "
    "`apt-get install postfix` with “No configuration” (.ci/run does that)."
)
WHOLE_GATE = "WHOLE_GATE"  # .ci/run sets it: there what cannot be tried fails, instead of being left out
PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin"
BOARD = "board.example"
PATIENCE = 60
SERVICES = (
    "cleanup unix n - n - 0 cleanup",
    "qmgr unix n - n 300 1 qmgr",
    "tlsmgr unix - - n 1000? 1 tlsmgr",
    "rewrite unix - - n - - trivial-rewrite",
    *(f"{name} unix - - n - 0 bounce" for name in ("bounce", "defer", "trace")),
    "error unix - - n - - error",
    "retry unix - - n - - error",
    "virtual unix - n n - - virtual",
    "anvil unix - - n - 1 anvil",
    "postlog unix-dgram n - n - 1 postlogd",
)


def find() -> str | None:
    """The command that starts a Postfix here, if one can be started: the variable POSTFIX, else the machine's."""
    name = os.environ.get("POSTFIX", "postfix")
    return shutil.which(name, path=PLACES) if os.name == "posix" and os.geteuid() == 0 else None


def is_left_out() -> bool:
    """Whether its tests are left out: where none can be started, except in the whole gate."""
    return find() is None and WHOLE_GATE not in os.environ


@dataclass(frozen=True)
class Postfix:
    """A Postfix that was started for a test."""

    folder: Path
    port: int
    ca_file: Path

    def run(self, order: str) -> None:
        """Start, stop or reload it."""
        command = find()
        assert command
        subprocess.run([command, "-c", str(self.folder), order], check=True, capture_output=True, timeout=PATIENCE)

    def answers(self, **addresses: str) -> None:
        """What it answers for these names at the board's domain, instead of taking what is for them."""
        lines = [f"{name}@{BOARD} {answer}\n" for name, answer in addresses.items()]
        (self.folder / "access").write_text("".join(lines))

    @property
    def log(self) -> str:
        """All that it has logged."""
        return (self.folder / "log" / "postfix.log").read_text()

    def arrivals(self, count: int) -> Counter[str]:
        """How often each Message-ID has come to a mailbox, once so many have."""
        until = monotonic() + PATIENCE
        while len(found := self.delivered()) < count:
            assert monotonic() < until, f"{len(found)} of {count} have arrived.\n{self.log}"
            sleep(0.1)
        return Counter(str(message["Message-ID"]) for message in found)

    def delivered(self) -> list[mailbox.MaildirMessage]:
        """What lies in the mailbox."""
        return list(mailbox.Maildir(self.folder / "mail" / "all", create=False)) if self.has_mail else []

    @property
    def has_mail(self) -> bool:
        """Whether anything has come."""
        return (self.folder / "mail" / "all" / "new").is_dir()


@contextmanager
def postfix() -> Iterator[Postfix]:
    """Run it while in the block; it is stopped, and its folders go, whatever happens.

    Raises FileNotFoundError, with what to do about it, where none can be started.
    """
    if find() is None:
        raise FileNotFoundError(WANTED)
    with tempfile.TemporaryDirectory(prefix="postfix-") as name:  # its own users must be able to pass through
        made = set_up(Path(name))
        made.run("start")
        try:
            yield made
        finally:
            made.run("stop")


def set_up(folder: Path) -> Postfix:
    """Its folders and its configuration."""
    folder.chmod(0o755)
    for name, owner in (("queue", "root"), ("data", "postfix"), ("log", "root"), ("mail", "nobody")):
        (folder / name).mkdir(mode=0o755)
        os.chown(folder / name, pwd.getpwnam(owner).pw_uid, pwd.getpwnam(owner).pw_gid)
    certificate = make_certificate(folder)
    made = Postfix(folder, free_port(), certificate.ca_file)
    made.answers()
    (folder / "main.cf").write_text("".join(f"{key} = {value}\n" for key, value in settings(made).items()))
    services = (f"127.0.0.1:{made.port} inet n - n - - smtpd", *SERVICES)
    (folder / "master.cf").write_text("".join(f"{service}\n" for service in services))
    return made


def settings(made: Postfix) -> dict[str, str]:
    """Its main.cf: what is for the board's domain lands in one mailbox; for anywhere else there is no way."""
    folder = made.folder
    nobody = pwd.getpwnam("nobody")
    nowhere = "error:5.1.2 nothing leaves this machine"
    return {
        "compatibility_level": "3.6",
        "queue_directory": f"{folder}/queue",
        "data_directory": f"{folder}/data",
        "maillog_file": f"{folder}/log/postfix.log",
        "maillog_file_prefixes": str(folder),
        "inet_interfaces": "127.0.0.1",
        "inet_protocols": "ipv4",
        "myhostname": f"mail.{BOARD}",
        "mydestination": "",
        "mynetworks": "127.0.0.0/8",
        "alias_maps": "",
        "local_recipient_maps": "",
        "default_transport": nowhere,
        "relay_transport": nowhere,
        "local_transport": nowhere,
        "virtual_mailbox_domains": BOARD,
        "virtual_mailbox_base": f"{folder}/mail",
        "virtual_mailbox_maps": "static:all/",
        "virtual_uid_maps": f"static:{nobody.pw_uid}",
        "virtual_gid_maps": f"static:{nobody.pw_gid}",
        "smtpd_relay_restrictions": "permit_mynetworks, reject",
        "smtpd_recipient_restrictions": f"check_recipient_access texthash:{folder}/access, permit_mynetworks, reject",
        "smtpd_tls_security_level": "encrypt",
        "smtpd_tls_cert_file": str(made.ca_file),
        "smtpd_tls_key_file": str(made.ca_file.with_suffix(".key")),
    }


def free_port() -> int:
    """A port that the system has just found free."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
