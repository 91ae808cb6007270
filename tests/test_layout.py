"""The layout is what the architecture says: our packages, flows in flows/, words in templates/."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ("models", "casework", "tasks", "flows", "dashboard", "deployments")
LONGEST = 40  # lines of a function, its decorators and docstring not counted
LONG = "# long: "  # on the line of `def`, with the reason
FOR_PEOPLE = ("%A", "%B", "%b", "%p", "%I")  # codes by which a date is spelt for people; the others make keys
Function = ast.FunctionDef | ast.AsyncFunctionDef


def python_files(*folders: str) -> list[Path]:
    """Every Python file of these folders."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def functions(path: Path) -> Iterator[Function]:
    """Every function of a file, methods and inner ones included."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines from `def` to the end, without the docstring."""
    first = function.body[0]
    documented = ast.get_docstring(function, clean=False) is not None
    docstring = (first.end_lineno or first.lineno) - first.lineno + 1 if documented else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring


def name_of(decorator: ast.expr) -> str:
    """'flow' of @flow, @flow(...) and @prefect.flow(...)."""
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    return target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", "")


@pytest.mark.parametrize("package", ["models", "casework", "tasks", "flows", "dashboard"])
def test_the_package_imported_is_ours_and_no_stranger_of_the_same_name(package: str) -> None:
    assert Path(str(importlib.import_module(package).__file__)).parent == ROOT / package


def test_every_folder_of_tests_is_a_package() -> None:
    """Without it `tests/models` would take the place of `models`."""
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}

    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_flows_holds_nothing_but_modules_that_define_flows() -> None:
    """Prefect may leave flows/ first on the path, where any other module would hide one of the same name."""
    decorated = {
        path
        for path in python_files("flows")
        if any(name_of(each) == "flow" for function in functions(path) for each in function.decorator_list)
    }

    assert [path for path in python_files("flows") if path.name != "__init__.py" and path not in decorated] == []


def test_templates_hold_words_and_no_python() -> None:
    package = ROOT / "templates" / "__init__.py"

    assert (python_files("templates"), package.read_text()) == ([package], "")


def test_no_function_is_long_without_a_reason_beside_it() -> None:
    too_long = []
    for path in python_files(*PRODUCT):
        lines = path.read_text(encoding="utf-8").splitlines()
        too_long += [
            f"{path.relative_to(ROOT)}:{function.lineno} {function.name} has {length(function)} lines"
            for function in functions(path)
            if length(function) > LONGEST and LONG not in lines[function.lineno - 1]
        ]

    assert too_long == []


def spelt_by_hand(path: Path) -> list[str]:
    """Where a file makes a zone of its own, or spells a date for people by itself."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    zones = [node.lineno for node in nodes if isinstance(node, ast.Name) and node.id == "ZoneInfo"]
    formats = [
        node.lineno
        for node in nodes
        if isinstance(node, ast.FormattedValue)
        and node.format_spec
        and any(code in ast.unparse(node.format_spec) for code in FOR_PEOPLE)
    ]
    return [f"{path.relative_to(ROOT)}:{line}" for line in [*zones, *formats]]


def test_the_zone_and_the_words_of_dates_are_made_in_casework_clock_alone() -> None:
    assert [place for path in python_files(*PRODUCT) for place in spelt_by_hand(path)] == []
