"""An edition of the national guidance as data: its rules and what binds to them, each with where it is said."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from models.profile import Cited, Clock, Part, Sentence
from models.vocabulary import Term


class Country(Term):
    """Whose guidance it is."""

    ENGLAND = "england"
    WALES = "wales"


class DecisionTree(Term):
    """The criteria by which an edition sorts what is referred.

    regulation-5: a serious case [S000 7.8.1]. serious-incident: a notifiable incident, which a rapid review follows.
    child-practice-review: the Welsh criteria, which also tell a concise review from an extended one.
    """

    REGULATION_5 = "regulation-5"
    SERIOUS_INCIDENT = "serious-incident"
    CHILD_PRACTICE_REVIEW = "child-practice-review"


class Relaxation(Part):
    """A time in which a deadline was not insisted on; the date itself stays, and both are shown.

    `until` is its last day, or None where no source was found that ends it: the board then says whether it held.
    """

    types: tuple[Sentence, ...] = Field(min_length=1)
    clock: Sentence
    since: date
    until: date | None = None
    cite: Sentence
    explains: Sentence

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        """A window that ends before it begins is a slip of the pen."""
        if self.until is not None and self.until < self.since:
            raise ValueError(
                f"it ends on {self.until}, before it begins on {self.since}. Give the later day as the end"
            )
        return self


class Edition(Part):
    """One edition of the national guidance.

    `in_force_until` is its last day, None for the edition in force. `custody` is the ground beside the criteria: a
    death in custody or detention. `clocks` gives the deadlines of each review type
    by name; `left_open` says what is not set here, and why.
    """

    title: Sentence
    key: Annotated[str, StringConstraints(pattern=r"^[A-Z]+[0-9]{4}$")]
    country: Country
    in_force_from: Cited[date]
    in_force_until: Cited[date] | None = None
    sources: dict[str, Sentence]
    criteria: Cited[DecisionTree]
    custody: Cited[Sentence] | None = None
    clocks: dict[str, dict[str, Clock]] = Field(default_factory=dict)
    relaxations: tuple[Relaxation, ...] = ()
    left_open: dict[str, Sentence] = Field(default_factory=dict)

    @model_validator(mode="after")
    def ends_after_it_begins(self) -> Self:
        """An edition that ends before it begins is a slip of the pen."""
        if self.in_force_until is not None and self.in_force_until.value < self.in_force_from.value:
            raise ValueError(
                f"in_force_until is {self.in_force_until.value}, before in_force_from, {self.in_force_from.value}. "
                "Give the later day as the end"
            )
        return self
