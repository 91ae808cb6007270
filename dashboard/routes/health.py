"""For machines that watch the installation: whether the database answers, rounds are made and e-mails go."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from casework.outbox.rounds import ROUNDS, WORKER
from dashboard.rounds import Watched, watch
from dashboard.site import Site

router = APIRouter()


@router.get("/health")
def health(request: Request) -> JSONResponse:
    """200 when all is well; 503 when the database does not answer, a round or the worker is silent, or mail waits.

    Soon after a start it is "starting", with 200: from when on silence and mail are judged is said instead of them.
    """
    site: Site = request.app.state.site
    try:
        with site.store.reading() as session:
            seen = watch(session, since=site.started_at, now=site.clock())
    except (SQLAlchemyError, OSError):
        return JSONResponse({"status": "trouble", "database": "unreachable"}, 503)
    return JSONResponse(told(seen), 200 if seen.is_well else 503)


def told(seen: Watched) -> dict[str, object]:
    """What a machine is told: times and numbers, and nothing of what anybody wrote."""
    last = iso(seen.beats.get(WORKER))
    known = {
        "database": "reachable",
        "rounds": {one.name: iso(seen.beats.get(one.name)) for one in ROUNDS},
    }
    if seen.judged_from:
        return {"status": "starting", "judged_from": iso(seen.judged_from), "worker": {"last": last}, **known}
    return {
        "status": "ok" if seen.is_well else "trouble",
        "worker": {"last": last, "silent": seen.worker_is_silent},
        **known,
        "silent": list(seen.silent),
        "mail": {"waiting": seen.mail.number, "since": iso(seen.mail.since)} if seen.mail else None,
    }


def iso(moment: datetime | None) -> str | None:
    """An instant for machines."""
    return moment.isoformat() if moment else None
