"""For machines that watch the installation: whether the database answers, and whether the rounds are made."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from dashboard.rounds import LONGEST_SILENCE, last_beats, silent_rounds
from dashboard.site import Site

router = APIRouter()


@router.get("/health")
def health(request: Request) -> JSONResponse:
    """200 when all is well; 503 when the database does not answer or a round has fallen silent."""
    site: Site = request.app.state.site
    try:
        with site.store.reading() as session:
            beats = last_beats(session)
    except (SQLAlchemyError, OSError):
        return JSONResponse({"status": "trouble", "database": "unreachable"}, 503)
    silent = silent_rounds(beats, since=site.started_at, now=site.clock())
    return JSONResponse(
        {
            "status": "trouble" if silent else "ok",
            "database": "reachable",
            "rounds": {name: beat.isoformat() if (beat := beats.get(name)) else None for name in LONGEST_SILENCE},
            "silent": silent,
        },
        503 if silent else 200,
    )
