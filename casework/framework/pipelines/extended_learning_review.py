"""The extended learning review after an incident with a young person known to youth offending [S004 Appendix One]."""

from dataclasses import replace

from casework.framework.pipelines import rows
from casework.framework.pipelines.middle import MIDDLE
from casework.framework.pipelines.table import Condition, Pipeline, StageSpec, where
from models.forms.practice import YouthJusticeReport
from models.vocabulary import Role

CITES = ("S004 Appendix One",)
GOES_AHEAD = Condition("decision", ("extended-learning-review",))

REPORTED = StageSpec(
    key="youth-justice-report",
    title="Report to the Youth Justice Board",
    owner=Role.YOUTH_JUSTICE_LEAD,
    form=YouthJusticeReport,
    after=("report",),
    cites=CITES,
)
EXTENDED_LEARNING_REVIEW = Pipeline(
    type="extended-learning-review",
    title="Extended learning review",
    prefix="ELR",
    stages=(
        rows.REFERRAL,
        replace(rows.RECOMMENDATION, supposes={"recommended": "extended-learning-review"}, cites=CITES),
        replace(rows.DECISION, supposes={"decision": "extended-learning-review"}, cites=CITES),
        *where(
            (GOES_AHEAD,),
            replace(rows.REVIEWERS, cites=CITES),
            replace(rows.TERMS, supposes={"methodology": "scie-learning-together"}, cites=CITES),
            *MIDDLE,
            rows.REPORT,
            REPORTED,
            replace(rows.SUMMARY, when=(rows.SUMMARISES,)),
            rows.PLAN,
            replace(
                rows.APPROVAL,
                title="The board’s oversight: report and actions",
                after=("action-plan", "youth-justice-report"),
                cites=CITES,
            ),
            rows.RESPONSE,
            rows.WITHHOLDING,
            replace(rows.PUBLICATION, after=(*rows.ANSWERED, "publication-decision")),
            *rows.to_impact(),
        ),
        rows.CLOSURE,
    ),
)
