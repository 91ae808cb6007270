"""What a diagram says about a stage: under which conditions it is needed, by when it is due, and where that stands."""

from collections.abc import Iterable, Mapping

from casework.framework.cited_files import CHOSEN_HERE
from casework.framework.methodologies import STEP, steps_of
from casework.framework.pipelines.table import Condition, Pipeline, StageSpec
from casework.views.diagram.graph import BOARDS_OWN
from models.forms.base import field_title
from models.forms.inquiry import MethodChoice
from models.forms.theme import EvidenceGathered
from models.profile import BOARD, BoardProfile, Clock
from models.vocabulary import LABELS, TRIGGERS, LearningTogether, Methodology, MethodStep, WelshForm

SHORT = {
    Methodology.TRADITIONAL: "Traditional",
    Methodology.SIGNIFICANT_INCIDENT: "SILP",
}
PROFILE = {
    f"{BOARDS_OWN}recommends": "the board names who recommends",
    f"{BOARDS_OWN}agrees": "the board names who has to agree",
    f"{BOARDS_OWN}update-meetings": "the board holds update meetings",
    f"{BOARDS_OWN}publishes": "the board publishes",
    f"{BOARDS_OWN}may-withhold": "the board may withhold a report",
    f"{BOARDS_OWN}learning-summary": "the board asks for a learning summary",
    f"{BOARDS_OWN}national-panel": "the National Panel is always told",
}
RECORDED = {
    "decision": "the decision is {}",
    "theme_decision": "it is agreed",
    "answer": "the answer asks for {}",
    "actions_needed": "something has to change",
    "local_review": "a local review is held",
    "output_model": "the report makes {}",
    "publish": "the report is not withheld",
}


def short(methodology: Methodology) -> str:
    """A methodology as a diagram calls it."""
    return SHORT.get(methodology, methodology.label)


def variants(methodology: Methodology) -> dict[str, MethodChoice]:
    """The choices of a methodology that make a difference to its steps, by what they are called."""
    chosen = {"methodology": methodology, "why_methodology": "to be drawn"}
    if methodology is Methodology.CHILD_PRACTICE_REVIEW:
        return {form.value: MethodChoice.model_validate({**chosen, "welsh_form": form}) for form in WelshForm}
    if methodology is Methodology.LEARNING_TOGETHER:
        return {
            each.value: MethodChoice.model_validate({**chosen, "learning_together": each}) for each in LearningTogether
        }
    steps = list(MethodStep) if methodology is Methodology.HYBRID else []
    return {"": MethodChoice.model_validate({**chosen, "steps": steps})}


def steps_possible(methodology: Methodology) -> set[MethodStep]:
    """The steps that a review may take under a methodology, in whichever variant."""
    return {step for choice in variants(methodology).values() for step in steps_of(choice)}


def step_facts(methodology: Methodology | None) -> dict[str, str]:
    """The facts that rule out the steps which a methodology never takes; none without one."""
    possible = steps_possible(methodology) if methodology else set(MethodStep)
    return {f"{STEP}{step}": "no" for step in MethodStep if step not in possible}


def taken_by(step: MethodStep, only: Methodology | None) -> str:
    """Which methodologies take a step: "Traditional, SILP"; under one alone, in which variant, or nothing for all."""
    if only is Methodology.HYBRID:
        return "If the hybrid takes it"
    if only:
        variant = in_variants(step, only)
        return f"Variant: {variant}" if variant else ""
    named = [each for each in Methodology if each is not Methodology.HYBRID and step in steps_possible(each)]
    said = [(short(each), in_variants(step, each)) for each in named]
    return "; ".join(f"{name} ({variant})" if variant else name for name, variant in said)


def in_variants(step: MethodStep, methodology: Methodology) -> str:
    """In which variants of a methodology a step is taken: "extended", "not focused"; nothing for all of them."""
    taken = {name: step in steps_of(choice) for name, choice in variants(methodology).items()}
    with_it, without = [each for each in taken if taken[each]], [each for each in taken if not taken[each]]
    if not without:
        return ""
    return " or ".join(with_it) if len(with_it) <= len(without) else f"not {' or '.join(without)}"


def condition(asked: Condition, table: Pipeline, profile: BoardProfile | None = None) -> str:
    """A condition in words: "the decision is serious case review"; of a fact of a new type, what its form asks."""
    if asked.fact in PROFILE:
        return PROFILE[asked.fact]
    if asked.fact.startswith(STEP):
        return f"the methodology takes it: {taken_by(MethodStep(asked.fact.removeprefix(STEP)), None)}"
    said = [value_in_words(value, profile) for value in asked.one_of if value]
    if asked.fact in RECORDED:
        return RECORDED[asked.fact].format(listed(map(lowered, said), "or"))
    values = listed(said, "or")
    recorder = next((stage.form for stage in table.stages if asked.fact in stage.form.facts), None)
    return f"{field_title(recorder, asked.fact) if recorder else asked.fact} {values}"


def lowered(words: str) -> str:
    """'Serious case review' within a sentence; an abbreviation such as 'SCR' stays as it is."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def value_in_words(value: str, profile: BoardProfile | None) -> str:
    """A value as a board says it: a review type under its local name."""
    kind = profile.kind(value) if profile else None
    return kind.name if kind else LABELS.get(value) or value.replace("-", " ").capitalize()


def deadline(spec: StageSpec, table: Pipeline, clocks: Mapping[str, Clock]) -> str:
    """By when a stage is due: its own rule, the date agreed, or the stage that it is in time for; else nothing."""
    own = clocks.get(spec.clock or "")
    if spec is table.first:
        return "Begins the review"
    if own:
        agreed = ", unless another date is agreed" if spec.agreed else ""
        return f"{own.rule} from {trigger(own, table)}{agreed}"
    later = in_time_for(spec, table, clocks)
    if spec.agreed:
        return "On the date agreed in the review" + (f", in time for ‘{later}’" if later else "")
    return f"In time for ‘{later}’" if later else ""


def trigger(clock: Clock, table: Pipeline) -> str:
    """What a deadline counts from: "the decision"; where a new type has no words for it, the stage that records it."""
    recorder = next((stage.title for stage in table.stages if clock.trigger in stage.form.facts), clock.trigger)
    return TRIGGERS.get(clock.trigger) or f"‘{recorder}’"


def in_time_for(spec: StageSpec, table: Pipeline, clocks: Mapping[str, Clock]) -> str:
    """The stage whose deadline binds one that has none of its own; nothing where that has no date either."""
    if spec.within not in clocks:
        return ""
    return next((stage.title for stage in table.stages if stage.clock == spec.within), "")


def each_one(spec: StageSpec) -> str:
    """Of what a repeated stage is opened once for each."""
    return "source of evidence" if spec.form is EvidenceGathered else "agency"


def where(cite: str) -> str:
    """A citation, or that the board chose."""
    return CHOSEN_HERE if cite == BOARD else cite


def listed(parts: Iterable[str], last: str = "and") -> str:
    """'10 working days and 3 working days'; nothing for none."""
    *most, end = [*parts] or [""]
    return f"{', '.join(most)} {last} {end}" if most else end
