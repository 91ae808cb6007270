"""A Practice Learning Review, from its referral to its closure."""

from prefect import flow

from models.vocabulary import Preparation as Doc
from tasks.review import ReviewRun, draft, final, run_review, stage, steps_of_methodology


@flow(name="practice-learning-review", flow_run_name="{reference}", persist_result=False)
def practice_learning_review(reference: str) -> None:
    """One Practice Learning Review: the run lasts as long as the review does, and mostly waits."""
    run_review(reference, decision, inquiry, report, publication, improvement)


def decision(review: ReviewRun) -> None:
    """Is there something to learn below the threshold, and do the strategic partners agree?"""
    stage(review, "referral")
    stage(review, "panel-recommendation")
    stage(review, "chair-decision")
    stage(review, "partners-agreement")


def inquiry(review: ReviewRun) -> None:
    """Who reviews, by which terms of reference, and what each step of the methodology finds."""
    stage(review, "lead-reviewer")
    stage(review, "agencies-and-authors")
    stage(review, "initial-meeting")
    stage(review, "terms-of-reference", opens=draft(Doc.TERMS_OF_REFERENCE), closes=final(Doc.TERMS_OF_REFERENCE))
    stage(review, "family-invitation")
    steps_of_methodology(review, each_agency_opens=draft(Doc.AGENCY_REPORT_REQUEST))
    stage(review, "update-meetings")


def report(review: ReviewRun) -> None:
    """What was learnt, and the board’s answer to it."""
    stage(review, "report", opens=draft(Doc.REPORT_SKELETON), closes=final(Doc.REPORT_SKELETON))
    stage(review, "learning-summary", opens=draft(Doc.LEARNING_SUMMARY), closes=final(Doc.LEARNING_SUMMARY))
    stage(review, "action-plan", opens=draft(Doc.ACTION_PLAN), closes=final(Doc.ACTION_PLAN))
    stage(review, "board-approval")
    stage(review, "board-response")


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
