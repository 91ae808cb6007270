"""`python -m deployments.worker`: one resident worker, until it is told to stop."""

import logging
import os
import signal
import sys

from casework.record.settings import Settings
from deployments.prefect_server import client_environment


def main() -> None:
    """Work until SIGTERM or SIGINT, then finish what is being executed."""
    logging.basicConfig(stream=sys.stderr, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("learning-cycle").setLevel(logging.INFO)
    os.environ.update(client_environment(Settings()))

    from deployments.resident import Resident  # noqa: PLC0415 -- Prefect reads the environment when it is imported
    from tasks.installation import installation  # noqa: PLC0415 -- slow, and the log is to be there before

    worker = Resident(installation())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: worker.stop.set())
    worker.serve()


if __name__ == "__main__":
    main()
