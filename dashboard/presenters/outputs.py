"""What a report leads to, on the pages: what answers each, what is open elsewhere, and whether it is too much."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from casework.clock.wording import day
from casework.findings.alike import Alike, SimilarElsewhere, alike_elsewhere
from casework.findings.outputs import (
    FindingWithActions,
    how_many,
    outputs_of,
    recommendation_limit,
    still_open,
    too_many,
)
from casework.framework.profiles import board
from casework.reviews.permissions import wholly_visible
from casework.views.review import ReviewView
from dashboard.fields import Field
from dashboard.site import Visit
from models.action import Action
from models.finding import Finding
from models.forms.base import Form
from models.forms.learning import ActionPlan, BoardResponse
from models.forms.output import LeadsToChange
from models.tables import id_of
from models.vocabulary import OutputModel

WORDING = {
    "recommendations": "wording",
    "agency_recommendations": "wording",
    "multi_agency_action": "wording",
    "challenges": "finding",
    "actions": "action",
}


@dataclass(frozen=True)
class Near:
    """Something open elsewhere that says nearly the same, and who has it."""

    title: str
    href: str
    wording: str
    who: str
    due: date | None


Nearest = tuple[tuple[str, tuple[Near, ...]], ...]  # each of the review's own, with what is near to it


@dataclass(frozen=True)
class OutputRow:
    """A recommendation or finding; `asked` says of a recommendation who and how it will be measured.

    `more` are pairs of label and text: the challenge, the board's response, why no action answers it.
    """

    title: str
    wording: str
    asked: str
    more: tuple[tuple[str, str], ...]
    actions: tuple[Action, ...]
    waits: bool


@dataclass(frozen=True)
class OutputSection:
    """The part of a review's page: `near` says for each of the review's own what is open elsewhere."""

    heading: str
    rows: tuple[OutputRow, ...]
    warning: str | None
    near: Nearest


@dataclass(frozen=True)
class WhileTyped:
    """What stands beside a form in which recommendations or actions are typed; `rows` are what it has to answer."""

    limit: str = ""
    warning: str | None = None
    rows: tuple[OutputRow, ...] = ()
    near: Nearest = ()


def asked_of_report(questions: tuple[Field, ...], facts: Mapping[str, str]) -> tuple[Field, ...]:
    """A report that could make either is asked only for what its terms of reference say it leads to."""
    if "output_model" not in facts or "challenges" not in {field.name for field in questions}:
        return questions
    findings = facts["output_model"] == OutputModel.FINDINGS
    left_out = ("recommendations", "why_none") if findings else ("challenges",)
    kept = (field for field in questions if field.name not in left_out)
    return tuple(replace(field, required=True) if field.name == "challenges" else field for field in kept)


def output_section(session: Session, visit: Visit, view: ReviewView) -> OutputSection:
    """What a review leads to, for somebody who sees all of it."""
    found = outputs_of(session, id_of(view.review))
    own = still_open(found, (action for action, _ in view.actions))
    heading = "Findings" if any(each.finding.model is OutputModel.FINDINGS for each in found) else "Recommendations"
    return OutputSection(
        heading=heading,
        rows=tuple(map(row, found)),
        warning=too_many(board(view.review.board), how_many(each.finding for each in found)),
        near=near(session, visit, view, own),
    )


def row(output: FindingWithActions) -> OutputRow:
    """One of them in words."""
    said = output.finding
    return OutputRow(
        title=said.called,
        wording=said.wording,
        asked=asked(output),
        more=more(said),
        actions=output.actions,
        waits=output.waits,
    )


def more(said: Finding) -> tuple[tuple[str, str], ...]:
    """What else is on record about it."""
    lines = (
        ("Why it matters", said.matters),
        ("Challenge to the board", said.challenge),
        (f"The board’s response, {day(said.responded_on)}", said.response),
        ("Why no action answers it", said.no_action),
    )
    return tuple((label, text) for label, text in lines if text)


def asked(output: FindingWithActions) -> str:
    """Whom a recommendation is for, by when, and how it will be measured."""
    said = output.finding
    if said.model is OutputModel.FINDINGS:
        return ""
    responsible = f" ({said.responsible})" if said.responsible else ""
    scope = f", {said.scope.label[:1].lower()}{said.scope.label[1:]}" if said.scope else ""
    return f"{said.organisation}{responsible}{scope}. Due {day(said.due_on)}. Measure: {said.measure}"


def while_typed(
    session: Session, visit: Visit, view: ReviewView, form: type[Form], values: Mapping[str, object]
) -> WhileTyped:
    """What to know while this form is filled in: the limit, what has to be answered, what is open elsewhere."""
    if not issubclass(form, (LeadsToChange, ActionPlan, BoardResponse)):
        return WhileTyped()
    there = outputs_of(session, id_of(view.review))
    profile = board(view.review.board)
    typed = list(wordings(form, values))
    reports = issubclass(form, LeadsToChange)
    made = how_many(each.finding for each in there) + sum(name != "challenges" for name, _ in typed)
    return WhileTyped(
        limit=recommendation_limit(profile) if reports else "",
        warning=too_many(profile, made) if reports else None,
        rows=() if reports else tuple(map(row, there)),
        near=near(session, visit, view, [(f"“{said}”", said) for _, said in typed]),
    )


def wordings(form: type[Form], values: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """The recommendations, findings and actions that stand in a form, each with the field that it stands in."""
    for name, part in WORDING.items():
        rows = values.get(name) if name in form.model_fields else None
        for each in rows if isinstance(rows, list) else ():
            if isinstance(each, Mapping) and each.get(part):
                yield name, str(each[part])


def near_action(session: Session, visit: Visit, view: ReviewView, action: Action) -> Nearest:
    """What is open elsewhere and says nearly the same as an action that is not signed off."""
    return near(session, visit, view, still_open((), [action]))


def near(session: Session, visit: Visit, view: ReviewView, own: Iterable[tuple[str, str]]) -> Nearest:
    """What is open elsewhere, in the reviews of which the visitor may see everything, and says nearly the same."""
    named = list(own)
    may_see = wholly_visible(visit.id, visit.roles)
    found: Alike = alike_elsewhere(session, view.review, [said for _, said in named], may_see=may_see)
    return tuple((title, tuple(map(shown, found[said]))) for title, said in named if said in found)


def shown(other: SimilarElsewhere) -> Near:
    """One of them in words, with where it is to be found."""
    review = f"/reviews/{other.reference}"
    href = f"{review}/actions/{other.number}" if other.kind == "Action" else f"{review}#outputs"
    who = ", ".join(part for part in (other.organisation, other.responsible) if part)
    return Near(other.called, href, other.wording, who, other.due_on)
