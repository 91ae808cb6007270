"""What can go wrong between us and a mail server, sorted by what may be done about it."""

from textwrap import shorten

from models.errors import LearningCycleError
from models.vocabulary import OutageCause

LONGEST_ANSWER = 300


class MailTrouble(LearningCycleError):
    """The base of what a hand-over can end in; `str()` of it holds the server's own words."""


class Refused(MailTrouble):
    """Raised when the server will never take this message (a 5xx answer): mend the address first."""


class Deferred(MailTrouble):
    """Raised when the server has not taken this message and may do so later (a 4xx answer)."""


class Dropped(Deferred):
    """Raised when the connection broke, or went silent, before the server can have taken the message."""


class ServerAway(Deferred):
    """Raised when the server takes nothing from us at the moment, for this cause."""

    def __init__(self, words: str, cause: OutageCause) -> None:
        super().__init__(words)
        self.cause = cause


class InDoubt(MailTrouble):
    """Raised when the connection broke after the whole message was sent and before the server answered."""


class NothingLeftToSay(LearningCycleError):
    """Raised when what a letter was to say no longer holds, so that it must not be sent."""


def in_short(words: bytes | str) -> str:
    """A server's words on one line of at most 300 characters, without control characters."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    plain = "".join(letter if letter.isprintable() else " " for letter in text)
    return shorten(plain, LONGEST_ANSWER, placeholder=" …")
