"""What is asked of one person by a link in a letter, and what they may say to it."""

from models.vocabulary.term import Term


class TaskKind(Term):
    """The kind of task that a signed link opens. A link holds its place in this list: members are only ever added.

    report: an agency's report or chronology. action: progress and evidence. invitation: to a meeting. terms: a draft
    of the terms of reference. contribution: a practitioner's answers to the five questions.
    """

    REPORT = "report"
    ACTION = "action"
    INVITATION = "invitation"
    TERMS = "terms"
    CONTRIBUTION = "contribution"


class LinkState(Term):
    """What a link comes to when it is followed.

    open: it opens its task. gone: there is no such task any more. not-yours: somebody else answers now. over: the
    review has ended. ended: somebody has ended it. replaced: this person was asked again, about a newer draft.
    renewed: a newer one was sent. done: the task is done. used: this person has answered. expired: it has held its
    time. waits: the review is on hold.
    """

    OPEN = "open"
    GONE = "gone"
    NOT_YOURS = "not-yours"
    OVER = "over"
    ENDED = "ended"
    REPLACED = "replaced"
    RENEWED = "renewed"
    DONE = "done"
    USED = "used"
    EXPIRED = "expired"
    WAITS = "waits"


class Agreement(Term):
    """What somebody says to a draft of the terms of reference."""

    AGREES = "agrees"
    COMMENTS = "agrees-with-comments"
    DISAGREES = "does-not-agree"
