"""The pages behind a link from a letter: one task, answered without signing in, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from httpx import Response
from sqlmodel import select

from casework.links.renewing import send_new_link
from casework.links.signed_links import form_token
from casework.moves.steering import hold
from casework.people.directory import find_person
from casework.record import journal
from casework.record.act import Act
from casework.requests.draft_terms import agreement_so_far
from casework.requests.promised_dates import promises_of
from casework.views.review import find_review, review_view
from dashboard.security import LARGEST_FORM, LARGEST_FROM_STRANGERS, OPEN
from models.action import ActionEntry
from models.answering import AnswerDoor, Contribution, TermsReply
from models.meeting import Attendance
from models.record import OutboxMessage
from models.review import Document, Stage
from models.tables import id_of
from models.vocabulary import Response as Coming
from models.vocabulary import StageState, TaskKind, Template
from tests.casework.links.asking import (
    DRAFT,
    EVERY_KIND,
    Asked,
    action_asked,
    contribution_asked,
    invitation_asked,
    report_asked,
    terms_asked,
    token,
)
from tests.dashboard.house import FROM_HERE, House, problems, standing, title, typed, words
from tests.dashboard.test_door import filled, routes
from tests.walking import AGENCY_REPORT, MANAGER, NOW, TODAY, launched

PDF = b"%PDF-1.7 the report as it was signed"
SOON = timedelta(minutes=5)


def open_(home: House, found: Asked, way: str = "") -> Response:
    """Follow a link in a browser in which nobody has ever signed in."""
    answer: Response = home.browser().get(f"/answer/{found.token}{'/' if way else ''}{way}")
    return answer


def send(home: House, found: Asked, way: str, data: dict[str, Any] | None = None, **more: Any) -> Response:
    """Send the form of one way to answer, as its page would."""
    form = {"csrf_token": form_token(home.store.journal_secret, found.token)} | typed(data or {})
    answer: Response = home.browser().post(f"/answer/{found.token}/{way}", data=form, headers=FROM_HERE, **more)
    return answer


def thanks(home: House, answer: Response) -> str:
    """What the page says after an answer."""
    assert (answer.status_code, answer.headers["location"].startswith("/answer/")) == (303, True)
    return words(home.browser().get(answer.headers["location"]))


def journalled(home: House, reference: str) -> tuple[str, int | None, bool]:
    """The newest entry of the journal: its verb, who, and whether it came by a link. The whole chain holds."""
    with home.store.reading() as session:
        review = find_review(session, reference)
        journal.verify(session, review)
        entry = journal.entries(session, id_of(review))[-1]
    return entry.verb, entry.actor_id, entry.detail.get("by_link", False)


def test_a_report_is_given_with_its_file_and_the_link_is_used_up(home: House) -> None:
    asked = report_asked(home.store)
    page = open_(home, asked)
    given = send(home, asked, "report", AGENCY_REPORT, files={"file": ("report.pdf", PDF)})

    assert (page.status_code, title(page)) == (200, "Agency report (Example Police)")
    assert "Thank you. What you sent is on record." in thanks(home, given)
    assert journalled(home, asked.reference) == ("stage completed", asked.person_id, True)
    with home.store.reading() as session:
        stage = session.get_one(Stage, asked.task.id)
        file = session.exec(select(Document).where(Document.stage_id == stage.id, Document.kind == "upload")).one()
        assert (stage.state, stage.closed_by) == (StageState.CLOSED, asked.person_id)
        assert (file.file_name, file.content, file.uploaded_by) == ("report.pdf", PDF, asked.person_id)
    again = open_(home, asked)
    assert (again.status_code, title(again)) == (410, "You have answered already")
    assert "You answered on 6 January 2020. You do not need to do anything more." in words(again)


def test_what_came_by_a_link_says_so_in_the_history(home: House) -> None:
    asked = report_asked(home.store)
    send(home, asked, "report", AGENCY_REPORT)

    said = words(home.signed_in(MANAGER).get(f"/reviews/{asked.reference}"))
    assert "Agency report (Example Police): completed by Pat Author, by a link from an e-mail" in said


def test_an_author_says_when_the_report_will_come_and_the_deadline_stays(home: House) -> None:
    asked = report_asked(home.store)
    page = open_(home, asked, "later")
    said = send(home, asked, "later", {"comes_on": "2020-02-03", "because": "The author was ill."})

    assert "Was due on Monday 1 September 2014" in words(page)
    assert "Thank you. We will tell the business manager when to expect it." in thanks(home, said)
    assert "To come on 3 February 2020, as you said on 6 January 2020" in words(open_(home, asked))
    assert journalled(home, asked.reference) == ("report promised", asked.person_id, True)
    with home.store.reading() as session:
        review = find_review(session, asked.reference)
        stage = next(each for each in review_view(session, asked.reference).stages if each.id == asked.task.id)
        made = promises_of(session, id_of(review))[asked.task.id]
        letter = session.exec(select(OutboxMessage).where(OutboxMessage.template == Template.REPORT_PROMISED)).one()
        manager = find_person(session, MANAGER).id
    assert (stage.state, str(stage.due_on)) == ("open", "2014-09-01")
    assert (str(made.comes_on), made.because, letter.person_id) == ("2020-02-03", "The author was ill.", manager)


def test_an_owner_reports_progress_and_then_gives_evidence_by_the_same_link(home: House) -> None:
    asked = action_asked(home.store)
    page = open_(home, asked)
    progress = send(home, asked, "progress", {"as_of": "2020-01-06", "progress": "Half done."})
    evidence = {"evidenced_on": "2020-01-03", "evidence": "The audit shows it."}
    given = send(home, asked, "evidence", evidence, files={"file": ("audit.pdf", PDF)})

    assert "What is to be done Keep one chronology." in words(page)
    assert "Thank you. Your progress is on record." in thanks(home, progress)
    assert "Thank you. The evidence is on record" in thanks(home, given)
    assert journalled(home, asked.reference) == ("action evidenced", asked.person_id, True)
    with home.store.reading() as session:
        entries = session.exec(select(ActionEntry).order_by("number")).all()
    assert [(each.kind.value, each.note, each.document_id is not None) for each in entries][-2:] == [
        ("progress", "Half done.", False),
        ("evidence", "The audit shows it.", True),
    ]


def test_somebody_who_is_invited_says_whether_they_come_and_may_think_better_of_it(home: House) -> None:
    asked = invitation_asked(home.store)
    page = open_(home, asked)
    no = send(home, asked, "coming", {"coming": "no", "reason": "On leave."})
    yes = send(home, asked, "coming", {"coming": "yes"})

    assert title(page) == "Learning event on Tuesday 4 February 2020"
    assert "When Tuesday 4 February 2020, 10:00 to 12:30 Where Room 2, Example House" in words(page)
    assert "Thank you. Your answer is on record." in thanks(home, no)
    assert "Your answer Accepted" in thanks(home, yes)
    assert journalled(home, asked.reference) == ("meeting answered", asked.person_id, True)
    with home.store.reading() as session:
        assert session.get_one(Attendance, asked.task.id).response is Coming.ACCEPTED


def test_an_invitation_that_was_answered_is_opened_with_that_answer_and_a_yes_takes_its_reason_back(
    home: House,
) -> None:
    asked = invitation_asked(home.store)
    chosen = [standing(open_(home, asked))]
    for data in ({"coming": "no", "reason": "On leave."}, {"coming": "yes", "reason": "On leave."}):
        send(home, asked, "coming", data)
        chosen.append(standing(open_(home, asked)))

    assert chosen == [([], ""), (["no"], "On leave."), (["yes"], "")]


def test_a_member_reads_the_draft_and_agrees_or_comments(home: House) -> None:
    asked = terms_asked(home.store)
    page = open_(home, asked)
    empty = send(home, asked, "terms", {"agreement": "agrees-with-comments"})
    given = send(home, asked, "terms", {"agreement": "agrees-with-comments", "comment": "Ask the school too."})

    assert (DRAFT in words(page), "Please answer by Monday 20 January 2020" in words(page)) == (True, True)
    assert (empty.status_code, problems(empty)) == (422, ["Say what you would change."])
    assert "Thank you. Your answer is on record." in thanks(home, given)
    assert journalled(home, asked.reference) == ("terms answered", asked.person_id, True)
    with home.store.reading() as session:
        row = session.get_one(TermsReply, asked.task.id)
        said = agreement_so_far(session, row.review_id)
    assert row.comment == "Ask the school too."
    assert said == (
        "Draft 1 was circulated on Monday 6 January 2020.\n"
        "Mia Member: agrees with comments, Monday 6 January 2020: “Ask the school too.”\n"
        "Max Member: no answer yet"
    )
    assert DRAFT not in words(open_(home, asked))


def test_a_practitioner_answers_the_five_questions(home: House) -> None:
    asked = contribution_asked(home.store)
    page = open_(home, asked)
    nothing = send(home, asked, "questions")
    given = send(home, asked, "questions", {"view": "It looked calm.", "tools": "One form."})

    assert [words(page).count(part) for part in ("your view of what was going on", "Which tools")] == [1, 1]
    assert (nothing.status_code, problems(nothing)) == (422, ["Answer at least one of the five questions."])
    assert "Thank you for your answers." in thanks(home, given)
    assert journalled(home, asked.reference) == ("questions answered", asked.person_id, True)
    with home.store.reading() as session:
        row = session.get_one(Contribution, asked.task.id)
    assert (row.view, row.role, row.tools, row.answered_on) == ("It looked calm.", None, "One form.", TODAY)
    assert "It looked calm." not in words(open_(home, asked))


def test_whoever_answers_the_five_questions_again_hears_what_becomes_of_their_answers(home: House) -> None:
    asked = contribution_asked(home.store)
    first = words(open_(home, asked))
    send(home, asked, "questions", {"view": "It looked calm."})
    with home.store.transaction() as session:
        assert send_new_link(session, asked.token, now=NOW + SOON)
    home.clock.now = NOW + SOON
    anew = replace(asked, token=token(home.store, asked.task, asked.person_id, issued_at=NOW + SOON))
    again = words(open_(home, anew))

    assert "You answered on" not in first
    assert "You answered on 6 January 2020. Your earlier answer stays if you leave a question empty." in again
    assert "It looked calm." not in again


@pytest.mark.parametrize("kind", list(EVERY_KIND))
def test_a_link_opens_its_task_and_no_other_page(home: House, kind: TaskKind) -> None:
    asked = EVERY_KIND[kind](home.store)
    browser = home.browser()
    page = browser.get(f"/answer/{asked.token}")
    closed = [(method, path) for method, path in routes(home) if path not in OPEN]
    answers = {browser.request(method, filled(path), headers=FROM_HERE).status_code for method, path in closed}

    assert (page.status_code, answers, len(closed) > 25) == (200, {303}, True)
    assert ("set-cookie" in page.headers, dict(browser.cookies)) == (False, {})
    own = f"/answer/{asked.token}"
    places = {part.partition('"')[0] for mark in ('href="', 'action="') for part in page.text.split(mark)[1:]}
    assert {place for place in places if not place.startswith(("/static/", "#", own))} == set()


def test_a_link_signs_nobody_in_and_is_no_calendars_address(home: House) -> None:
    asked = report_asked(home.store)
    browser = home.browser()

    assert browser.post(f"/sign-in/{asked.token}", headers=FROM_HERE).status_code == 410
    assert browser.get(f"/calendar/{asked.token}").status_code in (303, 404)
    assert dict(browser.cookies) == {}


def test_the_page_is_kept_nowhere_and_its_address_told_to_nobody(home: House) -> None:
    headers = open_(home, report_asked(home.store)).headers

    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "strict-origin")


def test_whoever_is_signed_in_gets_the_same_page(home: House) -> None:
    asked = report_asked(home.store)

    signed_in = home.signed_in(MANAGER).get(f"/answer/{asked.token}")
    assert words(signed_in) == words(open_(home, asked))
    assert "Sign out" not in signed_in.text


def test_a_scanner_that_follows_every_link_of_a_page_changes_nothing(home: House) -> None:
    asked = action_asked(home.store)
    for way in ("", "progress", "evidence"):
        assert open_(home, asked, way).status_code == 200

    assert journalled(home, asked.reference)[0] == "stage completed"
    with home.store.reading() as session:
        assert session.exec(select(AnswerDoor)).all() == []


@pytest.mark.parametrize(
    ("headers", "form", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, "right", 303),
        ({"Origin": "http://testserver"}, "right", 303),
        ({"Sec-Fetch-Site": "same-origin"}, "guessed", 403),
        ({"Sec-Fetch-Site": "cross-site"}, "right", 403),
        ({"Origin": "null"}, "right", 403),
        ({}, "right", 403),
    ],
)
def test_an_answer_is_taken_only_from_the_links_own_page(
    home: House, headers: dict[str, str], form: str, status: int
) -> None:
    asked = terms_asked(home.store)
    right = form_token(home.store.journal_secret, asked.token)
    data = {"csrf_token": right if form == "right" else form, "agreement": "agrees"}

    assert home.browser().post(f"/answer/{asked.token}/terms", data=data, headers=headers).status_code == status


def test_one_links_form_is_no_good_behind_another(home: House) -> None:
    asked = terms_asked(home.store)
    other = Asked(asked.reference, "", 0, asked.task, asked.token[:-1] + ("A" if asked.token[-1] != "A" else "B"))
    data = {"csrf_token": form_token(home.store.journal_secret, other.token), "agreement": "agrees"}

    assert home.browser().post(f"/answer/{asked.token}/terms", data=data, headers=FROM_HERE).status_code == 403


def test_a_wrong_form_keeps_what_was_typed(home: House) -> None:
    asked = report_asked(home.store)
    sent = send(home, asked, "report", AGENCY_REPORT | {"finished_on": "2020-01-07", "learning": "Much was learnt."})

    assert (sent.status_code, len(problems(sent))) == (422, 1)
    assert "Much was learnt." in sent.text
    assert journalled(home, asked.reference)[0] == "stage completed"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("report.exe", b"MZ", "‘report.exe’ is not a kind of file that is taken."),
        ("report.pdf", b"no PDF", "‘report.pdf’ does not hold what its name says."),
    ],
)
def test_a_file_that_is_not_taken_leaves_the_report_as_it_was(
    home: House, name: str, content: bytes, said: str
) -> None:
    asked = report_asked(home.store)
    sent = send(home, asked, "report", AGENCY_REPORT, files={"file": (name, content)})

    assert (sent.status_code, problems(sent)[0].startswith(said)) == (422, True)
    with home.store.reading() as session:
        assert session.get_one(Stage, asked.task.id).state is StageState.OPEN


def test_with_a_link_a_large_file_can_be_sent_and_without_one_only_a_few_lines(home: House) -> None:
    asked = report_asked(home.store)
    stranger = Asked(asked.reference, "", 0, asked.task, "A" * 44)
    large = {"files": {"file": ("report.pdf", PDF + b" " * 2 * LARGEST_FROM_STRANGERS)}}
    too_large = {"files": {"file": ("report.pdf", b" " * (LARGEST_FORM + 1))}}

    assert send(home, stranger, "report", AGENCY_REPORT, **large).status_code == 413
    assert send(home, asked, "report", AGENCY_REPORT, **too_large).status_code == 413
    assert send(home, asked, "report", AGENCY_REPORT, **large).status_code == 303


def ended(home: House, asked: Asked) -> None:
    """Put the review on hold."""
    with home.store.transaction() as session:
        by = find_person(session, MANAGER)
        hold(Act(session, by, NOW, TODAY), asked.reference, reason="MARKED", until=None)


def expired(home: House, _: Asked) -> None:
    """Let a month pass."""
    home.clock.goes_on(timedelta(days=30))


@pytest.mark.parametrize(
    ("happens", "status", "heading"),
    [(ended, 409, "The review is on hold"), (expired, 410, "This link has expired")],
)
def test_what_was_typed_behind_a_link_that_ceased_meanwhile_is_shown_and_not_recorded(
    home: House, happens: Callable[[House, Asked], None], status: int, heading: str
) -> None:
    asked = report_asked(home.store)
    happens(home, asked)
    sent = send(home, asked, "report", AGENCY_REPORT | {"learning": "Much was learnt."})

    assert (sent.status_code, title(sent)) == (status, heading)
    assert "It has not been recorded. Copy it from here if you need it." in words(sent)
    assert ("Much was learnt." in words(sent), "MARKED" in sent.text) == (True, False)
    with home.store.reading() as session:
        assert session.get_one(Stage, asked.task.id).state is StageState.OPEN


def test_an_expired_link_offers_a_new_one_to_the_address_on_record_alone(home: House) -> None:
    asked = report_asked(home.store)
    expired(home, asked)
    page = open_(home, asked)
    sent = send(home, asked, "new-link")

    assert "We will send it only to the e-mail address on record." in words(page)
    assert (sent.status_code, title(sent)) == (200, "Check your e-mail")
    assert [part for part in (asked.person, asked.reference, "Police") if part in page.text + sent.text] == []
    with home.store.reading() as session:
        letter = session.exec(select(OutboxMessage).where(OutboxMessage.template == Template.ANSWER_LINK)).one()
    assert letter.person_id == asked.person_id


def test_asking_for_a_new_link_says_the_same_whether_or_not_one_is_sent(home: House) -> None:
    asked = report_asked(home.store)
    unsent = send(home, asked, "new-link")
    expired(home, asked)

    assert words(send(home, asked, "new-link")) == words(unsent)


@pytest.mark.parametrize("token", ["x", "A" * 44, "A" * 5000, "..%2f..", "%00"])
def test_what_is_no_link_says_where_to_go(home: House, token: str) -> None:
    launched(home.store)
    page = home.browser().get(f"/answer/{token}")

    assert (page.status_code, title(page)) == (404, "This link does not work")
    assert "sign in with your e-mail address, or ask the board’s business manager" in words(page)


def test_thanks_are_said_only_for_what_this_person_has_just_recorded_by_their_link(home: House) -> None:
    asked = action_asked(home.store)
    browser = home.browser()

    said = [words(browser.get(f"/answer/{asked.token}?entry={number}")) for number in (0, 1, 2, 99, 10**30)]
    assert [part for part in said if "Thank you" in part] == []


def test_nothing_of_a_link_is_logged(home: House, caplog: pytest.LogCaptureFixture) -> None:
    asked = report_asked(home.store)
    with caplog.at_level("DEBUG", logger="learning_cycle"):
        open_(home, asked)
        send(home, asked, "report", AGENCY_REPORT | {"finished_on": "x"})
        open_(home, asked, "no-such-way")

    assert [record for record in caplog.records if asked.token in record.getMessage()] == []
