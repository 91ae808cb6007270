"""Which ports are used when some are taken."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from casework.record.settings import Settings
from deployments.ports import PortTaken, with_free_ports
from tests.deployments.running import free_port


@contextmanager
def taken() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_free_ports_are_used_as_configured() -> None:
    settings = Settings(port=free_port(), prefect_port=free_port(), local_mail_port=free_port())
    assert with_free_ports(settings) == settings


def test_the_dashboards_port_is_never_another_for_its_address_stands_in_e_mails() -> None:
    with taken() as port, pytest.raises(PortTaken) as refusal:
        with_free_ports(Settings(port=port))

    assert str(refusal.value) == (
        f"Port {port} is in use by another program. Stop that one, or set LEARNING_CYCLE_PORT to a port that is free."
    )


def test_an_inner_port_that_was_configured_is_refused_when_taken() -> None:
    with taken() as port, pytest.raises(PortTaken) as refusal:
        with_free_ports(Settings(port=free_port(), prefect_port=port))

    assert "LEARNING_CYCLE_PREFECT_PORT" in str(refusal.value)


def test_inner_ports_left_at_their_default_give_way_and_never_meet() -> None:
    chosen = with_free_ports(Settings(port=free_port()))
    assert len({chosen.port, chosen.prefect_port, chosen.local_mail_port}) == 3
