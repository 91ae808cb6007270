"""Setting up a board: the questions that its framework leaves open, and what it answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.framework.answer_places import place_of
from casework.framework.board_answers import (
    BoardAnswer,
    answers_path,
    questions_of,
    read_answers,
    with_answers,
    write_answers,
)
from casework.framework.profiles import profile_as_shipped
from models.errors import InputError, fault
from models.profile import BoardProfile


@dataclass(frozen=True)
class Question:
    """One question of a board's set-up.

    `about` is the review type's local name, or the framework's; `cite` the paragraph that speaks of it. `stands` is
    what holds now; empty where nothing does. `wanted` says what an answer may be.
    """

    key: str
    about: str
    cite: str
    asks: str
    wanted: str
    stands: str
    answer: BoardAnswer | None


def questions(board_name: str) -> list[Question]:
    """All that a board's framework leaves open, with what the board answered so far."""
    profile, given = profile_as_shipped(board_name), read_answers(answers_path(board_name))
    return [question_for(profile, key, asks, given.get(key)) for key, asks in questions_of(profile)]


def question_for(profile: BoardProfile, key: str, asks: str, answer: BoardAnswer | None) -> Question:
    """One question with the place its answer fills."""
    kind, place = profile.kind(key.rpartition(".")[0]), place_of(profile, key)
    about, cite = (kind.name, kind.cite) if kind else (profile.framework.value, profile.framework.cite)
    return Question(key, about, cite, asks, place.wanted, place.stands, answer)


def no_longer_asked(board_name: str) -> list[str]:
    """The keys of answers that the profile has no question for any more."""
    asked = {key for key, _ in questions_of(profile_as_shipped(board_name))}
    return [key for key in read_answers(answers_path(board_name)) if key not in asked]


def keep_answers(board_name: str, answers: Iterable[tuple[str, str]], *, today: date) -> BoardProfile:
    """Keep answers by their questions' keys, and give the profile as it then is; an empty text takes one back.

    All are kept or none. Raises InputError for what is not asked, for what the framework settles itself, and for an
    answer that does not fit its place.
    """
    profile, path = profile_as_shipped(board_name), answers_path(board_name)
    kept = read_answers(path)
    for key, text in answers:
        check_is_asked(profile, board_name, key)
        kept.pop(key, None)
        if text.strip():
            check_fits(profile, key, text.strip())
            kept[key] = BoardAnswer(answer=text, on=today)
    made = with_answers(profile, kept, path)
    write_answers(path, kept)
    return made


def check_fits(profile: BoardProfile, key: str, text: str) -> None:
    """Refuse an answer that does not fit its place, naming the question."""
    try:
        place_of(profile, key).read(text)
    except InputError as wrong:
        raise InputError(fault(key, None, "{wrong}", wrong=wrong)) from wrong


def check_is_asked(profile: BoardProfile, board_name: str, key: str) -> None:
    """Refuse an answer to what is not asked, saying who settled it or what is asked instead."""
    place, asked = place_of(profile, key), [each for each, _ in questions_of(profile)]
    if place.settled:
        raise InputError(
            fault(
                key,
                None,
                "{settled} settles it: {stands}. You cannot change what the framework itself says. Answer only "
                "what it leaves open.",
                settled=place.settled,
                stands=place.stands,
            )
        )
    if key not in asked:
        raise InputError(
            fault(
                key,
                None,
                "is not an open question of {board}. The open questions are: {asked}.",
                board=board_name,
                asked=", ".join(asked),
            )
        )
