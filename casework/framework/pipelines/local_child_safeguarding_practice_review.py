"""The local child safeguarding practice review, after a rapid review [WT2018, WT2023, SI 2018/789]."""

from dataclasses import replace

from casework.framework.pipelines import rows
from casework.framework.pipelines.middle import MIDDLE
from casework.framework.pipelines.rapid_review import CITES, LOCAL_REVIEW_DECISION
from casework.framework.pipelines.table import Condition, Pipeline, StageSpec, where
from models.forms.notification import ReportToPanel
from models.vocabulary import Role

HELD = Condition("local_review", ("hold",))

TO_PANEL = StageSpec(
    key="report-to-panel",
    title="Report to the National Panel and the Secretary of State",
    owner=Role.BUSINESS_MANAGER,
    form=ReportToPanel,
    after=rows.ANSWERED,
    within="publication",
    cites=CITES,
)
LOCAL_CHILD_SAFEGUARDING_PRACTICE_REVIEW = Pipeline(
    type="local-child-safeguarding-practice-review",
    title="Local child safeguarding practice review",
    prefix="LCSPR",
    stages=(
        replace(rows.REFERRAL, cites=CITES),
        replace(LOCAL_REVIEW_DECISION, after=("referral",), within=None, supposes={"local_review": "hold"}),
        *where(
            (HELD,),
            replace(rows.REVIEWERS, after=("local-review-decision",), within="publication"),
            replace(rows.TERMS, within="publication"),
            *(replace(stage, within="publication") for stage in MIDDLE),
            replace(rows.REPORT, clock=None, within="publication"),
            replace(rows.SUMMARY, within="publication"),
            replace(rows.PLAN, within="publication"),
            replace(
                rows.APPROVAL,
                title="Approval by the safeguarding partners",
                within="publication",
            ),
            replace(rows.RESPONSE, within="publication"),
            TO_PANEL,
            replace(rows.WITHHOLDING, within="publication"),
            replace(
                rows.PUBLICATION, after=("report-to-panel", "publication-decision"), clock="publication", cites=CITES
            ),
            *rows.to_impact(),
        ),
        replace(rows.CLOSURE, after=("local-review-decision", "publication", "impact")),
        *where((HELD,), replace(rows.PUBLICATION_PERIOD, cites=CITES)),
    ),
)
