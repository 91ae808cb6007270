"""Participation is recorded step by step, fed by the stages, never a pass or a fail, and nothing waits for it."""

from typing import Any

import pytest

from casework.moves.prefilled_forms import known_already
from casework.people.directory import find_person
from casework.record import journal
from casework.record.act import Act
from casework.record.store import Store
from casework.registers.participation import (
    ParticipationCounts,
    count_participation,
    invite_participant,
    on_record,
    participants_of,
    take_down,
)
from casework.registers.taking_part import OneEvent, handle_event
from casework.reviews.case import load
from casework.views.review import find_review, review_view
from models.errors import InputError, NotAllowed, NotFound, TamperingFound
from models.forms.method import LearningEvent, RecallSession, WholeSystemSession
from models.participation import Participant
from models.tables import id_of, table_of
from models.vocabulary import FamilyMember, Invitee, Response
from tests.walking import (
    CHAIR,
    EVENTS,
    FAMILY,
    MANAGER,
    NOW,
    PANEL,
    REVIEWER,
    SERIOUS_CASE_REVIEW,
    TODAY,
    Step,
    launched,
    take,
    walked,
)

MOTHER = {
    "who": "parent",
    "known_as": "the mother",
    "invited_on": "2014-06-10",
    "how": "By a visit",
    "invited_by": "The lead reviewer",
}
EVENT = {"kind": "learning-event", "held_on": "2014-09-09"}


@pytest.fixture
def reference(either_store: Store) -> str:
    """A review with a lead reviewer, whose family is to be invited."""
    found = launched(either_store)
    walked(either_store, found, SERIOUS_CASE_REVIEW, until="family-invitation")
    return found


def put_on_record(store: Store, reference: str, data: dict[str, Any], by: str = MANAGER) -> int:
    with store.transaction() as session:
        return invite_participant(Act(session, find_person(session, by), NOW, TODAY), reference, data).number


def record(store: Store, reference: str, number: int, part: str, data: dict[str, Any], by: str = MANAGER) -> None:
    with store.transaction() as session:
        take_down(Act(session, find_person(session, by), NOW, TODAY), reference, number, part, data)


def everybody(store: Store, reference: str) -> list[Participant]:
    with store.reading() as session:
        return participants_of(session, id_of(find_review(session, reference)))


def verified(store: Store, reference: str) -> int:
    with store.transaction() as session:
        return journal.verify(session, find_review(session, reference))


def test_everything_about_somebody_is_recorded_one_step_at_a_time(either_store: Store, reference: str) -> None:
    number = put_on_record(either_store, reference, MOTHER)
    steps: tuple[tuple[str, dict[str, Any]], ...] = (
        ("expectations", {"expectations": "A leaflet, read together.", "expectations_on": "2014-06-11"}),
        ("answer", {"answer": "accepted"}),
        ("attendance", EVENT),
        ("attendance", {"kind": "recall-session", "held_on": "2014-10-09"}),
        ("attendance", EVENT),
        ("views", {"views": "Somebody should have rung back."}),
        ("feedback", {"feedback_on": "2014-12-01", "feedback": "The report, before it was published."}),
    )
    for part, data in steps:
        record(either_store, reference, number, part, data)

    (mother,) = everybody(either_store, reference)
    assert mother.content() == MOTHER | {
        "how_many": 1,
        "expectations": "A leaflet, read together.",
        "expectations_on": "2014-06-11",
        "answer": "accepted",
        "reason": None,
        "attended": [EVENT, {"kind": "recall-session", "held_on": "2014-10-09"}],
        "views": "Somebody should have rung back.",
        "feedback_on": "2014-12-01",
        "feedback": "The report, before it was published.",
    }
    assert verified(either_store, reference) > 0


def test_the_journal_keeps_no_word_of_it(either_store: Store, reference: str) -> None:
    number = put_on_record(either_store, reference, MOTHER)
    record(either_store, reference, number, "views", {"views": "Somebody should have rung back."}, by=REVIEWER)
    with either_store.reading() as session:
        history = review_view(session, reference).history[-2:]

    assert [(entry.verb, entry.note, sorted(entry.detail)) for entry in history] == [
        ("participant invited", None, ["kept", "left", "number"]),
        ("participation recorded", None, ["kept", "left", "number", "part"]),
    ]
    assert [list(entry.detail["kept"]) for entry in history] == [["participant 1"], ["participant 1"]]


