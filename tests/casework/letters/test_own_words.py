"""A board's own letterhead and words: who may change them, what is kept, and that no letter is ever lost by them."""

from datetime import UTC, datetime
from threading import Thread

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from casework.delivery.batches import WrittenMessage
from casework.letters.frames import Letterhead, letterhead_of, plain_letterhead, save_letterhead
from casework.letters.naming import example
from casework.letters.own_words import (
    OwnWords,
    leave_own_words,
    own_words,
    product_source,
    save_words,
    versions_of_words,
    words_of_board,
)
from casework.letters.writing import render, usual_small_print, write_letter
from casework.links.signed_links import LinkTask, SignedLink, token_of
from casework.people.directory import person_for
from casework.people.roles import appoint
from casework.record.settings import Settings
from casework.record.store import Store
from models.errors import InputError, MoveRefused, NotAllowed
from models.forms.letters import LetterheadForm, contrast_with_white
from models.letters import BoardWords
from models.people import Person
from models.record import OutboxMessage
from models.tables import id_of
from models.vocabulary import Role, TaskKind, Template
from tests.casework.delivery.post import a_review, delivered, messages, queue_for, served_by
from tests.casework.letters.a_case import NOW, TODAY
from tests.smtp import smtp_server

BOARD, HELD = "northamptonshire", Template.REVIEW_HELD
OURS = "{{ reference }} rests\n\nNothing is asked of you now.\n\n[See the review]({{ link }})\n"
LATER = datetime(2024, 1, 9, 9, tzinfo=UTC)
HEAD = LetterheadForm(
    name="Northamptonshire’s board",
    lines="Part of the partnership",
    colour="#003078",
    sign_off="The board’s office\nTelephone 01604 000000",
)


def manager(session: Session, email: str = "manager@board.example", board: str = BOARD) -> Person:
    """The business manager of a board."""
    person = person_for(session, email=email, name=email)
    appoint(session, board=board, role=Role.BUSINESS_MANAGER, person=person, since=TODAY)
    return person


def save(session: Session, source: str = OURS, *, based_on: int = 0, by: Person | None = None) -> None:
    """Word the letter about a hold."""
    save_words(session, BOARD, HELD, source, based_on=based_on, by=by or manager(session), now=NOW)


def test_a_boards_own_words_are_kept_version_by_version_and_left_again(store: Store) -> None:
    with store.transaction() as session:
        save(session)
    with store.transaction() as session:
        save(session, OURS.replace("now", "at present"), based_on=1)
    with store.transaction() as session:
        leave_own_words(session, BOARD, HELD, based_on=2, by=manager(session), now=LATER)

    with store.reading() as session:
        kept = versions_of_words(session, BOARD, HELD)
        assert [(each.number, each.source, each.by) for each in kept] == [
            (3, None, "manager@board.example"),
            (2, OURS.replace("now", "at present"), "manager@board.example"),
            (1, OURS, "manager@board.example"),
        ]
        assert kept[0].changed_at == LATER
        assert (own_words(session, BOARD, HELD), words_of_board(session, BOARD)) == (None, {})


def test_words_equal_to_the_products_are_the_products_and_make_no_version(store: Store) -> None:
    with store.transaction() as session:
        save(session, product_source(HELD).replace("\n", "\r\n"))

    with store.reading() as session:
        assert versions_of_words(session, BOARD, HELD) == []


def test_each_board_words_its_own_letters(store: Store) -> None:
    with store.transaction() as session:
        save(session)

    with store.reading() as session:
        assert words_of_board(session, BOARD) == {HELD.value: OwnWords(OURS, 1)}
        assert own_words(session, "portsmouth", HELD) is None
        assert own_words(session, BOARD, Template.REVIEW_RESUMED) is None


def test_only_the_boards_own_business_manager_changes_words_and_letterhead(store: Store) -> None:
    with store.transaction() as session:
        for other in (
            person_for(session, email="a@x.example", name="A"),
            manager(session, "p@x.example", "portsmouth"),
        ):
            with pytest.raises(NotAllowed, match="Only a board’s business manager"):
                save(session, by=other)
            with pytest.raises(NotAllowed, match="Only a board’s business manager"):
                save_letterhead(session, BOARD, HEAD, by=other, now=NOW)
            with pytest.raises(NotAllowed, match="Only a board’s business manager"):
                leave_own_words(session, BOARD, HELD, based_on=0, by=other, now=NOW)


def test_wrong_words_are_refused_whole_and_change_nothing(store: Store) -> None:
    with store.transaction() as session, pytest.raises(InputError) as refusal:
        save(session, OURS.replace("{{ link }}", "{{ lnk }}").replace("Nothing", "{{ child }}"))

    assert [line.partition(":")[0] for line in str(refusal.value).split("\n")] == ["Line 3", "Line 5"]
    with store.reading() as session:
        assert versions_of_words(session, BOARD, HELD) == []


def test_words_that_somebody_has_changed_meanwhile_are_not_overwritten(store: Store) -> None:
    with store.transaction() as session:
        save(session)

    with store.transaction() as session, pytest.raises(MoveRefused, match="since you opened it"):
        save(session, OURS.replace("now", "today"), based_on=0)
    with store.reading() as session:
        assert own_words(session, BOARD, HELD) == OwnWords(OURS, 1)


