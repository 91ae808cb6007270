"""Handing letters to the mail server. The only place that knows yagmail 0.16.0 and its traps."""

import logging
import secrets
import smtplib
import ssl
from collections.abc import Callable
from email.errors import MessageError
from email.headerregistry import Address, HeaderRegistry
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import localtime, parseaddr
from functools import cache, lru_cache
from typing import Any

import yagmail

from casework.delivery.smtp import (
    SECONDS_TO_WAIT,
    Connection,
    EncryptedConnection,
    LogInRefused,
    MailServer,
    cause_of,
    server_of,
    words_of,
)
from casework.letters.frames import Letter
from casework.outbox.mail_errors import Dropped, Refused, ServerAway
from casework.record.settings import Settings
from models.errors import LearningCycleError

ALIKE = frozenset(("from", "auto-submitted", "mime-version", "content-type", "content-transfer-encoding"))
REMEMBERED = 100
SENDER_NAME = "Learning cycle"
UNHEARD = logging.Logger("yagmail", logging.CRITICAL + 1)  # noqa: LOG001 # below no other, so nobody turns it up


class KnownHeaders(HeaderRegistry):
    """Headers that are alike in all letters are parsed once; the standard library makes even their classes again."""

    def __getitem__(self, name: str) -> Any:
        """The class of a header."""
        return class_of(name)

    def __call__(self, name: str, value: Any) -> Any:
        """The header with this value."""
        return (
            parsed(name, value) if name.lower() in ALIKE and isinstance(value, str) else super().__call__(name, value)
        )


class KnownLines(EmailPolicy):
    """The same for the lines that headers become. Parsing and folding took half the time of writing a message."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The header as it travels."""
        return folded(name, value) if name.lower() in ALIKE else super().fold_binary(name, value)


@cache
def class_of(name: str) -> Any:
    """The class of a header."""
    return HeaderRegistry()[name]


@lru_cache(REMEMBERED)
def parsed(name: str, value: str) -> Any:
    """A header that was met before, perhaps."""
    return class_of(name)(name, value)


@lru_cache(REMEMBERED)
def folded(name: str, value: Any) -> bytes:
    """Its lines."""
    return EmailPolicy.fold_binary(SEVEN_BITS, name, value)


# eight-bit lines were refused by servers as too long
SEVEN_BITS = KnownLines(linesep="\r\n", cte_type="7bit", header_factory=KnownHeaders())


def checked_address(address: str) -> str:
    """The address, if it is one that every mail server understands; raises ValueError."""
    name, _, place = address.rpartition("@")
    if not (name and place and address.isascii() and address.isprintable()):
        raise ValueError("not an address in ASCII letters")
    return address


