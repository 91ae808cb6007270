"""Handing letters to real mail servers."""

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from casework.delivery.local_mail import part
from casework.delivery.mailer import Mailer, mailer_for
from casework.letters.frames import Letter
from casework.outbox.mail_errors import Deferred, Dropped, InDoubt, Refused, ServerAway
from casework.record.settings import Settings
from models.errors import LearningCycleError
from tests.smtp import PASSWORD, USER, Behaviour, SmtpServer, make_certificate, smtp_server

LETTER = Letter("A stage is yours", "Dear owner,\n.\nplease open it.\n", "<p>Dear owner,<br>“please” open it.</p>\n")
TO = "ann@board.example"


@contextmanager
def mailer_to(server: SmtpServer, tmp_path: Path, *, seconds: float = 10, **settings: Any) -> Iterator[Mailer]:
    """A mailer for a test server, with these settings beside."""
    given: dict[str, Any] = {"smtp_host": "localhost", "smtp_port": server.port, "smtp_security": "none"}
    mailer = mailer_for(
        Settings(home=tmp_path, **({"mail_from": "lc@board.example"} | given | settings)), seconds=seconds
    )
    try:
        yield mailer
    finally:
        mailer.close()


def send(mailer: Mailer, to: str = TO, message_id: str = "<1@board.example>", letter: Letter = LETTER) -> None:
    """Hand over one letter."""
    mailer.hand_over(letter, to=to, message_id=message_id)


def test_a_letter_arrives_as_plain_text_and_as_html_under_our_message_id(tmp_path: Path) -> None:
    with smtp_server() as server, mailer_to(server, tmp_path) as mailer:
        send(mailer)

    (received,) = server.behaviour.received
    message = received.message
    assert (received.sender, received.to) == ("lc@board.example", TO)
    assert message["From"] == "Learning cycle <lc@board.example>"
    assert message["To"] == TO
    assert message["Subject"] == LETTER.subject
    assert message["Message-ID"] == "<1@board.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert part(message, "plain") == LETTER.text
    assert part(message, "html") == LETTER.html


def test_the_senders_name_can_be_given_with_the_address(tmp_path: Path) -> None:
    sender = '"Bürgerrat, safeguarding" <lc@board.example>'
    with smtp_server() as server, mailer_to(server, tmp_path, mail_from=sender) as mailer:
        send(mailer)

    (address,) = server.behaviour.received[0].message["From"].addresses
    assert (address.display_name, address.addr_spec) == ("Bürgerrat, safeguarding", "lc@board.example")


def test_a_sender_that_is_no_address_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LearningCycleError, match="‘nobody’ is not an address to send from"):
        mailer_for(Settings(home=tmp_path, mail_from="nobody"))


def test_many_letters_travel_over_one_connection(tmp_path: Path) -> None:
    with smtp_server() as server, mailer_to(server, tmp_path) as mailer:
        for number in range(20):
            send(mailer, message_id=f"<{number}@board.example>")

    assert (len(server.behaviour.received), server.behaviour.connections) == (20, 1)


def test_line_ends_cannot_add_a_header(tmp_path: Path) -> None:
    letter = Letter("Yours\r\nBcc: eve@elsewhere.example\n\nhello", "text\n", "<p>text</p>\n")
    with smtp_server() as server, mailer_to(server, tmp_path) as mailer:
        send(mailer, letter=letter)

    message = server.behaviour.received[0].message
    assert message["Subject"] == "Yours Bcc: eve@elsewhere.example hello"
    assert message["Bcc"] is None


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@b\r\nRCPT TO:<eve@x.example>", "jürgen@board.example", "a b@c.example"]
)
def test_an_address_that_no_message_can_carry_is_refused_and_reaches_no_server(tmp_path: Path, address: str) -> None:
    with smtp_server() as server, mailer_to(server, tmp_path) as mailer:
        with pytest.raises(Refused, match="cannot be written in an e-mail"):
            send(mailer, to=address)

        assert server.behaviour.asked_for == {}


