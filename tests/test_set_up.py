"""Set-up: what the locks hold, and that it ends with what it has started."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.deployments.running import eventually

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]
PINNED = re.compile(r"^([\w.-]+)==([\w.+-]+)", re.MULTILINE)
# stands in for the installer of packages, as one that takes very long
SLOW_INSTALLER = """#!/bin/sh
echo $$ > installer.pid
exec sleep 3600
"""


def pinned(lock: str) -> dict[str, str]:
    """The version of each package that a lock holds."""
    return dict(PINNED.findall((ROOT / lock).read_text(encoding="utf-8")))


def run_time() -> list[str]:
    """What the product needs to run, on any database, and to be installed."""
    extras = PROJECT["project"]["optional-dependencies"].values()
    return [*PROJECT["project"]["dependencies"], *(each for extra in extras for each in extra), *GROUPS["build"]]


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", run_time()),
        ("requirements-dev.lock", GROUPS["dev"]),
        ("requirements-node.lock", GROUPS["npm"]),
    ],
)
def test_each_lock_holds_what_the_project_asks_for(lock: str, wanted: list[str]) -> None:
    versions = pinned(lock)
    unmet = [
        each
        for each in map(Requirement, wanted)
        if not each.specifier.contains(versions.get(canonicalize_name(each.name), "0"))
    ]

    assert unmet == [], "Run `make lock`."


def test_the_development_set_takes_nothing_that_runs_to_another_version() -> None:
    run, dev = pinned("requirements.lock"), pinned("requirements-dev.lock")

    assert {name: dev[name] for name in run.keys() & dev.keys()} == {
        name: run[name] for name in run.keys() & dev.keys()
    }


def test_what_only_tests_and_checks_need_is_not_installed_to_run() -> None:
    only_for_tests = {canonicalize_name(Requirement(each).name) for each in GROUPS["dev"]}

    assert only_for_tests & pinned("requirements.lock").keys() == set()


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"])
def test_no_lock_names_a_package_index(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if "--index" in line or "--find-links" in line or " @ " in line] == []


def test_make_told_to_stop_while_it_sets_up_ends_the_installer_too(tmp_path: Path) -> None:
    uv = checkout_with_slow_installer(tmp_path)
    environment = os.environ | {"PATH": f"{uv.parent}:{os.environ['PATH']}"}
    make = subprocess.Popen(
        ["make", f"PYTHON={sys.executable}", "install"], cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL
    )
    installer = int(eventually(lambda: text_of(tmp_path / "installer.pid")))

    make.send_signal(signal.SIGTERM)

    assert make.wait() == -signal.SIGTERM
    assert not Path(f"/proc/{installer}").exists()


def checkout_with_slow_installer(folder: Path) -> Path:
    """What set-up is made of, with a virtual environment that has no packages yet, and the installer it finds."""
    for name in ("Makefile", "scripts/setup.py", "requirements.lock"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)
    uv, python = folder / "bin" / "uv", folder / ".venv" / "bin" / "python"
    for program in (uv, python):
        program.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    uv.write_text(SLOW_INSTALLER)
    uv.chmod(0o755)
    return uv


def text_of(path: Path) -> str:
    """What a file holds, nothing while it is not there."""
    return path.read_text(encoding="utf-8").strip() if path.exists() else ""
