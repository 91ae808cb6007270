"""A Best Practice Review, from its referral to its closure."""

from prefect import flow

from models.vocabulary import Preparation as Doc
from tasks.review import ReviewRun, draft, final, run_review, stage


@flow(name="best-practice-review", flow_run_name="{reference}", persist_result=False)
def best_practice_review(reference: str) -> None:
    """One Best Practice Review: the run lasts as long as the review does, and mostly waits."""
    run_review(reference, decision, inquiry, report, publication, improvement)


def decision(review: ReviewRun) -> None:
    """Is there good practice to learn from?"""
    stage(review, "referral")
    stage(review, "panel-recommendation")
    stage(review, "chair-decision")


def inquiry(review: ReviewRun) -> None:
    """Which practice is looked at, and what the practitioners say of it."""
    stage(review, "practice-plan")
    stage(review, "practitioner-events")


def report(review: ReviewRun) -> None:
    """What made it possible, and the board’s answer to it."""
    stage(review, "report")
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
