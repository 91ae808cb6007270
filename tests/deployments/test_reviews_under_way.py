"""Reviews carried by a real worker and a real Prefect server, both of which are killed again and again."""

import random
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.states import Scheduled
from sqlmodel import col, select

from casework.delivery.delivery import deliver
from casework.delivery.mailer import mailer_for
from casework.moves import steering
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from casework.record.workers import this_worker
from deployments.registry import register
from deployments.rounds import due_runs, newest_of_each
from models.people import Person
from models.record import OutboxMessage, Run, Work
from models.review import Document, Stage
from models.vocabulary import MessageState, ReviewEvent, Template
from tasks.installation import now
from tests.deployments.clients import client_of
from tests.deployments.moving import launch_now, take_now, walk_now
from tests.deployments.running import PrefectServer, Worker, eventually
from tests.flows.reading import carry_out_all
from tests.smtp import SmtpServer, smtp_server
from tests.walking import MANAGER, SERIOUS_CASE_REVIEW, TODAY

KILLS = 10
LONGEST_WAIT_FOR_A_KILL = 0.5  # seconds; executing a run takes about as long
SETTLED = (MessageState.ACCEPTED, MessageState.RETRACTED)
OF_MOVES = (Template.STAGE_OPENED, Template.ACTION_ASSIGNED)
BEFORE_THE_LAST_STAGES = "monitoring"
ENDS_OF_ITSELF = "publication-period"  # of a report of 2014 at the next round


def run_of(store: Store) -> Run | None:
    """The row of the one review's run."""
    with store.reading() as session:
        return session.exec(select(Run)).first()


def waiting_run(store: Store) -> str | None:
    """The Prefect id of the one review's run, when no worker is executing it."""
    run = run_of(store)
    return run.flow_run_id if run is not None and run.worker is None else None


def test_a_run_bears_its_reference_waits_without_a_worker_and_ends_with_its_review(
    worker: Worker, installed: Settings, installed_store: Store
) -> None:
    reference = launch_now(installed_store)
    worker.start()
    worker.wait_until_idle()
    first = eventually(lambda: waiting_run(installed_store))
    with client_of(installed) as client:
        flow_run = client.read_flow_run(UUID(first))
        named = (flow_run.name, flow_run.parameters)
        states = [flow_run.state_name]

        take_now(installed_store, reference, SERIOUS_CASE_REVIEW[0])
        worker.wait_until_idle()
        second = eventually(lambda: waiting_run(installed_store))
        states.append(client.read_flow_run(UUID(second)).state_name)

        with installed_store.transaction() as session:
            manager = find_person(session, MANAGER)
            steering.withdraw(Act(session, manager, now(), TODAY), reference, reason="Sent in error.")
        eventually(lambda: run_of(installed_store) is None)
        states.append(client.read_flow_run(UUID(first)).state_name)

    assert named == (reference, {"reference": reference})
    assert (second, states) == (first, ["Suspended", "Suspended", "Completed"])


def state_of_everything(store: Store) -> dict[str, list[tuple[str, ...]]]:
    """What there is of work, letters and documents, and how each of them stands.

    Of work and letters those of moves: what the rounds end and send depends on the time of day. Whether one of them is
    still worth sending depends on who is quicker, so it is enough that it was sent or retracted.
    """
    with store.reading() as session:
        of_moves = col(OutboxMessage.template).in_(OF_MOVES)
        of_the_round = (col(Work.kind) == ReviewEvent.CLOSED) & (col(Stage.key) == ENDS_OF_ITSELF)
        documents = select(Stage.name, Document.kind, Document.file_name).join(Document)
        return {
            "work": sorted(session.exec(select(Work.key, Work.state).join(Stage).where(~of_the_round)).all()),
            "letters": sorted(
                (key, "settled" if state in SETTLED else state)
                for key, state in session.exec(select(OutboxMessage.key, OutboxMessage.state).where(of_moves))
            ),
            "documents": sorted(session.exec(documents).all()),
        }


def undisturbed(settings: Settings) -> dict[str, list[tuple[str, ...]]]:
    """The state that two reviews come to when everything is done at once, in this process, and nothing fails."""
    store = open_store(settings)
    for _ in turns(store, [launch_now(store), launch_now(store)]):
        do_everything(store, settings)
    state = state_of_everything(store)
    store.engine.dispose()
    return state


