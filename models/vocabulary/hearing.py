"""Who hears of a deadline, and what somebody may switch off."""

from models.vocabulary.term import Term


class Rung(Term):
    """The ladder that a deadline climbs: its owner first and, where nothing happens, one rung after the other."""

    OWNER = "owner"
    BUSINESS_MANAGER = "business-manager"
    SUB_GROUP_CHAIR = "chair-of-the-sub-group"
    INDEPENDENT_CHAIR = "independent-chair"


ABOVE = tuple(rung for rung in Rung if rung is not Rung.OWNER)


class Hears(Term):
    """The kinds of e-mail that a person may switch off, unless the framework makes them a duty."""

    OPENED = "what-is-given-to-me"
    AHEAD = "before-a-deadline"
    PASSED = "on-a-deadline-and-after-it"
    ESCALATED = "what-others-have-not-done"
    NEWS = "what-changes-in-a-review"
    WEEKLY = "the-week"
    MONTHLY = "the-month"
