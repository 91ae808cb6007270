"""Who is asked for an answer by a link hears of it again until it is given, and the business manager after that."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from casework.framework.profiles import board
from casework.letters.writing import write_letter
from casework.moves import steering
from casework.outbox.mail_errors import NothingLeftToSay
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.settings import Settings
from casework.record.store import Store
from casework.reminders.listing import Reminder, reminders
from casework.reminders.rounds import escalate, remind
from casework.requests import contributions, draft_terms
from models.answering import Contribution, TermsReply
from models.notice import Notice, Occasion
from models.record import Note, OutboxMessage
from models.tables import table_of
from models.vocabulary import MessageState, Rung, TaskKind, Template
from tests.casework.links.asking import DRAFT, MEMBER, OTHER_MEMBER, PRACTITIONER, contribution_asked, terms_asked
from tests.casework.meetings.meeting import LEARNING_EVENT, WORKER, a_review, answer, arrange, cancel, move, uninvite
from tests.walking import MANAGER, PANEL, REVIEWER, SERIOUS_CASE_REVIEW, TODAY, walked

NOTICE, NOTE, OCCASION, OUTBOX = (table_of(each) for each in (Notice, Note, Occasion, OutboxMessage))
REPLY, CONTRIBUTION = table_of(TermsReply), table_of(Contribution)
ADDRESS = "https://learning.example"
LAST = date(2020, 3, 31)
DUE = date(2020, 1, 20)  # a Monday, a fortnight after TODAY
MEETING = date(2020, 2, 4)  # a Tuesday
OTHER_MEETING = date(2020, 2, 20)  # a Thursday
Heard = Mapping[date, list[tuple[str, str]]]


def at(on: date) -> datetime:
    return datetime.combine(on, time(8), UTC)


def rounds(store: Store, on: date) -> list[Reminder]:
    """What both rounds of a day put into e-mails, and which answers that is about; and the e-mails go."""
    found: list[Reminder] = []
    for make in (remind, escalate):
        done = make(store, on=on, now=at(on))
        with store.transaction() as session:
            found += [each for each in reminders(session, done.ids) if each.answer]
            session.execute(update(OUTBOX).values(state=MessageState.ACCEPTED))
    return found


def heard(store: Store, first: date = TODAY, last: date = LAST) -> Heard:
    """The days on which anybody hears of an answer, and who, from which rung."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return {on: [(each.to, each.rung.value) for each in found] for on in days if (found := rounds(store, on))}


def replied(store: Store, reference: str, email: str, on: date) -> None:
    """A member agrees to the draft."""
    with store.transaction() as session:
        by = find_person(session, email)
        number = session.scalars(select(REPLY.c.number).where(REPLY.c.person_id == by.id)).one()
        draft_terms.record_reply(Act(session, by, at(on), on), reference, number, {"agreement": "agrees"})


def test_a_draft_is_spoken_of_until_it_is_answered_and_then_the_business_manager_hears_once(
    either_store: Store,
) -> None:
    asked = terms_asked(either_store)
    replied(either_store, asked.reference, OTHER_MEMBER, date(2020, 1, 14))

    assert heard(either_store) == {
        date(2020, 1, 16): [(MEMBER, "owner")],  # Thursday, two working days before
        DUE: [(MEMBER, "owner")],
        date(2020, 1, 21): [(MEMBER, "owner")],  # one after
        date(2020, 1, 22): [(MANAGER, "business-manager")],  # two
        date(2020, 1, 23): [(MEMBER, "owner")],  # three
    }


def test_a_newer_draft_takes_the_place_of_the_one_before(either_store: Store) -> None:
    asked = terms_asked(either_store)
    data = {"wording": DRAFT, "people": [{"name": "Mia Member", "email": MEMBER}], "answer_by": "2020-01-29"}
    with either_store.transaction() as session:
        by = find_person(session, REVIEWER)
        draft_terms.circulate_terms(Act(session, by, at(TODAY), TODAY), asked.reference, data)

    assert list(heard(either_store, last=date(2020, 1, 29))) == [date(2020, 1, 27), date(2020, 1, 29)]


