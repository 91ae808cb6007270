"""Every move of an action from the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from casework.record.settings import Settings
from casework.record.store import open_store
from dashboard.cli import main
from models.vocabulary import ActionState
from tests.casework.actions.acting import OWNER, SINGLE, planned, record, standing
from tests.walking import MANAGER, MONITOR

RunAction = Callable[..., tuple[int, str]]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("LEARNING_CYCLE_HOME", str(tmp_path / "home"))
    return Settings(home=tmp_path / "home")


@pytest.fixture
def act(capsys: pytest.CaptureFixture[str]) -> RunAction:
    """Run one move; gives its exit code and what it said."""

    def command(*arguments: str) -> tuple[int, str]:
        code = main(["action", *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def test_an_action_goes_from_progress_to_a_failed_re_check(settings: Settings, act: RunAction, tmp_path: Path) -> None:
    store = open_store(settings)
    reference, file = planned(store, SINGLE), tmp_path / "audit.pdf"
    file.write_bytes(b"%PDF-1.7 the audit")
    named = (reference, "1")

    said = [
        act("progress", *named, "--by", OWNER, "--said", "Half way.")[1],
        act("move", *named, "--by", MANAGER, "--to", "2090-03-01", "--reason", "Long.")[1],
        act("override", *named, "--by", MONITOR, "--colour", "amber", "--reason", "Slow.")[1],
        act("lift-override", *named, "--by", MANAGER, "--reason", "Faster.")[1],
        act("evidence", *named, "--by", OWNER, "--said", "Audit.", "--on", "2019-12-02", "--file", str(file))[1],
        act("assure", *named, "--by", OWNER, "--said", "We stand for it.")[1],
        act("sign-off", *named, "--by", MONITOR, "--said", "Seen.")[1],
        act("recheck-on", *named, "--by", MANAGER, "--to", "2089-01-01")[1],
        act("impact", *named, "--by", MANAGER, "--measure", "outcome", "--said", "Fewer.")[1],
        act("recheck", *named, "--by", MONITOR, "--fails", "--said", "Half.", "--due", "2090-06-01")[1],
    ]

    assert said == [
        f"The progress of action 1 of {reference} is on record.\n",
        f"Action 1 of {reference} is due on 2090-03-01 now.\n",
        f"Action 1 of {reference} is amber until the colour is lifted.\n",
        f"The colour of action 1 of {reference} is computed again.\n",
        f"Evidence for action 1 of {reference} is on record. It waits for sign-off.\n",
        f"The assurance of action 1 of {reference} is on record.\n",
        f"Action 1 of {reference} is signed off.\n",
        f"Action 1 of {reference} will be re-checked on 2089-01-01.\n",
        f"The impact of action 1 of {reference} is on record.\n",
        f"Action 1 of {reference} has not held: it is open again, due on 2090-06-01.\n",
    ]
    action = standing(store, reference)
    assert (action.state, action.due_on.isoformat(), len(record(store, reference))) == (
        ActionState.OPEN,
        "2090-06-01",
        11,
    )
    assert main(["verify"]) == 0


def test_a_refusal_is_a_sentence_and_code_2(settings: Settings, act: RunAction, tmp_path: Path) -> None:
    store = open_store(settings)
    reference = planned(store, SINGLE)

    body = "Chair of the Quality and Audit Sub Group"

    assert act("sign-off", reference, "1", "--by", MANAGER) == (
        2,
        f"Signing off action 1 of {reference} is for the {body}, not for {MANAGER}. Ask them.\n",
    )
    assert act("reopen", reference, "1", "--by", MONITOR, "--due", "2090-01-01", "--reason", "x") == (
        2,
        f"Action 1 of {reference} is open, without evidence yet. There is nothing to reopen.\n",
    )
    gone = tmp_path / "gone.pdf"
    code, said = act("evidence", reference, "1", "--by", OWNER, "--said", "x", "--file", str(gone))
    assert (code, said.endswith("Give the path of a file.\n")) == (2, True)
    assert (standing(store, reference).state, record(store, reference)) == (ActionState.OPEN, [])
