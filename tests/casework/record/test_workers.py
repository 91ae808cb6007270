"""The names of processes that deliver or execute runs."""

from casework.record.workers import is_a_worker_of_ours, known_to_be_gone, this_worker


def test_a_name_of_ours_is_told_from_those_that_other_programs_give_themselves() -> None:
    names = [this_worker(), "machine:4711", "ProcessWorker 0b1c", ""]
    assert [is_a_worker_of_ours(name) for name in names] == [True, False, False, False]


def test_this_process_is_not_gone_and_an_earlier_one_with_its_number_is() -> None:
    machine, number, _ = this_worker().split(":")
    assert [known_to_be_gone(name) for name in (this_worker(), f"{machine}:{number}:before", "")] == [
        False,
        True,
        False,
    ]