def test_once_the_terms_are_agreed_nobody_is_asked_for_an_answer(either_store: Store) -> None:
    asked = terms_asked(either_store)
    steps = tuple(step for step in SERIOUS_CASE_REVIEW if step.stage == "terms-of-reference")
    walked(either_store, asked.reference, steps)

    assert heard(either_store) == {}


def test_the_five_questions_are_spoken_of_until_any_of_them_is_answered(either_store: Store) -> None:
    asked = contribution_asked(either_store)
    assert list(heard(either_store, last=DUE)) == [date(2020, 1, 16), DUE]
    with either_store.transaction() as session:
        by = find_person(session, PRACTITIONER)
        number = session.scalars(select(CONTRIBUTION.c.number)).one()
        contributions.record_contribution(
            Act(session, by, at(DUE), DUE), asked.reference, number, {"view": "We met weekly."}
        )

    assert heard(either_store, DUE) == {}


def test_a_hold_silences_what_is_asked_and_resuming_catches_up_with_one_email(either_store: Store) -> None:
    asked = contribution_asked(either_store)
    steered(either_store, "hold", asked.reference, TODAY, reason="A trial.", until=None)
    assert heard(either_store, last=date(2020, 1, 27)) == {}

    steered(either_store, "resume", asked.reference, date(2020, 1, 28))

    # the manager's e-mail of the day, about the framework's own date, has gone by then: the rest waits for the next
    assert heard(either_store, date(2020, 1, 28)) == {
        date(2020, 1, 28): [(PRACTITIONER, "owner")],
        date(2020, 1, 29): [(MANAGER, "business-manager")],
    }


def test_a_hold_takes_back_what_has_not_gone_and_it_is_said_afterwards(either_store: Store) -> None:
    asked = terms_asked(either_store)
    remind(either_store, on=DUE, now=at(DUE))

    steered(either_store, "hold", asked.reference, DUE, reason="A trial.", until=None)
    with either_store.reading() as session:
        assert session.scalars(select(OCCASION.c.id).where(OCCASION.c.task_id.is_not(None))).all() == []
    steered(either_store, "resume", asked.reference, DUE)

    after = date(2020, 1, 21)
    assert heard(either_store, after, after) == {after: [(MEMBER, "owner"), (OTHER_MEMBER, "owner")]}


def steered(store: Store, what: str, reference: str, today: date, **more: Any) -> None:
    with store.transaction() as session:
        by = find_person(session, MANAGER)
        getattr(steering, what)(Act(session, by, at(today), today), reference, **more)


def test_an_invitation_is_spoken_of_before_the_day_of_the_meeting_until_it_is_answered(either_store: Store) -> None:
    arrange(either_store, a_review(either_store), LEARNING_EVENT)

    assert heard(either_store) == {
        date(2020, 1, 28): [(WORKER, "owner")],  # Tuesday, five working days before
        date(2020, 1, 31): [(WORKER, "owner")],  # Friday, two
    }


def test_who_has_answered_an_invitation_hears_no_more_of_it(either_store: Store) -> None:
    arrange(either_store, a_review(either_store), LEARNING_EVENT)
    answer(either_store, WORKER)

    assert heard(either_store) == {}


def test_a_meeting_on_another_day_is_another_invitation_and_at_another_hour_the_same(either_store: Store) -> None:
    reference = a_review(either_store)
    arrange(either_store, reference, LEARNING_EVENT)
    assert list(heard(either_store, last=date(2020, 1, 28))) == [date(2020, 1, 28)]

    move(either_store, reference, {"begins": "11:00"})
    assert list(heard(either_store, date(2020, 1, 29), date(2020, 1, 31))) == [date(2020, 1, 31)]

    move(either_store, reference, {"on_day": OTHER_MEETING.isoformat()})
    assert list(heard(either_store, date(2020, 2, 1))) == [date(2020, 2, 13), date(2020, 2, 18)]


@pytest.mark.parametrize("what", ["cancelled", "uninvited"])
def test_nobody_is_asked_about_a_meeting_to_which_they_need_not_come(either_store: Store, what: str) -> None:
    reference = a_review(either_store)
    arrange(either_store, reference, LEARNING_EVENT | {"people": [PANEL]})
    answer(either_store, PANEL)
    if what == "cancelled":
        cancel(either_store, reference)
    else:
        uninvite(either_store, reference, WORKER)

    assert heard(either_store) == {}


