"""What an audit, a themed review or a deep dive gathers for its report, and the report itself once it is recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, TypedDict

from casework.documents.dossier import Dossier
from casework.documents.parts import RecordedStage
from models.forms.audit import (
    AuditMeeting,
    AuditPlan,
    AuditReport,
    FileAudit,
    PeopleHeard,
    SingleCaseAuditPlan,
    ThemedReviewReport,
)
from models.forms.base import Form
from models.forms.decision import ChairDecision
from models.forms.inquiry import PractitionerEvent, PractitionerEvents
from models.forms.output import LeadsToChange, RecommendedAction
from models.forms.theme import DeepDivePlan, DeepDiveReport, EvidenceGathered, Source, ThemeAgreement, ThemeProposal
from models.vocabulary import ActionScope

ROWS_TO_FILL = 3  # in each of the two tables of recommendations


@dataclass(frozen=True, slots=True)
class Looked:
    """An agency that audits its files, or a source of evidence, with what was found there once it is recorded."""

    name: str
    audit: FileAudit | None
    evidence: EvidenceGathered | None


class Planned(TypedDict):
    """What was to be learnt, from which cases with which tool, or from which sources."""

    questions: str | None
    sample: AuditPlan | None
    tool: str | None
    sources: list[Source]


class Gathered(TypedDict):
    """What was found and said; `hears` and `meets` say whether this type of review hears people and holds a meeting."""

    looked: list[Looked]
    hears: bool
    events: list[PractitionerEvent]
    heard: str | None
    why_nobody: str | None
    meets: bool
    meeting: AuditMeeting | None


class Reported(TypedDict):
    """`report` has the fields of the form of this type of review, each None until it is recorded."""

    recorded: bool
    report: Annotated[dict[str, Any], AuditReport | ThemedReviewReport | DeepDiveReport]
    deep_dive: bool
    themed_review: bool
    single_agency: list[RecommendedAction]
    multi_agency: list[RecommendedAction]


class AuditReportVariables(Planned, Gathered, Reported):
    """All that the template of the report may name; `rows` are free to fill."""

    theme: ThemeProposal | None
    agreement: ThemeAgreement | None
    decision: ChairDecision | None
    rows: list[str]


def audit_report(review: Dossier) -> AuditReportVariables:
    """Why it was held and how, all that was found and heard, and the parts of the report of this type."""
    return {
        "theme": review.outcome(ThemeProposal),
        "agreement": review.outcome(ThemeAgreement),
        "decision": review.outcome(ChairDecision),
        **planned(review),
        **gathered(review),
        **reported(review),
        "rows": [""] * ROWS_TO_FILL,
    }


def planned(review: Dossier) -> Planned:
    """What was to be learnt, from which cases with which tool, or from which sources."""
    audit, single, dive = (
        review.outcome(AuditPlan),
        review.outcome(SingleCaseAuditPlan),
        review.outcome(DeepDivePlan),
    )
    asks, uses = single or dive, audit or single
    return {
        "questions": audit.outcome_sought if audit else asks.questions if asks else None,
        "sample": audit,
        "tool": uses.tool if uses else None,
        "sources": dive.sources if dive else [],
    }


def gathered(review: Dossier) -> Gathered:
    """What was found in files and sources, and what was said; `hears` and `meets` say whether this type does so."""
    met, events = review.outcome(PeopleHeard), review.outcome(PractitionerEvents)
    people = met or events
    return {
        "looked": list(looked(review)),
        "hears": review.milestone("practitioners-and-families") is not None,
        "events": people.events if people else [],
        "heard": people.heard if people else None,
        "why_nobody": met.why_nobody if met else None,
        "meets": review.milestone("audit-meeting") is not None,
        "meeting": review.outcome(AuditMeeting),
    }


def looked(review: Dossier) -> Iterator[Looked]:
    """Each agency or source, in the order in which the plan names them."""
    for part in review.agencies:
        audit, evidence = (review.recorded.get(RecordedStage(key, part.id)) for key in ("file-audit", "evidence"))
        yield Looked(
            part.name,
            audit if isinstance(audit, FileAudit) else None,
            evidence if isinstance(evidence, EvidenceGathered) else None,
        )


def reported(review: Dossier) -> Reported:
    """The report by the names of the form that records it, its recommendations by whose action they ask for."""
    form = review.stage.form
    report = review.outcome(form)
    return {
        "recorded": report is not None,
        "report": report.model_dump() if report else dict.fromkeys(form.model_fields),
        "deep_dive": form is DeepDiveReport,
        "themed_review": form is ThemedReviewReport,
        "single_agency": asked_of(report, ActionScope.SINGLE_AGENCY),
        "multi_agency": asked_of(report, ActionScope.MULTI_AGENCY),
    }


def asked_of(report: Form | None, scope: ActionScope) -> list[RecommendedAction]:
    """What a report recommends to one agency by itself, or to several together."""
    rows = report.recommended() if isinstance(report, LeadsToChange) else ()
    return [row for _, whose, row in rows if whose is scope]
