"""No test may be skipped silently: the plugin that sees to it is tried on tests that skip themselves."""

import os
import subprocess
import sys
from pathlib import Path

from tests.casework.delivery.postfix import WANTED, WHOLE_GATE

ROOT = Path(__file__).resolve().parent.parent


def outcome(folder: Path, text: str) -> tuple[int, str]:
    """The exit code and last line of pytest on one test module."""
    (folder / "test_it.py").write_text(text)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-c",
        "/dev/null",
        "--rootdir",
        str(folder),
        "-p",
        "tests.no_skips",
        f"--basetemp={folder / 'temporary'}",
    ]
    done = subprocess.run([*command, str(folder)], check=False, cwd=folder, capture_output=True, text=True)
    return done.returncode, done.stdout.strip().splitlines()[-1].partition(" in ")[0]


def test_a_skipped_test_fails(tmp_path: Path) -> None:
    skipping = "import pytest\ndef test_it():\n    pytest.skip('no database')\n"

    assert outcome(tmp_path, skipping) == (1, "1 failed")


def test_a_module_skipped_for_a_missing_package_fails(tmp_path: Path) -> None:
    skipping = "import pytest\npytest.importorskip('no_such_package')\n"

    assert outcome(tmp_path, skipping) == (2, "1 error")


def test_a_test_that_runs_passes(tmp_path: Path) -> None:
    assert outcome(tmp_path, "def test_it():\n    pass\n") == (0, "1 passed")


def outcome_of_postfix_tests(folder: Path, **variables: str) -> tuple[int, str]:
    """The exit code and the words of pytest on the tests against a Postfix, on a machine that has none."""
    environment = {name: value for name, value in os.environ.items() if name != WHOLE_GATE}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "tests/casework/delivery"]
    done = subprocess.run(
        [*command, "-k", "test_postfix", f"--basetemp={folder / 'temporary'}"],
        check=False,
        cwd=ROOT,
        env=environment | {"POSTFIX": "no-such-postfix"} | variables,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout


def test_a_machine_without_a_postfix_is_told_that_its_tests_were_left_out(tmp_path: Path) -> None:
    code, said = outcome_of_postfix_tests(tmp_path)

    assert (code, WANTED in said, "deselected" in said) == (5, True, True)


def test_in_the_whole_gate_a_missing_postfix_fails(tmp_path: Path) -> None:
    code, said = outcome_of_postfix_tests(tmp_path, **{WHOLE_GATE: "1"})

    assert (code, f"FileNotFoundError: {WANTED}" in said) == (1, True)
