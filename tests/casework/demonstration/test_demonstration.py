"""The demonstration: what there is to see on the day on which it is made."""

from datetime import UTC, date, datetime

from sqlmodel import col, select

from casework.demonstration import seeding
from casework.letters.writing import write_letter
from casework.links.link_in_letter import answer_of
from casework.links.link_state import follow_link
from casework.links.signed_links import IN_TEXT
from casework.record.settings import Settings
from casework.record.store import Store
from casework.requests.contributions import contributions_of
from casework.requests.draft_terms import circulations
from casework.views.forecast.forecasting import forecasts
from models.answering import TermsDraft
from models.meeting import Attendance, Meeting
from models.people import Person
from models.record import OutboxMessage, Work
from models.review import Review
from models.vocabulary import Agreement, LinkState, MeetingKind, Response, ReviewState, TaskKind

TODAY = date(2026, 11, 24)  # a Tuesday
NOW = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def test_one_review_will_probably_be_late_and_the_past_says_so(store: Store) -> None:
    seeding.seed(store, today=TODAY)

    with store.reading() as session:
        found = forecasts(session, "northamptonshire", today=TODAY)
    assert [(each.reference, each.target, each.late_days, each.move) for each in found] == [
        ("LSCBN-SCR-2026-003", "Report", 9, "Report")
    ]


def test_nothing_is_said_or_prepared_any_more_of_what_was_finished_years_ago(store: Store) -> None:
    seeding.seed(store, today=TODAY)

    with store.reading() as session:
        finished = session.exec(select(Review.id).where(Review.state == ReviewState.CLOSED)).all()
        letters = session.exec(select(OutboxMessage.id).where(col(OutboxMessage.review_id).in_(finished))).all()
        work = session.exec(select(Work.id).where(col(Work.review_id).in_(finished))).all()
    assert (len(finished), letters, work) == (3, [], [])


def test_a_meeting_is_arranged_on_a_working_day_and_one_has_answered(store: Store) -> None:
    seeding.seed(store, today=TODAY)

    with store.reading() as session:
        meeting = session.exec(select(Meeting)).one()
        answers = session.exec(select(Attendance.response).order_by(col(Attendance.number))).all()
    assert (meeting.on_day, meeting.kind) == (date(2026, 12, 9), MeetingKind.PANEL)  # a Wednesday
    assert list(answers) == [Response.ACCEPTED, Response.WAITING, Response.WAITING]


def test_a_draft_goes_round_and_two_practitioners_are_asked_in_one_review_and_some_have_answered(store: Store) -> None:
    seeding.seed(store, today=TODAY)

    with store.reading() as session:
        draft = session.exec(select(TermsDraft)).one()
        (circulated,) = circulations(session, draft.review_id)
        asked = contributions_of(session, draft.review_id)
        terms = [(session.get_one(Person, row.person_id).email, row.agreement) for _, row in circulated.replies]
        questions = [(session.get_one(Person, row.person_id).email, row.answered_on) for row in asked]
    assert (draft.answer_by, [row.answer_by for row in asked]) == (date(2026, 12, 4), [date(2026, 12, 8)] * 2)
    assert terms == [
        ("carol.field@bd-board.example", Agreement.COMMENTS),
        ("alex.reed@social-care.example", None),
        ("pat.stone@police.example", None),
    ]
    assert questions == [("nia.cross@social-care.example", date(2026, 11, 23)), ("tom.birch@health.example", None)]


def test_its_letters_have_a_link_that_opens_for_each_kind_of_task(store: Store) -> None:
    """So that whoever tries the product can open one of each from the local mailbox."""
    seeding.seed(store, today=TODAY)

    with store.reading() as session:
        letters = session.exec(select(OutboxMessage)).all()
        texts = [write_letter(session, letter, settings=Settings(), today=TODAY).text for letter in letters]
        links = [
            follow_link(session, link.rpartition("/")[2], now=NOW) for text in texts for link in IN_TEXT.findall(text)
        ]
    opened = {link.link.task.kind for link in links if link and link.state is LinkState.OPEN}
    assert opened == set(TaskKind)


def test_it_is_made_once(store: Store) -> None:
    assert seeding.seed(store, today=TODAY) == "maya.brook@northants-board.example"
    assert seeding.seed(store, today=TODAY) is None


def test_every_link_of_its_letters_opens_on_the_day_it_begins(store: Store) -> None:
    seeding.seed(store, today=TODAY)

    with store.reading() as session:
        unsent = session.exec(select(OutboxMessage)).all()
        links = [answer_of(session, message, address="https://board.example") for message in unsent]
        opened = {
            followed.state
            for link in links
            if link
            if (followed := follow_link(session, link.rpartition("/")[2], now=NOW)) is not None
        }
    assert opened == {LinkState.OPEN}
