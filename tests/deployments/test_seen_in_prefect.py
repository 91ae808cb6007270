"""What an engineer sees of a review in Prefect, and what comes of what they do to its run there."""

import json
from collections.abc import Iterator
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterFlowRunId, ArtifactFilterKey
from prefect.client.schemas.objects import Artifact, FlowRun, TaskRun
from prefect.client.schemas.sorting import TaskRunSort
from prefect.settings import PREFECT_LOGGING_TO_API_ENABLED, temporary_settings
from prefect.states import Cancelled, Cancelling, Scheduled
from sqlmodel import col, select

from casework.moves import steering
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import Store
from casework.reviews.case import no_such_review
from deployments.registry import register
from flows.rapid_review import rapid_review
from flows.serious_case_review import serious_case_review
from models.record import OutboxMessage, Run, Work
from models.vocabulary import ReviewEvent, Template, WorkState
from tasks.installation import installation, now
from tasks.review import ReviewRun, of_another_type, read_through
from tasks.runs import ReviewToRun, review_with_reference
from tests.deployments.clients import client_of
from tests.deployments.moving import launch_now, take_now, walk_now
from tests.deployments.running import Worker, environment, eventually
from tests.flows.reading import phases_of
from tests.walking import MANAGER, SERIOUS_CASE_REVIEW, TODAY

TYPE, CODE = "serious-case-review", "LSCBN"
FIRST, SECOND = SERIOUS_CASE_REVIEW[:2]


@pytest.fixture
def client(installed: Settings) -> Iterator[SyncPrefectClient]:
    """A client of the installation's Prefect server."""
    with client_of(installed) as opened:
        yield opened


def settled_run(worker: Worker, client: SyncPrefectClient) -> FlowRun:
    """The one review's run, once everything is done and no worker is executing it."""
    worker.wait_until_idle()
    return client.read_flow_run(UUID(eventually(lambda: waiting_run(worker.store))))


def waiting_run(store: Store) -> str | None:
    """The Prefect id of the one review's run, when it has one that no worker is executing."""
    with store.reading() as session:
        run = session.exec(select(Run)).first()
        return run.flow_run_id if run is not None and run.worker is None and run.flow_run_id else None


def task_runs(client: SyncPrefectClient, run: FlowRun) -> list[TaskRun]:
    """The task runs of a run, in order."""
    body = {
        "task_runs": {"flow_run_id": {"any_": [str(run.id)]}},
        "sort": TaskRunSort.EXPECTED_START_TIME_ASC.value,
        "limit": 200,
    }
    found = client.request("POST", "/task_runs/filter", json=body).json()
    return [TaskRun.model_validate(row) for row in found]


def tables(client: SyncPrefectClient, run: FlowRun) -> list[Artifact]:
    """The tables of stages that a run shows under its review's key."""
    of_run = ArtifactFilter(
        key=ArtifactFilterKey(any_=[run.name.lower()]), flow_run_id=ArtifactFilterFlowRunId(any_=[run.id])
    )
    return client.read_artifacts(artifact_filter=of_run)


def message(run: FlowRun) -> str | None:
    """What a run says of its state."""
    return run.state.message if run.state else None


def events_of(client: SyncPrefectClient, run: FlowRun) -> list[str]:
    """The names of the task runs of events, once Prefect has them."""
    return [one.name for one in task_runs(client, run) if one.name != "letters: delivered"]


def test_a_run_shows_every_stage_by_its_key_and_what_it_waits_for(
    worker: Worker, client: SyncPrefectClient, installed_store: Store
) -> None:
    reference = launch_now(installed_store)
    worker.start()
    first = settled_run(worker, client)
    eventually(lambda: len(events_of(client, first)) == 2)
    take_now(installed_store, reference, FIRST)
    second = settled_run(worker, client)
    eventually(lambda: len(events_of(client, second)) == 4)

    assert (first.name, set(first.tags)) == (reference, {CODE, TYPE})
    assert [message(first), message(second)] == [
        "waits for criteria-screening, due 6 June 2014",
        "waits for panel-recommendation, due 6 June 2014",
    ]
    assert sorted(events_of(client, second)) == [
        "criteria-screening: closed",
        "criteria-screening: opened",
        "panel-recommendation: opened",
        "referral: closed",
    ]
    assert {tuple(one.tags) for one in task_runs(client, second) if one.name != "letters: delivered"} == {("decision",)}


