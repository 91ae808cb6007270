"""The child practice review of Wales, concise or extended: the same stages and timescale [S002 Appendix 2.3]."""

from dataclasses import replace

from casework.framework.pipelines import rows
from casework.framework.pipelines.middle import MIDDLE
from casework.framework.pipelines.table import Condition, Pipeline, where
from models.vocabulary import Role

CITES = ("WSI2012-1712", "S002 Appendix 2.3")
GOES_AHEAD = Condition("decision", ("child-practice-review",))

CHILD_PRACTICE_REVIEW = Pipeline(
    type="child-practice-review",
    title="Child practice review",
    prefix="CPR",
    stages=(
        replace(rows.REFERRAL, cites=CITES),
        replace(rows.SCREENING, cites=CITES),
        replace(
            rows.RECOMMENDATION,
            after=("criteria-screening",),
            supposes={"recommended": "child-practice-review"},
            cites=CITES,
        ),
        replace(rows.DECISION, title="Chair’s decision", supposes={"decision": "child-practice-review"}, cites=CITES),
        *where(
            (GOES_AHEAD,),
            replace(rows.REVIEWERS, title="Appointment of the reviewers", owner=Role.PANEL_CHAIR, cites=CITES),
            replace(
                rows.TERMS, supposes={"methodology": "child-practice-review", "welsh_form": "concise"}, cites=CITES
            ),
            *MIDDLE,
            rows.REPORT,
            replace(rows.SUMMARY, when=(rows.SUMMARISES,)),
            replace(rows.PLAN, title="Outline action plan"),
            rows.APPROVAL,
            rows.RESPONSE,
            rows.WITHHOLDING,
            replace(rows.PUBLICATION, after=(*rows.ANSWERED, "publication-decision")),
            *rows.to_impact(),
        ),
        rows.CLOSURE,
        *where((GOES_AHEAD,), rows.PUBLICATION_PERIOD),
    ),
)
