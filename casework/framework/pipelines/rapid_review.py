"""The rapid review of a serious incident, since Working Together 2018 [WT2018, WT2023]."""

from dataclasses import replace

from casework.framework.pipelines import rows
from casework.framework.pipelines.table import Condition, Pipeline, StageSpec, where
from models.forms.notification import (
    AgencySummary,
    LocalReviewDecision,
    RapidReviewMeeting,
    RapidReviewSent,
    SeriousIncidentNotification,
)
from models.vocabulary import Role

CITES = ("WT2018", "WT2023")
NOTIFIED = Condition("decision", ("rapid-review",))

NOTIFICATION = StageSpec(
    key="serious-incident-notification",
    title="Notification of the serious incident",
    owner=Role.BUSINESS_MANAGER,
    form=SeriousIncidentNotification,
    after=("chair-decision",),
    clock="serious-incident-notification",
    cites=("CSWA2017", *CITES),
)
SUMMARY = StageSpec(
    key="agency-summary",
    title="Agency’s summary",
    owner=Role.AGENCY_AUTHOR,
    called="Author of the agency’s summary",
    form=AgencySummary,
    after=("agencies-and-authors",),
    per_agency=True,
    within="rapid-review",
    cites=CITES,
)
MEETING = StageSpec(
    key="rapid-review-meeting",
    title="Rapid review meeting",
    owner=Role.PANEL_CHAIR,
    form=RapidReviewMeeting,
    after=("agency-summary",),
    involves=(Role.BUSINESS_MANAGER,),
    within="rapid-review",
    cites=CITES,
)
LOCAL_REVIEW_DECISION = StageSpec(
    key="local-review-decision",
    title="Decision on a local child safeguarding practice review",
    owner="decides",
    form=LocalReviewDecision,
    after=("rapid-review-meeting",),
    within="rapid-review",
    decides=True,
    cites=("SI2018-789 regulation 11", *CITES),
)
SENT = StageSpec(
    key="rapid-review-sent",
    title="Rapid review sent to the National Panel",
    owner=Role.BUSINESS_MANAGER,
    form=RapidReviewSent,
    after=("local-review-decision",),
    clock="rapid-review",
    cites=CITES,
)
RAPID_REVIEW = Pipeline(
    type="rapid-review",
    title="Rapid review",
    prefix="RR",
    stages=(
        replace(rows.REFERRAL, title="Referral of a serious incident", cites=CITES),
        replace(rows.SCREENING, within="serious-incident-notification", cites=CITES),
        replace(
            rows.DECISION,
            title="Decision to notify",
            after=("criteria-screening",),
            clock=None,
            within="serious-incident-notification",
            supposes={"decision": "rapid-review"},
            cites=CITES,
        ),
        *where(
            (NOTIFIED,),
            NOTIFICATION,
            replace(rows.AGENCIES, after=("serious-incident-notification",), within="rapid-review", cites=CITES),
            SUMMARY,
            MEETING,
            replace(LOCAL_REVIEW_DECISION, supposes={"local_review": "do-not-hold"}),
            SENT,
            replace(rows.SUMMARY, owner=Role.PANEL_CHAIR, after=("rapid-review-sent",), when=(rows.SUMMARISES,)),
            rows.PLAN,
            rows.APPROVAL_OF_ACTIONS,
            rows.DISSEMINATION,
            rows.MONITORING,
            rows.IMPACT,
        ),
        replace(rows.CLOSURE, after=("chair-decision", "rapid-review-sent", "impact")),
    ),
)
