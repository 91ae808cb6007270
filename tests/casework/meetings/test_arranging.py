"""Meetings are arranged, moved and called off; everybody invited is told once of every change."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from casework.meetings.lookup import starts_at
from casework.moves import steering
from casework.moves.conversion import convert
from casework.people.directory import find_person
from casework.record import journal
from casework.record.act import Act
from casework.record.store import Store
from casework.registers.participation import participants_of
from casework.views.review import find_review
from models.errors import InputError, LearningCycleError, MoveRefused, NotAllowed, NotFound
from models.tables import id_of
from models.vocabulary import MeetingKind, Response, Template
from tests.casework.meetings.meeting import (
    LEARNING_EVENT,
    PANEL_MEETING,
    PROFESSIONAL,
    WORKER,
    a_review,
    answer,
    answers,
    arrange,
    cancel,
    invite,
    move,
    sent,
    told,
    uninvite,
)
from tests.walking import CHAIR, MANAGER, NOW, PANEL, SERIOUS_CASE_REVIEW, TODAY, walked

INVITED, MOVED = Template.MEETING_INVITED, Template.MEETING_MOVED
CANCELLED, UNINVITED = Template.MEETING_CANCELLED, Template.MEETING_UNINVITED
JULY = {"on_day": "2020-07-07", "begins": "2pm", "ends": "3.30pm"}


@pytest.fixture
def reference(either_store: Store) -> str:
    return a_review(either_store)


def verified(store: Store, reference: str) -> int:
    with store.reading() as session:
        return journal.verify(session, find_review(session, reference))


def test_a_meeting_is_arranged_and_each_person_invited_once(either_store: Store, reference: str) -> None:
    found = arrange(either_store, reference)

    assert (found.number, found.kind, found.stage, found.sequence) == (1, MeetingKind.PANEL, None, 0)
    assert (found.on_day, found.begins, found.ends) == (date(2020, 2, 4), time(10), time(12, 30))
    assert starts_at(found) == datetime(2020, 2, 4, 10, tzinfo=UTC)
    assert told(either_store) == [(CHAIR, INVITED, "0"), (PANEL, INVITED, "0")]
    assert answers(either_store, reference) == {CHAIR: Response.WAITING, PANEL: Response.WAITING}
    assert verified(either_store, reference)


def test_a_meeting_at_ten_is_at_ten_in_london_whatever_the_clocks_say(either_store: Store, reference: str) -> None:
    found = arrange(either_store, reference, PANEL_MEETING | {"on_day": "2020-07-07"})

    assert (found.begins, starts_at(found)) == (time(10), datetime(2020, 7, 7, 9, tzinfo=UTC))


def test_a_move_counts_up_and_has_to_be_answered_anew(either_store: Store, reference: str) -> None:
    before = arrange(either_store, reference)
    answer(either_store, CHAIR)
    sent(either_store)
    found = move(either_store, reference, JULY)

    assert (found.uid, found.sequence) == (before.uid, 1)
    assert told(either_store)[2:] == [(CHAIR, MOVED, "1"), (PANEL, MOVED, "1")]
    assert answers(either_store, reference) == {CHAIR: Response.WAITING, PANEL: Response.WAITING}
    assert verified(either_store, reference)


def test_another_place_need_not_be_answered_anew(either_store: Store, reference: str) -> None:
    arrange(either_store, reference)
    answer(either_store, CHAIR)
    move(either_store, reference, {"place": "Room 3, Example House"})

    assert answers(either_store, reference) == {CHAIR: Response.ACCEPTED, PANEL: Response.WAITING}


def test_whoever_has_not_heard_yet_is_invited_to_the_new_time_at_once(either_store: Store, reference: str) -> None:
    arrange(either_store, reference)
    move(either_store, reference, JULY)
    assert told(either_store) == [(CHAIR, INVITED, "1"), (PANEL, INVITED, "1")]

    cancel(either_store, reference)
    assert told(either_store) == []


def test_a_cancelled_meeting_is_cancelled_for_all_and_for_ever(either_store: Store, reference: str) -> None:
    before = arrange(either_store, reference)
    sent(either_store)
    found = cancel(either_store, reference)

    assert (found.uid, found.sequence, found.cancelled_on) == (before.uid, 1, TODAY)
    assert told(either_store)[2:] == [(CHAIR, CANCELLED, "1"), (PANEL, CANCELLED, "1")]
    with pytest.raises(MoveRefused, match="was cancelled on 2020-01-06"):
        cancel(either_store, reference)
    with pytest.raises(MoveRefused, match="was cancelled on 2020-01-06"):
        move(either_store, reference, JULY)
    with pytest.raises(MoveRefused, match="has been cancelled"):
        answer(either_store, CHAIR)
    assert verified(either_store, reference)


def test_more_are_invited_and_some_need_not_come(either_store: Store, reference: str) -> None:
    arrange(either_store, reference)
    sent(either_store)
    invite(either_store, reference, {"people": [MANAGER, CHAIR]})
    sent(either_store)
    uninvite(either_store, reference, CHAIR)
    sent(either_store)
    invite(either_store, reference, {"people": [CHAIR]})

    assert told(either_store)[2:] == [(MANAGER, INVITED, "0"), (CHAIR, UNINVITED, "1"), (CHAIR, INVITED, "2")]
    assert list(answers(either_store, reference)) == [CHAIR, PANEL, MANAGER]
    assert verified(either_store, reference)


def test_practitioners_are_on_record_as_taking_part_with_their_answer(either_store: Store, reference: str) -> None:
    arrange(either_store, reference, LEARNING_EVENT)
    answer(either_store, WORKER, Response.DECLINED, "On leave.")
    with either_store.reading() as session:
        (found,) = participants_of(session, id_of(find_review(session, reference)))

    assert (found.known_as, found.invited_on, found.answer, found.reason) == (
        "social worker A",
        TODAY,
        Response.DECLINED,
        "On leave.",
    )
    assert verified(either_store, reference)


def test_to_decline_one_meeting_takes_back_no_other_acceptance(either_store: Store, reference: str) -> None:
    arrange(either_store, reference, LEARNING_EVENT)
    answer(either_store, WORKER)
    arrange(either_store, reference, LEARNING_EVENT | {"kind": "recall-session", "on_day": "2020-03-03"})
    answer(either_store, WORKER, Response.DECLINED)
    with either_store.reading() as session:
        (found,) = participants_of(session, id_of(find_review(session, reference)))

    assert (answers(either_store, reference, 2), found.answer) == ({WORKER: Response.DECLINED}, Response.ACCEPTED)


@pytest.mark.parametrize("elsewhere", [Response.WAITING, Response.ACCEPTED])
def test_an_answer_to_another_time_is_none_on_record_unless_they_come_to_another_meeting(
    either_store: Store, reference: str, elsewhere: Response
) -> None:
    arrange(either_store, reference, LEARNING_EVENT)
    answer(either_store, WORKER)
    arrange(either_store, reference, LEARNING_EVENT | {"kind": "recall-session", "on_day": "2020-03-03"})
    if elsewhere is Response.ACCEPTED:
        answer(either_store, WORKER)

    move(either_store, reference, {"begins": "11:00"})

    with either_store.reading() as session:
        (found,) = participants_of(session, id_of(find_review(session, reference)))
    assert (answers(either_store, reference), found.answer) == ({WORKER: Response.WAITING}, elsewhere)
    assert verified(either_store, reference)


def test_the_same_answer_twice_is_one_entry_in_the_history(either_store: Store, reference: str) -> None:
    arrange(either_store, reference)
    answer(either_store, CHAIR)
    length = verified(either_store, reference)
    answer(either_store, CHAIR)

    assert verified(either_store, reference) == length


def test_nobody_answers_what_has_begun_or_is_not_theirs_any_more(either_store: Store, reference: str) -> None:
    arrange(either_store, reference)
    uninvite(either_store, reference, PANEL)

    with pytest.raises(MoveRefused, match="You do not need to come to this meeting"):
        answer(either_store, PANEL)
    with pytest.raises(MoveRefused, match="has begun or is over"):
        answer(either_store, CHAIR, now=datetime(2020, 2, 4, 10, tzinfo=UTC), today=date(2020, 2, 4))
    with pytest.raises(InputError, match="is not an answer"):
        answer(either_store, CHAIR, Response.NOT_INVITED)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ends": "9:30"}, "ends: ‘09:30’ is not after the start, ‘10:00’"),
        ({"on_day": "2020-01-06", "begins": "9:30"}, "on_day: ‘2020-01-06’ at 09:30 has passed"),
        ({"on_day": "2020-01-03"}, "on_day: ‘2020-01-03’ at 10:00 has passed"),
        ({"on_day": "2020-03-29", "begins": "1:30"}, "begins: ‘01:30’ comes twice or not at all on 2020-03-29, when"),
        ({"on_day": "2020-10-25", "begins": "0:30", "ends": "1:30"}, "ends: ‘01:30’ comes twice or not at all on"),
        ({"begins": "10"}, "begins: ‘10’ is not a time: write it as 10:00 or 2.30pm"),
        ({"begins": "25:00"}, "begins: ‘25:00’ is not a time"),
        ({"people": []}, "people: is empty"),
        ({"people": ["sam.stranger@elsewhere.example"]}, "people: ‘sam.stranger@elsewhere.example’ has no part"),
        ({"place": "Room 2\nAsk for Ann"}, "has more than one line"),
        ({"place": "x" * 151}, "place: "),
        ({"joining_link": "http://meet.example/a"}, "joining_link: ‘http://meet.example/a’ is not a web address"),
        ({"kind": "party"}, "kind: "),
    ],
)
def test_what_is_refused_changes_nothing(store: Store, changes: dict[str, Any], said: str) -> None:
    reference = a_review(store)
    before = verified(store, reference)
    with pytest.raises(InputError, match=said.replace(".", r"\.")):
        arrange(store, reference, PANEL_MEETING | changes)

    assert (verified(store, reference), told(store)) == (before, [])


def test_a_move_is_checked_like_an_arrangement(store: Store) -> None:
    reference = a_review(store)
    arrange(store, reference)
    for data, said in (({}, "already has that time and place"), ({"ends": "10:00"}, "Give a later time")):
        with pytest.raises(LearningCycleError, match=said):
            move(store, reference, data)
    with pytest.raises(NotFound, match="has no meeting 2"):
        move(store, reference, JULY, 2)
    assert told(store) == [(CHAIR, INVITED, "0"), (PANEL, INVITED, "0")]


def test_somebody_stays_invited_to_every_meeting(store: Store) -> None:
    reference = a_review(store)
    arrange(store, reference)

    with pytest.raises(InputError, match="would leave nobody invited"):
        uninvite(store, reference, CHAIR, PANEL)
    with pytest.raises(InputError, match="is not invited to this meeting"):
        uninvite(store, reference, MANAGER)
    with pytest.raises(InputError, match="at least one person who is not invited yet"):
        invite(store, reference, {"people": [CHAIR]})


def test_meetings_are_arranged_by_those_who_record_in_a_review(store: Store) -> None:
    reference = a_review(store)
    with pytest.raises(NotAllowed, match="Only the .* can record that"):
        arrange(store, reference, by=PANEL)


def test_what_has_begun_stays_as_it_is(store: Store) -> None:
    reference = a_review(store)
    arrange(store, reference)
    later: dict[str, Any] = {"now": datetime(2020, 2, 4, 10, tzinfo=UTC), "today": date(2020, 2, 4)}

    with pytest.raises(MoveRefused, match="began on 2020-02-04, so you can no longer change that"):
        cancel(store, reference, **later)


def test_a_withdrawn_review_calls_its_meetings_off(either_store: Store, reference: str) -> None:
    arrange(either_store, reference)
    sent(either_store)
    with either_store.transaction() as session:
        by = find_person(session, MANAGER)
        steering.withdraw(Act(session, by, NOW, TODAY), reference, reason="A duplicate.")

    assert told(either_store)[2:] == [(CHAIR, CANCELLED, "1"), (PANEL, CANCELLED, "1")]
    assert verified(either_store, reference)


def test_a_review_that_goes_on_as_another_calls_its_meetings_off(store: Store) -> None:
    reference = a_review(store)
    arrange(store, reference)
    sent(store)
    with store.transaction() as session:
        by = find_person(session, MANAGER)
        convert(Act(session, by, NOW, TODAY), reference, "single-case-audit", reason="No harm.")

    assert told(store)[2:] == [(CHAIR, CANCELLED, "1"), (PANEL, CANCELLED, "1")]
    assert verified(store, reference)


def test_a_review_that_closes_calls_its_meetings_off_and_a_hold_leaves_them(store: Store) -> None:
    reference = a_review(store)
    arrange(store, reference)
    sent(store)
    with store.transaction() as session:
        steering.hold(Act(session, find_person(session, MANAGER), NOW, TODAY), reference, reason="A trial.", until=None)
    assert len(told(store)) == 2
    with store.transaction() as session:
        steering.resume(Act(session, find_person(session, MANAGER), NOW, TODAY), reference)
    walked(store, reference, SERIOUS_CASE_REVIEW[2:])

    assert told(store)[2:] == [(CHAIR, CANCELLED, "1"), (PANEL, CANCELLED, "1")]
    with pytest.raises(MoveRefused, match="is closed"):
        arrange(store, reference)


def test_a_meeting_that_is_over_stays_in_a_review_that_ends(store: Store) -> None:
    reference = a_review(store)
    arrange(store, reference)
    sent(store)
    with store.transaction() as session:
        by, now = find_person(session, MANAGER), datetime(2020, 2, 4, 11, tzinfo=UTC)
        steering.withdraw(Act(session, by, now, date(2020, 2, 4)), reference, reason="A duplicate.")

    assert len(told(store)) == 2


def test_a_practitioner_who_is_named_twice_is_invited_once(store: Store) -> None:
    reference = a_review(store)
    arrange(store, reference, LEARNING_EVENT | {"professionals": [PROFESSIONAL, PROFESSIONAL]})

    assert told(store) == [(WORKER, INVITED, "0")]


def test_a_meeting_belongs_to_the_stage_that_is_still_to_be_done(store: Store) -> None:
    reference = a_review(store)
    kinds = ("panel-meeting", "recall-session", "focus-group", "audit-meeting")
    found = [arrange(store, reference, PANEL_MEETING | {"kind": kind}).stage for kind in kinds]

    assert found == [None, "recall-session", "practitioner-events", None]  # the panel has met, and this is no audit
