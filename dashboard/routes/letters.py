"""The letters of a board: how each reads, in whose words, under which letterhead; for its business manager."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from casework.framework.profiles import board
from casework.letters import own_words
from casework.letters.checking import problems_of as problems_of_words
from casework.letters.frames import last_change, letterhead_of
from casework.letters.own_words import OwnWords
from casework.letters.previews import Preview, preview
from dashboard.headers import POLICY_OF_A_LETTER, policy_of_a_page_with_a_letter
from dashboard.mistakes import Problem
from dashboard.plain import lines_of_refusal
from dashboard.posted import text
from dashboard.presenters.letters import GUIDE, WHEN, items_of, listed, names_of
from dashboard.presenters.outbox import ABOUT
from dashboard.routes.letterheads import check_manages
from dashboard.security import Posted, Visiting
from dashboard.site import Visit, see
from models.errors import InputError, MoveRefused, NotAllowed, NotFound
from models.vocabulary import Template

router = APIRouter()
SAID = {
    "words": "The words are saved. Letters go out in them from now on.",
    "product": "Letters go out in the product’s words again.",
    "letterhead": "The letterhead is saved. Letters go out under it from now on.",
}


@dataclass(frozen=True)
class Draft:
    """Words that are being edited: as they were typed, the version they began from, and what is wrong with them."""

    source: str
    based_on: int
    wrong: tuple[str, ...] = ()
    looked_at: Preview | None = None


@router.get("/letters")
def boards(visit: Visiting) -> Response:
    """The boards whose letters this person decides on; where there is one, that one."""
    if not visit.manages:
        raise NotAllowed("Only a board’s business manager can change its letters. Ask them.")
    if len(visit.manages) == 1:
        return see(f"/letters/{visit.manages[0]}")
    named = [(name, board(name)) for name in visit.manages]
    return visit.page("letters_of_boards.html", visit.frame("letters"), boards=named)


@router.get("/letters/{board_name}")
def letters(visit: Visiting, board_name: str, saved: str = "") -> HTMLResponse:
    """Every letter that the product writes, with when it is sent and in whose words."""
    check_manages(visit, board_name)
    with visit.reading() as session:
        own = own_words.words_of_board(session, board_name)
        letterhead, change = letterhead_of(session, board_name), last_change(session, board_name)
    frame = visit.frame("letters", board_name, SAID.get(saved, ""))
    return visit.page(
        "letters.html", frame, letters=listed(own), letterhead=letterhead, change=change, here=f"/letters/{board_name}"
    )


@router.get("/letters/{board_name}/{template}")
def letter(visit: Visiting, board_name: str, template: str, version: int = 0, saved: str = "") -> HTMLResponse:
    """How a letter reads, and its words to edit: those of today, or of an earlier version."""
    chosen = found(visit, board_name, template)
    with visit.reading() as session:
        draft = draft_of(session, board_name, chosen, version)
    return letter_page(visit, board_name, chosen, draft, SAID.get(saved, ""))


@router.get("/letters/{board_name}/{template}/letter")
def as_sent(visit: Visiting, board_name: str, template: str) -> HTMLResponse:
    """The letter itself, as a mail program shows it; its links lead nowhere here."""
    chosen = found(visit, board_name, template)
    with visit.reading() as session:
        shown = look(visit, session, board_name, chosen, own_words.own_words(session, board_name, chosen))
    return HTMLResponse(shown.letter.html, headers={"Content-Security-Policy": POLICY_OF_A_LETTER})


@router.post("/letters/{board_name}/{template}")
def change_words(visit: Visiting, board_name: str, template: str, data: Posted) -> Response:
    """Save the words that were typed, or only look at how they read."""
    chosen = found(visit, board_name, template)
    source, based_on = text(data, "words"), text(data, "based_on")
    draft = Draft(source, int(based_on) if based_on.isdecimal() else 0)
    if text(data, "do") == "look":
        return looked_at(visit, board_name, chosen, draft)
    try:
        with visit.transaction() as session:
            own_words.save_words(
                session, board_name, chosen, source, based_on=draft.based_on, by=visit.person, now=visit.now
            )
    except (InputError, MoveRefused) as wrong:
        return letter_page(visit, board_name, chosen, Draft(source, draft.based_on, lines_of_refusal(wrong)))
    return see(f"/letters/{board_name}/{chosen}?saved=words")


@router.post("/letters/{board_name}/{template}/leave")
def leave_words(visit: Visiting, board_name: str, template: str, data: Posted) -> Response:
    """Go back to the product's words."""
    chosen = found(visit, board_name, template)
    based_on = text(data, "based_on")
    with visit.transaction() as session:
        own_words.leave_own_words(
            session,
            board_name,
            chosen,
            based_on=int(based_on) if based_on.isdecimal() else 0,
            by=visit.person,
            now=visit.now,
        )
    return see(f"/letters/{board_name}/{chosen}?saved=product")


def found(visit: Visit, board_name: str, template: str) -> Template:
    """The letter that an address names, for the business manager of the board that it names."""
    check_manages(visit, board_name)
    if template not in list(Template):
        raise NotFound("There is no such letter. Open it from the list of letters.")
    return Template(template)


def look(visit: Visit, session: Session, board_name: str, template: Template, own: OwnWords | None) -> Preview:
    """How a letter reads in these words."""
    return preview(session, board_name, template, own, settings=visit.site.settings, today=visit.today)


def draft_of(session: Session, board_name: str, template: Template, version: int) -> Draft:
    """The words to begin editing from: an earlier version where one is asked for, else those in use."""
    kept = own_words.versions_of_words(session, board_name, template)
    newest = kept[0].number if kept else 0
    asked = next((each.source for each in kept if each.number == (version or newest)), None)
    return Draft(asked or own_words.product_source(template), newest)


def looked_at(visit: Visit, board_name: str, template: Template, draft: Draft) -> HTMLResponse:
    """The page with how the words that were typed would read; nothing is saved."""
    source = own_words.tidy_source(draft.source)
    if wrong := problems_of_words(template, source):
        return letter_page(visit, board_name, template, Draft(draft.source, draft.based_on, tuple(wrong)))
    with visit.reading() as session:
        shown = look(visit, session, board_name, template, OwnWords(source, 0))
    return letter_page(visit, board_name, template, Draft(draft.source, draft.based_on, looked_at=shown))


def letter_page(visit: Visit, board_name: str, template: Template, draft: Draft, success: str = "") -> HTMLResponse:
    """The page of one letter; what was typed is in it again."""
    with visit.reading() as session:
        own = own_words.own_words(session, board_name, template)
        shown = look(visit, session, board_name, template, own)
        kept = own_words.versions_of_words(session, board_name, template)
    problems = tuple(Problem(sentence, "words") for sentence in draft.wrong)
    answer = visit.page(
        "letter.html",
        visit.frame("letters", board_name, success, problems),
        status=422 if problems else 200,
        here=f"/letters/{board_name}/{template}",
        back=f"/letters/{board_name}",
        about=ABOUT[template],
        when=WHEN[template],
        shown=shown,
        own=own,
        draft=draft,
        versions=kept,
        guide=GUIDE,
        names=names_of(template),
        items=items_of(template),
        may_be_worded=own_words.is_of_a_board(template),
    )
    answer.headers["Content-Security-Policy"] = policy_of_a_page_with_a_letter(visit.request.state.csp_nonce)
    return answer
