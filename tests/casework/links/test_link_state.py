"""What a link opens, and when it opens nothing any more."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from casework.delivery.undelivered import shut_out
from casework.links.answering import LinkShut, answer_by_link
from casework.links.ending_links import end_links
from casework.links.link_state import answer_for, follow_link, mark_link
from casework.links.renewing import MOST_AN_HOUR, send_new_link
from casework.links.signed_links import LinkTask
from casework.moves.steering import hold, resume, withdraw
from casework.moves.succession import hand_over
from casework.people.directory import find_person
from casework.record import journal
from casework.record.act import Act
from casework.record.store import Store
from casework.requests.draft_terms import circulate_terms
from casework.views.review import find_review
from models.errors import NotAllowed
from models.record import OutboxMessage
from models.review import Stage
from models.tables import id_of
from models.vocabulary import LinkState, TaskKind, Template
from tests.casework.links.asking import (
    CARE_REPORT,
    EVERY_KIND,
    MEMBER,
    OTHER_MEMBER,
    POLICE_REPORT,
    Asked,
    asked,
    invitation_asked,
    person_id,
    report_asked,
    terms_asked,
    token,
)
from tests.walking import AGENCY_REPORT, CHAIR, MANAGER, NOW, POLICE, REVIEWER, SOCIAL_CARE, TODAY, Step, take

SECOND = timedelta(seconds=1)
DAYS_30 = timedelta(days=30)


def state(store: Store, found: Asked, *, now: datetime = NOW) -> LinkState | None:
    """What a link comes to at a moment."""
    with store.reading() as session:
        followed = follow_link(session, found.token, now=now)
    return followed.state if followed else None


@pytest.mark.parametrize("kind", list(EVERY_KIND))
def test_a_link_opens_its_task_for_its_person(either_store: Store, kind: TaskKind) -> None:
    assert state(either_store, EVERY_KIND[kind](either_store)) is LinkState.OPEN


@pytest.mark.parametrize("kind", list(EVERY_KIND))
def test_a_link_to_somebody_elses_task_opens_nothing(store: Store, kind: TaskKind) -> None:
    found = EVERY_KIND[kind](store)
    other = asked(store, found.reference, CHAIR, found.task)

    assert state(store, other) is LinkState.NOT_YOURS


@pytest.mark.parametrize("kind", list(EVERY_KIND))
def test_a_link_to_a_task_that_is_not_there_opens_nothing(store: Store, kind: TaskKind) -> None:
    report = report_asked(store)

    assert state(store, asked(store, report.reference, POLICE, LinkTask(kind, 9_999))) is LinkState.GONE


def test_a_link_of_somebody_who_is_not_on_record_is_none(store: Store) -> None:
    report = report_asked(store)
    with store.reading() as session:
        assert follow_link(session, token(store, report.task, 9_999), now=NOW) is None


def test_no_link_opens_a_stage_that_is_done_by_people_who_sign_in(store: Store) -> None:
    report = report_asked(store)
    with store.reading() as session:
        stage = session.exec(select(Stage).where(Stage.name == "family-invitation")).one()

    assert state(store, asked(store, report.reference, REVIEWER, LinkTask(TaskKind.REPORT, id_of(stage)))) is (
        LinkState.NOT_YOURS
    )


def test_a_link_holds_for_thirty_days_to_the_second(either_store: Store) -> None:
    report = report_asked(either_store)

    moments = (NOW + DAYS_30 - SECOND, NOW + DAYS_30)
    assert [state(either_store, report, now=moment) for moment in moments] == [LinkState.OPEN, LinkState.EXPIRED]


def test_a_link_holds_through_the_day_on_which_its_task_is_due_as_clocks_in_london_show_it(store: Store) -> None:
    report = report_asked(store)
    with store.transaction() as session:
        session.get_one(Stage, report.task.id).due_on = date(2020, 6, 1)  # a Monday in summer time

    midnight = datetime(2020, 6, 1, 23, 0, tzinfo=UTC)
    assert [state(store, report, now=moment) for moment in (midnight - SECOND, midnight)] == [
        LinkState.OPEN,
        LinkState.EXPIRED,
    ]


def test_an_invitation_is_answered_until_the_meeting_begins(either_store: Store) -> None:
    found = invitation_asked(either_store)
    begins = datetime(2020, 2, 4, 10, 0, tzinfo=UTC)

    assert [state(either_store, found, now=moment) for moment in (begins - SECOND, begins)] == [
        LinkState.OPEN,
        LinkState.OVER,
    ]


def test_following_a_link_changes_nothing(store: Store) -> None:
    report = report_asked(store)

    assert [state(store, report) for _ in range(3)] == [LinkState.OPEN] * 3


def test_a_report_that_is_completed_is_done_for_whoever_had_a_link_to_it(either_store: Store) -> None:
    report = report_asked(either_store)
    take(either_store, report.reference, Step("agency-report", POLICE, AGENCY_REPORT))

    with either_store.reading() as session:
        followed = follow_link(session, report.token, now=NOW)
    assert followed
    assert (followed.state, followed.on) == (LinkState.DONE, TODAY)


def test_after_handing_over_the_link_opens_nothing_for_whoever_had_it(store: Store) -> None:
    report = report_asked(store)
    with store.transaction() as session:
        hand_over(
            Act(session, find_person(session, MANAGER), NOW, TODAY),
            report.reference,
            POLICE_REPORT,
            name="Nat New",
            email="nat.new@police.example",
            organisation="Example Police",
            reason="On leave.",
        )

    assert state(store, report) is LinkState.NOT_YOURS
    assert state(store, asked(store, report.reference, "nat.new@police.example", report.task)) is LinkState.OPEN


@pytest.mark.parametrize("kind", [kind for kind in EVERY_KIND if kind is not TaskKind.INVITATION])
def test_while_a_review_is_on_hold_its_links_wait_but_for_those_to_a_meeting(store: Store, kind: TaskKind) -> None:
    found = EVERY_KIND[kind](store)
    with store.transaction() as session:
        by = find_person(session, MANAGER)
        hold(Act(session, by, NOW, TODAY), found.reference, reason="A trial.", until=None)
    held = state(store, found)
    with store.transaction() as session:
        resume(Act(session, find_person(session, MANAGER), NOW, TODAY), found.reference)

    assert (held, state(store, found)) == (LinkState.WAITS, LinkState.OPEN)


@pytest.mark.parametrize("kind", list(EVERY_KIND))
def test_once_a_review_is_withdrawn_nothing_is_asked_any_more(store: Store, kind: TaskKind) -> None:
    found = EVERY_KIND[kind](store)
    with store.transaction() as session:
        by = find_person(session, MANAGER)
        withdraw(Act(session, by, NOW, TODAY), found.reference, reason="A mistake.")

    assert state(store, found) is LinkState.OVER


def test_whoever_steers_ends_the_links_of_one_person_to_one_task(either_store: Store) -> None:
    report = report_asked(either_store)
    care = asked(either_store, report.reference, SOCIAL_CARE, care_task(either_store))
    with either_store.transaction() as session:
        by = find_person(session, MANAGER)
        end_links(Act(session, by, NOW, TODAY), report.reference, report.task)

    later = asked(either_store, report.reference, POLICE, report.task, issued_at=NOW + SECOND)
    found = [state(either_store, each, now=NOW + SECOND) for each in (report, care, later)]
    assert found == [LinkState.ENDED, LinkState.OPEN, LinkState.OPEN]


def care_task(store: Store) -> LinkTask:
    """The report of social care."""
    with store.reading() as session:
        stage = session.exec(select(Stage.id).where(Stage.name == CARE_REPORT)).one()
    return LinkTask(TaskKind.REPORT, stage or 0)


def test_nobody_else_ends_links(store: Store) -> None:
    report = report_asked(store)
    with store.transaction() as session:
        by = find_person(session, SOCIAL_CARE)
        with pytest.raises(NotAllowed):
            end_links(Act(session, by, NOW, TODAY), report.reference, report.task)

    assert state(store, report) is LinkState.OPEN


def test_correcting_an_address_ends_every_link_that_went_to_the_old_one(either_store: Store) -> None:
    report = report_asked(either_store)
    with either_store.transaction() as session:
        shut_out(session, report.person_id, NOW)

    assert state(either_store, report) is LinkState.ENDED


def letters(store: Store, template: Template) -> list[OutboxMessage]:
    """The messages of one kind in the outbox."""
    with store.reading() as session:
        return list(session.exec(select(OutboxMessage).where(OutboxMessage.template == template)))


def test_a_new_link_takes_the_place_of_the_old_one(either_store: Store) -> None:
    report = report_asked(either_store)
    later = NOW + DAYS_30
    with either_store.transaction() as session:
        sent = send_new_link(session, report.token, now=later)

    (letter,) = letters(either_store, Template.ANSWER_LINK)
    new = asked(either_store, report.reference, POLICE, report.task, issued_at=letter.queued_at)
    assert (sent, letter.person_id) == (True, report.person_id)
    assert [state(either_store, each, now=later) for each in (report, new)] == [LinkState.RENEWED, LinkState.OPEN]


def test_new_links_are_sent_a_few_times_an_hour(either_store: Store) -> None:
    report = report_asked(either_store)
    later = NOW + DAYS_30

    def send(now: datetime) -> bool:
        with either_store.transaction() as session:
            return send_new_link(session, report.token, now=now)

    within = [send(later + SECOND * number) for number in range(MOST_AN_HOUR + 2)]
    assert (within, send(later + timedelta(hours=1))) == ([True] * MOST_AN_HOUR + [False] * 2, True)


@pytest.mark.parametrize("moment", [NOW, NOW + SECOND])
def test_no_new_link_is_sent_in_place_of_one_that_works_or_of_one_that_is_not_theirs(
    store: Store, moment: datetime
) -> None:
    report = report_asked(store)
    other = asked(store, report.reference, SOCIAL_CARE, report.task)
    for each in (report.token, other.token, "A" * 44):
        with store.transaction() as session:
            assert send_new_link(session, each, now=moment) is False

    assert letters(store, Template.ANSWER_LINK) == []


def test_an_answer_to_a_draft_uses_its_link_up_and_nobody_elses(either_store: Store) -> None:
    mine = terms_asked(either_store)
    other = asked(either_store, mine.reference, OTHER_MEMBER, LinkTask(TaskKind.TERMS, mine.task.id + 1))
    with either_store.transaction() as session:
        answer_by_link(session, mine.token, "terms", {"agreement": "agrees"}, now=NOW)

    assert [state(either_store, each) for each in (mine, other)] == [LinkState.USED, LinkState.OPEN]
    with either_store.transaction() as session, pytest.raises(LinkShut) as shut:
        answer_by_link(session, mine.token, "terms", {"agreement": "does-not-agree", "comment": "No."}, now=NOW)
    assert shut.value.followed
    assert shut.value.followed.state is LinkState.USED


def test_once_a_newer_draft_went_to_somebody_their_link_to_the_old_one_says_so(either_store: Store) -> None:
    mine = terms_asked(either_store)
    other = asked(either_store, mine.reference, OTHER_MEMBER, LinkTask(TaskKind.TERMS, mine.task.id + 1))
    data = {"wording": "Another.", "people": [{"name": "Mia Member", "email": MEMBER}], "answer_by": "2020-01-27"}
    with either_store.transaction() as session:
        circulate_terms(Act(session, find_person(session, REVIEWER), NOW + SECOND, TODAY), mine.reference, data)
    newer = asked(either_store, mine.reference, MEMBER, LinkTask(TaskKind.TERMS, mine.task.id + 2))

    assert [state(either_store, each) for each in (mine, other, newer)] == [
        LinkState.REPLACED,
        LinkState.OPEN,
        LinkState.OPEN,
    ]
    with either_store.transaction() as session, pytest.raises(LinkShut):
        answer_by_link(session, mine.token, "terms", {"agreement": "agrees"}, now=NOW + SECOND)
    with either_store.transaction() as session:
        assert send_new_link(session, mine.token, now=NOW + SECOND) is False


def test_a_letter_about_a_draft_that_leaves_after_a_newer_one_to_the_same_person_carries_no_link(store: Store) -> None:
    mine = terms_asked(store)
    data = {"wording": "Another.", "people": [{"name": "Mia Member", "email": MEMBER}], "answer_by": "2020-01-27"}
    with store.transaction() as session:
        circulate_terms(Act(session, find_person(session, REVIEWER), NOW + SECOND, TODAY), mine.reference, data)
    newer = LinkTask(TaskKind.TERMS, mine.task.id + 2)

    with store.reading() as session:
        old = answer_for(session, mine.task, mine.person_id, address="", queued_at=NOW)
        assert (old, bool(answer_for(session, newer, mine.person_id, address="", queued_at=NOW))) == (None, True)


def test_with_a_new_link_an_answer_can_be_changed(store: Store) -> None:
    mine = terms_asked(store)
    with store.transaction() as session:
        answer_by_link(session, mine.token, "terms", {"agreement": "agrees"}, now=NOW)
    with store.transaction() as session:
        assert send_new_link(session, mine.token, now=NOW + SECOND)

    new = asked(store, mine.reference, MEMBER, mine.task, issued_at=NOW + SECOND)
    assert state(store, new, now=NOW + SECOND) is LinkState.OPEN


def test_a_mark_on_a_door_replaces_the_one_before_and_leaves_the_others(either_store: Store) -> None:
    report = report_asked(either_store)
    with either_store.transaction() as session:
        mark_link(session, "ended_at", report.task, report.person_id, datetime(2019, 1, 1, tzinfo=UTC))
        mark_link(session, "answered_at", report.task, report.person_id, datetime(2019, 1, 1, tzinfo=UTC))
        mark_link(session, "answered_at", report.task, report.person_id, NOW)

    assert person_id(either_store, POLICE) == report.person_id
    assert state(either_store, report) is LinkState.USED


def test_a_letter_that_leaves_after_its_links_were_ended_carries_one_that_works(either_store: Store) -> None:
    report = report_asked(either_store)
    later = NOW + timedelta(hours=1)
    with either_store.transaction() as session:
        shut_out(session, report.person_id, later)
        mark_link(session, "ended_at", report.task, report.person_id, later + SECOND)

    with either_store.reading() as session:
        link = answer_for(session, report.task, report.person_id, address="", queued_at=NOW)
        assert link
        followed = follow_link(session, link.removeprefix("/answer/"), now=later + 2 * SECOND)
    assert followed
    assert followed.state is LinkState.OPEN


def test_a_letter_to_somebody_who_owes_it_no_longer_carries_no_link(store: Store) -> None:
    report = report_asked(store)
    care = person_id(store, SOCIAL_CARE)
    with store.reading() as session:
        others = answer_for(session, report.task, care, address="", queued_at=NOW)
    take(store, report.reference, Step("agency-report", POLICE, AGENCY_REPORT))
    with store.reading() as session:
        done = answer_for(session, report.task, report.person_id, address="", queued_at=NOW)

    assert (others, done) == (None, None)


def test_of_two_answers_at_once_by_one_link_the_second_is_told_that_it_is_used(either_store: Store) -> None:
    mine = terms_asked(either_store)

    def give(comment: str) -> str:
        try:
            with either_store.transaction() as session:
                data = {"agreement": "does-not-agree", "comment": comment}
                answer_by_link(session, mine.token, "terms", data, now=NOW)
        except LinkShut as shut:
            return shut.followed.state.value if shut.followed else "nothing"
        return "recorded"

    with ThreadPoolExecutor(4) as pool:
        said = sorted(pool.map(give, ["One.", "Two.", "Three.", "Four."]))
    assert said == ["recorded", "used", "used", "used"]
    with either_store.reading() as session:
        journal.verify(session, find_review(session, mine.reference))
