"""For machines that watch the installation: whether the database answers, and whether the rounds are made."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from dashboard.site import Site
from models.record import Heartbeat

router = APIRouter()

LONGEST_SILENCE: Mapping[str, timedelta] = {
    "deliver": timedelta(minutes=10),  # made every minute
    "remind": timedelta(hours=26),  # made every morning
    "end-publication": timedelta(hours=26),
}


@router.get("/health")
def health(request: Request) -> JSONResponse:
    """200 when all is well; 503 when the database does not answer or a round has fallen silent."""
    site: Site = request.app.state.site
    try:
        beats = last_beats(site)
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


def last_beats(site: Site) -> dict[str, datetime]:
    """When each round was last made."""
    with site.store.reading() as session:
        return dict(session.exec(select(Heartbeat.name, Heartbeat.beat_at)).all())


def silent_rounds(beats: Mapping[str, datetime], *, since: datetime, now: datetime) -> list[str]:
    """The rounds that are overdue; one never made yet counts from when the dashboard was started, `since`."""
    return [name for name, limit in LONGEST_SILENCE.items() if now - max(beats.get(name, since), since) > limit]
