"""No command imports what it does not use: each starts in a process of its own."""

import subprocess
import sys

import pytest

from casework.record.settings import Settings
from casework.record.store import open_store

WEB = {"fastapi", "starlette", "uvicorn"}
LETTERS_AND_FILES = {"jinja2", "docx", "docxtpl", "pptx", "icalendar", "yagmail"}
ELSEWHERE = {"prefect", "rapidfuzz", "slugify", "alembic", "mako", *WEB, *LETTERS_AND_FILES}
DATABASE = {"sqlalchemy", "sqlmodel"}
ROOMS = {"casework.moves", "casework.views", "casework.framework", "models.every_table"}


def imported(*arguments: str) -> set[str]:
    """The names of the modules that a command has imported by its end."""
    script = f"import sys; from dashboard.cli import main; main({list(arguments)}); print(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.fixture
def migrated() -> None:
    """The installation that the command will find, with its database up to date."""
    open_store(Settings()).engine.dispose()


@pytest.mark.parametrize(
    ("arguments", "unused"),
    [
        (["--help"], ELSEWHERE | DATABASE | ROOMS | {"pydantic", "pendulum"}),
        (["due", "--help"], ELSEWHERE | DATABASE | ROOMS),
        (["due", "5 working days", "--from", "2024-01-08"], ELSEWHERE | DATABASE | ROOMS),
        (["list"], ELSEWHERE | ROOMS),
        (["show", "SCR-1"], ELSEWHERE),
        (["verify"], ELSEWHERE),
        (["launch", "--help"], ELSEWHERE),
        (["complete", "--help"], ELSEWHERE),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
@pytest.mark.usefixtures("migrated")
def test_a_command_imports_nothing_that_it_does_not_use(arguments: list[str], unused: set[str]) -> None:
    assert imported(*arguments) & unused == set()
