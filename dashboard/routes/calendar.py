"""A person's own calendar: their meetings, and the secret address at which a calendar program asks for it."""

import hashlib
from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import ValidationError
from sqlmodel import Session
from starlette.responses import Response

from casework.clock import london_day
from casework.meetings import answering
from casework.meetings.lookup import meetings_of_person
from casework.record.act import Act
from casework.views import calendar_feed
from dashboard.fields import fields_of
from dashboard.mistakes import errors_of, problems_of
from dashboard.posted import read_form, text
from dashboard.presenters.meetings import MyMeeting, my_meetings
from dashboard.security import Posted, Visiting
from dashboard.site import Number, Site, Visit, see
from models.errors import NotFound
from models.forms.meeting import Coming

router = APIRouter()
NOT_STORED = "private, no-cache"  # asked after each time, so that an address that was renewed is dead at once


@router.get("/calendar")
def calendar(visit: Visiting) -> HTMLResponse:
    """Somebody's meetings to come, and whether their calendar has an address."""
    return page(visit)


@router.post("/calendar/address")
def renew(visit: Visiting, data: Posted) -> HTMLResponse:
    """Give the calendar an address, or another one; it is shown this once.

    `instead_of` says when the one was made that was there when the page was. A page that is loaded again sends its
    form again: that ends no address which has been made since, for it may be in somebody’s calendar program already.
    """
    made = ""
    with visit.transaction() as session:
        if text(data, "instead_of") == made_at(session, visit):
            made = calendar_feed.new_address(session, visit.person, address=visit.site.settings.address, now=visit.now)
    return page(visit, made)


def made_at(session: Session, visit: Visit) -> str:
    """When the address of the visitor's calendar was made, as the form has it; empty where there is none."""
    there = calendar_feed.feed_of(session, visit.id)
    return there.made_at.isoformat() if there else ""


@router.post("/calendar/end")
def end(visit: Visiting, data: Posted) -> Response:  # noqa: ARG001 -- the same
    """Let nobody read it any more."""
    with visit.transaction() as session:
        calendar_feed.end_address(session, visit.person)
    return see("/calendar")


def page(visit: Visit, made: str = "") -> HTMLResponse:
    """The page; `made` is an address that has just been made."""
    with visit.reading() as session:
        found = my_meetings(meetings_of_person(session, visit.id, since=visit.today), visit.now)
        there = calendar_feed.feed_of(session, visit.id)
    return visit.page(
        "calendar.html",
        visit.frame("calendar"),
        meetings=found,
        made=made,
        since=there.made_at if there else None,
        days=calendar_feed.SHOWN_BACK.days,
    )


@router.get("/calendar/meetings/{number}")
def ask_whether(visit: Visiting, number: Number) -> HTMLResponse:
    """Ask whether they come to a meeting; what they answered before is filled in."""
    found = asked(visit, number)
    return coming(visit, found, found.said, {})


@router.post("/calendar/meetings/{number}")
def say_whether(visit: Visiting, number: Number, data: Posted) -> Response:
    """Put their answer on record, or ask again with what is wrong."""
    found, values = asked(visit, number), read_form(Coming, data)
    try:
        form = Coming.model_validate(values)
    except ValidationError as wrong:
        return coming(visit, found, values, errors_of(wrong, Coming))
    with visit.transaction() as session:
        answering.answer_invitation(Act(session, None, visit.now, visit.today), number, form.response, form.why_not)
    return see("/calendar")


def asked(visit: Visit, number: int) -> MyMeeting:
    """Their own invitation, while it can be answered; raises NotFound."""
    with visit.reading() as session:
        found = my_meetings(meetings_of_person(session, visit.id, since=visit.today), visit.now)
    mine = next((each for each in found if each.number == number), None)
    if mine is None:
        raise NotFound("You cannot answer that invitation. Your calendar lists the ones you can answer.")
    return mine


def coming(visit: Visit, found: MyMeeting, values: Mapping[str, object], errors: Mapping[str, str]) -> HTMLResponse:
    """The page of the question."""
    questions = fields_of(Coming, values, errors)
    frame = visit.frame("calendar", problems=problems_of(questions, errors))
    return visit.page("coming.html", frame, status=422 if errors else 200, meeting=found, questions=questions)


@router.api_route("/calendar/{token}.ics", methods=["GET", "HEAD"])
def subscribed(request: Request, token: str) -> Response:
    """The calendar behind a secret address, for the program that asks; it needs no other key. Raises NotFound."""
    site: Site = request.app.state.site
    with site.store.reading() as session:
        found = calendar_feed.owner_of_address(session, token)
        if found is None:
            raise NotFound("There is nothing at this address. Check it, or start from the front page.")
        content = calendar_feed.calendar_of(
            session, found, address=site.settings.address, today=london_day(site.clock())
        )
    headers = {"Cache-Control": NOT_STORED, "ETag": f'"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)
