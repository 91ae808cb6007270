"""The stages that several review types share: how a case comes in, and how learning is brought to its impact.

A type takes a row as it stands, or with `dataclasses.replace` where its own differs. The citations are those of every
framework that speaks of the stage; a board is shown its own.
"""

from dataclasses import replace

from casework.framework.pipelines.table import Condition, StageSpec
from models.forms.decision import ChairDecision, LeadReviewers, PanelRecommendation, Screening
from models.forms.inquiry import AgenciesAndAuthors, LearningSummary, Report, TermsOfReference
from models.forms.learning import (
    ActionPlan,
    BoardApproval,
    BoardResponse,
    Closure,
    DisseminationRecord,
    Impact,
    Monitoring,
    PublicationDecision,
    PublicationPeriodEnded,
    PublicationRecord,
    ReAudit,
)
from models.forms.referral import Referral
from models.forms.theme import ThemeAgreement, ThemeProposal
from models.vocabulary import Role

RECOMMENDS = Condition("profile.recommends", ("yes",))
AGREES = Condition("profile.agrees", ("yes",))
MEETS = Condition("profile.update-meetings", ("yes",))
PUBLISHES = Condition("profile.publishes", ("yes",))
MAY_WITHHOLD = Condition("profile.may-withhold", ("yes",))
STAYS_FOR_A_TIME = Condition("profile.publication-period", ("yes",))
NOT_WITHHELD = Condition("publish", ("", "publish"))
SUMMARISES = Condition("profile.learning-summary", ("yes",))
FINDINGS = Condition("output_model", ("findings",))
PROPOSED = Condition("plan", ("proposed",))  # not of plans that were agreed before any board approved them
THEME_AGREED = Condition("theme_decision", ("agreed",))

APPROVED = ("action-plan", "board-approval")  # both: a review begun when the plan came last has its approval first
ANSWERED = (*APPROVED, "board-response")  # what comes before action where the board may have to respond

