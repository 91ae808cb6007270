"""What the stages do to recommendations and findings: a report makes them, the board responds, the plan answers."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from casework.findings.outputs import findings_of
from casework.registers.keeping import keep, next_number, take_out
from casework.reviews.case import Case
from models.errors import InputError, empty, fault
from models.finding import Finding
from models.forms.base import field_title
from models.forms.inquiry import Report
from models.forms.learning import ActionPlan, BoardResponse
from models.forms.output import LeadsToChange
from models.forms.practice import ChildDeathPanel
from models.vocabulary import OutputModel, YesNo

FINDINGS = OutputModel.FINDINGS


def record_findings(case: Case, form: LeadsToChange) -> None:
    """Put on record what a report leads to, under the model that the terms of reference settled.

    Types without terms of reference have recommendations. With none, the report says why.
    """
    recommended = any(form.recommended())
    if case.facts.get("output_model") == FINDINGS and isinstance(form, Report):
        check_findings(form, recommended)
    else:
        check_recommendations(form, recommended)
    check_days(form)
    for number, said in enumerate(findings_of_report(form), next_number(case, Finding)):
        keep(case, Finding(review_id=case.id, number=number, **said))


def take_back_findings(case: Case, outcome: Mapping[str, Any], form: type[LeadsToChange]) -> None:
    """Take out what a report led to, until it is finished once more; the report's own record keeps it."""
    said = form.model_validate({name: outcome[name] for name in form.model_fields if name in outcome})
    made = sum(1 for _ in findings_of_report(said))
    for row in findings_of(case.session, case.id)[-made:] if made else ():
        take_out(case, row)


def check_findings(form: Report, recommended: bool) -> None:
    """A review that was to lead to findings makes no recommendations, and at least one finding."""
    if recommended:
        raise InputError(
            fault(
                "recommendations",
                None,
                "are given, but by its terms of reference this review leads to findings. Write each as a finding "
                "with its challenge to the board, or first change what the review leads to, with its methodology.",
            )
        )
    if not form.challenges:
        raise InputError(
            empty(
                "challenges",
                "By its terms of reference this review leads to findings: give each finding with its challenge to "
                "the board.",
            )
        )
    check_no_excuse(form)


def check_recommendations(form: LeadsToChange, recommended: bool) -> None:
    """A review that was to lead to recommendations makes no findings; with no recommendation it says why."""
    if form.challenged():
        raise InputError(
            fault(
                "challenges",
                None,
                "are given, but this review leads to recommendations. Write each as a recommendation with its "
                "organisation, date and measure, or first change what the review leads to, with its methodology.",
            )
        )
    if recommended:
        check_no_excuse(form)
    elif "why_none" in type(form).model_fields and not getattr(form, "why_none", None):
        raise InputError(
            empty("why_none", "Nothing is recommended: say why in one sentence, or make a recommendation.")
        )


def check_no_excuse(form: LeadsToChange) -> None:
    """Refuse the reason for recommending nothing where something is: one of the two is a slip."""
    if getattr(form, "why_none", None):
        raise InputError(
            fault(
                "why_none",
                None,
                "says why nothing is recommended, but recommendations are given. Leave out one of the two.",
            )
        )


def record_modifiable_factors(case: Case, form: ChildDeathPanel) -> None:
    """Something has to change if and only if the panel recommends what."""
    wanted, given = form.actions_needed is YesNo.YES, any(form.recommended())
    if wanted and not given:
        raise InputError(empty("recommendations", "Something has to change: recommend what, by whom and by when."))
    if given and not wanted:
        raise InputError(
            fault(
                "recommendations",
                None,
                "are given, but the answer to “{question}” is ‘{needed}’. Answer yes there, or leave them out.",
                question=field_title(ChildDeathPanel, "actions_needed"),
                needed=form.actions_needed,
            )
        )
    record_findings(case, form)