def test_a_hold_does_not_silence_an_invitation_to_a_meeting_that_takes_place_all_the_same(
    either_store: Store,
) -> None:
    reference = a_review(either_store)
    arrange(either_store, reference, LEARNING_EVENT)
    steered(either_store, "hold", reference, TODAY, reason="A trial.", until=None)

    assert list(heard(either_store)) == [date(2020, 1, 28), date(2020, 1, 31)]


def test_the_rounds_missed_while_a_meeting_took_place_are_not_made_up_for(either_store: Store) -> None:
    arrange(either_store, a_review(either_store), LEARNING_EVENT)

    assert heard(either_store, MEETING) == {}


def test_two_who_owe_the_same_answer_are_one_line_to_the_business_manager(either_store: Store) -> None:
    asked = terms_asked(either_store)
    on = date(2020, 1, 22)
    for day_ in (on - timedelta(days=1), on):
        remind(either_store, on=day_, now=at(day_))
    escalate(either_store, on=on, now=at(on))

    _, text = letter_to(either_store, MANAGER, on)

    assert text.count("Answer to the draft terms of reference\n") == 1
    assert "the person who was asked and has not answered" in text
    assert f"{ADDRESS}/reviews/{asked.reference}/terms\n" in text
    assert "/answer/" not in text


def test_the_email_to_whoever_was_asked_says_what_and_opens_it_by_a_link(either_store: Store) -> None:
    arrange(either_store, reference := a_review(either_store), LEARNING_EVENT)
    on = date(2020, 1, 31)
    remind(either_store, on=on, now=at(on))

    subject, text = letter_to(either_store, WORKER, on)

    assert subject == f"{reference}: Answer to the invitation (learning event) is due on Tuesday 4 February 2020"
    assert f"{ADDRESS}/answer/" in text


def test_who_is_asked_for_an_answer_alone_is_sent_to_no_page_that_is_not_theirs(either_store: Store) -> None:
    """What a practitioner answers is read by others, who sign in to see it."""
    contribution_asked(either_store)
    remind(either_store, on=DUE, now=at(DUE))

    _, text = letter_to(either_store, PRACTITIONER, DUE)

    addresses = {line for line in text.splitlines() if line.startswith(ADDRESS)}
    assert [address.startswith(f"{ADDRESS}/answer/") for address in addresses] == [True]
    assert "\nAnswer without signing in:\n" in text


def test_what_is_answered_by_the_time_it_goes_is_left_out(either_store: Store) -> None:
    asked = terms_asked(either_store)
    remind(either_store, on=DUE, now=at(DUE))
    replied(either_store, asked.reference, MEMBER, DUE)

    with pytest.raises(NothingLeftToSay):
        letter_to(either_store, MEMBER, DUE)


def none_sent() -> OutboxMessage:
    raise AssertionError("no reminder was sent to this person")


def letter_to(store: Store, email: str, on: date) -> tuple[str, str]:
    """The subject and the text of somebody's e-mail of reminders; NothingLeftToSay where that is so."""
    with store.transaction() as session:
        person_id = find_person(session, email).id
        wanted = select(OutboxMessage).where(OUTBOX.c.template == Template.REMINDERS, OUTBOX.c.person_id == person_id)
        message = session.scalars(wanted.order_by(OUTBOX.c.id.desc())).first() or none_sent()
        letter = write_letter(session, message, settings=Settings(public_url=ADDRESS), today=on)
        return letter.subject, letter.text


def test_what_was_asked_before_an_upgrade_is_planned_once(either_store: Store) -> None:
    terms_asked(either_store)
    with either_store.transaction() as session:
        session.execute(delete(NOTICE).where(NOTICE.c.task_kind.is_not(None)))
        session.execute(insert(NOTE).values(key="answers", value="to be planned"))

    both = [(MEMBER, "owner"), (OTHER_MEMBER, "owner")]
    assert heard(either_store, last=DUE) == {date(2020, 1, 16): both, DUE: both}


def test_a_board_that_says_nothing_of_answers_goes_up_one_rung() -> None:
    reminders_ = board("northamptonshire").reminders.model_copy(update={"stages": {}})

    assert [step.rung for step in reminders_.of_answers(TaskKind.TERMS).ladder] == [Rung.BUSINESS_MANAGER]
