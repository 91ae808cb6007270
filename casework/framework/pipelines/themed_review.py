"""The themed review: a sample of cases in which children are vulnerable alike [S004 Appendix One]."""

from dataclasses import replace

from casework.framework.pipelines import rows
from casework.framework.pipelines.audits import AUDIT_PLAN, FILE_AUDIT, HEARD, REPORT, SUMMARY
from casework.framework.pipelines.table import Pipeline, where
from models.forms.audit import ThemedReviewReport
from models.forms.inquiry import PractitionerEvents

CITES = ("S004 Appendix One",)
LEAD = "Lead of the review"

THEMED_REVIEW = Pipeline(
    type="themed-review",
    title="Themed review",
    prefix="TR",
    stages=(
        rows.PROPOSAL,
        rows.AGREEMENT,
        *where(
            (rows.THEME_AGREED,),
            replace(AUDIT_PLAN, title="Sample of cases", cites=CITES),
            replace(FILE_AUDIT, title="Examination of files", cites=CITES),
            replace(
                HEARD, title="Practitioners and young people heard", called=LEAD, form=PractitionerEvents, cites=CITES
            ),
            replace(
                REPORT,
                title="Report",
                called=LEAD,
                form=ThemedReviewReport,
                after=("practitioners-and-families",),
                cites=CITES,
            ),
            replace(SUMMARY, called=LEAD),
            rows.PLAN,
            rows.APPROVAL,
            rows.WITHHOLDING,
            rows.PUBLICATION,
            rows.DISSEMINATION,
            rows.MONITORING,
            rows.IMPACT,
        ),
        replace(rows.CLOSURE, after=("theme-agreement", "publication", "impact")),
    ),
)
