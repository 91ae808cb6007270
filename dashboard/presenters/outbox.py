"""E-mails in plain words: what each is about, how it stands, and what can be done where it failed."""

from datetime import datetime

from casework.clock.wording import day_at_time
from models.record import MailOutage, OutboxMessage
from models.vocabulary import MessageState, Template

ABOUT = {
    Template.SIGN_IN: "Link to sign in",
    Template.STAGE_OPENED: "A stage has opened",
    Template.REMINDERS: "What is due, and what is overdue",
    Template.DIGEST_WEEKLY: "The week of the board",
    Template.DIGEST_MONTHLY: "The month of the board",
    Template.DIGEST_AGENCY: "The month of an agency",
    Template.DEADLINE_MOVED: "A deadline has moved",
    Template.REVIEW_HELD: "A review is on hold",
    Template.REVIEW_RESUMED: "A review goes on",
    Template.REVIEW_WITHDRAWN: "A review is withdrawn",
    Template.STAGE_ENDED: "A stage is no longer needed",
    Template.ACTION_ASSIGNED: "An action has been given",
    Template.ACTION_MOVED: "An action’s due date has moved",
    Template.ACTION_EVIDENCED: "An action waits for sign-off",
    Template.ACTION_REOPENED: "An action is reopened",
    Template.PUBLICATION_ENDED: "The time on the website is over",
    Template.MEETING_INVITED: "An invitation to a meeting",
    Template.MEETING_MOVED: "A meeting has another time or place",
    Template.MEETING_CANCELLED: "A meeting is cancelled",
    Template.MEETING_UNINVITED: "Somebody need not come to a meeting",
    Template.ANSWER_LINK: "A new link to answer by",
    Template.REPORT_PROMISED: "A report is announced for later",
    Template.TERMS_CIRCULATED: "A draft of the terms of reference",
    Template.QUESTIONS_ASKED: "The five questions to a practitioner",
}
STANDS = {
    MessageState.QUEUED: ("Waiting", "yellow"),
    MessageState.SENDING: ("Being sent", "blue"),
    MessageState.ACCEPTED: ("Sent", "green"),
    MessageState.DEFERRED: ("Put off", "orange"),
    MessageState.REFUSED: ("Refused", "red"),
    MessageState.GIVEN_UP: ("Given up", "red"),
    MessageState.RETRACTED: ("Not needed", "grey"),
}
REMEDIES = {
    MessageState.QUEUED: "It is sent within a minute.",
    MessageState.SENDING: "It is being handed to the mail server.",
    MessageState.ACCEPTED: "The mail server took it.",
    MessageState.DEFERRED: "The mail server has not taken it yet. It is tried again by itself, for three days.",
    MessageState.REFUSED: "The mail server will not take it. Correct the address, or mend the cause and send it again.",
    MessageState.GIVEN_UP: "It is not tried any more. Send it again once what kept it from going has been mended.",
    MessageState.RETRACTED: "What it was to say no longer held when its turn came, so it was not sent.",
}


def meaning(message: OutboxMessage, outage: MailOutage | None, *, now: datetime) -> str:
    """What the state of an e-mail means. One that waits goes at once only when its hour has come and a server is there.

    `outage` is there where the mail server takes nothing at the moment.
    """
    if message.state is MessageState.QUEUED and message.next_try_at > now:
        return f"It waits for its hour, and is not sent before {day_at_time(message.next_try_at)}."
    if message.state is MessageState.QUEUED and outage is not None:
        return "It goes of itself as soon as the mail server can be used again."
    return REMEDIES[message.state]
