"""The review below the threshold of a serious case review, under whatever name a board gives it.

A practice learning review [S003 Appendix B], learning review [S002 5.8], case review [S004 Appendix One], critical or
serious incident review and management review [S000 7.8.1, 7.8.8], multi-agency case review [S001 Multi Agency Audits].
"""

from dataclasses import replace

from casework.framework.pipelines import rows
from casework.framework.pipelines.middle import MIDDLE
from casework.framework.pipelines.table import Condition, Pipeline, StageSpec, where
from models.forms.decision import PartnersAgreement
from models.forms.inquiry import InitialMeeting, UpdateMeetings
from models.vocabulary import Role

GOES_AHEAD = Condition("decision", ("practice-learning-review",))

PARTNERS = StageSpec(
    key="partners-agreement",
    title="Agreement of the strategic partners",
    owner="agrees",
    form=PartnersAgreement,
    after=("chair-decision",),
    when=(rows.AGREES,),
    decides=True,
    cites=("S003 Appendix B, SCR consideration panel",),
)
INITIAL_MEETING = StageSpec(
    key="initial-meeting",
    title="Initial review meeting and timescale",
    owner=Role.PANEL_CHAIR,
    form=InitialMeeting,
    after=("lead-reviewer", "agencies-and-authors"),
    involves=(Role.LEAD_REVIEWER, Role.BUSINESS_MANAGER),
    cites=("S003 Appendix B, Timescale",),
)
UPDATES = StageSpec(
    key="update-meetings",
    title="Regular update meetings",
    owner=Role.BUSINESS_MANAGER,
    form=UpdateMeetings,
    after=("terms-of-reference",),
    when=(rows.MEETS,),
    involves=(Role.PANEL_CHAIR,),
    within="completion",
    recurs_until="report",
    cites=("S003 Appendix B, Meetings",),
)
PRACTICE_LEARNING_REVIEW = Pipeline(
    type="practice-learning-review",
    title="Practice learning review",
    prefix="PLR",
    stages=(
        rows.REFERRAL,
        replace(rows.RECOMMENDATION, supposes={"recommended": "practice-learning-review"}),
        replace(rows.DECISION, supposes={"decision": "practice-learning-review"}),
        *where(
            (GOES_AHEAD,),
            PARTNERS,
            replace(
                rows.REVIEWERS,
                title="Commissioning of the independent reviewer",
                after=("partners-agreement",),
                cites=("S003 Appendix B, Independent Review",),
            ),
            replace(rows.AGENCIES, after=("partners-agreement",)),
            INITIAL_MEETING,
            replace(rows.TERMS, owner=Role.PANEL_CHAIR, after=("initial-meeting",), involves=(Role.LEAD_REVIEWER,)),
            *MIDDLE,
            UPDATES,
            replace(rows.REPORT, clock=None, within="completion", agreed="completion_due"),
            replace(rows.SUMMARY, within="completion", agreed="completion_due"),
            replace(rows.PLAN, title="Programme of implementation", within="completion", agreed="completion_due"),
            replace(
                rows.APPROVAL, after=("action-plan", "update-meetings"), clock="completion", agreed="completion_due"
            ),
            rows.RESPONSE,
            rows.WITHHOLDING,
            replace(rows.PUBLICATION, after=(*rows.ANSWERED, "publication-decision")),
            *rows.to_impact(),
        ),
        rows.CLOSURE,
    ),
)
