"""The tally of open stages: what its triggers keep is what counting finds, at every step and on every day."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, time, timedelta
from itertools import count
from pathlib import Path
from random import Random
from threading import Thread

import pytest
from alembic import command
from alembic.config import Config
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select, text, update

from casework.delivery.mailer import mailer_for
from casework.moves import conversion
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import MIGRATIONS, Store, open_store
from casework.reminders.rounds import remind
from casework.reviews.case import STAGE
from casework.reviews.stage_tally import TALLY, StageCount, differences, read_tally, roll_on, verify_tally
from casework.views.overview import OF_ITSELF, Filter, count_now, stage_counts, totals
from models.errors import TallyDiffers
from models.vocabulary import ReviewState, StageState
from tests.casework.reminders.history import MOVE, Doing, History
from tests.smtp import Behaviour
from tests.walking import MANAGER, NOW, SERIOUS_CASE_REVIEW, TODAY, launched, walked

DOINGS = ("launch", "complete", "complete", "extend", "hold", "resume", "withdraw", "convert", "appoint")
EVERYTHING = Filter()
Day = tuple[list[Doing], bool, int]


def tally(store: Store, today: date) -> list[StageCount] | None:
    """What the tally says; None where it is not as of today."""
    with store.reading() as session:
        found = read_tally(session, None, None, today)
    return found and sorted(found)


def counted(store: Store, today: date, wanted: Filter = EVERYTHING) -> list[StageCount]:
    """What counting finds."""
    with store.reading() as session:
        return sorted(count_now(session, wanted, today))


def shown(store: Store, today: date, wanted: Filter = EVERYTHING) -> list[StageCount]:
    """What the board of reviews shows."""
    with store.reading() as session:
        return sorted(stage_counts(session, wanted, today))


def check(store: Store, today: date) -> None:
    """The tally is the count as of its own day; and what is shown is the count as of today."""
    with store.reading() as session:
        assert differences(session) == []
    found = counted(store, today)
    assert shown(store, today) == [each._replace(overdue=0) if each.key in OF_ITSELF else each for each in found]


def roll(store: Store, today: date, *, recount: bool = False) -> None:
    with store.transaction() as session:
        roll_on(session, today, recount=recount)


class MovesAlone(History):
    """A history without post, whose tally is compared after each move."""

    def see(self) -> None:
        check(self.store, self.today)

    def convert(self, which: int, days: int) -> None:
        type_ = ("practice-learning-review", "single-case-audit", "serious-case-review")[days % 3]
        reference, at = self.references[which % len(self.references)], self.at(MOVE)
        with self.store.transaction() as session:
            act = Act(session, find_person(session, MANAGER), at, self.today)
            conversion.convert(act, reference, type_, reason="It fits.")


@contextmanager
def opened(settings: Settings, *, synchronous: str = "FULL") -> Iterator[Store]:
    """A store that is closed at the end."""
    store = open_store(settings, synchronous=synchronous)
    yield store
    store.engine.dispose()


def live(store: Store, settings: Settings, start: date, days: list[Day]) -> None:
    """Things are done before and after the tally is rolled on, and on days on which it never is."""
    with closing(mailer_for(settings)) as mailer:
        begun = [launched(store, today=start, notified_on=start.isoformat())]
        history = MovesAlone(store, settings, mailer, Behaviour(), start, references=begun)
        for done, rolls_on, pause in days:
            for doing in done[:2]:
                history.do(doing)
            if rolls_on:
                remind(store, on=history.today, now=history.at(time(7)))
                assert tally(store, history.today) == counted(store, history.today)
            for doing in done[2:]:
                history.do(doing)
            history.today += timedelta(days=pause)
            history.see()


doings = st.tuples(st.sampled_from(DOINGS), st.integers(0, 7), st.integers(-3, 45))
stretches = st.lists(st.tuples(st.lists(doings, max_size=4), st.booleans(), st.integers(0, 30)), min_size=3, max_size=6)
STARTS = st.dates(date(2026, 12, 14), date(2027, 4, 1))
OURS = hypothesis_settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
homes = count()


@hypothesis_settings(OURS, max_examples=10)
@given(start=STARTS, days=stretches)
def test_at_every_step_of_a_history_the_tally_is_the_count(tmp_path: Path, start: date, days: list[Day]) -> None:
    settings = Settings(home=tmp_path / str(next(homes)))
    with opened(settings, synchronous="OFF") as store:
        live(store, settings, start, days)


@hypothesis_settings(OURS, max_examples=2)
@given(start=STARTS, days=stretches)
def test_it_is_on_postgresql_too(tmp_path: Path, postgresql: Callable[[], str], start: date, days: list[Day]) -> None:
    settings = Settings(home=tmp_path / str(next(homes)), database_url=postgresql())
    with opened(settings) as store:
        live(store, settings, start, days)


@pytest.mark.parametrize("seed", range(3))
def test_however_rows_of_stages_change_the_tally_is_the_count(either_store: Store, seed: int) -> None:
    launched(either_store)
    dice, today = Random(seed), TODAY  # noqa: S311 -- the same changes every time
    roll(either_store, today)
    for number in range(60):
        with either_store.engine.begin() as connection:
            for _ in range(dice.randint(1, 3)):  # several in one transaction are one part on PostgreSQL
                change_a_row(connection, dice, f"more:{number}:{dice.random()}")
        if dice.random() < 0.1:
            today += timedelta(days=dice.randint(0, 40))
            roll(either_store, today)
            assert tally(either_store, today) == counted(either_store, today)
        check(either_store, today)


def change_a_row(connection: Connection, dice: Random, name: str) -> None:
    """Add, change or take away a stage; an ended one may open again, and lose or gain a deadline."""
    due_on = dice.choice([None, TODAY + timedelta(days=dice.randint(-60, 60))])
    state = dice.choice(list(StageState))
    ids = list(connection.scalars(select(STAGE.c.id).order_by(STAGE.c.id)))
    some = STAGE.c.id == dice.choice(ids)
    first = connection.execute(select(STAGE).order_by(STAGE.c.id).limit(1)).mappings().one()
    made = dict(first, id=None, name=name, key=dice.choice(["report", "publication"]), state=state, due_on=due_on)
    del made["id"]
    kind = dice.randrange(6)
    if kind == 0:
        connection.execute(insert(STAGE), made)
    elif kind == 1 and len(ids) > 1:
        connection.execute(delete(STAGE).where(some, STAGE.c.id != ids[0], STAGE.c.name.like("more:%")))
    elif kind == 2:
        connection.execute(update(STAGE).where(some).values(due_on=due_on))
    elif kind == 3:
        connection.execute(update(STAGE).where(some).values(key=made["key"], due_on=due_on))
    else:
        connection.execute(update(STAGE).where(some).values(state=state))


def test_it_is_read_as_of_its_day_alone_and_only_for_what_it_counts(either_store: Store) -> None:
    walked(either_store, launched(either_store), SERIOUS_CASE_REVIEW, until="chair-decision")
    assert tally(either_store, TODAY) is None  # before the first morning

    roll(either_store, TODAY)
    assert tally(either_store, TODAY) == counted(either_store, TODAY) != []
    assert tally(either_store, TODAY + timedelta(days=1)) is None
    with either_store.reading() as session:
        assert read_tally(session, ("croydon",), None, TODAY) == []
        assert read_tally(session, ("northamptonshire",), "serious-case-review", TODAY) == counted(either_store, TODAY)
        assert read_tally(session, None, "deep-dive", TODAY) == []


@pytest.mark.parametrize(
    "wanted",
    [
        EVERYTHING,
        Filter(boards=("northamptonshire",)),
        Filter(boards=("croydon",)),
        Filter(boards=("northamptonshire", "croydon"), type="serious-case-review"),
        Filter(state=ReviewState.OPEN),
        Filter(owner_id=1),
    ],
)
def test_the_figures_are_the_same_before_and_after_it_is_rolled_on(either_store: Store, wanted: Filter) -> None:
    walked(either_store, launched(either_store), SERIOUS_CASE_REVIEW, until="chair-decision")
    launched(either_store, board="croydon")
    walked(either_store, launched(either_store), SERIOUS_CASE_REVIEW, until="closure")  # its months on the website run
    before = figures(either_store, wanted)

    roll(either_store, TODAY)

    assert figures(either_store, wanted) == before


def figures(store: Store, wanted: Filter) -> tuple[object, object]:
    """All of the figures of the board of reviews."""
    with store.reading() as session:
        at_the_top = totals(session, wanted, today=TODAY, soon=TODAY + timedelta(days=14))
    return shown(store, TODAY, wanted), at_the_top


def test_it_is_rolled_on_late_twice_or_back_and_is_right(either_store: Store) -> None:
    walked(either_store, launched(either_store), SERIOUS_CASE_REVIEW, until="chair-decision")
    for day in (date(2014, 5, 7), TODAY, TODAY, date(2014, 5, 20), TODAY):
        roll(either_store, day)
        assert tally(either_store, day) == counted(either_store, day)


def test_the_round_of_the_morning_rolls_it_on(either_store: Store) -> None:
    launched(either_store)
    remind(either_store, on=TODAY, now=NOW)

    assert tally(either_store, TODAY) == counted(either_store, TODAY)


def test_a_tally_that_differs_is_found_and_counted_again(either_store: Store) -> None:
    launched(either_store)
    roll(either_store, TODAY)
    with either_store.engine.begin() as connection:
        connection.execute(update(TALLY).values(open_count=TALLY.c.open_count + 1))

    with either_store.reading() as session, pytest.raises(TallyDiffers, match="northamptonshire, serious-case-review"):
        verify_tally(session)
    roll(either_store, TODAY, recount=True)
    with either_store.reading() as session:
        verify_tally(session)


def test_whoever_is_changing_a_stage_is_waited_for(either_store: Store) -> None:
    launched(either_store)
    roll(either_store, date(2014, 5, 7))
    morning = Thread(target=roll, args=(either_store, TODAY))
    with either_store.engine.begin() as connection:  # a deadline that has passed on the new day and not on the old
        connection.execute(update(STAGE).where(STAGE.c.due_on.is_not(None)).values(due_on=date(2014, 5, 8)))
        morning.start()
    morning.join()

    check(either_store, TODAY)
    assert tally(either_store, TODAY) == counted(either_store, TODAY)


def test_on_postgresql_two_who_change_stages_of_one_kind_do_not_wait_for_each_other(
    tmp_path: Path, postgresql: Callable[[], str]
) -> None:
    with opened(Settings(home=tmp_path / "home", database_url=postgresql())) as store:
        launched(store)
        launched(store)
        first, second = counted_ids(store)
        with store.engine.begin() as one, store.engine.begin() as other:
            other.execute(text("SET LOCAL lock_timeout = '5s'"))
            one.execute(update(STAGE).where(STAGE.c.id == first).values(state=StageState.CLOSED))
            other.execute(update(STAGE).where(STAGE.c.id == second).values(state=StageState.CLOSED))
        check(store, TODAY)


def counted_ids(store: Store) -> list[int]:
    """Two open stages of one kind, of two reviews."""
    with store.reading() as session:
        open_ = STAGE.c.state == StageState.OPEN, STAGE.c.key == "criteria-screening"
        return list(session.scalars(select(STAGE.c.id).where(*open_).order_by(STAGE.c.id)))


def test_the_migration_counts_the_stages_that_are_open_already(either_store: Store) -> None:
    walked(either_store, launched(either_store), SERIOUS_CASE_REVIEW, until="chair-decision")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = either_store.engine
    launched(either_store)
    command.downgrade(config, "0009")
    command.upgrade(config, "head")

    check(either_store, TODAY)
    roll(either_store, TODAY)
    assert tally(either_store, TODAY) == counted(either_store, TODAY) != []
