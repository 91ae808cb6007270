"""`learning-cycle alike`: what is open elsewhere on the board and says nearly the same as what a review has to do."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from casework.actions import actions_of
from casework.clock import spoken
from casework.findings.alike import SimilarElsewhere, alike_elsewhere
from casework.findings.outputs import outputs_of, still_open
from casework.views.review import find_review
from dashboard.arguments import AsJson, Ref
from dashboard.desk import desk, say
from models.review import Review
from models.tables import id_of

Near = Mapping[str, tuple[SimilarElsewhere, ...]]


def alike(
    reference: Ref,
    as_json: AsJson = False,
) -> None:
    """Show what is open in other reviews of the board and says nearly the same, and who has it."""
    at = desk()
    with at.store.reading() as session:
        found = near(session, find_review(session, reference))
        nothing = f"Nothing that is open elsewhere says nearly the same as what {reference} has to do."
        say(as_objects(found), "\n".join(in_lines(found)) or nothing, as_json=as_json)


def near(session: Session, review: Review) -> Near:
    """For each recommendation, finding and action that a review still has to do, what is near to it."""
    review_id = id_of(review)
    own = still_open(outputs_of(session, review_id), actions_of(session, review_id))
    found = alike_elsewhere(session, review, [wording for _, wording in own], may_see=None)
    return {called: found[wording] for called, wording in own if wording in found}


def as_objects(found: Near) -> dict[str, Any]:
    """What was found, for programs."""
    return {called: [asdict(other) for other in others] for called, others in found.items()}


def in_lines(found: Near) -> list[str]:
    """What was found, for people."""
    lines = []
    for called, others in found.items():
        lines.append(f"{called} is nearly the same as:")
        lines += [f"  {other.called}: {other.wording} ({who(other)})" for other in others]
    return lines


def who(other: SimilarElsewhere) -> str:
    """Who has it, and by when: "Police, Pat Stone, by Monday 2 March 2015"."""
    due = f"by {spoken(other.due_on)}" if other.due_on else None
    return ", ".join(part for part in (other.organisation, other.responsible, due) if part) or "nobody yet"
