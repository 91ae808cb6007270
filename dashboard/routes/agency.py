"""What an agency owes, for its safeguarding lead."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from casework.framework.profiles import board
from casework.letters.digests import of_the_agency
from casework.people.directory import names
from casework.views.overview import agency_names
from dashboard.presenters.reviews import owing
from dashboard.security import Visiting
from models.errors import NotAllowed
from models.remedies import AppointToBoard
from models.vocabulary import Role

router = APIRouter()


@router.get("/agency")
def agency(visit: Visiting) -> HTMLResponse:
    """The open reports, chronologies and actions of the agency, board by board; raises NotAllowed for anybody else."""
    boards = sorted(name for name, held in visit.roles.items() if Role.SAFEGUARDING_LEAD in held)
    if not boards:
        raise NotAllowed(
            "This page is for the safeguarding lead of an agency.",
            remedy=AppointToBoard(role=Role.SAFEGUARDING_LEAD, email=visit.person.email, organisation=True),
        )
    theirs = []
    with visit.reading() as session:
        for name in boards:
            found = of_the_agency(session, name, visit.person.organisation)
            rows = owing(found, names(session, {each.owner_id for each in found}), agency_names(session, found))
            theirs.append((board(name).name.value, rows))
    return visit.page("agency.html", visit.frame("agency"), organisation=visit.person.organisation, boards=theirs)
