"""A Reflective Practice Review meeting, from its referral to its closure."""

from prefect import flow

from models.vocabulary import Preparation as Doc
from tasks.review import ReviewRun, draft, final, run_review, stage


@flow(name="reflective-practice-review", flow_run_name="{reference}", persist_result=False)
def reflective_practice_review(reference: str) -> None:
    """One Reflective Practice Review: the run lasts as long as the review does, and mostly waits."""
    run_review(reference, decision, reflection, improvement)


def decision(review: ReviewRun) -> None:
    """Is a meeting of the professionals the right answer?"""
    stage(review, "referral")
    stage(review, "panel-recommendation")
    stage(review, "chair-decision")


def reflection(review: ReviewRun) -> None:
    """The professionals of the case come together; what they learnt is summed up and approved."""
    stage(review, "reflective-meeting")
    stage(review, "learning-summary", opens=draft(Doc.LEARNING_SUMMARY), closes=final(Doc.LEARNING_SUMMARY))
    stage(review, "action-plan", opens=draft(Doc.ACTION_PLAN), closes=final(Doc.ACTION_PLAN))
    stage(review, "board-approval")


def improvement(review: ReviewRun) -> None:
    """The learning is brought to the front line, until its impact is shown."""
    stage(review, "dissemination")
    stage(review, "monitoring")
    stage(review, "impact")
    stage(review, "closure")
