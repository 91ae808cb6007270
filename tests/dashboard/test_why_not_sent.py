"""E-mails in trouble in plain words: why, and what to do."""

import pytest

from dashboard.presenters.outbox import ABOUT, REMEDIES, STANDS
from dashboard.presenters.why_not_sent import OUTAGES, Trouble, trouble
from models.vocabulary import MessageState, OutageCause, Template

REFUSED, GIVEN_UP, DEFERRED = MessageState.REFUSED, MessageState.GIVEN_UP, MessageState.DEFERRED
CORRECT, AGAIN, NOW = "Correct the address", "Send it again", "Try it now"
MENDED = "Fix the problem, then send it again"
UNKNOWN = "The mail server does not know the address."


def test_every_letter_state_and_cause_has_its_words() -> None:
    assert set(ABOUT) == set(Template)
    assert set(STANDS) == set(REMEDIES) == set(MessageState)
    assert set(OUTAGES) == set(OutageCause)


@pytest.mark.parametrize(
    ("state", "said", "reason", "remedy"),
    [
        (REFUSED, "550 5.1.1 <x@board.example>: user unknown", UNKNOWN, CORRECT),
        (REFUSED, "550 no such user", UNKNOWN, CORRECT),
        (
            REFUSED,
            "The address cannot be written in an e-mail. Correct it.",
            "No e-mail can carry this address.",
            CORRECT,
        ),
        (REFUSED, "550 5.7.1 Message rejected as spam", "The mail server treats the e-mail as spam.", MENDED),
        (REFUSED, "554 Blocked", "The mail server treats the e-mail as spam.", MENDED),
        (REFUSED, "552 5.2.2 Over quota", "The mailbox is full.", MENDED),
        (REFUSED, "500 What?", "The mail server will not take it.", MENDED),
        (GIVEN_UP, "452 4.2.2 Mailbox full", "The mailbox is full.", AGAIN),
        (GIVEN_UP, "450 4.2.1 Mailbox disabled", "The mailbox is not accepting e-mails at the moment.", AGAIN),
        (DEFERRED, "451 4.7.1 Greylisted", "The mail server asked us to try again later.", NOW),
        (DEFERRED, "The connection broke before …", "The connection to the mail server broke off.", NOW),
        (
            DEFERRED,
            "The server did not say whether it took the message: x",
            "The mail server did not confirm the e-mail: it may have arrived.",
            NOW,
        ),
        (GIVEN_UP, "The letter could not be written (ValidationError).", "", AGAIN),
        (MessageState.QUEUED, None, "", ""),
    ],
)
def test_what_a_server_said_is_explained_with_the_one_thing_to_do(
    state: MessageState, said: str | None, reason: str, remedy: str
) -> None:
    assert trouble(state, said) == Trouble(reason, remedy)
