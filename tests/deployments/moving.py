"""Moving reviews today: the walks of tests.walking, with letters queued at this very moment."""

from collections.abc import Iterator

from casework.moves.completing import complete_stage
from casework.moves.launching import launch_file
from casework.moves.prefilled_forms import known_already
from casework.people.directory import find_person
from casework.record.act import Act
from casework.record.store import Store
from casework.views.review import find_review
from tasks.installation import now
from tests.walking import SERIOUS_CASE_REVIEW, TODAY, Step, launch_data


def launch_now(store: Store) -> str:
    """Launch a Serious Case Review and give its reference."""
    with store.transaction() as session:
        return launch_file(Act(session, None, now(), TODAY), launch_data()).reference


def take_now(store: Store, reference: str, step: Step) -> None:
    """Complete one stage."""
    with store.transaction() as session:
        data = {**known_already(session, find_review(session, reference), step.stage), **step.data}
        by = find_person(session, step.by)
        complete_stage(Act(session, by, now(), TODAY), reference, step.stage, data)


def walk_now(store: Store, reference: str, *, until: str) -> Iterator[None]:
    """Complete one stage after another, up to but not including `until`."""
    for step in SERIOUS_CASE_REVIEW:
        if step.stage == until:
            return
        take_now(store, reference, step)
        yield
