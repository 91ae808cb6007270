"""A Light Touch Review, from its proposal to its closure."""

from prefect import flow

from models.vocabulary import Preparation as Doc
from tasks.review import ReviewRun, draft, final, run_review, stage


@flow(name="light-touch-review", flow_run_name="{reference}", persist_result=False)
def light_touch_review(reference: str) -> None:
    """One Light Touch Review: the run lasts as long as the review does, and mostly waits."""
    run_review(reference, decision, inquiry, publication, improvement)


def decision(review: ReviewRun) -> None:
    """Which question is asked?"""
    stage(review, "proposal")
    stage(review, "theme-agreement")


def inquiry(review: ReviewRun) -> None:
    """How the question is answered, and the answer."""
    stage(review, "question")
    stage(review, "answer")


def publication(review: ReviewRun) -> None:
    """What of it is summed up and published."""
    stage(review, "learning-summary", opens=draft(Doc.LEARNING_SUMMARY), closes=final(Doc.LEARNING_SUMMARY))
    stage(review, "action-plan", opens=draft(Doc.ACTION_PLAN), closes=final(Doc.ACTION_PLAN))
    stage(review, "board-approval")
    stage(review, "publication-decision")
    stage(review, "publication")


def improvement(review: ReviewRun) -> None:
    """The learning is brought to the front line, until its impact is shown."""
    stage(review, "dissemination")
    stage(review, "monitoring")
    stage(review, "impact")
    stage(review, "closure")
