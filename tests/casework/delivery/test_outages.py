"""A mail server that takes nothing from us: since when, why, and when it was over."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from casework.delivery.delivery import DeliveryResult
from casework.delivery.outages import current_outage
from casework.record.settings import Settings
from casework.record.store import Store
from models.record import MailOutage
from models.vocabulary import OutageCause
from tests.casework.delivery.post import delivered, queue_for, served_by
from tests.casework.letters.a_case import NOW
from tests.smtp import PASSWORD, USER, Behaviour, make_certificate, smtp_server

HOUR = timedelta(hours=1)


def going_on(store: Store) -> MailOutage | None:
    """The outage that goes on."""
    with store.reading() as session:
        return current_outage(session)


def test_an_outage_lasts_from_the_first_try_in_vain_to_the_first_word_about_a_message(
    store: Store, settings: Settings
) -> None:
    queue_for(store, "ann", "bob")
    with smtp_server() as server:
        here = served_by(settings, server.port)
    for hours in (0, 1):
        delivered(store, here, at=lambda hours=hours: NOW + hours * HOUR)  # type: ignore[misc]
    before = going_on(store)
    with smtp_server(Behaviour(at_rcpt={"ann@board.example": "550 5.1.1 No"}), port=server.port):
        delivered(store, here, at=lambda: NOW + 2 * HOUR)

    assert before is not None
    assert (before.began_at, before.cause, "cannot be used" in before.words) == (NOW, OutageCause.UNREACHABLE, True)
    assert going_on(store) is None
    with store.reading() as session:
        assert [(past.began_at, past.ended_at) for past in session.exec(select(MailOutage))] == [(NOW, NOW + 2 * HOUR)]


def test_a_log_in_that_is_refused_is_an_outage_and_costs_no_message_a_try(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    queue_for(store, "ann")
    certificate = make_certificate(tmp_path)
    with smtp_server(starttls=certificate.context, login=True) as server:
        here = served_by(settings, server.port).model_copy(
            update={"smtp_security": "starttls", "smtp_ca_file": certificate.ca_file, "smtp_user": USER}
        )
        wrong, right = (
            Settings.model_validate(here.model_dump() | {"smtp_password": word}) for word in ("wrong", PASSWORD)
        )
        first = delivered(store, wrong)
        seen = going_on(store)
        second = delivered(store, right)

    assert (first.accepted, second) == (0, DeliveryResult(accepted=1))
    assert seen is not None
    assert (seen.cause, "535" in seen.words) == (OutageCause.LOG_IN, True)
    assert (going_on(store), server.behaviour.logins) == (None, 1)


def test_a_server_that_nobody_vouches_for_is_not_trusted(store: Store, settings: Settings, tmp_path: Path) -> None:
    queue_for(store, "ann")
    with smtp_server(starttls=make_certificate(tmp_path).context) as server:
        delivered(store, served_by(settings, server.port).model_copy(update={"smtp_security": "starttls"}))

    seen = going_on(store)
    assert (seen and seen.cause, server.behaviour.received) == (OutageCause.UNTRUSTED, [])


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        ("550 5.7.1 You may not send from there", OutageCause.SENDER),
        ("530 5.7.0 Log in first", OutageCause.LOG_IN),
    ],
)
def test_a_server_that_takes_nothing_from_our_address_is_an_outage(
    store: Store, settings: Settings, answer: str, cause: OutageCause
) -> None:
    queue_for(store, "ann", "bob")
    with smtp_server(Behaviour(at_mail=answer)) as server:
        done = delivered(store, served_by(settings, server.port))

    seen = going_on(store)
    assert seen is not None
    assert (seen.cause, seen.words, done.stopped) == (cause, answer, answer)


def test_a_server_that_breaks_off_again_and_again_is_an_outage(store: Store, settings: Settings) -> None:
    names = [f"p{number}" for number in range(5)]
    queue_for(store, *names)
    with smtp_server(Behaviour(drops_at_rcpt={f"{name}@board.example" for name in names})) as server:
        delivered(store, served_by(settings, server.port))

    seen = going_on(store)
    assert seen is not None
    assert seen.cause is OutageCause.BREAKS_OFF
