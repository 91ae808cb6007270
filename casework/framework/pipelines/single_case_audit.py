"""The in-depth audit of a single case: where an audit rather than a review is right [S001 Appendix 2]."""

from dataclasses import replace

from casework.framework.pipelines import rows
from casework.framework.pipelines.audits import FILE_AUDIT, MEETING, REPORT, SUMMARY
from casework.framework.pipelines.table import Condition, Pipeline, StageSpec, where
from models.forms.audit import SingleCaseAuditPlan
from models.vocabulary import Role

GOES_AHEAD = Condition("decision", ("single-case-audit",))

PLAN = StageSpec(
    key="audit-plan",
    title="Terms of reference and audit tool",
    owner=Role.BUSINESS_MANAGER,
    form=SingleCaseAuditPlan,
    after=("chair-decision",),
    within="completion",
    cites=("S001 Appendix 2, last paragraph", "S001 Multi Agency Audits, paragraph 2"),
)
SINGLE_CASE_AUDIT = Pipeline(
    type="single-case-audit",
    title="Single-case audit",
    prefix="SCA",
    stages=(
        rows.REFERRAL,
        replace(rows.RECOMMENDATION, supposes={"recommended": "single-case-audit"}),
        replace(rows.DECISION, supposes={"decision": "single-case-audit"}),
        *where(
            (GOES_AHEAD,),
            PLAN,
            FILE_AUDIT,
            replace(MEETING, after=("file-audit",)),
            REPORT,
            SUMMARY,
            rows.PLAN,
            rows.APPROVAL,
            rows.DISSEMINATION,
            rows.MONITORING,
            rows.IMPACT,
        ),
        replace(rows.CLOSURE, after=("chair-decision", "impact")),
    ),
)
