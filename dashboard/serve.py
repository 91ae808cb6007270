"""`python -m dashboard.serve` runs the dashboard until it is told to stop."""

import signal
import sys

import uvicorn

from casework.record.settings import Settings
from dashboard.app import create_app
from models.errors import LearningCycleError


def configuration(settings: Settings) -> uvicorn.Config:
    """How it is served: no access log, because the addresses in it would hold sign-in links."""
    return uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=5,
    )


def main() -> int:
    """Serve with the settings of the environment; 0 once it was told to stop."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # uvicorn passes on what stopped it, once it has stopped
    try:
        uvicorn.Server(configuration(Settings())).run()
    except LearningCycleError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    except KeyboardInterrupt:
        pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
