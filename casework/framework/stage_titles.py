"""What a letter calls a stage."""

from casework.framework.pipelines import find_stage, pipeline


def title_of(review_type: str, key: str, agency: str | None) -> str:
    """A stage's title as people know it: "Agency report (Police)"."""
    title = find_stage(review_type, key).title
    return f"{title} ({agency})" if agency else title


def in_time_for(review_type: str, key: str) -> str | None:
    """The title of the stage whose deadline binds this one, which has none of its own; None for every other stage."""
    spec = find_stage(review_type, key)
    if spec.clock is not None or spec.within is None:
        return None
    return next(later.title for later in pipeline(review_type).stages if later.clock == spec.within)
