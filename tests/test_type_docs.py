"""docs/types says what the tables say: everything in it is made anew and compared."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE = ROOT / "docs" / "types"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_pages_and_diagrams_are_those_that_the_tables_make(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(ROOT / "scripts" / "make_type_docs.py"), str(tmp_path)], check=True)

    made, committed = contents(tmp_path), contents(MADE)
    stale = sorted(name for name in made.keys() | committed.keys() if made.get(name) != committed.get(name))

    assert stale == [], (
        f"docs/types is out of date in {', '.join(stale)}. Run `.venv/bin/python scripts/make_type_docs.py`, look at "
        "the diagrams, and commit them."
    )
