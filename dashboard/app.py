"""The dashboard: every route stands behind one guard, every page in one frame."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from fastapi import Depends, FastAPI
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.staticfiles import StaticFiles

from casework.record.settings import Settings
from casework.record.store import Store, open_store
from dashboard import refusals
from dashboard.headers import SecurityHeaders
from dashboard.routes import (
    actions,
    agency,
    answer,
    asking,
    boards,
    calendar,
    diagrams,
    documents,
    forecast,
    health,
    hearing,
    launch,
    letterheads,
    letters,
    links,
    mailbox,
    meetings,
    methodology,
    outbox,
    participation,
    principles,
    processes,
    refer,
    review,
    reviews,
    sign_in,
    stage,
    steering,
)
from dashboard.security import LARGEST_FORM, guard
from dashboard.site import Site, this_moment

STATIC = Path(__file__).resolve().parent / "static"
ROUTES = (
    sign_in,
    answer,
    health,
    reviews,
    review,
    stage,
    documents,
    actions,
    participation,
    principles,
    processes,
    meetings,
    steering,
    methodology,
    refer,
    launch,
    letterheads,
    letters,
    outbox,
    mailbox,
    boards,
    diagrams,
    forecast,
    calendar,
    asking,
    links,
    hearing,
    agency,
)


def create_app(
    settings: Settings, store: Store | None = None, *, clock: Callable[[], datetime] = this_moment
) -> FastAPI:
    """The app of one installation; it opens the store of `settings` unless it is given one."""
    # no page of its own about its routes: those would stand before the guard
    app = FastAPI(dependencies=[Depends(guard)], openapi_url=None, docs_url=None, redoc_url=None)
    app.state.site = Site(settings, store or open_store(settings), clock, started_at=clock())
    for routes in ROUTES:
        app.include_router(routes.router)
    app.mount("/static", StaticFiles(directory=STATIC))
    refusals.install(app)
    # the guard says so kindly to clients that give the length; this holds for those who do not, or lie about it
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=2 * LARGEST_FORM)
    app.add_middleware(refusals.QuietErrors)
    app.add_middleware(SecurityHeaders)  # added last, so that it stands around all the others
    return app