def test_a_changed_row_is_found(either_store: Store, reference: str) -> None:
    put_on_record(either_store, reference, MOTHER)
    with either_store.engine.begin() as connection:
        connection.execute(table_of(Participant).update().values(answer="declined"))

    with pytest.raises(TamperingFound, match="participant 1 is not as it was recorded"):
        verified(either_store, reference)


def test_a_deleted_row_is_found(either_store: Store, reference: str) -> None:
    put_on_record(either_store, reference, MOTHER)
    with either_store.engine.begin() as connection:
        connection.execute(table_of(Participant).delete())

    with pytest.raises(TamperingFound, match="participant 1 is not as it was recorded"):
        verified(either_store, reference)


def test_the_invitation_of_the_family_fills_the_same_record(either_store: Store, reference: str) -> None:
    put_on_record(either_store, reference, MOTHER)
    brother = {"who": "sibling", "known_as": "the brother", "answer": "declined", "reason": "Later, perhaps."}
    with either_store.reading() as session:
        known = known_already(session, find_review(session, reference), "family-invitation")
    invitations = [known["invitations"][0] | {"answer": "accepted"}, brother]
    data = {"invitations": invitations, "expectations": "In a conversation.", "views": "Ring back."}
    take(either_store, reference, Step("family-invitation", REVIEWER, data))

    found = everybody(either_store, reference)
    assert known == {"invitations": [MOTHER | {"answer": "no-answer-yet"}]}
    assert [(each.known_as, each.answer, each.expectations, each.views) for each in found] == [
        ("the mother", Response.ACCEPTED, "In a conversation.", "Ring back."),
        ("the brother", Response.DECLINED, "In a conversation.", None),
    ]
    assert (found[0].how, found[1].reason) == ("By a visit", "Later, perhaps.")
    assert verified(either_store, reference) > 0


def test_two_parents_without_a_name_are_two(store: Store) -> None:
    reference = launched(store)
    walked(store, reference, SERIOUS_CASE_REVIEW, until="family-invitation")
    both = [{"who": "parent", "answer": "accepted"}, {"who": "parent", "answer": "declined"}]
    take(store, reference, Step("family-invitation", REVIEWER, FAMILY | {"invitations": both}))

    assert [(each.known_as, each.answer) for each in everybody(store, reference)] == [
        ("Parent", Response.ACCEPTED),
        ("Parent", Response.DECLINED),
    ]


def test_who_came_to_an_event_is_on_record_once(either_store: Store, reference: str) -> None:
    number = put_on_record(either_store, reference, {"who": "practitioner", "known_as": "social worker A"})
    record(either_store, reference, number, "attendance", EVENT)
    with either_store.reading() as session:
        known = known_already(session, find_review(session, reference), "practitioner-events")
    invited = [step.stage for step in SERIOUS_CASE_REVIEW].index("family-invitation")
    walked(either_store, reference, SERIOUS_CASE_REVIEW[invited:], until="practitioner-events")
    take(either_store, reference, Step("practitioner-events", REVIEWER, EVENTS))

    assert known == {"events": [EVENT | {"attended": 1}]}
    assert [(each.known_as, each.who, each.how_many, each.attended) for each in everybody(either_store, reference)] == [
        ("social worker A", Invitee.PRACTITIONER, 1, [EVENT]),
        ("Parent", Invitee.PARENT, 1, []),
        ("Learning event, 9 September 2014", Invitee.PRACTITIONER, 11, [EVENT]),
    ]


