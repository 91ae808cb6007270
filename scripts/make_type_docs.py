"""Make docs/types: a page and a diagram for each review type, and for each methodology, from the tables themselves.

Usage: make_type_docs.py [FOLDER]
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # a script's own folder is on the path, the project's is not

from casework.framework.editions import kind_under  # noqa: E402
from casework.framework.pipelines import PIPELINES  # noqa: E402
from casework.framework.pipelines.table import Pipeline, StageSpec, possible  # noqa: E402
from casework.framework.profiles import board_names, profile_as_shipped  # noqa: E402 -- after the path
from casework.reviews.case import profile_facts  # noqa: E402
from casework.views.diagram.drawing import diagram, middle  # noqa: E402
from casework.views.diagram.words import condition, deadline, each_one, listed, short, steps_possible, taken_by  # noqa: E402
from models.forms.base import field_title  # noqa: E402
from models.profile import BoardProfile, Kind  # noqa: E402
from models.vocabulary import Methodology, MethodStep, Role  # noqa: E402

FOLDER = ROOT / "docs" / "types"
COMMAND = ".venv/bin/python scripts/make_type_docs.py"
MADE = f"<!-- Made from the tables by `{COMMAND}`: change the tables, not this file. -->"
SHOWN = "serious-case-review"  # the type on which the methodologies are shown
SEATS = {
    "recommends": "Role that recommends",
    "decides": "Role that decides",
    "agrees": "Role that agrees",
    "approves": "Role that approves",
    "monitors": "Role that monitors",
}
Running = list[tuple[BoardProfile, Kind]]


def main(arguments: list[str]) -> None:
    """Write every page and picture, and take away what no table makes any more."""
    folder = Path(arguments[0]) if arguments else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    made = pages_as_shipped()
    for old in folder.iterdir():
        if old.name not in made:
            old.unlink()
    for name, content in made.items():
        (folder / name).write_text(content, encoding="utf-8")


def pages_as_shipped() -> dict[str, str]:
    """Everything in docs/types from the product's own profiles, whatever the boards of this machine have answered."""
    os.environ.pop("LEARNING_CYCLE_BOARDS", None)
    with tempfile.TemporaryDirectory() as home:
        os.environ["LEARNING_CYCLE_HOME"] = home
        return pages()


def pages() -> dict[str, str]:
    """Everything in docs/types, by file name."""
    found = {"README.md": index(), "methodologies.md": methodologies()}
    for type_, table in PIPELINES.items():
        found[f"{type_}.md"] = page(table)
        found[f"{type_}.svg"] = diagram(type_, drawn_for(type_))
    for method in Methodology:
        found[f"methodology-{method}.svg"] = middle(SHOWN, drawn_for(SHOWN), method)
    return found


def running(type_: str) -> Running:
    """The boards that run a type, under the latest edition that each works under."""
    profiles = [profile_as_shipped(name) for name in board_names()]
    return [
        (profile, kind_under(profile, type_, profile.editions[-1].value)) for profile in profiles if profile.kind(type_)
    ]


def drawn_for(type_: str) -> str:
    """The board for which a type is drawn: of those that run it, the one whose framework sets the most deadlines."""
    names = [name for name in board_names() if profile_as_shipped(name).kind(type_)]
    kinds = {name: profile_as_shipped(name).reviews[type_] for name in names}
    return max(names, key=lambda name: (len(kinds[name].clocks), -names.index(name)))


def index() -> str:
    """The list of all types."""
    rows = [[f"[{table.title}]({type_}.md)", called(running(type_))] for type_, table in PIPELINES.items()]
    return document(
        "# Review types",
        "Each is one table. How to add one: [adding a review type](../adding-a-review-type.md). What a methodology "
        "puts between the terms of reference and the report: [methodologies](methodologies.md).",
        grid(["Type", "Boards that run it"], rows),
    )


