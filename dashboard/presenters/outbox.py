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
    Template.REVIEW_RESUMED: "A review has resumed",
    Template.REVIEW_WITHDRAWN: "A review is withdrawn",
    Template.STAGE_ENDED: "A stage is no longer needed",
    Template.ACTION_ASSIGNED: "An action has been given",
    Template.ACTION_MOVED: "An action’s due date has moved",
    Template.ACTION_EVIDENCED: "An action is ready for sign-off",
    Template.ACTION_REOPENED: "An action is reopened",
    Template.PUBLICATION_ENDED: "The report may come off the website",
    Template.MEETING_INVITED: "An invitation to a meeting",
    Template.MEETING_MOVED: "A meeting has a new time or place",
    Template.MEETING_CANCELLED: "A meeting is cancelled",
    Template.MEETING_UNINVITED: "Somebody no longer needs to come to a meeting",
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
    MessageState.QUEUED: "We will send it within a minute.",
    MessageState.SENDING: "We are handing it to the mail server.",
    MessageState.ACCEPTED: "The mail server took it.",
    MessageState.DEFERRED: "The mail server has not taken it yet. We will keep trying for three days.",
    MessageState.REFUSED: "The mail server will not take it. Correct the address, or fix the problem and send it "
    "again.",
    MessageState.GIVEN_UP: "We have stopped trying. Fix the problem, then send it again.",
    MessageState.RETRACTED: "It was out of date by the time it was due to go, so we did not send it.",
}


def meaning(message: OutboxMessage, outage: MailOutage | None, *, now: datetime) -> str:
    """What the state of an e-mail means. One that waits goes at once only when its hour has come and a server is there.

    `outage` is there where the mail server takes nothing at the moment.
    """
    if message.state is MessageState.QUEUED and message.next_try_at > now:
        return f"We will not send it before {day_at_time(message.next_try_at)}."
    if message.state is MessageState.QUEUED and outage is not None:
        return "We will send it automatically as soon as the mail server works again."
    return REMEDIES[message.state]
