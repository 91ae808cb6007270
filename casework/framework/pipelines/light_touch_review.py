"""The light touch review: one most important question, whatever way it is answered [S004 2.2]."""

from dataclasses import replace

from casework.framework.pipelines import rows
from casework.framework.pipelines.table import Condition, Pipeline, StageSpec, where
from models.forms.theme import LightTouchPlan, LightTouchResult
from models.vocabulary import Role

CITES = ("S004 2.2",)
ACTS = Condition("answer", ("specific-action",))
SETTLED = Condition("answer", ("no-action", "specific-action"))  # what goes on as a deep dive is published as that

QUESTION = StageSpec(
    key="question",
    title="The one question, and how to answer it",
    owner=Role.BUSINESS_MANAGER,
    form=LightTouchPlan,
    after=("theme-agreement",),
    cites=CITES,
)
ANSWER = StageSpec(
    key="answer",
    title="The answer",
    owner=Role.LEAD_REVIEWER,
    called="Lead of the review",
    form=LightTouchResult,
    after=("question",),
    agreed="answer_due",
    supposes={"answer": "specific-action"},
    clock="completion",
    cites=CITES,
)
LIGHT_TOUCH_REVIEW = Pipeline(
    type="light-touch-review",
    title="Light touch review",
    prefix="LTR",
    stages=(
        rows.PROPOSAL,
        replace(rows.AGREEMENT, title="Question agreed"),
        *where(
            (rows.THEME_AGREED,),
            QUESTION,
            ANSWER,
            *where(
                (SETTLED,),
                replace(rows.SUMMARY, called="Lead of the review", after=("answer",), when=(rows.SUMMARISES,)),
            ),
            *where((ACTS,), rows.PLAN, rows.APPROVAL_OF_ACTIONS),
            *where(
                (SETTLED,),
                replace(rows.WITHHOLDING, after=("learning-summary", *rows.APPROVED)),
                replace(rows.PUBLICATION, after=("learning-summary", *rows.APPROVED, "publication-decision")),
            ),
            *where(
                (ACTS,),
                rows.DISSEMINATION,
                rows.MONITORING,
                rows.IMPACT,
            ),
        ),
        replace(rows.CLOSURE, after=("theme-agreement", "learning-summary", "publication", "impact")),
    ),
)