def test_a_table_of_the_stages_stands_under_the_run_s_key_and_is_written_over(
    worker: Worker, client: SyncPrefectClient, installed_store: Store
) -> None:
    reference = launch_now(installed_store)
    worker.start()
    before = tables(client, settled_run(worker, client))
    take_now(installed_store, reference, FIRST)
    run = settled_run(worker, client)
    after = tables(client, run)

    assert [table.id for table in before] == [table.id for table in after]
    rows = json.loads(str(after[0].data))
    assert rows[1:4] == [
        {
            "stage": "criteria-screening",
            "state": "closed",
            "role": "business-manager",
            "opened": TODAY.isoformat(),
            "due": "2014-06-06",
            "closed": TODAY.isoformat(),
        },
        {
            "stage": "panel-recommendation",
            "state": "open",
            "role": "panel-chair",
            "opened": TODAY.isoformat(),
            "due": "2014-06-06",
            "closed": "",
        },
        {
            "stage": "chair-decision",
            "state": "to come",
            "role": "independent-chair",
            "opened": "",
            "due": "",
            "closed": "",
        },
    ]


def test_of_agencies_only_their_number_is_shown(
    worker: Worker, client: SyncPrefectClient, installed_store: Store
) -> None:
    reference = launch_now(installed_store)
    for _ in walk_now(installed_store, reference, until="agency-report:example-children-s-social-care"):
        pass
    worker.start()
    run = settled_run(worker, client)
    reports = ["agency-report: opened (1 of 2)", "agency-report: opened (2 of 2)"]
    eventually(lambda: {*reports} <= {*events_of(client, run)})

    shown = json.dumps([*events_of(client, run), message(run), tables(client, run)[0].data])
    assert ("example" in shown, "agency-report (1 of 2)" in shown) == (False, True)


def test_where_the_operator_wants_it_so_neither_table_nor_days_are_shown(
    installed: Settings, installed_store: Store, client: SyncPrefectClient
) -> None:
    launch_now(installed_store)
    worker = Worker(
        "deployments.worker", installed.model_copy(update={"prefect_shows_dates": False}), store=installed_store
    )
    worker.settings.model_fields_set.add("prefect_shows_dates")
    worker.start()
    try:
        run = settled_run(worker, client)
    finally:
        worker.stop()

    assert (message(run), tables(client, run)) == ("waits for criteria-screening", [])


@pytest.mark.parametrize("state", [Cancelled(), Cancelling()], ids=["cancelled", "to be cancelled"])
def test_a_run_cancelled_in_prefect_does_its_review_no_harm(
    worker: Worker, client: SyncPrefectClient, installed_store: Store, state: object
) -> None:
    reference = launch_now(installed_store)
    worker.start()
    client.set_flow_run_state(settled_run(worker, client).id, state, force=True)  # type: ignore[arg-type]

    take_now(installed_store, reference, FIRST)
    run = settled_run(worker, client)

    assert (run.name, message(run)) == (reference, "waits for panel-recommendation, due 6 June 2014")
    assert all_done(installed_store)


def all_done(store: Store) -> bool:
    """Whether everything was carried out."""
    with store.reading() as session:
        return set(session.exec(select(Work.state)).all()) == {WorkState.DONE}


def test_a_run_retried_in_prefect_does_nothing_twice_and_waits_again(
    worker: Worker, client: SyncPrefectClient, installed_store: Store
) -> None:
    launch_now(installed_store)
    worker.start()
    run = settled_run(worker, client)
    done = documents_and_letters(installed_store)

    client.set_flow_run_state(run.id, Scheduled(name="AwaitingRetry", scheduled_time=now()), force=True)
    eventually(lambda: client.read_flow_run(run.id).run_count > run.run_count)
    again = eventually(lambda: suspended(client, run.id))

    assert (again.id, message(again)) == (run.id, message(run))
    assert documents_and_letters(installed_store) == done


def taken_up(client: SyncPrefectClient, run: UUID) -> FlowRun | None:
    """A run, once the worker has come to it and is done with it."""
    found = client.read_flow_run(run)
    return found if found.state_name in {"Suspended", "Skipped"} else None


def suspended(client: SyncPrefectClient, run: UUID) -> FlowRun | None:
    """A run, once it waits."""
    found = client.read_flow_run(run)
    return found if found.state_name == "Suspended" else None


