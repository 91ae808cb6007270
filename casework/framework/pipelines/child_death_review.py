"""The review of a child's death: themes, trends and modifiable factors [S003 Methodology, S004 Appendix One]."""

from dataclasses import replace

from casework.framework.pipelines import rows
from casework.framework.pipelines.table import Condition, Pipeline, StageSpec, where
from models.forms.practice import ChildDeathPanel, DeathInformation
from models.vocabulary import Role

CITES = (
    "S000 7.3.1, paragraph 2",
    "S001 The Learning and Improvement Approach, list of aspects, item 4",
    "S002 5.2, Annual Reports",
    "S003 Methodology",
    "S004 Appendix One, Child Death Review",
)

ACTS = Condition("actions_needed", ("yes",))

INFORMATION = StageSpec(
    key="death-information",
    title="Information from each agency",
    owner=Role.AGENCY_AUTHOR,
    called="Informant of the agency",
    form=DeathInformation,
    after=("agencies-and-authors",),
    per_agency=True,
    within="completion",
    cites=CITES,
)
PANEL = StageSpec(
    key="death-panel",
    title="The panel’s review: themes, trends, modifiable factors",
    owner="decides",
    form=ChildDeathPanel,
    after=("death-information",),
    clock="completion",
    decides=True,
    supposes={"actions_needed": "yes"},
    cites=CITES,
)
CHILD_DEATH_REVIEW = Pipeline(
    type="child-death-review",
    title="Child death review",
    prefix="CDR",
    stages=(
        replace(rows.REFERRAL, title="Notification of a child’s death", cites=CITES),
        replace(rows.AGENCIES, title="Agencies that knew the child", after=("referral",), cites=CITES),
        INFORMATION,
        PANEL,
        replace(rows.SUMMARY, owner="decides", after=("death-panel",), when=(rows.SUMMARISES,)),
        *where((ACTS,), rows.PLAN, rows.APPROVAL_OF_ACTIONS),
        replace(rows.WITHHOLDING, after=("death-panel", *rows.APPROVED)),
        replace(
            rows.PUBLICATION,
            title="Publication of the issues identified",
            after=("death-panel", *rows.APPROVED, "publication-decision"),
            cites=("S003 Background",),
        ),
        *where(
            (ACTS,),
            rows.DISSEMINATION,
            rows.MONITORING,
            rows.IMPACT,
        ),
        replace(rows.CLOSURE, after=("learning-summary", "publication", "impact"), cites=CITES),
    ),
)
