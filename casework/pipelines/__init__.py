"""The review types. A new one is a table beside these, an entry here, a flow, and an entry in a profile."""

from casework.pipelines.practice_learning_review import PRACTICE_LEARNING_REVIEW
from casework.pipelines.serious_case_review import SERIOUS_CASE_REVIEW
from casework.pipelines.table import Pipeline, StageSpec
from models.errors import NotFound

PIPELINES: dict[str, Pipeline] = {
    pipeline.type: pipeline for pipeline in (SERIOUS_CASE_REVIEW, PRACTICE_LEARNING_REVIEW)
}


def pipeline(type_: str) -> Pipeline:
    """The pipeline of a review type; raises NotFound, listing the types there are."""
    if type_ not in PIPELINES:
        raise NotFound(f"‘{type_}’ is not a review type. The types are: {', '.join(PIPELINES)}.")
    return PIPELINES[type_]


def find_stage(type_: str, key: str) -> StageSpec:
    """A stage of a review type, by its key or by the name of an agency's own stage ("agency-report:police")."""
    found = pipeline(type_).by_key.get(key.partition(":")[0])
    if found is None:
        raise NotFound(f"‘{key}’ is not a stage of a {type_}. Its stages are: {', '.join(pipeline(type_).by_key)}.")
    return found
