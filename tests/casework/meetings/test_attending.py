"""Who came to a meeting is recorded once, and nobody is counted twice."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from casework.meetings.attending import record_who_came
from casework.people.directory import find_person
from casework.record import journal
from casework.record.act import Act
from casework.record.store import Store
from casework.registers.participation import count_participation, participants_of
from casework.registers.taking_part import took_part
from casework.reviews.case import load
from casework.reviews.case import store as record_move
from casework.views.review import find_review
from dashboard.presenters.participation import answer as shown
from models.errors import InputError, MoveRefused
from models.forms.inquiry import PractitionerEvent
from models.participation import Participant
from models.tables import id_of
from models.vocabulary import EventKind, Response
from tests.casework.meetings.meeting import LEARNING_EVENT, WORKER, a_review, answer, arrange, cancel, doing
from tests.walking import CHAIR, MANAGER

LATER: dict[str, Any] = {"now": datetime(2020, 2, 5, 9, tzinfo=UTC), "today": date(2020, 2, 5)}
OTHER = "nell.nurse@health.example"
SECOND = LEARNING_EVENT | {"on_day": "2020-03-03"}
TWO = LEARNING_EVENT | {
    "professionals": [*LEARNING_EVENT["professionals"], {"name": "Nell Nurse", "email": OTHER, "known_as": "nurse B"}]
}


@pytest.fixture
def reference(either_store: Store) -> str:
    return a_review(either_store)


def there(store: Store, reference: str) -> list[Participant]:
    with store.reading() as session:
        review = find_review(session, reference)
        assert journal.verify(session, review)
        return participants_of(session, id_of(review))


def came(store: Store, reference: str, *people: str, number: int = 1, **how: Any) -> None:
    data = {"kind": "learning-event", "people": list(people)}
    doing(store, record_who_came, reference, number, data, **(LATER | how))


def test_who_is_ticked_took_part_whatever_they_answered_and_stays_so(either_store: Store, reference: str) -> None:
    arrange(either_store, reference, TWO)
    answer(either_store, WORKER, Response.DECLINED)

    came(either_store, reference, WORKER)
    came(either_store, reference, WORKER)

    worker, nurse = there(either_store, reference)
    assert worker.attended == [{"kind": "learning-event", "held_on": "2020-02-04"}]
    assert [(shown(each), each.answer) for each in (worker, nurse)] == [
        ("Took part", Response.ACCEPTED),
        ("Still to be invited" if nurse.invited_on is None else "No answer yet", Response.WAITING),
    ]
    arrange(either_store, reference, SECOND, **LATER)
    answer(either_store, WORKER, Response.DECLINED, **LATER)
    assert there(either_store, reference)[0].answer is Response.ACCEPTED


def test_declining_one_event_is_not_declining_the_review(either_store: Store, reference: str) -> None:
    arrange(either_store, reference, LEARNING_EVENT)
    arrange(either_store, reference, SECOND)

    answer(either_store, WORKER, Response.DECLINED)
    assert there(either_store, reference)[0].answer is Response.WAITING

    cancel(either_store, reference, 1)
    answer(either_store, WORKER, Response.ACCEPTED)
    answer(either_store, WORKER, Response.DECLINED)
    assert there(either_store, reference)[0].answer is Response.DECLINED


def test_twelve_who_came_of_two_invited_by_name_are_ten_more(either_store: Store, reference: str) -> None:
    arrange(either_store, reference, TWO)
    with either_store.transaction() as session:
        case = load(Act(session, find_person(session, MANAGER), **LATER), reference)
        event = PractitionerEvent(kind=EventKind.LEARNING_EVENT, held_on=date(2020, 2, 4), attended=12)
        took_part(case, event, "What they said.")
        record_move(case, "participation recorded", None, detail={"number": 3, "part": "attendance"})

    assert [each.how_many for each in there(either_store, reference)] == [1, 1, 10]
    assert count_participation(there(either_store, reference)).invited <= 12


def test_it_is_refused_before_the_meeting_after_a_cancellation_and_for_who_was_not_invited(
    either_store: Store, reference: str
) -> None:
    arrange(either_store, reference, LEARNING_EVENT | {"people": [CHAIR]})

    with pytest.raises(MoveRefused, match="Record who came once it has begun"):
        came(either_store, reference, WORKER, now=datetime(2020, 2, 4, 9, tzinfo=UTC), today=date(2020, 2, 4))
    with pytest.raises(InputError, match="is not a practitioner or manager invited to this meeting"):
        came(either_store, reference, CHAIR)
    cancel(either_store, reference)
    with pytest.raises(MoveRefused, match="was cancelled"):
        came(either_store, reference, WORKER)
    assert not there(either_store, reference)[0].attended
