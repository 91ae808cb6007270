"""Asking by links on the command line, and ending them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from casework.record.settings import Settings
from casework.record.store import Store, open_store
from dashboard.cli import main
from models.answering import AnswerDoor, Contribution, TermsReply
from tests.casework.links.asking import MEMBER, POLICE_REPORT, PRACTITIONER
from tests.walking import MANAGER, REVIEWER, SERIOUS_CASE_REVIEW, launched, walked

Run = Callable[..., tuple[int, str, str]]
SCR = "LSCBN-SCR-2014-001"
LONG_AHEAD = "2089-01-10"  # commands go by today's clock


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    """The installation that the commands work on."""
    return open_store(Settings(home=tmp_path / "home"))


@pytest.fixture
def run(kept: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a review taken up to a stage; gives its exit code, its words, and its refusal."""
    reference = launched(kept)
    monkeypatch.setenv("LEARNING_CYCLE_HOME", str(tmp_path / "home"))

    def command(*arguments: str, until: str, data: object = None) -> tuple[int, str, str]:
        walked(kept, reference, SERIOUS_CASE_REVIEW, until=until)
        file = tmp_path / "data.json"
        file.write_text(json.dumps(data))
        code = main([str(file) if each == "DATA" else each for each in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_a_draft_of_the_terms_goes_round(run: Run, kept: Store) -> None:
    data = {"wording": "Who knew?", "answer_by": LONG_AHEAD, "people": [{"name": "Mia Member", "email": MEMBER}]}
    done = run("circulate-terms", SCR, "DATA", "--by", REVIEWER, until="terms-of-reference", data=data)

    assert done == (0, f"Draft 1 of the terms of reference of {SCR} is on its way to those you named.\n", "")
    with kept.reading() as session:
        assert len(session.exec(select(TermsReply)).all()) == 1


def test_practitioners_are_asked_the_five_questions(run: Run, kept: Store) -> None:
    data = {"answer_by": LONG_AHEAD, "people": [{"name": "Pia Practitioner", "email": PRACTITIONER}]}
    done = run("ask-questions", SCR, "DATA", "--by", MANAGER, until="practitioner-events", data=data)

    assert done[0::2] == (0, "")
    with kept.reading() as session:
        assert len(session.exec(select(Contribution)).all()) == 1


def test_links_to_an_agencys_report_are_ended(run: Run, kept: Store) -> None:
    until = "agency-report:example-children-s-social-care"
    done = run("end-links", SCR, POLICE_REPORT, "--by", MANAGER, until=until)

    assert done == (0, f"The links that were sent for {POLICE_REPORT} of {SCR} no longer work.\n", "")
    with kept.reading() as session:
        (door,) = session.exec(select(AnswerDoor)).all()
    assert door.ended_at is not None


@pytest.mark.parametrize(("what", "said"), [("9", "has no action 9"), ("no-such-stage", "is not a stage of")])
def test_what_is_not_there_has_no_links_to_end(run: Run, what: str, said: str) -> None:
    code, _, refused = run("end-links", SCR, what, "--by", MANAGER, until="chair-decision")

    assert (code, said in refused) == (2, True)