def one_line(value: str) -> str:
    """A value that is safe in a header: no line ends, no control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in value).split())


class Mailer(yagmail.SMTP):  # type: ignore[misc] # yagmail is not typed
    """One connection to one mail server, for any number of letters. Not to be shared between threads."""

    smtp: Connection | None

    def __init__(self, server: MailServer, *, sender: str) -> None:
        """`sender` is an address, or "Name <address>"; raises LearningCycleError when it is neither."""
        name, address = parseaddr(sender)
        if "@" not in address:
            raise LearningCycleError(
                f"‘{sender}’ is not an address to send from. Set LEARNING_CYCLE_MAIL_FROM to one such as "
                "‘learning-cycle@board.example’."
            )
        self.server = server
        context = None if server.security == "none" else ssl.create_default_context(cafile=server.ca_file)
        super().__init__(
            {address: name or SENDER_NAME},
            host=server.host,
            port=server.port,
            smtp_ssl=server.security == "tls",
            smtp_starttls={"context": context} if server.security == "starttls" else False,
            smtp_skip_login=True,
            soft_email_validation=False,
            timeout=server.seconds,
            local_hostname=server.local_hostname,
            **({"context": context} if server.security == "tls" else {}),
        )
        self.set_logging(None)
        self.log = UNHEARD  # its own names recipients

    @property
    def connection(self) -> type[Connection]:
        """The class of the connections that yagmail opens."""
        return EncryptedConnection if self.ssl else Connection

    def hand_over(
        self, letter: Letter, *, to: str, message_id: str, before_data: Callable[[], None] = lambda: None
    ) -> None:
        """Hand one letter to the server; returns once the server has taken responsibility for it.

        `message_id` as it stands in the header, with angle brackets; the same for every repeat of the letter.
        `before_data` is called when the server has agreed to the recipient, just before the letter is sent.
        Raises Refused, Deferred (with ServerAway and Dropped) and InDoubt; see casework.outbox.mail_errors.
        """
        self.login()
        assert self.smtp is not None
        connection_was_used = self.smtp.was_used
        try:
            self.attempt(letter, to, message_id, before_data)
        except Dropped:
            if not connection_was_used:
                raise
            self.login()  # servers end long or idle conversations: once more, over a fresh connection
            self.attempt(letter, to, message_id, before_data)

    def attempt(self, letter: Letter, to: str, message_id: str, before_data: Callable[[], None]) -> None:
        """Hand a letter over on the connection there is."""
        assert self.smtp is not None
        self.smtp.before_data = before_data
        self.send(to, letter.subject, [letter], message_id=message_id)

    def login(self) -> None:
        """Connect and log in, unless that has been done; raises ServerAway when it cannot be."""
        if self.smtp is not None and self.smtp.sock is not None:
            return
        self.smtp = None
        try:
            super().login()
            self.say_who_we_are()
        except (OSError, ValueError) as trouble:
            self.close()
            words = f"The mail server {self.server.host}:{self.server.port} cannot be used: {words_of(trouble)}"
            raise ServerAway(words, cause_of(trouble)) from trouble

    def say_who_we_are(self) -> None:
        """Log in where a user is configured; the sender's address is no user name."""
        if self.smtp is not None and self.server.user is not None:
            try:
                self.smtp.login(self.server.user, self.server.password or "")
            except smtplib.SMTPServerDisconnected:
                raise
            except smtplib.SMTPException as trouble:  # no right to, or no common way to say who we are
                raise LogInRefused(words_of(trouble)) from trouble

    def prepare_send(  # the parameters are yagmail's; its send() gives them all, by position
        self,
        to: str,
        subject: str,
        contents: list[Letter],
        attachments: Any = None,
        cc: Any = None,
        bcc: Any = None,
        headers: Any = None,
        prettify_html: bool = False,
        message_id: str | None = None,
        group_messages: bool = False,
    ) -> tuple[list[str], bytes]:
        """The recipient and the message in bytes; raises Refused for an address that no message can carry."""
        try:
            message = self.message(to, subject, contents[0], message_id or "")
            message.set_boundary(f"=_{secrets.token_hex(16)}_=")  # else one is sought that does not occur in the words
            return [to], message.as_bytes()
        except (ValueError, MessageError, IndexError) as wrong:
            raise Refused(
                "The address cannot be written in an e-mail. Correct it: it must look like name@place."
            ) from wrong

    def message(self, to: str, subject: str, letter: Letter, message_id: str) -> EmailMessage:
        """A letter as an e-mail: plain text, HTML, its calendar entry; no machine is to answer it [RFC 3834]."""
        message = EmailMessage(policy=SEVEN_BITS)
        message["From"] = Address(one_line(self.useralias), addr_spec=self.user)
        message["To"] = Address(addr_spec=checked_address(to))
        message["Subject"] = one_line(subject)
        if letter.reply_to:
            message["Reply-To"] = [Address(addr_spec=address) for address in letter.reply_to]
        message["Date"] = localtime()
        message["Message-ID"] = one_line(message_id)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        message.add_alternative(letter.html, subtype="html")
        if letter.calendar is not None:  # the last and so the preferred part; the entry has the same method [RFC 6047]
            message.add_alternative(
                letter.calendar.content, subtype="calendar", params={"method": letter.calendar.method}
            )
        return message

    def close(self) -> None:
        """End the conversation, politely where the server still listens."""
        self.is_closed = True
        if self.smtp is not None:
            try:
                self.smtp.quit()
            except OSError:  # which SMTPException is a kind of
                self.smtp.close()
        self.smtp = None


def mailer_for(settings: Settings, *, seconds: float = SECONDS_TO_WAIT) -> Mailer:
    """A mailer for the configured server, or for the local one; it connects with the first letter.

    `seconds` is the longest wait for any one answer. Raises LearningCycleError when the sender is no address.
    """
    return Mailer(server_of(settings, seconds), sender=settings.mail_from)
