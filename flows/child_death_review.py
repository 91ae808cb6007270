"""The review of a child’s death, from its notification to its closure."""

from prefect import flow

from models.vocabulary import Preparation as Doc
from tasks.review import ReviewRun, draft, final, run_review, stage


@flow(name="child-death-review", flow_run_name="{reference}", persist_result=False)
def child_death_review(reference: str) -> None:
    """One review of a child’s death: the run lasts as long as the review does, and mostly waits."""
    run_review(reference, inquiry, publication, improvement)


def inquiry(review: ReviewRun) -> None:
    """What each agency that knew the child can tell, and what the panel makes of it."""
    stage(review, "referral")
    stage(review, "agencies-and-authors")
    stage(review, "death-information")
    stage(review, "death-panel")


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
