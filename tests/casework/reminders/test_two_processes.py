"""Rounds that several processes make at the same moment say everything once, and so do several deliverers."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from casework.moves.succession import appoint_successor
from casework.people.directory import find_person, person_for
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import Store, open_store
from casework.reviews.case import STAGE
from models.notice import Occasion
from models.record import OutboxMessage
from models.tables import table_of
from models.vocabulary import MessageState, Role, Template
from tests.casework.delivery.post import ROOT, delivering, served_by
from tests.smtp import smtp_server
from tests.walking import MANAGER, NOW, launched

MONDAY = date(2026, 3, 23)  # the screenings were due on Monday 16 March
MORNING = datetime(2026, 3, 23, 7, 0, tzinfo=UTC)
OUTBOX, OCCASION = table_of(OutboxMessage), table_of(Occasion)
SECOND = "second-manager@board.example"
REVIEWS = 12


@pytest.fixture(params=["sqlite", "postgresql"])
def installed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Settings, Store]]:
    """Overdue reviews of two boards, whose two business managers are each owner of some and rung of others."""
    address = request.getfixturevalue("postgresql")() if request.param == "postgresql" else None
    settings = Settings(home=tmp_path / "home", database_url=address)
    store = open_store(settings)
    for number in range(REVIEWS):
        board = ("northamptonshire", "croydon")[number % 2]
        launched(store, board=board, today=date(2026, 2, 16), notified_on="2026-02-16", incident_on="2026-02-10")
        if number == REVIEWS // 2:
            share_the_role(store)
    hand_half_to_the_second(store)
    yield settings, store
    store.engine.dispose()


def share_the_role(store: Store) -> None:
    """Have each board a second business manager."""
    with store.transaction() as session:
        second = person_for(session, email=SECOND, name="Sol Second", organisation="The board")
        for board in ("northamptonshire", "croydon"):
            appoint_successor(
                Act(session, None, NOW, date(2026, 2, 16)), board=board, role=Role.BUSINESS_MANAGER, person=second
            )


def hand_half_to_the_second(store: Store) -> None:
    """Give the second of them every second screening, so that rounds for owners and rungs meet in their e-mails."""
    with store.transaction() as session:
        second = find_person(session, SECOND).id
        mine = (STAGE.c.due_on.is_not(None), STAGE.c.id % 4 < 2)
        session.execute(STAGE.update().where(*mine).values(owner_id=second))


def at_once(settings: Settings, *names: str) -> list[tuple[int, int]]:
    """Make these rounds in a process each, all at one moment: how each ended, and how much it queued."""
    given = {"LEARNING_CYCLE_HOME": str(settings.home), "LEARNING_CYCLE_DATABASE_URL": settings.database}
    with ExitStack() as stack:
        processes = [
            stack.enter_context(
                subprocess.Popen(
                    [
                        sys.executable,
                        "-m",
                        "tests.casework.reminders.rounder",
                        name,
                        MONDAY.isoformat(),
                        MORNING.isoformat(),
                    ],
                    cwd=ROOT,
                    env=os.environ | given,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for name in names
        ]
        for process in processes:
            assert process.stdout
            assert process.stdout.readline() == "ready\n"
        for process in processes:
            assert process.stdin
            process.stdin.write("now\n")
            process.stdin.flush()
        said = [process.communicate()[0] for process in processes]
    return [(process.returncode, int(words or -1)) for process, words in zip(processes, said, strict=True)]


def occasions(store: Store) -> Counter[tuple[int, str, int]]:
    """How often each person is told of each stage, on which rung."""
    with store.reading() as session:
        rows = session.execute(select(*OCCASION.c["stage_id", "rung", "person_id"]))
        return Counter((stage, rung.value, person) for stage, rung, person in rows)


def letters(store: Store) -> int:
    """How many e-mails of reminders there are."""
    with store.reading() as session:
        return session.scalar(select(func.count()).where(OUTBOX.c.template == Template.REMINDERS)) or 0


def test_rounds_at_once_make_one_email_for_each_person_and_board(installed: tuple[Settings, Store]) -> None:
    settings, store = installed

    ended = at_once(settings, "remind", "escalate", "remind", "escalate")

    told = occasions(store)
    assert [code for code, _ in ended] == [0, 0, 0, 0]
    assert sum(queued for _, queued in ended) == len(told) == 2 * REVIEWS  # each owner, and the manager beside them
    assert set(told.values()) == {1}
    assert letters(store) == 4  # two people, two boards


def test_what_two_deliverers_send_meanwhile_arrives_once(
    installed: tuple[Settings, Store],
) -> None:
    settings, store = installed
    with smtp_server() as server:
        served = served_by(settings, server.port)
        ended = at_once(served, "remind", "escalate")
        with delivering(served) as first, delivering(served) as second:
            again = at_once(served, "remind", "escalate")
            codes = [first.wait(), second.wait()]

        assert [code for code, _ in ended] == [0, 0]
        assert again == [(0, 0), (0, 0)]
        assert codes == [0, 0]
        arrived = server.behaviour.arrivals
    with store.reading() as session:
        rows = session.execute(
            select(OUTBOX.c.message_id, OUTBOX.c.state).where(OUTBOX.c.template == Template.REMINDERS)
        )
        found = {(arrived[message_id], state) for message_id, state in rows}
    assert found == {(1, MessageState.ACCEPTED)}
    assert MANAGER in {each.to for each in server.behaviour.received}