def documents_and_letters(store: Store) -> list[str]:
    """What has been done for a review: the work and the letters, with how they stand."""
    with store.reading() as session:
        work = [f"{key} {state}" for key, state in session.exec(select(Work.key, Work.state))]
        of_moves = select(OutboxMessage.key, OutboxMessage.state).where(col(OutboxMessage.review_id).is_not(None))
        letters = [f"{key} {state}" for key, state in session.exec(of_moves)]  # those of the rounds depend on the hour
    return sorted(work + letters)


def test_a_run_started_in_prefect_by_reference_carries_its_review(
    worker: Worker, client: SyncPrefectClient, installed_store: Store
) -> None:
    reference = launch_now(installed_store)
    ours = client.create_flow_run_from_deployment(register(client).ids[TYPE], parameters={"reference": reference})
    worker.start()
    run = settled_run(worker, client)

    assert (run.state_name, message(run)) == ("Suspended", "waits for criteria-screening, due 6 June 2014")
    asked = eventually(lambda: taken_up(client, ours.id))
    # it is the review's run, or came second and says so
    assert (asked.id == run.id, asked.state_name) in {(True, "Suspended"), (False, "Skipped")}


@pytest.mark.parametrize("reference", ["LSCBN-SCR-1999-001", None], ids=["unknown", "of another type"])
def test_a_reference_that_the_flow_cannot_run_is_refused_in_a_sentence(
    worker: Worker, client: SyncPrefectClient, installed_store: Store, reference: str | None
) -> None:
    wanted, given = (TYPE, reference) if reference else ("rapid-review", launch_now(installed_store))
    asked = client.create_flow_run_from_deployment(register(client).ids[wanted], parameters={"reference": given})
    worker.start()
    run = eventually(lambda: ended(client, asked.id))

    assert run.state_name == "Skipped"
    assert message(run) == (
        f"There is no review ‘{reference}’. The list of reviews shows the references there are."
        if reference
        else f"{given} is a {TYPE}. Start the deployment with that name instead."
    )


def ended(client: SyncPrefectClient, run: UUID) -> FlowRun | None:
    """A run, once it has ended."""
    found = client.read_flow_run(run)
    return found if found.state and found.state.is_final() else None


class Interrupted(ReviewRun):
    """A review that somebody holds while its first event is being carried out."""

    def carry_out(self, event: object, wanted: object = None) -> None:
        """Carry the event out, and then have letters to send."""
        super().carry_out(event, wanted)  # type: ignore[arg-type]
        with installation().store.transaction() as session:
            if session.exec(select(Work).where(Work.kind == ReviewEvent.HELD)).first() is None:
                by = find_person(session, MANAGER)
                steering.hold(Act(session, by, now(), TODAY), self.reference, reason="A trial.", until=None)


@pytest.fixture
def in_this_process(installed: Settings, client: SyncPrefectClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tasks and flows that are called here work in the installation, with its Prefect server."""
    assert client
    for name, value in environment(installed).items():
        monkeypatch.setenv(name, value)
    installation.cache_clear()
    with temporary_settings({PREFECT_LOGGING_TO_API_ENABLED: False}):
        yield
    installation().store.engine.dispose()
    installation.cache_clear()


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("reference", ["LSCBN-SCR-1999-001", None], ids=["unknown", "of another type"])
def test_the_flow_itself_refuses_such_a_reference_whoever_executes_it(
    installed_store: Store, reference: str | None
) -> None:
    given = reference or launch_now(installed_store)
    flow = serious_case_review if reference else rapid_review

    state = flow(given, return_state=True)

    said = str(no_such_review(given)) if reference else of_another_type(review_for(installed_store, given))
    assert (state.is_failed(), said in (state.message or "")) == (True, True)


@pytest.mark.usefixtures("in_this_process")
def test_letters_go_before_the_events_that_wait_and_between_them(installed_store: Store) -> None:
    reference = launch_now(installed_store)
    review = Interrupted(review_for(installed_store, reference))
    review.look()
    read_through(review, phases_of(TYPE))

    with installed_store.reading() as session:
        taken = dict(session.exec(select(OutboxMessage.template, OutboxMessage.accepted_at)).all())
        done = session.exec(select(Work.done_at).where(Work.state == WorkState.DONE).order_by(col(Work.done_at))).all()
    assert len(done) == 2
    assert taken[Template.STAGE_OPENED] < done[0] < taken[Template.REVIEW_HELD] < done[1]  # type: ignore[operator]


def review_for(store: Store, reference: str) -> ReviewToRun:
    """A review as its flow knows it."""
    with store.reading() as session:
        found = review_with_reference(session, reference)
    assert found is not None
    return found
