"""What a link from a letter shows: its task with a form, in a frame that leads nowhere else, or why it opens none."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session, select

from casework.clock import london_day
from casework.demonstration.seeding import is_demonstration
from casework.framework.profiles import board
from casework.links.answer_forms import AnswerForm, answer_forms_of, every_way
from casework.links.answering import way_called
from casework.links.link_state import FollowedLink, follow_link
from casework.links.link_tasks import AskedTask
from casework.links.renewing import RENEWS
from casework.links.signed_links import PATH, form_token
from casework.record.act import Act
from casework.reviews.case import BY_LINK
from dashboard.fields import ASKS_FOR_FILE, Field, fields_of
from dashboard.mistakes import Problem, problems_of
from dashboard.presenters.answering import ASKS, filled_in, shown
from dashboard.presenters.local import local
from dashboard.presenters.recorded import Fact, recorded
from dashboard.presenters.shut_links import why_shut
from dashboard.shapes import Local
from dashboard.site import Site
from dashboard.templating import Frame, render
from models.kept import LARGEST
from models.record import JournalEntry
from models.vocabulary import Agreement, LinkState

AGREEING: Mapping[str, str] = {
    Agreement.AGREES: "I agree",
    Agreement.COMMENTS: "I agree, with comments",
    Agreement.DISAGREES: "I do not agree",
}
ALL_DONE = ("You can close this page", ["There is nothing more to do here."])
STATUSES = {None: HTTPStatus.NOT_FOUND, LinkState.WAITS: HTTPStatus.CONFLICT}  # gone, for every other


@dataclass(frozen=True)
class Typed:
    """What stands in the form, what is wrong with it, and for which rows another entry is wanted."""

    values: Mapping[str, object]
    errors: Mapping[str, str]
    another: str = ""
    status: int = 200


def ways(session: Session, followed: FollowedLink, request: Request) -> tuple[AnswerForm, ...]:
    """The ways in which the task of an open link can be answered now."""
    assert followed.asking is not None
    site: Site = request.app.state.site
    now = site.clock()
    return answer_forms_of(Act(session, followed.person, now, london_day(now)), followed.asking)


def page(request: Request, token: str, way: str, typed: Typed | None, entry: int | None = None) -> HTMLResponse:
    """The page of the task; or why the link does not open it."""
    site: Site = request.app.state.site
    with site.store.reading() as session:
        followed = follow_link(session, token, now=site.clock())
        thanks = thanks_for(session, followed, entry)
        demonstration = is_demonstration(session)
        if followed is None or followed.asking is None or followed.state is not LinkState.OPEN:
            return shut(session, request, token, followed, thanks, kept(followed, way, typed))
        open_ways = ways(session, followed, request)
        chosen = way_called(way, open_ways) if way else open_ways[0]
        today = london_day(site.clock())
        task = shown(session, followed.asking, today)
    typed = typed or Typed(filled_in(chosen.key, followed.asking, today), {})
    questions = asked(chosen, followed.asking, typed)
    return HTMLResponse(
        render(
            "pages/answer.html",
            frame=framed(
                request, followed.asking, problems_of(questions, typed.errors), thanks, demonstration=demonstration
            ),
            task=task,
            way=chosen,
            ask=ASKS[chosen.key],
            questions=questions,
            here=f"{PATH}{token}",
            csrf_token=form_token(site.store.journal_secret, token),
            others=[(each.key, ASKS[each.key].title) for each in open_ways if each is not chosen],
        ),
        typed.status,
    )


def asked(way: AnswerForm, asking: AskedTask, typed: Typed) -> tuple[Field, ...]:
    """The questions of one way, with the file last, where one is taken."""
    found = fields_of(way.form, typed.values, typed.errors, another=typed.another, local=words_of(asking))
    if not way.takes_file:
        return found
    wrong = typed.errors.get("file", "")
    return (*found, Field("file", "The file", ASKS_FOR_FILE, "file", error=wrong, required=False))


def words_of(asking: AskedTask) -> Local:
    """Answers under the board's own names; to a draft of the terms of reference in the first person."""
    return {**local(asking.review.board), Agreement: AGREEING}


def framed(
    request: Request, asking: AskedTask, problems: tuple[Problem, ...], thanks: str, *, demonstration: bool
) -> Frame:
    """What surrounds the page: the board's name, and no way into the product."""
    return Frame(
        request.state.csp_nonce,
        board=board(asking.review.board).name.value,
        problems=problems,
        success=thanks,
        alone=True,
        demonstration=demonstration,
    )


def kept(followed: FollowedLink | None, way: str, typed: Typed | None) -> tuple[Fact, ...]:
    """What somebody had typed when their link ceased to open its task: it is not recorded, and not lost either."""
    if followed is None or followed.asking is None or typed is None:
        return ()
    return recorded(way_called(way, every_way(followed.asking)).form, typed.values)


def shut(
    session: Session, request: Request, token: str, followed: FollowedLink | None, thanks: str, typed: tuple[Fact, ...]
) -> HTMLResponse:
    """Why a link opens nothing, and a new one to the address on record, where it would open something."""
    heading, sentences = ALL_DONE if thanks else why_shut(session, followed)
    frame = Frame(request.state.csp_nonce, success=thanks, alone=True)
    renews = followed is not None and followed.state in RENEWS and not thanks
    page = render(
        "pages/answer_shut.html",
        frame=frame,
        heading=heading,
        sentences=sentences,
        known=followed is not None,
        thanked=bool(thanks),
        renews=renews,
        here=f"{PATH}{token}" if renews else "",
        typed=typed,
        csrf_token=form_token(request.app.state.site.store.journal_secret, token) if renews else "",
    )
    state = followed.state if followed else None
    return HTMLResponse(page, HTTPStatus.OK if thanks else STATUSES.get(state, HTTPStatus.GONE))


THANKS = {
    "stage completed": "report",
    "report promised": "later",
    "action progress": "progress",
    "action evidenced": "evidence",
    "action assured": "assurance",
    "meeting answered": "coming",
    "terms answered": "terms",
    "questions answered": "questions",
}


def thanks_for(session: Session, followed: FollowedLink | None, number: int | None) -> str:
    """What an entry of the journal says to the person who has just made it by their link; nothing for any other."""
    if followed is None or followed.asking is None or number is None:
        return ""
    wanted = select(JournalEntry).where(
        JournalEntry.review_id == followed.asking.review.id, JournalEntry.number == number
    )
    entry = session.exec(wanted).first() if 0 < number <= LARGEST else None
    if entry is None or entry.actor_id != followed.person.id or not entry.detail.get(BY_LINK):
        return ""
    return ASKS[THANKS[entry.verb]].thanks if entry.verb in THANKS else ""
