"""The thematic audit of case files across agencies [S000 7.7.1, S001 Multi Agency Audits, S002 5.6, S003 Purpose]."""

from dataclasses import replace

from casework.framework.pipelines import rows
from casework.framework.pipelines.audits import AUDIT_PLAN, FILE_AUDIT, HEARD, MEETING, REPORT, SUMMARY
from casework.framework.pipelines.table import Pipeline, where

THEMATIC_AUDIT = Pipeline(
    type="thematic-audit",
    title="Thematic audit",
    prefix="TA",
    stages=(
        rows.PROPOSAL,
        rows.AGREEMENT,
        *where(
            (rows.THEME_AGREED,),
            AUDIT_PLAN,
            FILE_AUDIT,
            HEARD,
            MEETING,
            REPORT,
            SUMMARY,
            rows.PLAN,
            rows.APPROVAL,
            rows.WITHHOLDING,
            replace(rows.PUBLICATION, title="Findings and actions published"),
            rows.DISSEMINATION,
            rows.MONITORING,
            rows.REAUDIT,
            replace(rows.IMPACT, after=("re-audit", "dissemination")),
        ),
        replace(rows.CLOSURE, after=("theme-agreement", "publication", "impact")),
    ),
)
