"""A process that delivers the whole outbox and ends; tests kill it. Its settings come from the environment."""

from datetime import UTC, datetime

from casework.delivery.delivery import deliver
from casework.delivery.mailer import mailer_for
from casework.record.settings import Settings
from casework.record.store import open_store
from casework.record.workers import this_worker


def main() -> None:
    """Deliver until nothing is left that is due."""
    settings = Settings()
    store, mailer = open_store(settings, migrate=False), mailer_for(settings)
    while deliver(store, mailer, settings=settings, now=lambda: datetime.now(UTC), worker=this_worker()).accepted:
        pass
    mailer.close()


if __name__ == "__main__":
    main()
