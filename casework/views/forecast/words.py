"""How a forecast was worked out, in sentences that somebody can follow with a calendar. No agency is named."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from casework.clock.wording import days, spoken
from casework.views.forecast.past import FEWEST, Past
from casework.views.forecast.project import Projecting, Step
from casework.views.forecast.said import EndKnownFrom


def reckoning_in_words(projecting: Projecting, steps: dict[str, Step], target: Step) -> Iterator[str]:
    """Every step on the way to the target, then what was left out, what was supposed, and how it compares."""
    path, before = target.path(), projecting.frame.waits_for[target.spec.key]
    if projecting.review.held:
        yield (
            "The review is on hold. The forecast assumes that it resumes when the hold is expected to end, "
            f"{spoken(projecting.day)}."
        )
    yield from (stage_in_words(step) for step in path[:-1])
    yield stage_in_words(replace(target, how=EndKnownFrom.UNKNOWN) if target.how is EndKnownFrom.PLANNED else target)
    beside = [step for key, step in steps.items() if key in before and step not in path]
    yield from (stage_in_words(step) for step in beside if step.how is EndKnownFrom.LONGER)
    yield from uncounted_in_words(step for step in beside if step.how is EndKnownFrom.UNKNOWN)
    if any(not step.is_a_guess for step in beside):
        yield "The stages beside these hold nothing up: they are expected to be done by then."
    yield from suppositions_in_words(projecting, steps, before)
    yield lateness_in_words(target)


def in_short(target: Step) -> str:
    """Through which stages the forecast was counted, for a reader of the steps elsewhere; no end of a sentence."""
    path = target.path()
    if len(path) == 1:
        return f"Counted from ‘{target.spec.title}’ itself"
    return f"Counted through {len(path)} stages, from ‘{path[0].spec.title}’ to ‘{target.spec.title}’"


def uncounted_in_words(steps: Iterable[Step]) -> Iterator[str]:
    """Which of the stages that go on beside cannot be counted."""
    titles = [f"‘{step.spec.title}’" for step in steps]
    if titles:
        yield f"For {' and '.join(titles)} no time is counted, because this board has done fewer than {FEWEST}."


def suppositions_in_words(projecting: Projecting, steps: dict[str, Step], before: Iterable[str]) -> Iterator[str]:
    """Which decisions are still to come on the way, and what the forecast takes them to be."""
    open_questions = [
        f"‘{step.spec.title}’" for key, step in steps.items() if key in before and projecting.frame.supposes[key]
    ]
    if open_questions:
        listed = " and ".join(open_questions)
        yield f"What {listed} will say is not known: the forecast takes it as in the timetable of such a review."


def lateness_in_words(target: Step) -> str:
    """How the day expected lies to the date."""
    assert target.due_on is not None
    late = target.late_days
    lies = "on that very day" if late == 0 else f"{days(abs(late))} {'after' if late > 0 else 'before'} it"
    return f"‘{target.spec.title}’ is due on {spoken(target.due_on)}; {spoken(target.expected_on)} is {lies}."


def stage_in_words(step: Step) -> str:
    """How the end of one stage was worked out."""
    return (of_open if step.opened_on else of_ahead)(step)


def of_open(step: Step) -> str:
    """The same, of an open stage."""
    assert step.opened_on is not None
    held = f", without {days(step.held)} on hold" if step.held else ""
    overdue = f"; it was due on {spoken(step.due_on)}" if step.due_on and step.due_on < step.begins else ""
    since = f"{stage_title(step)} has been open since {spoken(step.opened_on)}, {days(step.gone)}{held}{overdue}"
    match step.how:
        case EndKnownFrom.USUAL:
            return f"{since}. {usual_length_in_words(step)}: about {spoken(step.ends)}."
        case EndKnownFrom.LONGER:
            return (
                f"{since}. That is longer than any of {record_in_words(step.past)} took. It is counted as done on "
                f"{spoken(step.ends)}; what follows can only be later."
            )
    return f"{since}. {without_past(step)}"


def of_ahead(step: Step) -> str:
    """The same, of a stage to come."""
    begins = f"{stage_title(step)} then begins, about {spoken(step.begins)}"
    if step.how is EndKnownFrom.USUAL:
        return f"{begins}. {usual_length_in_words(step)}: about {spoken(step.ends)}."
    return f"{begins}. {without_past(step)}"


def stage_title(step: Step) -> str:
    """A stage by its title; where several agencies do it, it is the last of them that counts."""
    return f"‘{step.spec.title}’" + (f" (the last of {step.of} side by side)" if step.of > 1 else "")


def usual_length_in_words(step: Step) -> str:
    """How long a stage usually takes, among those that lasted as long as it has by now."""
    lasting = len(step.past.lasting(step.gone))
    if lasting == len(step.past.days):
        return f"The median of {record_in_words(step.past)} is {days(step.past.usual() or 0)}"
    took = f"{lasting} took at least as long" if lasting > 1 else "one took at least as long"
    return f"Of {record_in_words(step.past)}, {took}; the median of these is {days(step.past.usual(step.gone) or 0)}"


def record_in_words(past: Past) -> str:
    """Which past stages are meant, and how many."""
    if not past.every_type:
        return f"the last {len(past.days)} on this board in reviews of this type"
    few = (
        f"there are {past.of_type} in reviews of this type"
        if past.of_type
        else "there is none in a review of this type"
    )
    return f"the last {len(past.days)} on this board in reviews of every type ({few})"


def without_past(step: Step) -> str:
    """What stands for a length of time that the past does not tell, or that people have agreed instead."""
    if step.how is EndKnownFrom.ARRANGED:
        return f"A meeting for it is arranged for {spoken(step.ends)}."
    if step.how is EndKnownFrom.PROMISED:
        return f"Its owner says that it will be given on {spoken(step.ends)}."
    if step.how is EndKnownFrom.AGREED:
        return f"It is agreed for {spoken(step.ends)}."
    known = len(step.past.days)
    too_few = f"This board has {known or 'no'} past {'one' if known == 1 else 'ones'}, and a median takes {FEWEST}"
    if step.how is EndKnownFrom.PLANNED:
        return f"{too_few}, so its own date stands for its end: {spoken(step.ends)}."
    return f"{too_few}: how long it takes is not known, and no time is counted for it."
