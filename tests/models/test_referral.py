"""The referral: what may be left out, and the days it records."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from models.errors import InputError
from models.forms.base import check_days
from models.forms.referral import Criteria, Referral
from models.vocabulary import About

CRITERIA: dict[str, Any] = {
    "abuse_or_neglect": "yes",
    "child_died": "no",
    "seriously_harmed": "yes",
    "died_in_custody": "no",
    "concern_about_working_together": "not-known",
}
REFERRAL: dict[str, Any] = CRITERIA | {
    "notified_on": "2024-04-03",
    "incident_on": "2024-03-28",
    "referred_by": "ward@hospital.example",
    "circumstances": "The child was brought to hospital.",
    "reasons": "Nobody saw the whole.",
}


def test_a_referral_is_of_an_incident_unless_it_says_otherwise() -> None:
    found = Criteria.model_validate(CRITERIA)

    assert (found.about, found.registered_or_looked_after) == (About.INCIDENT, None)


def test_what_is_not_a_kind_of_referral_is_refused() -> None:
    with pytest.raises(ValidationError, match="about"):
        Criteria.model_validate(CRITERIA | {"about": "gossip"})


def test_the_day_on_which_the_authority_became_aware_is_a_fact_only_where_it_is_given() -> None:
    without, given = Referral.model_validate(REFERRAL), Referral.model_validate(REFERRAL | {"aware_on": "2024-03-28"})
    facts = {"notified_on": "2024-04-03", "incident_on": "2024-03-28"}

    assert without.facts_recorded() == facts
    assert given.facts_recorded() == facts | {"aware_on": "2024-03-28"}


def test_nobody_is_aware_of_an_incident_before_it_happens() -> None:
    with pytest.raises(ValidationError, match="is before it happened, on 2024-03-28. Give the day the authority"):
        Referral.model_validate(REFERRAL | {"aware_on": "2024-03-27"})


def test_nobody_becomes_aware_in_the_future() -> None:
    referral = Referral.model_validate(REFERRAL | {"aware_on": "2024-04-09"})

    with pytest.raises(InputError, match="aware_on: ‘2024-04-09’ is in the future"):
        check_days(referral, since=None, today=date(2024, 4, 8))
