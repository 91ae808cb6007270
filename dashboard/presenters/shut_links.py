"""Why a link opens nothing: kindly, and without a word about the task to whom it is not for."""

from collections.abc import Mapping

from sqlmodel import Session

from casework.clock.wording import day
from casework.links.link_state import FollowedLink
from casework.links.task_titles import title_of
from models.review import Stage
from models.vocabulary import LinkState

SHUT: Mapping[LinkState | None, tuple[str, str]] = {
    None: (
        "This link does not work",
        "It may have been cut off on its way. Copy the whole of it from your e-mail, and try again.",
    ),
    LinkState.GONE: ("This is not asked any more", "It is asked of nobody now. You need do nothing."),
    LinkState.NOT_YOURS: (
        "This is with somebody else now",
        "Somebody else has taken it over, so your link opens it no longer. You need do nothing.",
    ),
    LinkState.OVER: ("This is not needed any more", "What it was for has ended. You need do nothing."),
    LinkState.ENDED: (
        "This link has been ended",
        "It was ended so that nobody can use it who should not. What you were asked may still be open.",
    ),
    LinkState.REPLACED: (
        "There is a newer draft",
        "A newer one was sent to you, and that is the one to answer. Open the link in the e-mail about it.",
    ),
    LinkState.RENEWED: ("There is a newer link", "A newer one was sent. Open the one in the latest e-mail."),
    LinkState.DONE: ("This is done", "There is nothing more to do."),
    LinkState.USED: (
        "You have answered already",
        "There is nothing more to do. If you want to change your answer, you can ask for a new link.",
    ),
    LinkState.EXPIRED: (
        "This link has expired",
        "A link opens something for a limited time, so that an old e-mail is no risk. You can ask for a new one.",
    ),
    LinkState.WAITS: (
        "The review is on hold",
        "You need do nothing until it goes on. You are told when it does, and this link works again then.",
    ),
}


def why_shut(session: Session, followed: FollowedLink | None) -> tuple[str, list[str]]:
    """Why a link opens nothing: a heading and kind sentences. Only its own person hears which task that was."""
    heading, sentence = SHUT[followed.state if followed else None]
    if followed is None or followed.asking is None or followed.on is None:
        return heading, [sentence]
    own = followed.state is LinkState.USED or is_theirs(followed)
    what = title_of(session, followed.asking)
    said = f"You answered on {day(followed.on)}." if own else f"‘{what}’ was completed on {day(followed.on)}."
    return SHUT[LinkState.USED][0] if own else heading, [said, sentence]


def is_theirs(followed: FollowedLink) -> bool:
    """Whether it was this person who did what the link was for."""
    row = followed.asking.row if followed.asking else None
    return isinstance(row, Stage) and row.closed_by == followed.link.person_id