@pytest.mark.parametrize(
    ("form", "kind", "known_as"),
    [
        (LearningEvent, "learning-event", "Learning event, 9 September 2014"),
        (RecallSession, "recall-session", "Recall session, 9 September 2014"),
        (WholeSystemSession, "whole-system-session", "Whole system session, 9 September 2014"),
    ],
)
def test_the_event_of_a_methodology_feeds_the_record(
    store: Store, form: type[OneEvent], kind: str, known_as: str
) -> None:
    reference = launched(store)
    said = dict.fromkeys((name for name, field in form.model_fields.items() if field.is_required()), "Said.")
    with store.transaction() as session:
        held = form.model_validate(said | {"held_on": "2014-09-09", "attended": 7})
        handle_event(load(Act(session, None, NOW, TODAY), reference), held)

    (group,) = everybody(store, reference)
    assert (group.known_as, group.attended) == (known_as, [{"kind": kind, "held_on": "2014-09-09"}])
    assert (group.who, group.how_many, group.answer) == (Invitee.PRACTITIONER, 7, Response.ACCEPTED)
    assert set((group.views or "").split("\n")) == {"Said."}


def test_the_tally_counts_people_and_names_who_is_not_there_yet() -> None:
    def somebody(who: Invitee, answer: Response, **more: Any) -> Participant:
        return Participant(review_id=1, number=1, who=who, known_as="x", answer=answer, **more)

    found = [
        somebody(Invitee.PARENT, Response.ACCEPTED),
        somebody(Invitee.CHILD, Response.DECLINED, reason="Not now."),
        somebody(Invitee.PRACTITIONER, Response.ACCEPTED, how_many=12, feedback_on=TODAY),
        somebody(Invitee.CARER, Response.NOT_INVITED),
        somebody(Invitee.MANAGER, Response.WAITING, invited_on=TODAY),
        somebody(Invitee.SIBLING, Response.WAITING),
    ]

    assert count_participation(found) == ParticipationCounts(
        invited=15,
        accepted=13,
        declined=1,
        waiting=1,
        to_invite=1,
        not_invited=1,
        feedback_owed=1,
        nobody_yet=(Invitee.SIBLING,),
    )


def test_what_stands_there_is_offered_for_change_but_another_event_starts_blank() -> None:
    mother = Participant(review_id=1, number=1, who=Invitee.PARENT, known_as="the mother", attended=[EVENT])

    assert on_record(mother, "invitation") == {"who": Invitee.PARENT, "known_as": "the mother", "how_many": 1}
    assert on_record(mother, "attendance") == {}


@pytest.mark.parametrize("person", [MANAGER, CHAIR, REVIEWER])
def test_three_roles_record_it(either_store: Store, reference: str, person: str) -> None:
    assert put_on_record(either_store, reference, MOTHER, by=person) == 1


def test_nobody_else_does(either_store: Store, reference: str) -> None:
    with pytest.raises(NotAllowed, match="can record that in LSCBN-SCR-2014-001, not panel-chair@board.example"):
        put_on_record(either_store, reference, MOTHER, by=PANEL)
    assert everybody(either_store, reference) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"who": "parent"}, "known_as: is missing."),
        ({"who": "neighbour", "known_as": "x"}, "who: ‘neighbour’ is not accepted"),
        (MOTHER | {"invited_on": "2020-01-07"}, "invited_on: ‘2020-01-07’ is in the future."),
        (MOTHER | {"how_many": 0}, "how_many: ‘0’ is not accepted"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(store: Store, data: dict[str, Any], said: str) -> None:
    reference = launched(store)
    with pytest.raises(InputError) as refused:
        put_on_record(store, reference, data)

    assert (str(refused.value)[: len(said)], everybody(store, reference)) == (said, [])


def test_nobody_of_that_number_is_a_refusal(store: Store) -> None:
    reference = launched(store)
    with pytest.raises(NotFound, match="LSCBN-SCR-2014-001 has no participant 7"):
        record(store, reference, 7, "answer", {"answer": "accepted"})
    with pytest.raises(
        NotFound, match="‘mark’ is not something to record about a person. Choose one of: invitation, expectations,"
    ):
        record(store, reference, 7, "mark", {})


def test_every_member_of_a_family_can_be_on_the_record() -> None:
    assert [Invitee(each.value).label for each in FamilyMember] == [each.label for each in FamilyMember]
