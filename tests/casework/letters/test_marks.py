"""No name, and no fact of a case, gets into any letter: each is written on a case full of marks, and none is found."""

from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlmodel import Session

from casework.delivery.mailer import mailer_for
from casework.letters.frames import CalendarPart, Letter
from casework.letters.own_words import is_of_a_board
from casework.record.settings import Settings
from models.letters import BoardLetterhead, BoardWords
from models.vocabulary import Template
from tests.casework.letters.a_case import MARK, NOW, MarkedCase, every_name, letter
from tests.smtp import smtp_server

BOARD = "northamptonshire"


def test_every_letter_can_be_written_on_the_marked_case(session: Session, case: MarkedCase) -> None:
    """Whoever adds a letter gives the details of its outbox row in DETAILS of a_case.py."""
    missing = {}
    for template in Template:
        try:
            letter(session, case, template)
        except ValidationError as wrong:
            missing[template.value] = [".".join(map(str, error["loc"])) for error in wrong.errors()]

    assert missing == {}, "Add what these letters need to DETAILS in tests/casework/letters/a_case.py."


@pytest.mark.parametrize("template", list(Template))
def test_no_letter_says_anything_personal_or_any_fact_of_the_case(
    session: Session, case: MarkedCase, template: Template, tmp_path: Path
) -> None:
    written = letter(session, case, template)

    assert marks_in(written) == []
    assert marks_on_the_way(written, tmp_path) == []


@pytest.mark.parametrize("template", [each for each in Template if is_of_a_board(each)])
def test_no_letter_in_a_boards_own_words_can_say_it_either(
    session: Session, case: MarkedCase, template: Template
) -> None:
    kept = {"board": BOARD, "number": 1, "changed_at": NOW, "changed_by": case.person_id}
    session.add(BoardWords.model_validate(kept | {"template": template.value, "source": every_name(template)}))
    session.add(BoardLetterhead.model_validate(kept | {"name": "The office", "colour": "#003078"}))
    session.flush()
    written = letter(session, case, template)

    assert (written.subject, written.fell_back_from) == ("Subject", None)
    assert marks_in(written) == []


def test_a_mark_is_found_wherever_it_stands(tmp_path: Path) -> None:
    calendar = CalendarPart(f"BEGIN:VCALENDAR\r\nX:{MARK[:4]}\r\n {MARK[4:]}\r\n", "REQUEST")
    marked = Letter(MARK.upper(), f"for {MARK}", f"<p>{MARK}</p>", calendar=calendar)

    assert marks_in(marked) == ["subject", "text", "html", "calendar"]
    assert {"Subject", "text/plain", "text/html"} <= set(marks_on_the_way(marked, tmp_path))


def marks_in(written: Letter) -> list[str]:
    """The parts of a letter in which a mark is found."""
    calendar = written.calendar.content if written.calendar else ""
    unfolded = calendar.replace("\r\n ", "")
    parts = {"subject": written.subject, "text": written.text, "html": written.html, "calendar": unfolded}
    return [name for name, said in parts.items() if MARK.lower() in said.lower()]


def marks_on_the_way(written: Letter, home: Path) -> list[str]:
    """The headers and parts in which a mark is found once the letter has been handed to a mail server."""
    with smtp_server() as server:
        mailer = mailer_for(Settings(home=home, local_mail_port=server.port))
        mailer.hand_over(written, to="ann@board.example", message_id="<1@x.example>")
        mailer.close()
    (received,) = server.behaviour.received
    said = {name: str(value) for name, value in received.message.items()}
    said |= {part.get_content_type(): part.get_content() for part in received.message.walk() if not part.is_multipart()}
    said["as it came"] = received.content.decode("ascii", "replace")
    return [name for name, value in said.items() if MARK.lower() in value.lower()]
