"""Between the terms of reference and the report: each methodology takes its own steps (`methodologies.STEPS`)."""

from casework.framework.methodologies import STEP
from casework.framework.pipelines.table import Condition, StageSpec
from models.forms.base import Form
from models.forms.inquiry import AgencyReport, FamilyInvitation, PractitionerEvents
from models.forms.method import (
    AgencyChronology,
    CombinedChronology,
    Conversations,
    DraftReport,
    JointMeetings,
    LearningEvent,
    RecallSession,
    ReviewTeam,
    RootCauses,
    StatutoryDuties,
    WholeSystemSession,
)
from models.vocabulary import MethodStep, Role

NSPCC = "NSPCC Child practice reviews in Wales: the merged timeline"  # nor the combined chronology
SCIE = "SCIE Learning Together: services, reviews"  # the review team and case group are its; no framework names them


def step(
    which: MethodStep, title: str, form: type[Form], after: tuple[str, ...], *cites: str, agreed: str | None = None
) -> StageSpec:
    """A stage that is needed only under the methodologies that take this step; the lead reviewer owes it."""
    return StageSpec(
        key=which.value,
        title=title,
        owner=Role.LEAD_REVIEWER,
        form=form,
        after=after,
        agreed=agreed,
        when=(Condition(f"{STEP}{which}", ("yes",)),),
        within="completion",
        cites=cites,
    )


def of_each_agency(which: MethodStep, title: str, form: type[Form], *cites: str) -> StageSpec:
    """A step that each agency takes by itself, side by side, by the date agreed in the terms of reference."""
    return StageSpec(
        key=which.value,
        title=title,
        owner=Role.AGENCY_AUTHOR,
        form=form,
        after=("terms-of-reference",),
        agreed="agency_reports_due",
        per_agency=True,
        when=(Condition(f"{STEP}{which}", ("yes",)),),
        within="completion",
        cites=cites,
    )


FAMILY = StageSpec(
    key="family-invitation",
    title="Inviting the family",
    owner=Role.LEAD_REVIEWER,
    form=FamilyInvitation,
    after=("terms-of-reference",),
    involves=(Role.BUSINESS_MANAGER,),
    within="completion",
    cites=("S000 2.1.5", "S002 2.1", "S003 Background"),
)
STEPS = (
    of_each_agency(
        MethodStep.AGENCY_REPORT,
        "Agency report",
        AgencyReport,
        "S000 7.8.6",
        "S001 Serious Case Reviews, models",
        "S003 Appendix B, Multi Agency partners",
        "S004 3.5",
    ),
    of_each_agency(MethodStep.AGENCY_CHRONOLOGY, "Agency chronology", AgencyChronology, "S002 Appendix 2.5"),
    step(
        MethodStep.COMBINED_CHRONOLOGY,
        "Combined chronology",
        CombinedChronology,
        ("agency-report", "agency-chronology"),
        NSPCC,
    ),
    step(
        MethodStep.ROOT_CAUSES,
        "Root causes",
        RootCauses,
        ("combined-chronology",),
        "S000 7.8.4",
        "S001 Serious Case Reviews, models",
        "S002 Appendix 2.4",
    ),
    step(
        MethodStep.REVIEW_TEAM,
        "Review team and case group",
        ReviewTeam,
        ("terms-of-reference",),
        "S000 7.8.3",
        "S001 Serious Case Reviews, models",
        "S002 Appendix 2.2",
        "S004 3.5",
        SCIE,
    ),
    step(
        MethodStep.CONVERSATIONS,
        "Individual conversations",
        Conversations,
        ("review-team",),
        "S000 7.8.3",
        "S001 Serious Case Reviews, models",
        "S002 Appendix 2.2",
        SCIE,
    ),
    step(
        MethodStep.JOINT_MEETINGS,
        "Meetings of review team and case group",
        JointMeetings,
        ("review-team", "conversations"),
        "S001 Serious Case Reviews, models",
        "S002 Appendix 2.2",
        "S004 3.5",
        SCIE,
    ),
    step(
        MethodStep.LEARNING_EVENT,
        "Learning event",
        LearningEvent,
        ("combined-chronology",),
        "S000 7.8.5",
        "S000 7.8.6",
        "S001 Serious Case Reviews, models",
        "S002 Appendix 2.1",
        "S002 Appendix 2.3",
        agreed="events_due",
    ),
    step(
        MethodStep.WHOLE_SYSTEM,
        "Whole system session",
        WholeSystemSession,
        ("combined-chronology",),
        "S000 7.8.7",
        "S001 Serious Case Reviews, models",
        "S002 Appendix 2.5",
        agreed="events_due",
    ),
    step(
        MethodStep.PRACTITIONER_EVENTS,
        "Practitioner events",
        PractitionerEvents,
        ("combined-chronology", "root-causes"),
        "S000 2.1.4",
        "S001 Serious Case Reviews, models",
        "S002 2.1",
        "S003 Background",
        "S004 3.5",
        agreed="events_due",
    ),
    step(
        MethodStep.STATUTORY_DUTIES,
        "How statutory duties were fulfilled",
        StatutoryDuties,
        ("learning-event",),
        "S000 7.8.5",
        "S001 Serious Case Reviews, models",
        "S002 Appendix 2.3",
    ),
    step(MethodStep.DRAFT_REPORT, "Draft report", DraftReport, ("learning-event",), "S000 7.8.6", "S002 Appendix 2.1"),
    step(
        MethodStep.RECALL_SESSION,
        "Recall session",
        RecallSession,
        ("draft-report",),
        "S000 7.8.6",
        "S001 Serious Case Reviews, models",
        "S002 Appendix 2.1",
    ),
)
MIDDLE = (FAMILY, *STEPS)
