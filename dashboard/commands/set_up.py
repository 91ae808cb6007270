"""`learning-cycle set-up`: what a board's framework leaves open, asked of the board."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from itertools import groupby
from textwrap import fill
from typing import Annotated, Any

import typer

from casework.framework import set_up as setting_up
from casework.framework.profiles import profile_as_shipped
from casework.framework.set_up import Question, no_longer_asked, questions
from dashboard.arguments import BoardName
from dashboard.desk import desk, say
from dashboard.remedies import on_command_line
from models.errors import InputError, fault

WIDTH = 100


def set_up(
    board: BoardName,
    answer: Annotated[
        list[str] | None,
        typer.Option(help="KEY=ANSWER, once for each answer; leave out what follows “=” to take an answer back."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON list, and ask no questions.")] = False,
) -> None:
    """Ask the board what its framework leaves open, and keep what it answers. An empty answer leaves it open."""
    today = desk().today
    if answer:
        setting_up.keep_answers(board, [pair(each) for each in answer], today=today)
    elif sys.stdin.isatty() and not as_json:
        for question in [each for each in questions(board) if not each.answer]:
            put(board, question, typed, today=today)
    asked = questions(board)
    say([shown(each) for each in asked], "\n".join(listing(board, asked)), as_json=as_json)


def typed() -> str:
    """What is typed as an answer; empty where Enter alone is pressed."""
    return str(typer.prompt("Answer", default="", show_default=False))


def pair(text: str) -> tuple[str, str]:
    """A key and its answer as they are given on the command line."""
    key, equals, given = text.partition("=")
    if not equals:
        raise InputError(
            fault(f"--answer {text}", None, "has no “=”. Write the key, “=”, and the answer, as in keep=12 months.")
        )
    return key.strip(), given


def put(board: str, question: Question, ask: Callable[[], str], *, today: date) -> None:
    """Ask one question until its answer is accepted or left empty."""
    typer.echo("\n".join([*one(question), ""]))
    while given := ask().strip():
        try:
            setting_up.keep_answers(board, [(question.key, given)], today=today)
        except InputError as refused:
            typer.echo(f"{on_command_line(refused)}\n")
        else:
            return


def shown(question: Question) -> dict[str, Any]:
    """A question as JSON."""
    given = question.answer
    return asdict(question) | {"answer": given.model_dump(mode="json") if given else None}


def listing(board: str, asked: list[Question]) -> Iterator[str]:
    """All questions with their answers, as a text to read."""
    done = sum(1 for each in asked if each.answer)
    yield f"{profile_as_shipped(board).name.value}: the framework leaves {len(asked)} questions open; {done} answered."
    for (about, cite), group in groupby(asked, lambda each: (each.about, each.cite)):
        yield from ("", fill(f"{about} ({cite})", WIDTH))
        for each in group:
            yield from one(each)
    for key in no_longer_asked(board):
        yield from ("", f"The answer to {key} is no longer asked for, and changes nothing.")


def one(question: Question) -> list[str]:
    """One question, what holds, and how it can be answered."""
    given = question.answer
    if given:
        rest = f"Answered on {given.on}: {given.answer}"
    else:
        stands = f"Until it is answered: {question.stands}. " if question.stands else ""
        rest = f"{stands}Wanted: {question.wanted}."
    lines = (f"{question.key}: {question.asks}", rest)
    return [
        fill(line, WIDTH, initial_indent=indent, subsequent_indent="    ", break_on_hyphens=False)
        for line, indent in zip(lines, ("  ", "    "), strict=True)
    ]
