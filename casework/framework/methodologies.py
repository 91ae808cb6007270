"""The methodologies: which steps each puts between the terms of reference and the report, and what it requires."""

from collections.abc import Mapping

from models.errors import InputError, empty, fault
from models.forms.inquiry import MethodChoice
from models.remedies import AddLeadReviewer
from models.vocabulary import LearningTogether, Methodology, MethodStep, OutputModel, WelshForm

STEP = "step."  # how a fact begins that says that the review takes a step of its methodology

STEPS: Mapping[Methodology, tuple[MethodStep, ...]] = {
    Methodology.TRADITIONAL: (
        MethodStep.AGENCY_REPORT,
        MethodStep.COMBINED_CHRONOLOGY,
        MethodStep.PRACTITIONER_EVENTS,
    ),
    Methodology.LEARNING_TOGETHER: (MethodStep.REVIEW_TEAM, MethodStep.CONVERSATIONS, MethodStep.JOINT_MEETINGS),
    Methodology.SIGNIFICANT_INCIDENT: (
        MethodStep.AGENCY_REPORT,
        MethodStep.LEARNING_EVENT,
        MethodStep.DRAFT_REPORT,
        MethodStep.RECALL_SESSION,
    ),
    Methodology.CHILD_PRACTICE_REVIEW: (
        MethodStep.AGENCY_CHRONOLOGY,
        MethodStep.COMBINED_CHRONOLOGY,
        MethodStep.LEARNING_EVENT,
    ),
    Methodology.ROOT_CAUSE: (
        MethodStep.AGENCY_REPORT,
        MethodStep.COMBINED_CHRONOLOGY,
        MethodStep.ROOT_CAUSES,
        MethodStep.PRACTITIONER_EVENTS,
    ),
    Methodology.APPRECIATIVE_INQUIRY: (
        MethodStep.AGENCY_CHRONOLOGY,
        MethodStep.COMBINED_CHRONOLOGY,
        MethodStep.WHOLE_SYSTEM,
    ),
}
BEFORE_STEPS = (MethodStep.AGENCY_REPORT, MethodStep.PRACTITIONER_EVENTS)  # what every review took, once
COSTS_MONEY = {
    Methodology.LEARNING_TOGETHER: "its lead reviewers must be accredited by SCIE",
    Methodology.SIGNIFICANT_INCIDENT: "it is a registered trademark",
}


def steps_of(choice: MethodChoice) -> tuple[MethodStep, ...]:
    """The steps that a review takes under the methodology chosen, its variant and its form."""
    if choice.methodology is Methodology.HYBRID:
        return tuple(step for step in MethodStep if step in choice.steps)
    steps = STEPS[choice.methodology]
    if choice.learning_together is LearningTogether.FOCUSED:  # a one-day event, without conversations
        return tuple(step for step in steps if step is not MethodStep.CONVERSATIONS)
    return (*steps, MethodStep.STATUTORY_DUTIES) if choice.welsh_form is WelshForm.EXTENDED else steps


def method_facts(choice: MethodChoice) -> dict[str, str]:
    """What a choice of methodology settles for the pipeline: its steps, and what the report leads to."""
    taken = steps_of(choice)
    steps = {f"{STEP}{step}": "yes" if step in taken else "no" for step in MethodStep}
    return {"methodology": choice.methodology.value, "output_model": leads_to(choice).value, **steps}


def with_steps(facts: Mapping[str, str]) -> dict[str, str]:
    """The facts of a review, with its steps where its terms of reference were agreed before methodologies had any.

    Such a review goes on as it began: with a report by each agency and the practitioner events, whatever its method.
    """
    if "methodology" not in facts or any(name.startswith(STEP) for name in facts):
        return dict(facts)
    steps = {f"{STEP}{step}": "yes" if step in BEFORE_STEPS else "no" for step in MethodStep}
    return {"output_model": OutputModel.RECOMMENDATIONS.value, **steps, **facts}


