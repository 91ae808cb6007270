"""The deep dive: a priority area learnt about from a range of sources, side by side [S004 2.1, 2.3]."""

from dataclasses import replace

from casework.framework.pipelines import rows
from casework.framework.pipelines.audits import REPORT, SUMMARY
from casework.framework.pipelines.table import Pipeline, StageSpec, where
from models.forms.theme import DeepDivePlan, DeepDiveReport, EvidenceGathered
from models.vocabulary import Role

CITES = ("S004 2.3",)
LEAD = "Lead of the deep dive"

PLAN = StageSpec(
    key="deep-dive-plan",
    title="Questions and sources of evidence",
    owner=Role.BUSINESS_MANAGER,
    form=DeepDivePlan,
    after=("theme-agreement",),
    within="completion",
    cites=CITES,
)
EVIDENCE = StageSpec(
    key="evidence",
    title="Evidence gathered",
    owner=Role.AGENCY_AUTHOR,
    called="Owner of the source",
    form=EvidenceGathered,
    after=("deep-dive-plan",),
    per_agency=True,
    within="completion",
    cites=(*CITES, "S004 2.5"),
)
DEEP_DIVE = Pipeline(
    type="deep-dive",
    title="Deep dive",
    prefix="DD",
    stages=(
        rows.PROPOSAL,
        replace(rows.AGREEMENT, title="Priority area agreed"),
        *where(
            (rows.THEME_AGREED,),
            PLAN,
            EVIDENCE,
            replace(REPORT, title="Report", called=LEAD, form=DeepDiveReport, after=("evidence",), cites=CITES),
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
