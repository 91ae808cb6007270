"""The address of a letter that belongs to a board: corrected by its business manager, by the rules for any other."""

from datetime import timedelta

import pytest
from sqlmodel import col, select, update

from casework.delivery.undelivered import correct_address, message_for, why_not_ours
from casework.letters.writing import write_letter
from casework.links.link_state import follow_link
from casework.links.signed_links import IN_TEXT
from casework.moves.succession import appoint_successor, step_down
from casework.people.directory import find_person
from casework.people.signing_in import new_sign_in_link, start_session
from casework.record import journal
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import Store
from casework.reminders.rounds import remind
from casework.views.review import find_review
from models.errors import InputError, LearningCycleError, MoveRefused, NotAllowed
from models.people import BrowserSession, SignInLink
from models.record import OutboxMessage
from models.tables import id_of
from models.vocabulary import LinkState, MessageState, Role, Template
from tests.walking import (
    CHAIR,
    MANAGER,
    NOW,
    POLICE,
    PRACTICE_LEARNING_REVIEW,
    SERIOUS_CASE_REVIEW,
    TODAY,
    launched,
    walked,
)

FIRST = "agency-report:example-children-s-social-care"
RIGHT = "petra.author@police.example"
LATER = NOW + timedelta(hours=1)
ELSEWHERE = "barking-and-dagenham"


@pytest.fixture
def reference(either_store: Store) -> str:
    """A review in which the police’s author owes a report, of which they have been reminded in vain."""
    reference = launched(either_store)
    walked(either_store, reference, SERIOUS_CASE_REVIEW, until=FIRST)
    remind(either_store, on=TODAY, now=NOW)
    with either_store.transaction() as session:
        session.execute(update(OutboxMessage).values(state=MessageState.REFUSED, server_said="550 no such user"))
    return reference


def letter(store: Store, to: str, template: Template = Template.REMINDERS) -> int:
    """The number of somebody’s newest letter of this kind."""
    with store.reading() as session:
        mine = select(OutboxMessage.id).where(
            OutboxMessage.person_id == find_person(session, to).id, OutboxMessage.template == template
        )
        return session.exec(mine.order_by(col(OutboxMessage.id).desc())).first() or 0


def correct(store: Store, number: int, email: str = RIGHT, by: str = MANAGER) -> None:
    """Correct the address that a message was refused at."""
    with store.transaction() as session:
        correct_address(Act(session, find_person(session, by), LATER, TODAY), number, email)


def refusal(store: Store, number: int, email: str = RIGHT, by: str = MANAGER) -> tuple[type[LearningCycleError], str]:
    """Why an address is not corrected."""
    with pytest.raises(LearningCycleError) as found:
        correct(store, number, email, by)
    return type(found.value), str(found.value)


def corrections(store: Store, reference: str) -> list[str | None]:
    """What a review’s history says of addresses that were corrected; the whole of it holds."""
    with store.reading() as session:
        review = find_review(session, reference)
        journal.verify(session, review)
        found = journal.entries(session, id_of(review))
    return [entry.note for entry in found if entry.verb == "address corrected"]


def test_a_reminders_address_is_corrected_on_record_in_every_review_of_the_board_that_they_take_part_in(
    either_store: Store, reference: str
) -> None:
    other, without_them = launched(either_store), launched(either_store, agencies=[])
    walked(either_store, other, SERIOUS_CASE_REVIEW, until=FIRST)
    number = letter(either_store, POLICE)

    correct(either_store, number)

    with either_store.reading() as session:
        message = session.get_one(OutboxMessage, number)
        assert (message.state, message.person_id) == (MessageState.QUEUED, find_person(session, RIGHT).id)
    told = [corrections(either_store, each) for each in (reference, other, without_them)]
    assert told == [[f"{POLICE} → {RIGHT}"], [f"{POLICE} → {RIGHT}"], []]


@pytest.mark.usefixtures("reference")
def test_nothing_made_for_the_old_address_opens_anything_but_the_letter_that_goes_again_does(
    either_store: Store,
) -> None:
    number = letter(either_store, POLICE)
    with either_store.transaction() as session:
        person = find_person(session, POLICE)
        new_sign_in_link(session, person, address="", now=NOW)
        start_session(session, id_of(person), now=NOW)
    before = link_in(either_store, number)
    assert opens(either_store, before) is LinkState.OPEN

    correct(either_store, number)

    with either_store.reading() as session:
        ended = [*session.exec(select(BrowserSession.ended_at)), *session.exec(select(SignInLink.used_at))]
    assert ended == [LATER, LATER]
    assert opens(either_store, before) is LinkState.ENDED
    assert opens(either_store, link_in(either_store, number)) is LinkState.OPEN


