"""The help of commands: whole words in a narrow window, everything explained, and a file shown where one is asked."""

import re
import tomllib
from collections.abc import Callable, Iterator

import pytest
from pydantic import BaseModel
from typer.core import TyperArgument, TyperCommand, TyperGroup

from dashboard.arguments import OF_ONE_REVIEW
from dashboard.cli import COMMANDS, command, main
from models.forms.answering import QuestionsAsked, TermsCirculated
from models.forms.inquiry import MethodChoice
from models.forms.meeting import Arranged
from models.forms.parallel import Linked
from models.forms.participation import Invited
from models.vocabulary import Methodology, Role

HelpOf = Callable[..., str]
EXAMPLES: dict[str, type[BaseModel]] = {
    "circulate-terms": TermsCirculated,
    "ask-questions": QuestionsAsked,
    "meetings": Arranged,
    "participation": Invited,
    "processes": Linked,
    "change-methodology": MethodChoice,
}


@pytest.fixture
def help_of(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> HelpOf:
    """The help of a command as a window of eighty columns shows it."""
    monkeypatch.setenv("COLUMNS", "80")

    def shown(*name: str) -> str:
        assert main([*name, "--help"]) == 0
        return capsys.readouterr().out

    return shown


def every_command() -> Iterator[tuple[str, TyperCommand]]:
    """All commands, those of `action` among them, by what is typed."""
    for name in COMMANDS:
        found = command(name)
        if isinstance(found, TyperGroup):
            for part, inner in found.commands.items():
                assert isinstance(inner, TyperCommand)
                yield f"{name} {part}", inner
        else:
            yield name, found


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("appoint", [each.value for each in Role if each not in OF_ONE_REVIEW]),
        ("step-down", [each.value for each in Role if each not in OF_ONE_REVIEW]),
        ("timetable", [each.value for each in Methodology]),
        ("diagram", [each.value for each in Methodology]),
    ],
)
def test_what_can_be_chosen_is_listed_in_whole_words(help_of: HelpOf, name: str, values: list[str]) -> None:
    words = re.split(r"[\s,.│|<>]+", help_of(name))

    assert [value for value in values if value not in words] == []


def test_no_command_offers_choices_that_a_narrow_window_breaks() -> None:
    """What stands between angle brackets is broken anywhere; a list of words in the explanation is not."""
    offered = [
        f"{name}: {param.name}"
        for name, found in every_command()
        for param in found.params
        if (kind := param.type_descriptor).is_choice  # type: ignore[attr-defined]
        and param.show_choices  # type: ignore[attr-defined]
        and param.metavar is None
        and len("|".join(str(each) for each in kind.choices)) > 24
    ]

    assert offered == []


def test_every_argument_has_a_name_in_capitals_and_an_explanation() -> None:
    arguments = {
        (name, param.metavar or param.name, bool(param.help))
        for name, found in every_command()
        for param in found.params
        if isinstance(param, TyperArgument)
    }

    assert {each for each in arguments if not each[1].isupper() or not each[2]} == set()


@pytest.mark.parametrize("name", list(EXAMPLES))
def test_the_help_shows_a_file_that_the_command_takes(help_of: HelpOf, name: str) -> None:
    _, there, after = help_of(name).partition("An example of the file:")
    example = tomllib.loads("\n".join(line.strip() for line in after.splitlines()))

    assert (there != "", "as below" in help_of(name)) == (True, True)
    assert EXAMPLES[name].model_validate(example)


def test_the_list_of_commands_says_of_each_what_its_own_help_begins_with() -> None:
    assert {name: (command(name).help or "").partition("\n\n")[0] for name in COMMANDS} == COMMANDS
