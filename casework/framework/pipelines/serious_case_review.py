"""The Serious Case Review, from notification to closure [S000 7.8.1, S001, S002 5.7, S003, S004 Appendix One]."""

from dataclasses import replace

from casework.framework.pipelines import rows
from casework.framework.pipelines.middle import MIDDLE
from casework.framework.pipelines.table import Condition, Pipeline, StageSpec, where
from models.forms.decision import NationalPanelNotice
from models.vocabulary import Role

GOES_AHEAD = Condition("decision", ("serious-case-review",))
PANEL_IS_TOLD = Condition("profile.national-panel", ("always",))

DECIDED = (
    "S001 Serious Case Reviews, paragraph 1",
    "S003 Appendix B, Background",
    "S004 Appendix One, Serious Case Review",
)

NATIONAL_PANEL = StageSpec(
    key="national-panel",
    title="Telling the National Panel",
    owner=Role.BUSINESS_MANAGER,
    form=NationalPanelNotice,
    after=("chair-decision", "lead-reviewer"),
    when=(PANEL_IS_TOLD,),
    clock="national-panel",
    cites=("S001 Serious Case Reviews, paragraphs 1 and 2",),
)
SERIOUS_CASE_REVIEW = Pipeline(
    type="serious-case-review",
    title="Serious case review",
    prefix="SCR",
    stages=(
        replace(rows.REFERRAL, title="Referral and notification"),
        rows.SCREENING,
        replace(
            rows.RECOMMENDATION,
            after=("criteria-screening",),
            supposes={"recommended": "serious-case-review"},
        ),
        replace(
            rows.DECISION,
            title="Chair’s decision",
            supposes={"decision": "serious-case-review"},
            cites=DECIDED,
        ),
        *where((GOES_AHEAD,), replace(rows.REVIEWERS, within="national-panel")),
        NATIONAL_PANEL,
        *where(
            (GOES_AHEAD,),
            rows.TERMS,
            *MIDDLE,
            rows.REPORT,
            replace(rows.SUMMARY, title="Learning summary and slides"),
            rows.PLAN,
            replace(rows.APPROVAL, title="The board’s approval and response"),
            rows.RESPONSE,
            rows.WITHHOLDING,
            replace(rows.PUBLICATION, after=(*rows.ANSWERED, "publication-decision", "national-panel")),
            *rows.to_impact(after=("publication", *rows.APPROVED)),
        ),
        replace(rows.CLOSURE, after=("chair-decision", "national-panel", "publication", "impact")),
        *where((GOES_AHEAD,), rows.PUBLICATION_PERIOD),
    ),
)
