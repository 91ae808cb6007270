"""A Single-Case Audit, from its referral to its closure."""

from prefect import flow

from models.vocabulary import Preparation as Doc
from tasks.review import ReviewRun, draft, final, run_review, stage


@flow(name="single-case-audit", flow_run_name="{reference}", persist_result=False)
def single_case_audit(reference: str) -> None:
    """One Single-Case Audit: the run lasts as long as the review does, and mostly waits."""
    run_review(reference, decision, audit, report, improvement)


def decision(review: ReviewRun) -> None:
    """Is an audit of the one case the right answer?"""
    stage(review, "referral")
    stage(review, "panel-recommendation")
    stage(review, "chair-decision")


def audit(review: ReviewRun) -> None:
    """What is asked of the files, what each agency finds in its own, and what the meeting agrees."""
    stage(review, "audit-plan")
    stage(review, "file-audit")
    stage(review, "audit-meeting")


def report(review: ReviewRun) -> None:
    """What was learnt, and the board’s answer to it."""
    stage(review, "report", opens=draft(Doc.AUDIT_REPORT), closes=final(Doc.AUDIT_REPORT))
    stage(review, "learning-summary", opens=draft(Doc.LEARNING_SUMMARY), closes=final(Doc.LEARNING_SUMMARY))
    stage(review, "action-plan", opens=draft(Doc.ACTION_PLAN), closes=final(Doc.ACTION_PLAN))
    stage(review, "board-approval")


def improvement(review: ReviewRun) -> None:
    """The learning is brought to the front line, until its impact is shown."""
    stage(review, "dissemination")
    stage(review, "monitoring")
    stage(review, "impact")
    stage(review, "closure")
