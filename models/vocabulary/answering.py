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