def turns(store: Store, references: list[str]) -> Iterator[object]:
    """Each review in turn takes a step, over and over."""
    return zip(*(walk_now(store, reference, until=BEFORE_THE_LAST_STAGES) for reference in references), strict=True)


def do_everything(store: Store, settings: Settings) -> None:
    """Do and send all that waits."""
    carry_out_all(store, settings, now())
    mailer = mailer_for(settings)
    deliver(store, mailer, settings=settings, now=now, worker=this_worker())
    mailer.close()


@pytest.fixture
def expected(tmp_path: Path) -> dict[str, list[tuple[str, ...]]]:
    """The state without any kill."""
    with smtp_server() as mail:
        home = tmp_path / "undisturbed"
        return undisturbed(Settings(home=home, smtp_host="127.0.0.1", smtp_port=mail.port, smtp_security="none"))


def arrived_more_than_once_unmarked(store: Store, mail: SmtpServer) -> list[str]:
    """The messages of which more than one came, and whose row does not say that this may be so."""
    with store.reading() as session:
        marked = select(OutboxMessage.message_id).where(OutboxMessage.possibly_repeated)
        known = set(session.exec(marked).all())
    return [message for message, times in mail.behaviour.arrivals.items() if times > 1 and message not in known]


def letters_sent(store: Store) -> set[str | None]:
    """The Message-IDs of all letters that a mail server took, as the outbox has them."""
    with store.reading() as session:
        taken = select(OutboxMessage.message_id).where(OutboxMessage.state == MessageState.ACCEPTED)
        return set(session.exec(taken).all())


def test_kills_at_any_moment_change_nothing_in_the_end(
    expected: dict[str, list[tuple[str, ...]]],  # first: the keys in use are those of the store opened last
    worker: Worker,
    prefect_server: PrefectServer,
    installed_store: Store,
    mail: SmtpServer,
) -> None:
    chance = random.Random(20140506)  # noqa: S311 -- moments for kills, not secrets
    steps = turns(installed_store, [launch_now(installed_store), launch_now(installed_store)])
    worker.start()
    interrupted = 0
    for number, _ in zip(range(KILLS), steps, strict=False):
        eventually(lambda: being_executed(installed_store))
        time.sleep(chance.uniform(0, LONGEST_WAIT_FOR_A_KILL))
        if number == KILLS // 3:
            prefect_server.kill()
            prefect_server.start()
        elif number == 2 * KILLS // 3:
            prefect_server.lose_database()
        else:
            worker.kill()
            interrupted += being_executed(installed_store)
            worker.start()
    for _ in steps:
        pass
    worker.wait_until_idle()

    assert interrupted > 0  # or the kills have hit nothing, and what follows proves nothing
    assert state_of_everything(installed_store) == expected
    assert set(mail.behaviour.arrivals) == letters_sent(installed_store)
    assert arrived_more_than_once_unmarked(installed_store, mail) == []
    assert what_prefect_should_not_know(installed_store, prefect_server) == []


def being_executed(store: Store) -> int:
    """How many runs a worker holds; when it has been killed, how many it was cut off in."""
    with store.reading() as session:
        return len(session.exec(select(Run).where(col(Run.worker).is_not(None))).all())


def what_prefect_should_not_know(store: Store, server: PrefectServer) -> list[str]:
    """Names, addresses and words of the cases that are found in anything Prefect has written."""
    with store.reading() as session:
        people = session.exec(select(Person)).all()
        words = [word for person in people for word in (person.name, person.email)]
    kept = server.everything_kept()
    told = ("seriously harmed", "Several agencies", "Example Police", "example-police", "example-children")
    return [word for word in (*words, *told) if word.encode() in kept]


def test_of_several_late_rounds_the_newest_is_done_and_the_others_are_skipped(
    installed: Settings,
) -> None:
    with client_of(installed) as client:
        known = register(client)
        late = [
            client.create_flow_run_from_deployment(
                known.ids["remind"], state=Scheduled(scheduled_time=now() - timedelta(days=days))
            ).id
            for days in (3, 2, 1)
        ]
        ours = [run for run in due_runs(client, known) if run.id in late]
        chosen = newest_of_each(client, ours)
        states = {
            run.id: run.state_name
            for run in client.read_flow_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=late)))
        }
        client.delete_flow_run(late[-1])

    assert [run.id for run in chosen] == [late[-1]]
    assert [states[run] for run in late] == ["Skipped", "Skipped", "Scheduled"]
