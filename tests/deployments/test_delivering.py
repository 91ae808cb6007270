"""`deliver` runs when something is due and not by the clock; that it is looked for shows all the same."""

from datetime import datetime, timedelta

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterDeploymentId
from sqlmodel import Session, col, select

from casework.links.sign_in_links import send_sign_in_link
from casework.outbox.heartbeats import record_heartbeat
from casework.outbox.rounds import DELIVER, ROUNDS, last_beats, silent_rounds
from casework.record.settings import Settings
from casework.record.store import Store
from casework.record.workers import this_worker
from deployments.registry import register
from deployments.resident import Resident
from models.record import Heartbeat, OutboxMessage
from models.vocabulary import MessageState, Template
from tasks.installation import Installation, now
from tests.deployments.clients import client_of
from tests.deployments.moving import launch_now
from tests.deployments.running import Worker, eventually
from tests.walking import MANAGER


def ask_for_a_link(store: Store, settings: Settings) -> None:
    """Queue a letter of no review."""
    with store.transaction() as session:
        assert send_sign_in_link(session, MANAGER, settings=settings, now=now())


def beats_at(session: Session, moment: datetime) -> None:
    """Every round was last made then."""
    for one in ROUNDS:
        record_heartbeat(session, one.name, moment, "made by hand")


def runs_of_deliver(client: SyncPrefectClient) -> int:
    """How many runs Prefect has of it, planned ones too."""
    of_it = FlowRunFilter(deployment_id=FlowRunFilterDeploymentId(any_=[register(client).ids[DELIVER]]))
    return len(client.read_flow_runs(flow_run_filter=of_it, limit=200))


def summary(store: Store) -> str:
    """What was said with the last beat of `deliver`."""
    with store.reading() as session:
        return session.get_one(Heartbeat, DELIVER).summary


def links_sent(store: Store) -> int:
    """How many sign-in links the mail server took."""
    taken = select(OutboxMessage.id).where(
        OutboxMessage.template == Template.SIGN_IN, col(OutboxMessage.state) == MessageState.ACCEPTED
    )
    with store.reading() as session:
        return len(session.exec(taken).all())


def test_nothing_due_makes_no_run_and_no_silence_and_a_letter_makes_one_run(
    worker: Worker, installed: Settings, installed_store: Store
) -> None:
    launch_now(installed_store)
    worker.start()
    worker.wait_until_idle()
    worker.stop()
    with installed_store.transaction() as session:
        beats_at(session, now())
    with client_of(installed) as client:
        before = runs_of_deliver(client)
        worker.start()
        eventually(lambda: summary(installed_store) == "nothing due")
        while_nothing_was_due = runs_of_deliver(client)

        ask_for_a_link(installed_store, installed)
        eventually(lambda: links_sent(installed_store))
        eventually(lambda: summary(installed_store) != "nothing due")

        assert (while_nothing_was_due - before, runs_of_deliver(client) - before) == (0, 1)


def test_while_a_letter_waits_nobody_says_that_none_is_due_and_that_shows(
    installed: Settings, installed_store: Store
) -> None:
    resident = Resident(Installation(installed, installed_store, this_worker()))
    launch_now(installed_store)
    long_ago = now() - timedelta(minutes=12)
    with installed_store.transaction() as session:
        beats_at(session, long_ago)

    resident.beat()

    with installed_store.reading() as session:
        assert DELIVER in [one.name for one in silent_rounds(last_beats(session), now())]
        assert last_beats(session)["worker"] > long_ago
