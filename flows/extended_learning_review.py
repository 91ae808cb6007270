"""An Extended Learning Review, from its referral to its closure."""

from prefect import flow

from models.vocabulary import Preparation as Doc
from tasks.review import ReviewRun, draft, final, run_review, stage, steps_of_methodology


@flow(name="extended-learning-review", flow_run_name="{reference}", persist_result=False)
def extended_learning_review(reference: str) -> None:
    """One Extended Learning Review: the run lasts as long as the review does, and mostly waits."""
    run_review(reference, decision, inquiry, report, publication, improvement)


def decision(review: ReviewRun) -> None:
    """Does what happened to the young person call for a review?"""
    stage(review, "referral")
    stage(review, "panel-recommendation")
    stage(review, "chair-decision")


def inquiry(review: ReviewRun) -> None:
    """Who reviews, by which terms of reference, and what each step of the methodology finds."""
    stage(review, "lead-reviewer")
    stage(review, "terms-of-reference", opens=draft(Doc.TERMS_OF_REFERENCE), closes=final(Doc.TERMS_OF_REFERENCE))
    stage(review, "family-invitation")
    steps_of_methodology(review, each_agency_opens=draft(Doc.AGENCY_REPORT_REQUEST))


def report(review: ReviewRun) -> None:
    """What was learnt, what the Youth Justice Board is told, and the board’s answer."""
    stage(review, "report", opens=draft(Doc.REPORT_SKELETON), closes=final(Doc.REPORT_SKELETON))
    stage(review, "youth-justice-report")
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
