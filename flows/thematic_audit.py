"""A Thematic Audit, from its proposal to its closure."""

from prefect import flow

from models.vocabulary import Preparation as Doc
from tasks.review import ReviewRun, draft, final, run_review, stage


@flow(name="thematic-audit", flow_run_name="{reference}", persist_result=False)
def thematic_audit(reference: str) -> None:
    """One Thematic Audit: the run lasts as long as the review does, and mostly waits."""
    run_review(reference, decision, audit, report, publication, improvement)


def decision(review: ReviewRun) -> None:
    """Which theme is audited?"""
    stage(review, "proposal")
    stage(review, "theme-agreement")


def audit(review: ReviewRun) -> None:
    """Which files are read, what each agency finds in its own, who is heard, and what the meeting agrees."""
    stage(review, "audit-plan")
    stage(review, "file-audit")
    stage(review, "practitioners-and-families")
    stage(review, "audit-meeting")


def report(review: ReviewRun) -> None:
    """What was learnt, and the board’s answer to it."""
    stage(review, "report", opens=draft(Doc.AUDIT_REPORT), closes=final(Doc.AUDIT_REPORT))
    stage(review, "learning-summary", opens=draft(Doc.LEARNING_SUMMARY), closes=final(Doc.LEARNING_SUMMARY))
    stage(review, "action-plan", opens=draft(Doc.ACTION_PLAN), closes=final(Doc.ACTION_PLAN))
    stage(review, "board-approval")


def publication(review: ReviewRun) -> None:
    """Whether findings and actions are published."""
    stage(review, "publication-decision")
    stage(review, "publication")


def improvement(review: ReviewRun) -> None:
    """The learning is brought to the front line, until its impact is shown."""
    stage(review, "dissemination")
    stage(review, "monitoring")
    stage(review, "re-audit")
    stage(review, "impact")
    stage(review, "closure")
