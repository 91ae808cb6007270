"""The dashboard as a process of its own."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def answered(address: str, server: subprocess.Popen[str]) -> httpx.Response:
    """The first answer of a server that is starting."""
    while server.poll() is None:
        try:
            return httpx.get(address)
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"The server has stopped: {server.communicate()}")


def test_it_serves_until_it_is_told_to_stop_and_says_nothing_of_the_links_it_was_asked_for(tmp_path: Path) -> None:
    port = free_port()
    environment = os.environ | {"LEARNING_CYCLE_HOME": str(tmp_path / "home"), "LEARNING_CYCLE_PORT": str(port)}
    command = [sys.executable, "-m", "dashboard.serve"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        well = answered(f"http://127.0.0.1:{port}/health", server).status_code
        looked = httpx.get(f"http://127.0.0.1:{port}/sign-in/s3cret").status_code
        server.terminate()
        said = server.communicate(timeout=30)[0]

    assert (well, looked, said, server.returncode) == (200, 200, "", 0)
