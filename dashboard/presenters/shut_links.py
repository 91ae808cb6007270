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
        "Part of it may be missing. Copy the whole link from your e-mail, and try again.",
    ),
    LinkState.GONE: (
        "This is no longer needed from you",
        "Nobody has to answer this now. You do not need to do anything.",
    ),
    LinkState.NOT_YOURS: (
        "This is with somebody else now",
        "Somebody else has taken this over, so your link no longer works. You do not need to do anything.",
    ),
    LinkState.OVER: ("This is no longer needed", "What this link was for has ended. You do not need to do anything."),
    LinkState.ENDED: (
        "This link has been ended",
        "We ended it so that nobody else can use it. You may still have to answer.",
    ),
    LinkState.REPLACED: (
        "There is a newer draft",
        "We have sent you a newer draft. Please answer that one: open the link in its e-mail.",
    ),
    LinkState.RENEWED: ("There is a newer link", "We have sent you a newer link. Open the one in the latest e-mail."),
    LinkState.DONE: ("This is done", "You do not need to do anything more."),
    LinkState.USED: (
        "You have answered already",
        "You do not need to do anything more. If you want to change your answer, you can ask for a new link.",
    ),
    LinkState.EXPIRED: (
        "This link has expired",
        "Links work only for a limited time, to keep the review safe. You can ask for a new one.",
    ),
    LinkState.WAITS: (
        "The review is on hold",
        "You do not need to do anything until it resumes. We will tell you then, and this link will work again.",
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
