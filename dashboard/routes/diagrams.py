"""A review type as a picture, for those who have a role on the board."""

from fastapi import APIRouter
from fastapi.responses import Response

from casework.framework.profiles import board
from casework.views.diagram.drawing import diagram
from dashboard.security import Visiting
from models.errors import NotAllowed, NotFound

router = APIRouter()
SVG = "image/svg+xml"


@router.get("/boards/{board_name}/{type_}/diagram.svg")
def picture(visit: Visiting, board_name: str, type_: str) -> Response:
    """The pipeline as the board runs it, with the steps of every methodology."""
    profile = board(board_name)
    if board_name not in visit.roles:
        raise NotAllowed(f"This page is for people who have a role on {profile.name.value}.")
    if profile.kind(type_) is None:
        raise NotFound(f"{profile.name.value} runs no {type_}. It runs: {', '.join(profile.reviews)}.")
    return Response(diagram(type_, board_name), media_type=SVG)
