"""How a review meets the principles and the quality markers: answered at any time, the last answer counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, create_model, field_validator
from sqlmodel import Session

from casework.framework.principles import BY_KEY, GROUPS, ITEMS, PRINCIPLES, Group, Item, exit_items
from casework.moves.completing import complete_stage
from casework.record.act import Act
from casework.registers.keeping import keep, next_number, rows_of, to_record_in
from casework.reviews.case import Case, Moved, load, store
from casework.validation.reading import read
from models.errors import InputError, NotFound, fault
from models.forms.base import Form, printable
from models.people import Person
from models.quality import QualityAnswer
from models.stage_name import StageName
from models.tables import id_of
from models.vocabulary import Standing

Remark = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), AfterValidator(printable)
]
NOTE = "_note"  # how the field of the note ends that goes with an answer


class Questions(Form):
    """Answers about some of the items, none of which has to be given."""

    @field_validator("*")
    @classmethod
    def a_note_goes_with_an_answer(cls, value: object, info: ValidationInfo) -> object:
        """Refuse a note beside which no answer was chosen."""
        name = info.field_name or ""
        if value and name.endswith(NOTE) and info.data.get(name.removesuffix(NOTE)) is None:
            raise ValueError("Choose one of the answers to go with this note, or leave the note out")
        return value


def questions(items: Iterable[Item]) -> type[Questions]:
    """The form that asks how a review stands to these items."""
    fields: dict[str, Any] = {}
    for item in items:
        fields[item.field] = (Standing | None, Field(default=None, title=item.heading, description=item.asks))
        fields[item.field + NOTE] = (Remark | None, Field(default=None, title=f"{item.heading}: what shows it"))
    return create_model("Questions", __base__=Questions, **fields)


def exit_questions(key: str) -> type[Questions]:
    """The exit questions of a stage, by its key; a form without fields where it has none."""
    return questions(exit_items(key))


def questions_of_group(group: str) -> type[Questions]:
    """The questions of one group; raises NotFound."""
    if group not in GROUPS:
        raise NotFound(f"‘{group}’ is not a group of principles or markers. There are: {', '.join(GROUPS)}.")
    return questions(item for item in ITEMS if item.group == group)


def answers_of(session: Session, review_id: int) -> dict[str, QualityAnswer]:
    """The answers that count, by item: for each the last one."""
    return {answer.item: answer for answer in rows_of(session, review_id, QualityAnswer)}


def answer(act: Act, reference: str, data: Mapping[str, Any]) -> tuple[str, ...]:
    """Answer any of the questions; gives the items of which the answer is new or has changed.

    `data` has fields as `questions` makes them: "marker_report" and "marker_report_note". Raises NotFound, NotAllowed,
    MoveRefused or InputError.
    """
    case = to_record_in(act, reference)
    return write_down(case, read(questions(ITEMS), data), None, act.person)


def complete_with_answers(
    act: Act, reference: str, name: str, data: Mapping[str, Any], answers: Mapping[str, Any]
) -> Moved:
    """Complete a stage together with the answers to its exit questions, all or nothing.

    Those who may complete the stage may answer them. Raises what `complete_stage` raises.
    """
    form = read(exit_questions(StageName.read(name).key), answers)
    if form.model_dump(exclude_none=True):
        # written first, so that the journal ends with the completion; what refuses that takes these back too
        write_down(load(act, reference), form, name, act.person)
    return complete_stage(act, reference, name, data)


def write_down(case: Case, form: Questions, stage: str | None, by: Person) -> tuple[str, ...]:
    """Append what was answered otherwise than it stands."""
    stands, given = answers_of(case.session, case.id), form.model_dump(exclude_none=True)
    changed = []
    for item in (item for item in ITEMS if item.field in given):
        standing, note = given[item.field], given.get(item.field + NOTE)
        last = stands.get(item.key)
        if last is None or (last.standing, last.note) != (standing, note):
            changed.append(item.key)
            keep(
                case,
                QualityAnswer(
                    review_id=case.id,
                    number=next_number(case, QualityAnswer),
                    item=item.key,
                    stage=stage,
                    standing=standing,
                    note=note,
                    by=id_of(by),
                    at=case.now,
                ),
            )
    if changed:
        store(case, "principles answered", by, stage=stage, detail={"items": changed})
    return tuple(changed)


def stands_already(answers: Mapping[str, QualityAnswer], items: Iterable[Item]) -> dict[str, Any]:
    """The answers that count, for the form that asks for these items."""
    found = {item.field: answers[item.key] for item in items if item.key in answers}
    notes = {field + NOTE: answer.note for field, answer in found.items() if answer.note}
    return {field: answer.standing for field, answer in found.items()} | notes


def unanswered(answers: Mapping[str, QualityAnswer]) -> tuple[Item, ...]:
    """What nobody has answered yet, in the order of the lists."""
    return tuple(item for item in ITEMS if item.key not in answers)


def item_called(key: str) -> Item:
    """A principle or a marker by its key; raises InputError."""
    if key not in BY_KEY:
        raise InputError(
            fault(
                "item", key, "is neither a principle nor a quality marker. There are: {items}.", items=", ".join(BY_KEY)
            )
        )
    return BY_KEY[key]


@dataclass(frozen=True)
class AnsweredCounts:
    """How many of the principles, and of the markers, have been answered."""

    principles: int
    markers: int


def count_answered(answers: Mapping[str, QualityAnswer]) -> AnsweredCounts:
    """The answers in figures."""
    principles = sum(item.key in answers for item in PRINCIPLES)
    return AnsweredCounts(principles, len(answers) - principles)


def items_of(group: Group) -> tuple[Item, ...]:
    """The items of a group."""
    return tuple(item for item in ITEMS if item.group == group)
