"""The local mail server keeps what is sent, whole, once, and out of reach of others."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from casework.delivery.local_mail import KeptMail, kept_mail, kept_mail_by_id
from casework.delivery.mailer import mailer_for
from casework.letters.frames import Letter
from casework.record.settings import Settings
from models.errors import NotFound

LETTER = Letter("Yours", "“Hello”\n", "<p>“Hello”</p>\n")
ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def running(tmp_path: Path) -> Iterator[tuple[Settings, subprocess.Popen[bytes]]]:
    """The server as the product runs it: a process of its own, told to stop at the end."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = Settings(home=tmp_path, local_mail_port=port)
    given = {"LEARNING_CYCLE_HOME": str(tmp_path), "LEARNING_CYCLE_LOCAL_MAIL_PORT": str(port)}
    command = [sys.executable, "-m", "casework.delivery.local_mail"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | given, **pipes) as process:  # type: ignore[call-overload]
        try:
            wait_for(port)
            yield settings, process
        finally:
            process.kill()


def wait_for(port: int) -> None:
    """Wait until somebody listens."""
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise AssertionError("the local mail server did not start")


def send(settings: Settings, *message_ids: str, letter: Letter = LETTER) -> None:
    """Hand one letter over under each of these Message-IDs."""
    mailer = mailer_for(settings)
    for message_id in message_ids:
        mailer.hand_over(letter, to="ann@board.example", message_id=message_id)
    mailer.close()


def test_what_is_sent_can_be_read_the_newest_first(tmp_path: Path) -> None:
    with running(tmp_path) as (settings, _):
        send(settings, "<1@x.example>")
        send(settings, "<2@x.example>", letter=Letter("Second", "two\n", "<p>two</p>\n"))

    newest, oldest = kept_mail(settings)
    assert newest.subject == "Second"
    assert oldest == KeptMail(
        id=oldest.id,
        to="ann@board.example",
        subject=LETTER.subject,
        sent_at=oldest.sent_at,
        text=LETTER.text,
        html=LETTER.html,
        times=1,
    )
    assert kept_mail_by_id(settings, oldest.id) == oldest
    assert kept_mail(settings, limit=1) == [newest]


def test_a_repeat_is_counted_and_not_kept_twice(tmp_path: Path) -> None:
    with running(tmp_path) as (settings, _):
        send(settings, "<1@x.example>", "<1@x.example>", "<2@x.example>")

    assert sorted(kept.times for kept in kept_mail(settings)) == [1, 2]


def test_only_the_owner_may_read_what_is_kept(tmp_path: Path) -> None:
    with running(tmp_path) as (settings, _):
        send(settings, "<1@x.example>")

    (path,) = settings.mailbox.iterdir()
    assert (path.stat().st_mode & 0o777, settings.mailbox.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_message_id_cannot_lead_out_of_the_mailbox(tmp_path: Path) -> None:
    with running(tmp_path) as (settings, _):
        send(settings, "<../../outside@x.example>", "</etc/passwd>")

    assert len(kept_mail(settings)) == len(list(settings.mailbox.iterdir())) == 2
    assert not list(tmp_path.rglob("*outside*"))


@pytest.mark.parametrize("id_", ["", "../keys", "/etc/passwd", "a" * 64, "A" * 64, "a" * 64 + "\n", "..", "%2e%2e"])
def test_an_id_that_names_no_message_is_not_found(tmp_path: Path, id_: str) -> None:
    (tmp_path / "keys.eml").write_text("secret")

    with pytest.raises(NotFound):
        kept_mail_by_id(Settings(home=tmp_path), id_)


def test_a_mailbox_that_nothing_was_sent_to_is_empty(tmp_path: Path) -> None:
    assert kept_mail(Settings(home=tmp_path)) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_nothing_and_stops_cleanly_while_a_client_is_connected(tmp_path: Path, number: signal.Signals) -> None:
    with running(tmp_path) as (settings, process):
        mailer = mailer_for(settings)
        mailer.login()
        process.send_signal(number)
        said, complained = process.communicate(timeout=10)
        mailer.close()

    assert (process.returncode, said, complained) == (0, b"", b"")


def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path: Path) -> None:
    with running(tmp_path) as (settings, _):
        given = {"LEARNING_CYCLE_HOME": str(tmp_path), "LEARNING_CYCLE_LOCAL_MAIL_PORT": str(settings.local_mail_port)}
        second = subprocess.run(
            [sys.executable, "-m", "casework.delivery.local_mail"],
            cwd=ROOT,
            env=os.environ | given,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    assert (second.returncode, second.stdout) == (1, "")
    assert f"cannot listen on port {settings.local_mail_port}" in second.stderr
