"""The stages that audits of case files share [S000 7.7.1, S001 Multi Agency Audits and Appendix 2, S002 5.6]."""

from dataclasses import replace

from casework.framework.pipelines import rows
from casework.framework.pipelines.table import StageSpec
from models.forms.audit import AuditMeeting, AuditPlan, AuditReport, FileAudit, PeopleHeard
from models.vocabulary import Role

LEAD = "Lead of the audit"

AUDIT_PLAN = StageSpec(
    key="audit-plan",
    title="Audit pool, sample and tool",
    owner=Role.BUSINESS_MANAGER,
    form=AuditPlan,
    after=("theme-agreement",),
    within="completion",
    cites=("S000 7.7.1", "S001 Multi Agency Audits, paragraph 2", "S001 Appendix 2", "S002 5.6", "S004 Appendix One"),
)
FILE_AUDIT = StageSpec(
    key="file-audit",
    title="Audit of case files",
    owner=Role.AGENCY_AUTHOR,
    called="Auditor of the agency",
    form=FileAudit,
    after=("audit-plan",),
    agreed="file_audits_due",
    per_agency=True,
    within="completion",
    cites=("S000 7.7.1", "S001 Appendix 2", "S002 5.6", "S004 Appendix One"),
)
HEARD = StageSpec(
    key="practitioners-and-families",
    title="Practitioners, children and families heard",
    owner=Role.LEAD_REVIEWER,
    called=LEAD,
    form=PeopleHeard,
    after=("file-audit",),
    agreed="events_due",
    within="completion",
    cites=("S000 7.7.1", "S002 5.6", "S004 Appendix One"),
)
MEETING = StageSpec(
    key="audit-meeting",
    title="Audit meeting",
    owner=Role.LEAD_REVIEWER,
    called=LEAD,
    form=AuditMeeting,
    after=("practitioners-and-families",),
    within="completion",
    cites=("S001 Appendix 2",),
)
REPORT = replace(
    rows.REPORT,
    title="Audit report",
    called=LEAD,
    form=AuditReport,
    after=("audit-meeting",),
    cites=(
        "S000 7.6.2",
        "S001 Appendix 2",
        "S002 Qualitative Information, 5.4",
        "S003 The Learning and Improvement Process",
    ),
)
SUMMARY = replace(rows.SUMMARY, when=(rows.SUMMARISES,), called=LEAD)
