"""No test may be skipped silently: the plugin that sees to it is tried on tests that skip themselves."""

import subprocess
import sys
from pathlib import Path


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
