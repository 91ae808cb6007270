"""The reflective practice review meeting: the professionals of one case come together [S000 7.8.8]."""

from dataclasses import replace

from casework.framework.pipelines import rows
from casework.framework.pipelines.table import Condition, Pipeline, StageSpec, where
from models.forms.practice import ReflectiveMeeting
from models.vocabulary import Role

CITES = ("S000 7.8.8",)
GOES_AHEAD = Condition("decision", ("reflective-practice-review",))

MEETING = StageSpec(
    key="reflective-meeting",
    title="Reflective practice review meeting",
    owner="decides",
    form=ReflectiveMeeting,
    after=("chair-decision",),
    clock="completion",
    involves=(Role.BUSINESS_MANAGER,),
    cites=CITES,
)
REFLECTIVE_PRACTICE_REVIEW = Pipeline(
    type="reflective-practice-review",
    title="Reflective practice review meeting",
    prefix="RPR",
    stages=(
        rows.REFERRAL,
        replace(rows.RECOMMENDATION, supposes={"recommended": "reflective-practice-review"}, cites=CITES),
        replace(rows.DECISION, supposes={"decision": "reflective-practice-review"}, cites=CITES),
        *where(
            (GOES_AHEAD,),
            MEETING,
            replace(rows.SUMMARY, after=("reflective-meeting",), when=(rows.SUMMARISES,)),
            rows.PLAN,
            replace(rows.APPROVAL, title="Learning and actions approved"),
            rows.DISSEMINATION,
            rows.MONITORING,
            rows.IMPACT,
        ),
        replace(rows.CLOSURE, after=("chair-decision", "impact")),
    ),
)