def link_in(store: Store, number: int) -> str:
    """The token of the link to answer by in a letter as it would go now."""
    with store.reading() as session:
        written = write_letter(session, session.get_one(OutboxMessage, number), settings=Settings(), today=TODAY)
    return str(IN_TEXT.findall(written.text)[0]).rpartition("/")[2]


def opens(store: Store, token: str) -> LinkState | None:
    """What a link comes to a little later."""
    with store.reading() as session:
        followed = follow_link(session, token, now=LATER + timedelta(minutes=1))
        return followed.state if followed else None


@pytest.mark.usefixtures("reference")
def test_the_address_of_a_colleague_with_a_role_is_not_corrected_from_what_reminds_them(either_store: Store) -> None:
    """Whoever could would read what only they may: the next link to sign in would go to the new address."""
    with either_store.transaction() as session:
        message = OutboxMessage(
            key="the month",
            template=Template.DIGEST_MONTHLY,
            person_id=id_of(find_person(session, CHAIR)),
            board="northamptonshire",
            state=MessageState.REFUSED,
            queued_at=NOW,
            next_try_at=NOW,
        )
        session.add(message)

    found = refusal(either_store, letter(either_store, CHAIR, Template.DIGEST_MONTHLY))

    assert found == (
        NotAllowed,
        (
            "This person has a role on a board, or takes part in another board’s review, so you cannot change their "
            "address. Ask for them to be appointed again, with the right address. The person who runs this "
            "installation can appoint somebody."
        ),
    )


@pytest.mark.usefixtures("reference")
def test_nor_is_that_of_somebody_who_takes_part_in_another_boards_review(either_store: Store) -> None:
    elsewhere = launched(either_store, "practice-learning-review", ELSEWHERE)
    walked(either_store, elsewhere, PRACTICE_LEARNING_REVIEW, until=FIRST)
    with either_store.transaction() as session:
        heir = find_person(session, CHAIR)
        appoint_successor(Act(session, None, NOW, TODAY), board=ELSEWHERE, role=Role.BUSINESS_MANAGER, person=heir)
        mine = find_person(session, MANAGER)
        step_down(Act(session, None, NOW, TODAY), board=ELSEWHERE, role=Role.BUSINESS_MANAGER, person=mine)

    kind, sentence = refusal(either_store, letter(either_store, POLICE))

    assert (kind, "takes part in another board’s review" in sentence) == (NotAllowed, True)


@pytest.mark.usefixtures("reference")
def test_where_no_history_would_tell_of_it_an_address_is_not_corrected(either_store: Store) -> None:
    with either_store.transaction() as session:
        former = find_person(session, CHAIR)
        step_down(Act(session, None, NOW, TODAY), board="northamptonshire", role=Role.INDEPENDENT_CHAIR, person=former)
        message = OutboxMessage(
            key="theirs",
            template=Template.REMINDERS,
            person_id=id_of(former),
            board="northamptonshire",
            state=MessageState.REFUSED,
            queued_at=NOW,
            next_try_at=NOW,
        )
        session.add(message)
    number = letter(either_store, CHAIR)

    kind, sentence = refusal(either_store, number)

    assert (kind, sentence.partition(",")[0]) == (NotAllowed, "This person takes part in no review of this board")
    with either_store.reading() as session:
        found, review = message_for(session, number, find_person(session, MANAGER))
        assert str(why_not_ours(session, found, review, find_person(session, MANAGER))) == sentence


@pytest.mark.usefixtures("reference")
def test_only_the_business_manager_of_its_board_corrects_it_and_only_once_it_was_refused(either_store: Store) -> None:
    number = letter(either_store, POLICE)
    launched(either_store, "practice-learning-review", ELSEWHERE)
    with either_store.transaction() as session:
        stranger = find_person(session, CHAIR)
        appoint_successor(Act(session, None, NOW, TODAY), board=ELSEWHERE, role=Role.BUSINESS_MANAGER, person=stranger)

    assert refusal(either_store, number, by=CHAIR)[0] is NotAllowed
    assert refusal(either_store, number, CHAIR)[0] is InputError
    with either_store.transaction() as session:
        session.execute(update(OutboxMessage).values(state=MessageState.GIVEN_UP))
    assert refusal(either_store, number)[0] is MoveRefused