def test_a_text_that_names_a_file_is_sent_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text("never to be sent")
    with smtp_server() as server, mailer_to(server, tmp_path) as mailer:
        send(mailer, letter=Letter("Path", str(path), "<p>x</p>"))

    assert b"never to be sent" not in server.behaviour.received[0].content


def test_starttls_and_login_with_a_certificate_of_a_private_authority(tmp_path: Path) -> None:
    made = make_certificate(tmp_path)
    login: dict[str, Any] = {
        "smtp_security": "starttls",
        "smtp_ca_file": made.ca_file,
        "smtp_user": USER,
        "smtp_password": SecretStr(PASSWORD),
    }
    with smtp_server(starttls=made.context, login=True) as server, mailer_to(server, tmp_path, **login) as mailer:
        send(mailer)

    assert (len(server.behaviour.received), server.behaviour.logins) == (1, 1)


def test_tls_from_the_first_byte(tmp_path: Path) -> None:
    made = make_certificate(tmp_path)
    with (
        smtp_server(tls=made.context) as server,
        mailer_to(server, tmp_path, smtp_security="tls", smtp_ca_file=made.ca_file) as mailer,
    ):
        send(mailer)

    assert len(server.behaviour.received) == 1


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(tmp_path: Path, security: str) -> None:
    context = make_certificate(tmp_path).context
    with (
        smtp_server(**{security: context}) as server,  # type: ignore[arg-type]
        mailer_to(server, tmp_path, smtp_security=security) as mailer,
        pytest.raises(ServerAway, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        send(mailer)

    assert server.behaviour.received == []


def test_a_server_without_starttls_gets_nothing_in_the_clear(tmp_path: Path) -> None:
    with (
        smtp_server() as server,
        mailer_to(server, tmp_path, smtp_security="starttls") as mailer,
        pytest.raises(ServerAway, match="STARTTLS extension not supported"),
    ):
        send(mailer)

    assert server.behaviour.received == []


def test_a_wrong_password_is_trouble_with_the_server_and_not_with_the_letter(tmp_path: Path) -> None:
    made = make_certificate(tmp_path)
    login: dict[str, Any] = {
        "smtp_security": "starttls",
        "smtp_ca_file": made.ca_file,
        "smtp_user": USER,
        "smtp_password": SecretStr("wrong"),
    }
    with (
        smtp_server(starttls=made.context, login=True) as server,
        mailer_to(server, tmp_path, **login) as mailer,
        pytest.raises(ServerAway, match=r"535 5\.7\.8 Authentication credentials invalid"),
    ):
        send(mailer)


def test_a_server_that_wants_a_login_we_do_not_have_refuses_no_letter(tmp_path: Path) -> None:
    made = make_certificate(tmp_path)
    with (
        smtp_server(starttls=made.context, login=True) as server,
        mailer_to(server, tmp_path, smtp_security="starttls", smtp_ca_file=made.ca_file) as mailer,
        pytest.raises(ServerAway, match=r"530 5\.7\.0 Authentication required"),
    ):
        send(mailer)


def test_nobody_at_the_port_is_a_server_away(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    mailer = mailer_for(Settings(home=tmp_path, smtp_host="localhost", smtp_port=port, smtp_security="none"))

    with pytest.raises(ServerAway, match=f"The mail server localhost:{port} cannot be used"):
        send(mailer)


def test_an_unknown_recipient_is_refused_in_the_servers_own_words_and_the_next_letter_goes(tmp_path: Path) -> None:
    behaviour = Behaviour(at_rcpt={TO: "550 5.1.1 No such mailbox here"})
    with smtp_server(behaviour) as server, mailer_to(server, tmp_path) as mailer:
        with pytest.raises(Refused, match=r"^550 5\.1\.1 No such mailbox here$"):
            send(mailer)
        send(mailer, to="bob@board.example")

    assert [received.to for received in behaviour.received] == ["bob@board.example"]
    assert behaviour.connections == 1


def test_a_refusal_of_the_letter_itself_is_a_refusal(tmp_path: Path) -> None:
    with (
        smtp_server(Behaviour(at_data={TO: "554 5.7.1 Looks like spam"})) as server,
        mailer_to(server, tmp_path) as mailer,
        pytest.raises(Refused, match=r"^554 5\.7\.1 Looks like spam$"),
    ):
        send(mailer)


@pytest.mark.parametrize("behaviour", [Behaviour(at_rcpt={TO: "451 Later"}), Behaviour(at_data={TO: "451 Later"})])
def test_a_server_that_says_later_is_asked_later(tmp_path: Path, behaviour: Behaviour) -> None:
    with (
        smtp_server(behaviour) as server,
        mailer_to(server, tmp_path) as mailer,
        pytest.raises(Deferred, match=r"^451 Later$"),
    ):
        send(mailer)


def test_a_refused_sender_is_trouble_of_ours_and_refuses_no_letter(tmp_path: Path) -> None:
    with (
        smtp_server(Behaviour(at_mail="553 5.7.1 You are not welcome")) as server,
        mailer_to(server, tmp_path) as mailer,
        pytest.raises(ServerAway, match=r"^553 5\.7\.1 You are not welcome$"),
    ):
        send(mailer)


def test_the_servers_words_are_kept_short_and_on_one_line(tmp_path: Path) -> None:
    with (
        smtp_server(Behaviour(at_rcpt={TO: "550 " + "no\x07" * 400})) as server,
        mailer_to(server, tmp_path) as mailer,
        pytest.raises(Refused) as refusal,
    ):
        send(mailer)

    assert len(str(refusal.value)) <= 304
    assert str(refusal.value).isprintable()


def test_a_connection_that_breaks_before_the_letter_leaves_no_doubt(tmp_path: Path) -> None:
    with (
        smtp_server(Behaviour(drops_at_rcpt={TO})) as server,
        mailer_to(server, tmp_path) as mailer,
        pytest.raises(Dropped),
    ):
        send(mailer)


@pytest.mark.parametrize("breaking", ["drops_after_data", "silent_after_data"])
def test_a_connection_that_breaks_before_the_answer_leaves_doubt_and_is_not_tried_again(
    tmp_path: Path, breaking: str
) -> None:
    behaviour = Behaviour(**{breaking: {TO}})  # type: ignore[arg-type]
    with smtp_server(behaviour) as server, mailer_to(server, tmp_path, seconds=0.5) as mailer:
        with pytest.raises(InDoubt, match="did not say whether it took the message"):
            send(mailer)
        send(mailer, to="bob@board.example", message_id="<2@board.example>")

    assert behaviour.arrivals == {"<1@board.example>": 1, "<2@board.example>": 1}


def test_a_server_that_falls_silent_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    with (
        smtp_server(Behaviour(silent_at_rcpt={TO})) as server,
        mailer_to(server, tmp_path, seconds=0.3) as mailer,
        pytest.raises(Dropped, match="timed out"),
    ):
        send(mailer)


def test_a_server_that_was_restarted_between_two_letters_is_connected_to_again(tmp_path: Path) -> None:
    behaviour = Behaviour()
    with smtp_server(behaviour) as first, mailer_to(first, tmp_path) as mailer:
        send(mailer)
    with smtp_server(behaviour, port=first.port):
        send(mailer, message_id="<2@board.example>")
        mailer.close()

    assert behaviour.arrivals == {"<1@board.example>": 1, "<2@board.example>": 1}


def test_the_record_is_written_before_the_letter_goes_and_can_stop_it(tmp_path: Path) -> None:
    def stop() -> None:
        raise LearningCycleError("not this one")

    with smtp_server() as server, mailer_to(server, tmp_path) as mailer:
        with pytest.raises(LearningCycleError, match="not this one"):
            mailer.hand_over(LETTER, to=TO, message_id="<1@board.example>", before_data=stop)
        send(mailer, to="bob@board.example")

    assert [received.to for received in server.behaviour.received] == ["bob@board.example"]
    assert server.behaviour.connections == 1


def test_no_recipient_gets_into_a_log_however_much_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with smtp_server() as server, mailer_to(server, tmp_path) as mailer:
        caplog.set_level(logging.DEBUG, logger="yagmail.log")
        send(mailer)

    assert [received.to for received in server.behaviour.received] == [TO]
    assert [record.getMessage() for record in caplog.records if record.name.startswith("yagmail")] == []
