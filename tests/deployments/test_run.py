"""One command starts everything, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.record.settings import Settings
from tests.deployments.running import environment, eventually, free_port

READY = "Press Ctrl-C to stop."
ROOT = Path(__file__).resolve().parent.parent.parent
RUN = (sys.executable, "-m", "deployments.run", "--no-demo")
MAKE_RUN = ("make", f"PYTHON={sys.executable}", "run")


class Started:
    """What starts an installation, and what it says."""

    def __init__(self, settings: Settings, command: tuple[str, ...] = RUN) -> None:
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said: list[str] = []

    def listen_until(self, words: str) -> None:
        """Read what it says up to the line with these words, or to its end."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if words in line:
                return

    def end(self, number: int) -> int:
        """Send it a signal and wait for its end."""
        self.process.send_signal(number)
        self.listen_until("(its end)")
        return self.process.wait()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with free ports."""
    ports = {"port": free_port(), "prefect_port": free_port(), "local_mail_port": free_port()}
    return Settings.model_validate({"home": tmp_path / "home", **ports})


@pytest.fixture(params=[RUN], ids=["run"])
def started(settings: Settings, request: pytest.FixtureRequest) -> Iterator[Started]:
    """The product, run on it."""
    started = Started(settings, request.param)
    yield started
    started.process.kill()
    started.process.wait()
    assert started.process.stdout is not None
    started.process.stdout.close()


def processes_of(settings: Settings) -> list[int]:
    """The processes whose environment names this installation's folder."""
    mark, found = f"LEARNING_CYCLE_HOME={settings.home}".encode(), []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and mark in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:  # it ended meanwhile, or is somebody else's
            continue
    return found


def test_it_prints_the_address_and_on_ctrl_c_leaves_no_process_behind(settings: Settings, started: Started) -> None:
    started.listen_until(READY)
    assert f"Learning cycle is at  {settings.address}\n" in started.said
    eventually(lambda: len(processes_of(settings)) == 5)

    assert started.end(signal.SIGINT) == 0
    assert processes_of(settings) == []
    assert started.said[-1] == "Stopped.\n"


@pytest.mark.parametrize("started", [MAKE_RUN], ids=["make run"], indirect=True)
def test_make_told_to_stop_ends_everything_that_it_has_started(settings: Settings, started: Started) -> None:
    started.listen_until(READY)
    eventually(lambda: len(processes_of(settings)) == 6)

    assert started.end(signal.SIGTERM) == -signal.SIGTERM
    assert (processes_of(settings), started.said[-1]) == ([], "Stopped.\n")


def test_killed_it_takes_its_processes_along(settings: Settings, started: Started) -> None:
    started.listen_until(READY)
    eventually(lambda: len(processes_of(settings)) == 5)

    started.process.kill()

    eventually(lambda: processes_of(settings) == [] or processes_of(settings) == [started.process.pid])


def test_a_part_that_dies_is_started_again(settings: Settings, started: Started) -> None:
    started.listen_until(READY)
    (mail,) = [number for number in processes_of(settings) if b"casework.delivery.local_mail" in command_of(number)]

    os.kill(mail, signal.SIGKILL)
    started.listen_until("The mail server ended unexpectedly")

    eventually(
        lambda: [n for n in processes_of(settings) if b"casework.delivery.local_mail" in command_of(n) and n != mail]
    )


def command_of(number: int) -> bytes:
    """The command line of a process, nothing when it has ended."""
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_second_one_on_the_same_folder_is_refused(settings: Settings, started: Started) -> None:
    started.listen_until(READY)
    second = Started(settings)
    second.listen_until("(its end)")

    assert second.process.wait() == 2
    assert "is running on" in second.said[0]
    assert second.process.stdout is not None
    second.process.stdout.close()