def check_days(form: LeadsToChange) -> None:
    """A recommendation is to be met after it was made."""
    made_on = getattr(form, form.done_on or "", None)
    for place, _, row in form.recommended():
        if isinstance(made_on, date) and row.due_on <= made_on:
            raise InputError(
                fault(
                    (*place, "due_on"),
                    row.due_on,
                    "is not after the day it was recommended, ‘{made_on}’. Give the date by which it must be done.",
                    made_on=made_on,
                )
            )


def findings_of_report(form: LeadsToChange) -> Iterator[dict[str, Any]]:
    """What the rows of the register say, in the order of the report."""
    for _, scope, asked in form.recommended():
        yield asked.model_dump() | {"model": OutputModel.RECOMMENDATIONS, "scope": scope}
    for put in form.challenged():
        yield {"model": FINDINGS, "wording": put.finding, "matters": put.matters, "challenge": put.challenge}


def record_responses(case: Case, form: BoardResponse) -> None:
    """Keep the board's response with each finding; every one is answered, once [S004 3.5]."""
    found = {row.number: row for row in findings_of(case.session, case.id) if row.model is FINDINGS}
    if not found:  # a report that was finished before its findings were put on record one by one
        return
    given = [row.number for row in form.responses]
    check_known("responses", given, found)
    check_once("responses", given)
    if silent := sorted(number for number, row in found.items() if row.response is None and number not in given):
        raise InputError(
            fault(
                "responses",
                None,
                "do not answer {these}. The board responds to every finding: give its response to each.",
                these=numbers_in_words(silent),
            )
        )
    for answer in form.responses:
        row = found[answer.number]
        row.response, row.responded_on = answer.answer, form.responded_on
        keep(case, row)


def record_plan_answers(case: Case, form: ActionPlan) -> None:
    """Every recommendation or finding is answered by an action, or the plan says why not."""
    found = {row.number: row for row in findings_of(case.session, case.id)}
    answered = {action.answers for action in form.actions if action.answers is not None}
    explained = [row.number for row in form.unanswered]
    if not form.actions and not explained and not form.why_none:
        raise InputError(empty("actions", "Plan an action, or say why there is none."))
    check_known("actions", sorted(answered), found)
    check_known("unanswered", explained, found)
    check_once("unanswered", explained)
    if both := sorted(answered.intersection(explained)):
        raise InputError(
            fault(
                "unanswered",
                None,
                "names {these}, which an action already answers. Leave out one of the two.",
                these=numbers_in_words(both),
            )
        )
    if silent := sorted(found.keys() - answered - set(explained)):
        raise InputError(
            fault(
                "actions",
                None,
                "leave {these} of the report unanswered. Plan an action that answers each, or say why no action does.",
                these=numbers_in_words(silent),
            )
        )
    why = {reason.number: reason.why for reason in form.unanswered}
    for number, row in found.items():
        if row.no_action != why.get(number):
            row.no_action = why.get(number)
            keep(case, row)


def leave_without_action(case: Case, why: Mapping[int, str]) -> None:
    """Keep why no action answers these recommendations or findings, by their numbers."""
    for row in findings_of(case.session, case.id):
        if row.number in why:
            row.no_action = why[row.number]
            keep(case, row)


def check_known(name: str, given: Iterable[int], found: Collection[int]) -> None:
    """Refuse a number that none of the review's recommendations or findings has."""
    if strange := [number for number in given if number not in found]:
        there = (
            f"{numbers_in_words(sorted(found))}. Give one of those" if found else "none on record. Leave out the number"
        )
        raise InputError(
            fault(
                name, None, "names {these}, but the review has {there}.", these=numbers_in_words(strange), there=there
            )
        )


def check_once(name: str, given: list[int]) -> None:
    """Refuse a number that is given twice."""
    if twice := sorted({number for number in given if given.count(number) > 1}):
        raise InputError(
            fault(
                name,
                None,
                "gives {these} more than once. Say everything about each in one place.",
                these=numbers_in_words(twice),
            )
        )


def numbers_in_words(numbers: Iterable[int]) -> str:
    """Numbers as a sentence names them: "number 2", "numbers 1, 3"."""
    listed = list(map(str, numbers))
    return f"number{'s' if len(listed) > 1 else ''} {', '.join(listed)}"
