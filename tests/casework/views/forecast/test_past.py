"""How long a stage took before, on this board: what is counted, what is not, and when it is too little to go by."""

from datetime import date

from casework.record.store import Store
from casework.views.forecast.past import LATEST, TAKEN, History, Past
from tests.casework.views.forecast.rows import BOARD, TYPE, held, past


def test_the_usual_length_is_the_median_and_half_a_day_counts_as_a_whole_one() -> None:
    assert Past((30, 41, 50)).usual() == 41
    assert Past((30, 41, 50, 60)).usual() == 46  # half way between 41 and 50 lies 45 and a half


def test_slow_is_what_three_quarters_did_not_exceed() -> None:
    assert Past((10, 20, 30, 40)).slow() == 30
    assert Past((10, 20, 30)).slow() == 30


def test_only_those_count_that_lasted_as_long_as_the_stage_has_by_now() -> None:
    taken = Past((30, 41, 50, 60))

    assert (taken.usual(42), taken.slow(42), taken.usual(60), taken.usual(61)) == (55, 60, 60, None)


def test_fewer_than_three_are_not_enough() -> None:
    assert [Past(days).enough for days in ((), (1,), (1, 2), (1, 2, 3))] == [False, False, False, True]


def test_stages_of_the_same_type_of_review_are_counted_first(either_store: Store) -> None:
    with either_store.transaction() as session:
        past(session, "report", 40, 50, 60)
        past(session, "report", 5, 6, 7, type_="practice-learning-review")

        assert History(session, BOARD).of(TYPE, "report") == Past((60, 50, 40), of_type=3)


def test_where_those_are_too_few_the_same_stage_in_every_type_of_the_board_is_counted(either_store: Store) -> None:
    with either_store.transaction() as session:
        past(session, "report", 40, 50)
        past(session, "report", 5, 6, type_="practice-learning-review", ending=date(2014, 2, 3))

        assert History(session, BOARD).of(TYPE, "report") == Past((50, 40, 6, 5), every_type=True, of_type=2)


def test_nothing_is_taken_from_another_board(either_store: Store) -> None:
    with either_store.transaction() as session:
        past(session, "report", 40, 50, 60, board="croydon")

        assert History(session, BOARD).of(TYPE, "report") == Past(())


def test_what_was_only_carried_over_from_another_review_took_no_time_here_and_is_not_counted(
    either_store: Store,
) -> None:
    with either_store.transaction() as session:
        past(session, "report", 0, 40, 50, 60, converted_from="LSCBN-SCR-2013-001")
        past(session, "report", 0)  # a report that was written on one day

        assert sorted(History(session, BOARD).of(TYPE, "report").days) == [0, 40, 50, 60]


def test_the_days_on_hold_are_left_out(either_store: Store) -> None:
    with either_store.transaction() as session:
        [review] = past(session, "report", 40, ending=date(2014, 3, 31))  # opened on Wednesday 19 February
        held(session, review, date(2014, 3, 3), resumed=date(2014, 3, 17))  # two weeks, from Monday to Monday

        assert History(session, BOARD).of(TYPE, "report").days == (26,)


def test_the_last_ones_are_counted_and_no_more_than_so_many(either_store: Store) -> None:
    with either_store.transaction() as session:
        past(session, "report", *[90] * 10, ending=date(2012, 3, 30))
        past(session, "report", *[40] * LATEST)

        assert History(session, BOARD).of(TYPE, "report").days == (40,) * LATEST


def test_the_past_is_read_from_an_index_in_its_order_however_many_reviews_there_were(store: Store) -> None:
    asked = TAKEN.params(board=BOARD, type=TYPE, key="report")
    literal = asked.compile(store.engine, compile_kwargs={"literal_binds": True})
    with store.reading() as session:
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {literal}").all()

    steps = [step.detail for step in plan]
    assert "USING INDEX ix_stage_closed_of_board" in steps[0]
    assert [step for step in steps if "TEMP B-TREE" in step] == []  # it comes in order, so that only the last are read