REFERRAL = StageSpec(
    key="referral",
    title="Referral",
    owner=Role.BUSINESS_MANAGER,
    form=Referral,
    cites=("S000 7.8.1", "S001 Serious Case Reviews, paragraph 1", "S002 5.7", "S003 Methodology", "S004 Appendix One"),
)
SCREENING = StageSpec(
    key="criteria-screening",
    title="Screening against the criteria",
    owner=Role.BUSINESS_MANAGER,
    form=Screening,
    after=("referral",),
    within="chair-decision",
    cites=(
        "S000 7.8.1",
        "S001 Serious Case Reviews, paragraph 1",
        "S002 5.7",
        "S003 Appendix B, Background",
        "S004 Appendix One, Serious Case Review",
    ),
)
RECOMMENDATION = StageSpec(
    key="panel-recommendation",
    title="Panel’s recommendation",
    owner="recommends",
    form=PanelRecommendation,
    after=("referral",),
    when=(RECOMMENDS,),
    within="chair-decision",
    cites=("S001 Appendix 2, last paragraph", "S003 Appendix B, SCR consideration panel", "S004 Appendix One"),
)
DECISION = StageSpec(
    key="chair-decision",
    title="Decision",
    owner="decides",
    form=ChairDecision,
    after=("panel-recommendation",),
    clock="chair-decision",
    decides=True,
    cites=("S001 Appendix 2, last paragraph", "S003 Appendix B, Background", "S004 Appendix One"),
)
REVIEWERS = StageSpec(
    key="lead-reviewer",
    title="Appointment of the independent lead reviewer",
    owner="decides",
    form=LeadReviewers,
    after=("chair-decision",),
    involves=(Role.BUSINESS_MANAGER,),
    cites=(
        "S000 2.1.3",
        "S001 Serious Case Reviews, paragraph 2",
        "S002 2.1",
        "S003 Background",
        "S004 Appendix One, Serious Case Review",
    ),
)
AGENCIES = StageSpec(
    key="agencies-and-authors",
    title="Agencies and report authors identified",
    owner=Role.BUSINESS_MANAGER,
    form=AgenciesAndAuthors,
    after=("chair-decision",),
    cites=("S003 Appendix B, Multi Agency partners",),
)
TERMS = StageSpec(
    key="terms-of-reference",
    title="Terms of reference and methodology",
    owner=Role.LEAD_REVIEWER,
    form=TermsOfReference,
    after=("lead-reviewer",),
    involves=(Role.PANEL_CHAIR,),
    supposes={"methodology": "traditional"},
    within="completion",
    cites=(
        "S000 7.8.2",
        "S001 Serious Case Reviews, paragraph 4",
        "S002 5.7",
        "S003 Appendix B, Terms of Reference and Methodology",
        "S004 3.3",
    ),
)
REPORT = StageSpec(
    key="report",
    title="Report",
    owner=Role.LEAD_REVIEWER,
    form=Report,
    after=(
        "family-invitation",
        "practitioner-events",
        "joint-meetings",
        "whole-system-session",
        "statutory-duties",
        "recall-session",
    ),
    clock="completion",
    cites=("S000 2.1.6", "S001 Serious Case Reviews, paragraph 3", "S002 2.1", "S003 Methodology", "S004 3.5"),
)
SUMMARY = StageSpec(
    key="learning-summary",
    title="Learning summary",
    owner=Role.LEAD_REVIEWER,
    form=LearningSummary,
    after=("report",),
    cites=("S001 Implementing the Learning, paragraph 1", "S001 Appendix 1"),
)
PLAN = StageSpec(
    key="action-plan",
    title="Action plan",
    owner=Role.BUSINESS_MANAGER,
    form=ActionPlan,
    after=("learning-summary",),
    supposes={"plan": "proposed"},
    cites=(
        "S000 7.6.2",
        "S001 Serious Case Reviews, paragraph 3",
        "S001 Multi Agency Audits, paragraph 2",
        "S002 Qualitative Information, 5.4",
        "S003 Methodology",
        "S003 The Learning and Improvement Process",
        "S004 2.1",
    ),
)
APPROVAL = StageSpec(
    key="board-approval",
    title="Approval of report and actions",
    owner="approves",
    form=BoardApproval,
    after=("action-plan",),
    decides=True,
    cites=("S003 Methodology", "S003 The Learning and Improvement Process"),
)
APPROVAL_OF_ACTIONS = replace(APPROVAL, title="Approval of the actions", when=(PROPOSED,))
RESPONSE = StageSpec(
    key="board-response",
    title="The board’s response to the findings",
    owner="approves",
    form=BoardResponse,
    after=("board-approval",),
    when=(FINDINGS,),
    decides=True,
    cites=("S000 2.1.6", "S002 2.1", "S004 3.5"),
)
WITHHOLDING = StageSpec(
    key="publication-decision",
    title="Decision whether to publish",
    owner="approves",
    form=PublicationDecision,
    after=("board-approval",),
    when=(MAY_WITHHOLD,),
    decides=True,
    cites=("S000 7.6.2", "S002 Qualitative Information, 5.4", "S004 3.5"),
)
PUBLICATION = StageSpec(
    key="publication",
    title="Publication",
    owner=Role.BUSINESS_MANAGER,
    form=PublicationRecord,
    after=("action-plan", "board-approval", "publication-decision"),
    when=(PUBLISHES, NOT_WITHHELD),
    cites=(
        "S000 2.1.6",
        "S000 7.6.2",
        "S001 Serious Case Reviews, paragraph 3",
        "S002 2.1",
        "S002 Qualitative Information, 5.4",
        "S003 Background",
        "S004 3.5",
    ),
)
DISSEMINATION = StageSpec(
    key="dissemination",
    title="Bringing the learning to the front line",
    owner=Role.BUSINESS_MANAGER,
    form=DisseminationRecord,
    after=APPROVED,
    cites=(
        "S000 10.1",
        "S001 Implementing the Learning",
        "S002 6.1",
        "S003 The Learning and Improvement Process",
        "S004 3.4",
    ),
)
MONITORING = StageSpec(
    key="monitoring",
    title="Monitoring until every action is closed",
    owner="monitors",
    form=Monitoring,
    after=APPROVED,
    cites=(
        "S000 2.1.7",
        "S001 Multi Agency Audits, paragraph 2",
        "S002 2.1",
        "S003 The Learning and Improvement Process",
        "S004 3.6",
    ),
)
REAUDIT = StageSpec(
    key="re-audit",
    title="Re-audit",
    owner="monitors",
    form=ReAudit,
    after=("monitoring",),
    clock="re-audit",
    cites=("S000 2.1.7", "S001 Appendix 1", "S002 2.1", "S003 The Learning and Improvement Process", "S004 3.6"),
)
IMPACT = StageSpec(
    key="impact",
    title="Evidence of impact",
    owner="monitors",
    form=Impact,
    after=("monitoring", "dissemination"),
    cites=(
        "S000 3.3",
        "S001 Implementing the Learning",
        "S002 3.2",
        "S003 The Learning and Improvement Process",
        "S004 2.5",
    ),
)
CLOSURE = StageSpec(
    key="closure",
    title="Closure",
    owner=Role.BUSINESS_MANAGER,
    form=Closure,
    after=("chair-decision", "publication", "impact"),
    cites=("S000 2.1.6", "S002 2.1", "S003 Background", "S004 4.0"),
)
PUBLICATION_PERIOD = StageSpec(
    key="publication-period",
    title="Report readily accessible on the website",
    owner=Role.BUSINESS_MANAGER,
    form=PublicationPeriodEnded,
    after=("publication",),
    when=(PUBLISHES, NOT_WITHHELD, STAYS_FOR_A_TIME),
    clock="publication-period",
    of_itself=True,
    cites=("S001 Serious Case Reviews, paragraph 3", "S003 Background"),
)

PROPOSAL = StageSpec(
    key="proposal",
    title="Theme proposed",
    owner=Role.BUSINESS_MANAGER,
    form=ThemeProposal,
    cites=(
        "S000 7.7.1",
        "S001 Multi Agency Audits, paragraph 1",
        "S001 Appendix 2",
        "S002 5.6",
        "S003 Purpose, type 4",
        "S004 2.1",
    ),
)
AGREEMENT = StageSpec(
    key="theme-agreement",
    title="Theme agreed",
    owner="decides",
    form=ThemeAgreement,
    after=("proposal",),
    clock="theme-agreement",
    decides=True,
    supposes={"theme_decision": "agreed"},
    cites=("S000 7.7.1", "S001 Appendix 2", "S004 2.1", "S004 Appendix One"),
)


def to_impact(*, after: tuple[str, ...] = ANSWERED) -> tuple[StageSpec, ...]:
    """From the approved plan to the evidence of impact, where the board responds to findings first."""
    return replace(DISSEMINATION, after=after), replace(MONITORING, after=ANSWERED), IMPACT
