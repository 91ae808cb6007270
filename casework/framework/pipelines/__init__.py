"""The review types. A new one is a table beside these, an entry here, a flow, and an entry in a profile."""

from casework.framework.pipelines.best_practice_review import BEST_PRACTICE_REVIEW
from casework.framework.pipelines.child_death_review import CHILD_DEATH_REVIEW
from casework.framework.pipelines.child_practice_review import CHILD_PRACTICE_REVIEW
from casework.framework.pipelines.deep_dive import DEEP_DIVE
from casework.framework.pipelines.extended_learning_review import EXTENDED_LEARNING_REVIEW
from casework.framework.pipelines.light_touch_review import LIGHT_TOUCH_REVIEW
from casework.framework.pipelines.local_child_safeguarding_practice_review import (
    LOCAL_CHILD_SAFEGUARDING_PRACTICE_REVIEW,
)
from casework.framework.pipelines.practice_learning_review import PRACTICE_LEARNING_REVIEW
from casework.framework.pipelines.rapid_review import RAPID_REVIEW
from casework.framework.pipelines.reflective_practice_review import REFLECTIVE_PRACTICE_REVIEW
from casework.framework.pipelines.serious_case_review import SERIOUS_CASE_REVIEW
from casework.framework.pipelines.single_case_audit import SINGLE_CASE_AUDIT
from casework.framework.pipelines.table import Pipeline, StageSpec
from casework.framework.pipelines.thematic_audit import THEMATIC_AUDIT
from casework.framework.pipelines.themed_review import THEMED_REVIEW
from models.errors import NotFound
from models.stage_name import StageName

PIPELINES: dict[str, Pipeline] = {
    pipeline.type: pipeline
    for pipeline in (
        SERIOUS_CASE_REVIEW,
        PRACTICE_LEARNING_REVIEW,
        SINGLE_CASE_AUDIT,
        BEST_PRACTICE_REVIEW,
        REFLECTIVE_PRACTICE_REVIEW,
        EXTENDED_LEARNING_REVIEW,
        CHILD_DEATH_REVIEW,
        RAPID_REVIEW,
        LOCAL_CHILD_SAFEGUARDING_PRACTICE_REVIEW,
        CHILD_PRACTICE_REVIEW,
        THEMATIC_AUDIT,
        THEMED_REVIEW,
        DEEP_DIVE,
        LIGHT_TOUCH_REVIEW,
    )
}


def pipeline(type_: str) -> Pipeline:
    """The pipeline of a review type; raises NotFound, listing the types there are."""
    if type_ not in PIPELINES:
        raise NotFound(f"‘{type_}’ is not a review type. The types are: {', '.join(PIPELINES)}.")
    return PIPELINES[type_]


def find_stage(type_: str, key: str) -> StageSpec:
    """A stage of a review type by its key; raises NotFound, listing the stages there are."""
    return stage_in(pipeline(type_), key, key)


def find_named_stage(type_: str, name: str) -> StageSpec:
    """The same by a name that somebody typed: "agency-report:police" is one agency's own stage."""
    return stage_in(pipeline(type_), StageName.read(name).key, name)


def stage_in(table: Pipeline, key: str, asked: str) -> StageSpec:
    """A stage of a table; raises NotFound of what was asked for."""
    found = table.by_key.get(key)
    if found is None:
        raise NotFound(f"‘{asked}’ is not a stage of a {table.type}. Its stages are: {', '.join(table.by_key)}.")
    return found
