"""A safeguarding board in Wales [WSI 2012/1712; S002 Appendix 2.3]: concise and extended practice reviews."""

from datetime import date

import pytest

from casework.framework.profiles import board
from casework.record.store import Store
from models.errors import InputError
from tests.conformance.walk import launched, of_each, take_to_closure

BOARD, CPR = "welsh-safeguarding-board", "child-practice-review"
MANAGER, REVIEWER, MONITOR = "business-manager", "lead-reviewer", "monitoring-chair"
BEFORE = [
    ("criteria-screening", MANAGER),
    ("panel-recommendation", "panel-chair"),
    ("chair-decision", "independent-chair"),  # LSCBs will decide, following the criteria
    ("lead-reviewer", "panel-chair"),  # appointed by the Review Panel [S002 Appendix 2.3]
    ("terms-of-reference", REVIEWER),
    ("family-invitation", REVIEWER),  # children and families, as they wish and is appropriate
    *of_each("agency-chronology"),
    ("combined-chronology", REVIEWER),
    ("learning-event", REVIEWER),  # a planned and facilitated practitioner focused learning event
]
AFTER = [
    ("report", REVIEWER),
    ("action-plan", MANAGER),  # the outline action plan
    ("board-approval", "independent-chair"),
    ("publication", MANAGER),  # how is left open: the board's own choice
    ("dissemination", MANAGER),
    ("monitoring", MONITOR),
    ("impact", MONITOR),
    ("closure", MANAGER),
]
BOTH = ((1, "closed"), (2, "closed"))
RECOMMENDED = ((1, "recommendations"), (2, "recommendations"))


def test_its_reviews_are_child_practice_reviews() -> None:
    assert list(board(BOARD).reviews) == [CPR]


def test_a_concise_review_has_one_reviewer(store: Store) -> None:
    walk = take_to_closure(store, BOARD, CPR, start=date(2014, 3, 31), methodology=CPR)

    assert walk.order == [*BEFORE, *AFTER]
    # the sources give no length of time, nor how long a report stays: nothing is counted, nothing invented
    assert (walk.dues, walk.published, walk.still_open) == ({}, (walk.of("publication").on, None), {})
    assert (walk.edition, walk.state, walk.findings, walk.actions) == ("WALES2012", "closed", RECOMMENDED, BOTH)


def test_an_extended_review_has_two_reviewers_and_examines_how_statutory_duties_were_fulfilled(store: Store) -> None:
    walk = take_to_closure(
        store,
        BOARD,
        CPR,
        start=date(2014, 3, 31),
        methodology=CPR,
        method={"welsh_form": "extended"},
        reviewers=2,
        said={"referral": {"registered_or_looked_after": "yes"}},
    )

    assert walk.order == [*BEFORE, ("statutory-duties", REVIEWER), *AFTER]
    assert (walk.dues, walk.state, walk.findings, walk.actions) == ({}, "closed", RECOMMENDED, BOTH)


def test_a_child_on_the_register_or_looked_after_in_the_six_months_before_has_no_concise_review(store: Store) -> None:
    # SI 2012/1712 regulation 3, inserting 4A(4)
    walker = launched(
        store,
        BOARD,
        CPR,
        start=date(2014, 3, 31),
        methodology=CPR,
        said={"criteria-screening": {"registered_or_looked_after": "yes"}},
    ).until("terms-of-reference")

    with pytest.raises(InputError, match="welsh_form: is ‘concise’, but the screening says that the child"):
        walker.complete("terms-of-reference")


def test_an_extended_review_follows_the_same_timescale_as_a_concise_one(store: Store) -> None:
    agreed = {"terms-of-reference": {"agency_reports_due": "2016-02-29", "events_due": "2016-03-28"}}
    concise = take_to_closure(store, BOARD, CPR, start=date(2015, 11, 2), methodology=CPR, said=agreed)

    extended = take_to_closure(
        store,
        BOARD,
        CPR,
        start=date(2015, 11, 2),
        methodology=CPR,
        method={"welsh_form": "extended"},
        reviewers=2,
        said=agreed,
    )

    assert concise.dues == {
        "agency-chronology:example-social-care": date(2016, 2, 29),
        "agency-chronology:example-police": date(2016, 2, 29),
        "learning-event": date(2016, 3, 28),  # Easter Monday: agreed dates do not roll
    }
    assert extended.dues == concise.dues
    assert extended.of("learning-event").safe == date(2016, 3, 24)


@pytest.mark.parametrize(("happened", "edition"), [(date(2016, 4, 5), "WALES2012"), (date(2016, 4, 6), "WALES2015")])
def test_a_review_keeps_the_regulations_in_force_on_the_day_of_the_incident(
    store: Store, happened: date, edition: str
) -> None:
    said = {"referral": {"incident_on": happened.isoformat()}}

    walk = take_to_closure(store, BOARD, CPR, start=date(2016, 5, 3), methodology=CPR, said=said)

    assert (walk.edition, walk.state) == (edition, "closed")
