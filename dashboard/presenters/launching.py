"""What a business manager chooses from when a referral comes in."""

from collections.abc import Iterable
from dataclasses import dataclass

from casework.boards import board
from casework.pipelines import PIPELINES

WHAT_IT_IS = {
    "serious-case-review": "For a child who has died or been seriously harmed where abuse or neglect is known or "
    "suspected. Referral, screening against the criteria, the chair’s decision, an independent lead reviewer, the "
    "report, publication, and monitoring until there is evidence of impact.",
    "practice-learning-review": "For a case below the threshold of a serious case review from which there is something "
    "to learn. The agencies report on their own part, practitioners are heard, and the actions are monitored until "
    "there is evidence of impact.",
}


@dataclass(frozen=True)
class Choice:
    """A review type as a board runs it."""

    board: str
    type: str
    name: str
    official_name: str
    what_it_is: str
    cite: str

    @property
    def href(self) -> str:
        """Where its referral is entered."""
        return f"/launch/{self.board}/{self.type}"


@dataclass(frozen=True)
class Choices:
    """What can be launched on one board."""

    board_name: str
    choices: tuple[Choice, ...]


def choices(boards: Iterable[str]) -> list[Choices]:
    """The review types that these boards run, under their local names."""
    return [
        Choices(
            board(name).name.value,
            tuple(
                Choice(name, key, kind.name, PIPELINES[key].title, WHAT_IT_IS.get(key, ""), kind.cite)
                for key, kind in board(name).reviews.items()
            ),
        )
        for name in boards
    ]