def page(table: Pipeline) -> str:
    """A review type."""
    boards = running(table.type)
    names = [[profile.name.value, profile.code, local(kind), kind.cite] for profile, kind in boards]
    return document(
        f"# {table.title}",
        docstring(table.type),
        "## Boards that run it",
        grid(["Board", "In short", "Its name for it", "Where"], names),
        "## Stages",
        "Each board’s profile says which role recommends, decides, agrees, approves or monitors.",
        grid(
            ["Stage", "Owner", "Opens after", "Deadline", "What is recorded", "Paragraphs"],
            [row(spec, table, boards) for spec in table.stages],
        ),
        "## Diagram",
        f"As {profile_as_shipped(drawn_for(table.type)).name.value} runs it.",
        f"![{table.title}: its stages, and what follows what]({table.type}.svg)",
    )


def docstring(type_: str) -> str:
    """What a type is: the docstring of the module that holds its table."""
    said = import_module(f"casework.framework.pipelines.{type_.replace('-', '_')}").__doc__
    return str(said).strip()


def local(kind: Kind) -> str:
    """A board's names for a type."""
    return ", ".join((kind.name, *(each.value for each in kind.also)))


def called(boards: Running) -> str:
    """Boards with their names for a type: "PSCB (Deep dive review)"."""
    return "; ".join(f"{profile.code} ({local(kind)})" for profile, kind in boards)


def row(spec: StageSpec, table: Pipeline, boards: Running) -> list[str]:
    """A stage as a row of the table."""
    return [
        f"**{spec.title}** `{spec.key}`" + (f", one for each {each_one(spec)}" if spec.per_agency else ""),
        spec.called or (spec.owner.label if isinstance(spec.owner, Role) else SEATS[spec.owner]),
        opens(spec, table),
        deadlines(spec, table, boards),
        "; ".join(field_title(spec.form, name) for name in spec.form.model_fields),
        "; ".join(spec.cites),
    ]


def opens(spec: StageSpec, table: Pipeline) -> str:
    """What a stage stands after, and on what it depends."""
    after = listed(table.by_key[key].title for key in spec.after if key in table.by_key) or "the start"
    earlier = [table.by_key[key].when for key in spec.after if key in table.by_key]
    own = [each for each in spec.when if not any(each in when for when in earlier)]  # the others hold already
    return f"{after}<br>only if {listed(condition(each, table) for each in own)}" if own else after


def deadlines(spec: StageSpec, table: Pipeline, boards: Running) -> str:
    """By when a stage is due on each board that may need it; boards that say the same stand together."""
    said: dict[str, list[str]] = {}
    for profile, kind in boards:
        if possible(spec, profile_facts(profile, kind)):
            said.setdefault(deadline(spec, table, kind.clocks) or "No date", []).append(profile.code)
    everywhere = len(said) == 1 and len(boards) == len(next(iter(said.values())))
    rules = [rule if everywhere else f"{rule} ({', '.join(codes)})" for rule, codes in said.items()]
    return "<br>".join(rules) or "No board needs it"


def methodologies() -> str:
    """What each methodology puts between the terms of reference and the report."""
    table = PIPELINES[SHOWN]
    sections = []
    for each in Methodology:
        taken = [step for step in MethodStep if step in steps_possible(each)]
        stages = [(step, table.by_key[step]) for step in taken]
        rows = [[stage.title, taken_by(step, each) or "Always", "; ".join(stage.cites)] for step, stage in stages]
        sections += [
            f"## {each.label}",
            grid(["Step", "When", "Paragraphs"], rows),
            f"![{short(each)}: from the terms of reference to the report](methodology-{each}.svg)",
        ]
    return document(
        "# Methodologies",
        "The terms of reference choose the methodology, with its reason. It settles which steps the review takes "
        "before its report; all are rows of `casework/framework/pipelines/middle.py`. "
        f"Drawn for a {table.title.lower()}, as "
        f"{profile_as_shipped(drawn_for(SHOWN)).name.value} runs it.",
        *sections,
    )


def grid(head: list[str], rows: list[list[str]]) -> str:
    """A table in Markdown."""
    return "\n".join(lines([head, ["---"] * len(head), *rows]))


def lines(rows: list[list[str]]) -> Iterator[str]:
    """The rows of a table in Markdown."""
    return (f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)


def document(*parts: str) -> str:
    """A page in Markdown, with a note for those who would edit it."""
    return "\n\n".join((MADE, *parts)) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