def leads_to(choice: MethodChoice) -> OutputModel:
    """What the report leads to: as was said, else findings for a systems review and recommendations for the others."""
    systems = choice.methodology is Methodology.LEARNING_TOGETHER
    return choice.output_model or (OutputModel.FINDINGS if systems else OutputModel.RECOMMENDATIONS)


def without_method(facts: Mapping[str, str]) -> dict[str, str]:
    """The facts of a review but for those that its methodology settled."""
    settled = ("methodology", "output_model")
    return {name: said for name, said in facts.items() if name not in settled and not name.startswith(STEP)}


def check_choice(choice: MethodChoice, reference: str, reviewers: int) -> None:
    """Refuse a methodology without what it takes; `reviewers` is how many lead reviewers the review has.

    Raises InputError. [S002 Appendix 2: costs, accreditation, one reviewer or two]
    """
    check_belongs(choice)
    if (why := COSTS_MONEY.get(choice.methodology)) and not choice.costs:
        raise InputError(
            empty(
                "costs",
                "{methodology} costs money, because {why}: say how much, and who pays.",
                methodology=choice.methodology.label,
                why=why,
            )
        )
    if choice.methodology is Methodology.LEARNING_TOGETHER:
        check_learning_together(choice, reference, reviewers)
    if choice.methodology is Methodology.CHILD_PRACTICE_REVIEW:
        check_child_practice(choice, reference, reviewers)
    if choice.methodology is Methodology.HYBRID and not choice.steps:
        raise InputError(empty("steps", "A hybrid takes steps from several methods: say which steps."))


def check_belongs(choice: MethodChoice) -> None:
    """Refuse what is said about another methodology than the one chosen: one of the two is a slip."""
    said = (
        ("learning_together", choice.learning_together, Methodology.LEARNING_TOGETHER),
        ("welsh_form", choice.welsh_form, Methodology.CHILD_PRACTICE_REVIEW),
        ("steps", choice.steps, Methodology.HYBRID),
        ("overview_author", choice.overview_author, Methodology.TRADITIONAL),
    )
    for name, value, owner in said:
        if value and choice.methodology is not owner:
            raise InputError(
                fault(
                    name,
                    None,
                    "is only for ‘{owner}’, and the methodology chosen is ‘{chosen}’. Leave it empty, or choose "
                    "‘{owner}’.",
                    owner=owner.label,
                    chosen=choice.methodology.label,
                )
            )


def check_learning_together(choice: MethodChoice, reference: str, reviewers: int) -> None:
    """Learning Together has a variant, and two lead reviewers whom SCIE has accredited."""
    if choice.learning_together is None:
        raise InputError(empty("learning_together", "Say which variant of Learning Together it is."))
    if not choice.accreditation:
        raise InputError(empty("accreditation", "SCIE must have accredited the lead reviewers: say how you checked."))
    check_reviewers(reference, reviewers, 2, "SCIE Learning Together is led by two lead reviewers")


def check_child_practice(choice: MethodChoice, reference: str, reviewers: int) -> None:
    """A concise review has one reviewer, an extended one two [S002 Appendix 2.3]."""
    if choice.welsh_form is None:
        raise InputError(empty("welsh_form", "A child practice review is either concise or extended: say which."))
    if choice.welsh_form is WelshForm.EXTENDED:
        check_reviewers(reference, reviewers, 2, "An extended child practice review is undertaken by two reviewers")


def check_reviewers(reference: str, there: int, wanted: int, rule: str) -> None:
    """Refuse a methodology for which too few lead reviewers are appointed."""
    if there < wanted:
        appointed = f"{there} {'is' if there == 1 else 'are'} appointed"
        raise InputError(
            fault(
                "methodology",
                None,
                "{rule}, and {appointed}. Appoint another lead reviewer, or choose another methodology.",
                rule=rule,
                appointed=appointed,
            ),
            remedy=AddLeadReviewer(reference),
        )
