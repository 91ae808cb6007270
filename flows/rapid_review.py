"""A Rapid Review of a serious incident, from its referral to its closure."""

from prefect import flow

from models.vocabulary import Preparation as Doc
from tasks.review import ReviewRun, draft, final, run_review, stage


@flow(name="rapid-review", flow_run_name="{reference}", persist_result=False)
def rapid_review(reference: str) -> None:
    """One Rapid Review: the run lasts as long as the review does, and mostly waits."""
    run_review(reference, decision, inquiry, report, improvement)


def decision(review: ReviewRun) -> None:
    """Is the incident one that must be notified?"""
    stage(review, "referral")
    stage(review, "criteria-screening", opens=draft(Doc.SCREENING_RECORD), closes=final(Doc.SCREENING_RECORD))
    stage(review, "chair-decision")
    stage(review, "serious-incident-notification")


def inquiry(review: ReviewRun) -> None:
    """What each agency knows, what the meeting finds, and whether a local review is held."""
    stage(review, "agencies-and-authors")
    stage(review, "agency-summary")
    stage(review, "rapid-review-meeting")
    stage(review, "local-review-decision")


def report(review: ReviewRun) -> None:
    """What the National Panel is sent, and what was learnt."""
    stage(review, "rapid-review-sent")
    stage(review, "learning-summary", opens=draft(Doc.LEARNING_SUMMARY), closes=final(Doc.LEARNING_SUMMARY))


def improvement(review: ReviewRun) -> None:
    """The learning is brought to the front line, until its impact is shown."""
    stage(review, "action-plan", opens=draft(Doc.ACTION_PLAN), closes=final(Doc.ACTION_PLAN))
    stage(review, "board-approval")
    stage(review, "dissemination")
    stage(review, "monitoring")
    stage(review, "impact")
    stage(review, "closure")
