"""What a mail server’s words mean to somebody who wants an e-mail to arrive, and the one thing to do."""

import re
from dataclasses import dataclass

from models.vocabulary import MessageState, OutageCause

ADDRESS = "The mail server does not know the address."
REASONS = (  # the first that fits; the second number of an answer’s longer code says what it is about [RFC 3463]
    (r"cannot be written in an e-mail", "No e-mail can carry this address."),
    (r"^[45]\d\d[ -][45]\.1\.", ADDRESS),
    (r"^[45]\d\d[ -][45]\.2\.2|^[45]52", "The mailbox is full."),
    (r"^[45]\d\d[ -][45]\.2\.", "The mailbox is not accepting e-mails at the moment."),
    (r"^5\d\d[ -]5\.7\.|^554|^571", "The mail server treats the e-mail as spam."),
    (r"^4", "The mail server asked us to try again later."),
    (r"^550|^551|^553|^501", ADDRESS),
    (r"^5", "The mail server will not take it."),
    (r"The connection broke", "The connection to the mail server broke off."),
    (r"did not say whether", "The mail server did not confirm the e-mail: it may have arrived."),
)
REMEDIES = {
    MessageState.DEFERRED: "Try it now",
    MessageState.REFUSED: "Fix the problem, then send it again",
    MessageState.GIVEN_UP: "Send it again",
}
OUTAGES = {
    OutageCause.UNREACHABLE: (
        "The mail server cannot be reached",
        "check that it is running, and that LEARNING_CYCLE_SMTP_HOST and LEARNING_CYCLE_SMTP_PORT name it",
    ),
    OutageCause.UNTRUSTED: (
        "The mail server cannot be trusted: the connection is not encrypted as it should be",
        "look at LEARNING_CYCLE_SMTP_SECURITY, and at LEARNING_CYCLE_SMTP_CA_FILE where the server vouches for itself",
    ),
    OutageCause.LOG_IN: (
        "The mail server does not accept the log-in",
        "set LEARNING_CYCLE_SMTP_USER and LEARNING_CYCLE_SMTP_PASSWORD to what it accepts, and start the product again",
    ),
    OutageCause.SENDER: (
        "The mail server does not accept the address that e-mails are sent from",
        "set LEARNING_CYCLE_MAIL_FROM to one that it accepts, and start the product again",
    ),
    OutageCause.BREAKS_OFF: (
        "The mail server breaks off one conversation after another",
        "ask those who run the mail server",
    ),
}
CORRECT = "Correct the address"


@dataclass(frozen=True)
class Trouble:
    """Why an e-mail has not gone, and what to do first; `reason` is empty where the words speak for themselves."""

    reason: str
    remedy: str

    @property
    def at_address(self) -> bool:
        """Whether the address is what is wrong."""
        return self.remedy == CORRECT


def trouble(state: MessageState, said: str | None) -> Trouble:
    """What is the matter with an e-mail in this state, of which this was said."""
    reason = next((plain for pattern, plain in REASONS if re.search(pattern, said or "")), "")
    at_address = state is MessageState.REFUSED and reason in (ADDRESS, REASONS[0][1])
    return Trouble(reason, CORRECT if at_address else REMEDIES.get(state, ""))
