"""The best practice review: what made good multi-agency practice possible in one case [S000 7.8.1]."""

from dataclasses import replace

from casework.framework.pipelines import rows
from casework.framework.pipelines.table import Condition, Pipeline, StageSpec, where
from models.forms.inquiry import PractitionerEvents
from models.forms.practice import GoodPracticePlan, GoodPracticeReport
from models.vocabulary import Role

CITES = ("S000 7.8.1, Best Practice Reviews",)
LEAD = "Lead of the review"
GOES_AHEAD = Condition("decision", ("best-practice-review",))

PLAN = StageSpec(
    key="practice-plan",
    title="Which practice, and how to look at it",
    owner=Role.BUSINESS_MANAGER,
    form=GoodPracticePlan,
    after=("chair-decision",),
    within="completion",
    cites=CITES,
)
EVENTS = StageSpec(
    key="practitioner-events",
    title="Practitioner events",
    owner=Role.LEAD_REVIEWER,
    called=LEAD,
    form=PractitionerEvents,
    after=("practice-plan",),
    agreed="events_due",
    within="completion",
    cites=("S000 2.1.4",),
)
BEST_PRACTICE_REVIEW = Pipeline(
    type="best-practice-review",
    title="Best practice review",
    prefix="BPR",
    stages=(
        rows.REFERRAL,
        replace(rows.RECOMMENDATION, supposes={"recommended": "best-practice-review"}, cites=CITES),
        replace(rows.DECISION, supposes={"decision": "best-practice-review"}, cites=CITES),
        *where(
            (GOES_AHEAD,),
            PLAN,
            EVENTS,
            replace(
                rows.REPORT,
                called=LEAD,
                form=GoodPracticeReport,
                after=("practitioner-events",),
                cites=CITES,
            ),
            replace(rows.SUMMARY, when=(rows.SUMMARISES,), called=LEAD),
            rows.PLAN,
            rows.APPROVAL,
            rows.WITHHOLDING,
            rows.PUBLICATION,
            rows.DISSEMINATION,
            rows.MONITORING,
            rows.IMPACT,
        ),
        replace(rows.CLOSURE, after=("chair-decision", "publication", "impact")),
    ),
)
