"""What the criteria said is shown to whoever decides, however long ago they were screened."""

from typing import Any

import pytest

from casework.record.store import Store
from casework.reviews.case import STAGE
from casework.views.review import review_view
from dashboard.presenters.advice import of_criteria
from tests.walking import MANAGER, Step, launched, take


@pytest.mark.parametrize(
    ("recommendation", "said"), [("serious-case-review", "are met"), ("no-review", "are not met on what is known")]
)
def test_a_screening_of_then_is_still_shown_to_whoever_decides(store: Store, recommendation: str, said: str) -> None:
    reference = launched(store)
    take(store, reference, Step("criteria-screening", MANAGER, {}))
    outcome: dict[str, Any] = {"recommendation": recommendation, "because": ["It was so."], "cite": "S000 7.8.1"}
    with store.transaction() as session:
        key = STAGE.c.key == "criteria-screening"
        session.connection().execute(STAGE.update().where(key).values(outcome=outcome))

    with store.reading() as session:
        found = of_criteria(review_view(session, reference), "The criteria", outcome)

    assert (said in found.answer, found.reasons, found.cites) == (True, ("It was so.",), ("S000 7.8.1",))
