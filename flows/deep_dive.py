"""A Deep Dive, from its proposal to its closure."""

from prefect import flow

from models.vocabulary import Preparation as Doc
from tasks.review import ReviewRun, draft, final, run_review, stage


@flow(name="deep-dive", flow_run_name="{reference}", persist_result=False)
def deep_dive(reference: str) -> None:
    """One Deep Dive: the run lasts as long as the review does, and mostly waits."""
    run_review(reference, decision, inquiry, report, publication, improvement)


def decision(review: ReviewRun) -> None:
    """Which priority area is looked into?"""
    stage(review, "proposal")
    stage(review, "theme-agreement")


def inquiry(review: ReviewRun) -> None:
    """Which questions are asked, and what each source of evidence shows."""
    stage(review, "deep-dive-plan")
    stage(review, "evidence")


def report(review: ReviewRun) -> None:
    """What was learnt, and the board’s answer to it."""
    stage(review, "report", opens=draft(Doc.AUDIT_REPORT), closes=final(Doc.AUDIT_REPORT))
    stage(review, "learning-summary", opens=draft(Doc.LEARNING_SUMMARY), closes=final(Doc.LEARNING_SUMMARY))
    stage(review, "action-plan", opens=draft(Doc.ACTION_PLAN), closes=final(Doc.ACTION_PLAN))
    stage(review, "board-approval")


def publication(review: ReviewRun) -> None:
    """Whether the report is published."""
    stage(review, "publication-decision")
    stage(review, "publication")


def improvement(review: ReviewRun) -> None:
    """The learning is brought to the front line, until its impact is shown."""
    stage(review, "dissemination")
    stage(review, "monitoring")
    stage(review, "impact")
    stage(review, "closure")
