"""`learning-cycle show`: one review, where it stands and what it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from casework.clock import moment, spoken
from casework.findings.outputs import FindingWithActions, how_many, outputs_of, too_many
from casework.framework.pipelines import find_stage
from casework.framework.profiles import board
from casework.moves.prefilled_forms import known_already
from casework.registers.parallel import processes_of
from casework.views.review import Entry, ReviewView, StageView, review_view
from casework.views.standing import open_work, state_in_words
from dashboard.arguments import AsJson, Ref
from dashboard.commands.alike import as_objects, in_lines, near
from dashboard.desk import desk, say
from models.tables import id_of


def show(
    reference: Ref,
    as_json: AsJson = False,
) -> None:
    """Show a review: what is open, who owes it by when and why, what was recorded, its history."""
    at = desk()
    with at.store.reading() as session:
        view = review_view(session, reference)
        known = {stage.name: known_already(session, view.review, stage.name) for stage in view.open_stages}
        processes = {each.id: each.number for each in processes_of(session, id_of(view.review))}
        outputs, alike = outputs_of(session, id_of(view.review)), near(session, view.review)
    leads_to = {"leads_to": [as_output(each) for each in outputs], "alike": as_objects(alike)}
    text = [readable(view, at.today), *lines_of(view, outputs), *in_lines(alike)]
    say(as_object(view, known, processes, at.today) | leads_to, "\n".join(text), as_json=as_json)


def as_output(output: FindingWithActions) -> dict[str, Any]:
    """A recommendation or finding for programs, with the numbers of the actions that answer it."""
    return output.finding.model_dump(exclude={"id", "review_id"}, exclude_none=True) | {
        "answered_by": [action.number for action in output.actions],
        "waits": output.waits,
    }


def lines_of(view: ReviewView, outputs: Sequence[FindingWithActions]) -> list[str]:
    """What the report leads to, for people, and whether it is more than the framework asks for."""
    lines = ["What the report leads to:"] if outputs else []
    for output in outputs:
        actions = ", ".join(f"action {action.number}" for action in output.actions)
        stands = "waits for an action" if output.waits else f"answered by {actions}" if actions else "none, as said"
        lines.append(f"  {output.finding.called}: {output.finding.wording} ({stands})")
    warning = too_many(board(view.review.board), how_many(each.finding for each in outputs))
    return [*lines, warning] if warning else lines


def as_object(
    view: ReviewView, known: dict[str, dict[str, Any]], processes: Mapping[int | None, int], today: date
) -> dict[str, Any]:
    """The review for programs; an open stage comes with the fields it asks for and those known already.

    A hold names the process it is for by its number; `processes` gives that by the process's id.
    """
    review = view.review
    return {
        "reference": review.reference,
        "board": review.board,
        "type": review.type,
        "name": view.type_name,
        "edition": review.edition,
        "state": review.state,
        "launched_on": review.launched_on,
        "facts": review.facts,
        "converted_from": review.converted_from,
        "converted_to": view.converted_to,
        "referral": review.referral,
        "open": [open_stage(view, stage, known, today) for stage in view.open_stages],
        "stages": [without_ids(stage) for stage in view.stages],
        "ahead": view.ahead,
        "actions": [
            action.model_dump(exclude={"id", "review_id", "owner_id"}) | {"owner": owner}
            for action, owner in view.actions
        ],
        "holds": [
            held.model_dump(exclude={"id", "review_id", "process_id"}) | {"process": processes.get(held.process_id)}
            for held in view.holds
        ],
        "publication": view.publication and view.publication.model_dump(exclude={"id", "review_id"}),
        "documents": [document.file_name for document in view.documents],
        "history": [without_ids(entry) for entry in view.history],
    }


def open_stage(view: ReviewView, stage: StageView, known: dict[str, dict[str, Any]], today: date) -> dict[str, Any]:
    """An open stage with what its form asks for, and the date it would be due with its days on hold added."""
    form, both = find_stage(view.review.type, stage.key).form, view.both_dates(stage, today)
    held = {"days_on_hold": both.days if both else 0, "due_with_days_on_hold": both.with_days if both else None}
    return without_ids(stage) | held | {"asks": form.model_json_schema(), "known_already": known[stage.name]}


def without_ids(part: StageView | Entry) -> dict[str, Any]:
    """A stage or an entry without the numbers that mean nothing outside."""
    return {name: value for name, value in asdict(part).items() if name not in ("id", "key", "owner_id", "actor_id")}


def readable(view: ReviewView, today: date) -> str:
    """The review for people."""
    state = state_in_words(view.review.state, view.actions_owed).lower()
    lines = [f"{view.review.reference}: {view.type_name}, {view.board_name} — {state}", ""]
    lines += ["Open now:"] + [f"  {owed(view, stage, today)}" for stage in view.open_stages] if view.open_stages else []
    lines += [work] if (work := open_work(len(view.open_stages), view.actions_owed)) else []
    lines += ["Still to come:", f"  {'; '.join(view.ahead)}"] if view.ahead else []
    lines += ["History:"] + [f"  {in_history(entry)}" for entry in view.history]
    return "\n".join(lines)


def in_history(entry: Entry) -> str:
    """One entry, with its time in London: "10:30 BST on Tuesday 6 May 2014: stage completed, chair-decision"."""
    return f"{moment(entry.at)}: {', '.join(part for part in (entry.verb, entry.stage) if part)}"


def owed(view: ReviewView, stage: StageView, today: date) -> str:
    """Who owes a stage, by when and why; beside it the date it would be with the days on hold added."""
    when = f"by {spoken(stage.due_on)}" if stage.due_on else "no date set"
    said = f"{stage.name}: {stage.owner} <{stage.owner_email}>, {when}. {stage.explanation}"
    both = view.both_dates(stage, today)
    if both is None:
        return said
    return (
        f"{said} On hold for {both.days} days, it would be {spoken(both.with_days)} if they were added; they are not."
    )