def test_of_two_who_save_at_once_one_is_told(store: Store) -> None:
    refused: list[str] = []

    def the_other() -> None:
        try:
            with store.transaction() as session:
                save(session, OURS.replace("now", "today"))
        except MoveRefused as refusal:
            refused.append(str(refusal))

    with store.transaction() as session:
        manager(session)
    other = Thread(target=the_other)
    with store.transaction() as session:
        save(session)
        other.start()
    other.join()

    assert [refusal.partition(".")[0] for refusal in refused] == [
        "Somebody has changed the words of this letter since you opened it"
    ]
    with store.reading() as session:
        assert own_words(session, BOARD, HELD) == OwnWords(OURS, 1)


def test_a_letter_is_written_in_the_boards_words_under_its_letterhead(store: Store) -> None:
    with store.transaction() as session:
        save(session)
        save_letterhead(session, BOARD, HEAD, by=manager(session), now=NOW)
        message = OutboxMessage(
            key="k", template=HELD, person_id=1, review_id=a_review(session), queued_at=NOW, next_try_at=NOW
        )
        written = write_letter(session, message, settings=Settings(public_url="http://x"), today=TODAY)

    assert written.subject == "SCR-LSCBN-2024-01 rests"
    assert written.text.split("\n\n") == [
        "Nothing is asked of you now.",
        "See the review:\nhttp://x/reviews/SCR-LSCBN-2024-01",
        "\n".join(usual_small_print()),
        "The board’s office\nTelephone 01604 000000\n",
    ]
    assert written.html.count("background: #003078;") == 2
    assert all(line in written.html for line in ("Northamptonshire’s board", "Part of the partnership", "01604 000000"))


@pytest.mark.parametrize(
    "broken",
    [
        "{{ gone }}\n\n[Open]({{ link }})",
        "{% if %}",
        "No link",
        "x\n\n- y",
        "x\n\n[Open](http://elsewhere/)",
        "x\n\n[Open]({{ link }})\n[More](http://elsewhere/)",
        "{{ link.__class__ }}\n\n[Open]({{ link }})",
        "{% for x in 'aaaaaaaaaa' %}{% for y in 'aaaaaaaaaa' %}" * 3 + "x" * 400 + "{% endfor %}{% endfor %}" * 3,
    ],
)
def test_words_that_do_not_work_any_more_never_stop_a_letter(broken: str) -> None:
    written = render(HELD, example(HELD), own=OwnWords(broken, 4))

    assert written.fell_back_from == 4
    assert written.subject == "EXAMPLE-SCR-2024-001: the review is on hold"


def test_the_outbox_keeps_that_a_letter_went_out_in_the_products_words(settings: Settings, store: Store) -> None:
    queue_for(store, "ann")
    with store.transaction() as session:
        person = manager(session)
        session.add(
            BoardWords(
                board=BOARD, template=HELD, number=4, source="{{ gone }}", changed_at=NOW, changed_by=id_of(person)
            )
        )
    with smtp_server() as server:
        assert delivered(store, served_by(settings, server.port)).accepted == 1

    assert messages(store)["ann"].fell_back_from == 4
    assert messages(store)["ann"].subject == "SCR-LSCBN-2024-01: the review is on hold"


def test_what_the_outbox_keeps_opens_nothing_wherever_a_boards_words_have_put_the_link(store: Store) -> None:
    link = token_of(store.journal_secret, SignedLink(LinkTask(TaskKind.CONTRIBUTION, 1), 1, NOW))
    variables = example(Template.QUESTIONS_ASKED, link=f"https://learning-cycle.example/answer/{link}")
    words = "{{ link }}\n\nGo to {{ link }} now.\n\n[{{ link }}]({{ link }})\n"
    letter = render(Template.QUESTIONS_ASKED, variables, own=OwnWords(words, 1))
    message = OutboxMessage(key="k", template=Template.QUESTIONS_ASKED, person_id=1, queued_at=NOW, next_try_at=NOW)

    kept = WrittenMessage(message, "ann@board.example", letter, "<1@board.example>").as_sent

    assert (letter.fell_back_from, letter.subject.count(link), letter.text.count(link)) == (None, 1, 3)
    assert (str(kept["subject"]).count(link), str(kept["text"]).count(link)) == (0, 0)


def test_a_board_without_a_letterhead_writes_under_its_name(store: Store) -> None:
    with store.transaction() as session:
        assert letterhead_of(session, BOARD) == plain_letterhead(BOARD)
        save_letterhead(session, BOARD, HEAD, by=manager(session), now=NOW)
        save_letterhead(session, BOARD, HEAD.model_copy(update={"sign_off": ""}), by=manager(session), now=LATER)

        name = "Northamptonshire’s board"
        assert letterhead_of(session, BOARD) == Letterhead(name, ("Part of the partnership",), "#003078", (name,))


def test_how_much_white_stands_out_is_reckoned_as_the_guidelines_do() -> None:
    assert [round(contrast_with_white(colour), 2) for colour in ("#ffffff", "#000000", "#767676")] == [1.0, 21.0, 4.54]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"colour": "#ffdd00"}, "contrast is 1.3 to 1, and 4.5 to 1 is the least. Choose a darker colour"),
        ({"colour": "red"}, "‘red’ is not a colour: write # and six figures"),
        ({"colour": "#003078; x"}, "is not a colour"),
        ({"sign_off": "\n".join("abcdefg")}, "Use 6 lines at most: there are 7"),
        ({"sign_off": "one\n" + "x" * 101}, "Line 2 is longer than 100 characters: break it in two"),
    ],
)
def test_a_letterhead_is_readable(changed: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said.replace("(", r"\(")):
        LetterheadForm.model_validate(HEAD.model_dump() | changed)
