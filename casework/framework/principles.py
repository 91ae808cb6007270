"""The principles of every review and the quality markers, as closed lists, and which stage ends with which questions.

The principles are those of Working Together 2015, in our words; the markers are the headings of the quality markers
for serious case reviews of SCIE and the NSPCC, each with a sentence of our own on what it asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Group = Literal["principles", "conduct", "setting-up", "running", "outputs"]
GROUPS: Mapping[Group, str] = {
    "principles": "Principles for learning and improvement",
    "conduct": "How the review is conducted",
    "setting-up": "Quality markers: setting up the review",
    "running": "Quality markers: running the review",
    "outputs": "Quality markers: outputs and action",
}
SCIE = "SCIE and NSPCC, Quality Markers"


@dataclass(frozen=True, slots=True)
class Item:
    """One principle or marker: its key, its heading, what it asks of a review, and where it stands."""

    key: str
    group: Group
    heading: str
    asks: str
    cite: str

    @property
    def is_marker(self) -> bool:
        """Whether it is a quality marker, not a principle."""
        return self.cite == SCIE

    @property
    def field(self) -> str:
        """Its name in a form."""
        return self.key.replace("-", "_")


def principle(key: str, number: int, heading: str, asks: str) -> Item:
    """One of the seven principles for all reviews."""
    return Item(f"principle-{key}", "principles", heading, asks, f"S000 2.1.{number}")


def conduct(key: str, number: int, heading: str, asks: str) -> Item:
    """One of the five principles of conduct."""
    return Item(f"conduct-{key}", "conduct", heading, asks, f"S000 2.2.{number}")


def marker(key: str, group: Group, heading: str, asks: str) -> Item:
    """One of the quality markers."""
    return Item(f"marker-{key}", group, heading, asks, SCIE)


ITEMS: tuple[Item, ...] = (
    principle(
        "continuous-learning",
        1,
        "Continuous learning and improvement",
        "The organisations that work together keep learning and improving: they look for what works, draw on it "
        "and promote good practice.",
    ),
    principle(
        "proportionate", 2, "Proportionate", "The approach fits the scale and the complexity of the issues examined."
    ),
    principle(
        "independent",
        3,
        "Independently led",
        "The person who leads a review of a serious case is independent of it and of the organisations reviewed.",
    ),
    principle(
        "professionals",
        4,
        "Professionals fully involved",
        "Professionals give their perspectives without fear of blame for what they did in good faith.",
    ),
    principle(
        "families",
        5,
        "Families invited",
        "Families, surviving children included, are invited; they understand how they will be involved, and "
        "their expectations are managed with care, so that the child is at the centre.",
    ),
    principle(
        "transparent",
        6,
        "Published, with the response",
        "The final report of a serious case review is published with the board’s response, and the annual "
        "report describes the impact of reviews on services and on deaths of, or serious harm to, children.",
    ),
    principle(
        "sustained",
        7,
        "Improvement sustained",
        "Regular monitoring and follow-up see to it that the findings improve outcomes for children.",
    ),
    conduct(
        "complexity",
        1,
        "Complex circumstances",
        "The review recognises the complex circumstances in which professionals work together.",
    ),
    conduct(
        "who-and-why",
        2,
        "Who did what, and why",
        "It seeks to understand precisely who did what, and the underlying reasons of people and organisations.",
    ),
    conduct(
        "viewpoint",
        3,
        "The viewpoint at the time",
        "It looks from the viewpoint of those involved at the time rather than with hindsight.",
    ),
    conduct("openness", 4, "Open about its data", "It is transparent about how data is collected and analysed."),
    conduct(
        "research",
        5,
        "Research and case evidence",
        "It uses relevant research and case evidence to inform the findings.",
    ),
    marker("referral", "setting-up", "Referral", "The case was referred in time, with what is needed to decide."),
    marker(
        "decision-making",
        "setting-up",
        "Decision making",
        "The decision on a review is reasoned, and made by those whose decision it is.",
    ),
    marker(
        "advising-members",
        "setting-up",
        "Advising board members",
        "The members of the board know of the decision and of what it asks of them.",
    ),
    marker(
        "informing-family",
        "setting-up",
        "Informing the family",
        "The family heard of the review in a way that was timely and humane.",
    ),
    marker(
        "clarity-of-purpose",
        "setting-up",
        "Clarity of purpose",
        "Everybody concerned knows what the review is for, and what it is not for.",
    ),
    marker(
        "commissioning",
        "running",
        "Commissioning",
        "The reviewers were chosen for the skills and the independence that this review needs.",
    ),
    marker("governance", "running", "Governance", "It is clear to whom the review answers, and who challenges it."),
    marker("management", "running", "Management of the process", "The process is planned, resourced and kept to time."),
    marker(
        "parallel-processes",
        "running",
        "Parallel processes",
        "What runs beside the review is known, and each process knows what the other needs.",
    ),
    marker(
        "assembling-information",
        "running",
        "Assembling information",
        "The information gathered is enough for the questions asked, and no more than they need.",
    ),
    marker(
        "practitioner-involvement",
        "running",
        "Practitioner involvement",
        "Practitioners and managers could say how things looked to them, and were supported in it.",
    ),
    marker(
        "family-involvement",
        "running",
        "Family involvement",
        "The family could contribute in the way that suited them.",
    ),
    marker("analysis", "running", "Analysis", "The analysis goes beyond the case to what makes such practice likely."),
    marker("report", "outputs", "The report", "The report says clearly what was found and why it matters."),
    marker(
        "improvement-action",
        "outputs",
        "Improvement action",
        "The actions answer the findings, and somebody answers for each.",
    ),
    marker(
        "board-response",
        "outputs",
        "The board’s written response",
        "The board said in writing what it makes of the findings.",
    ),
    marker(
        "publication",
        "outputs",
        "Publication",
        "What is published is accessible, and those whom it concerns heard of it first.",
    ),
    marker(
        "implementation",
        "outputs",
        "Implementation and evaluation",
        "What was decided was done, and it is known whether it made a difference.",
    ),
)
BY_KEY: Mapping[str, Item] = {item.key: item for item in ITEMS}
PRINCIPLES = tuple(item for item in ITEMS if not item.is_marker)
MARKERS = tuple(item for item in ITEMS if item.is_marker)

# the exit questions: by the key of a stage, the markers that are asked before it is completed; an agency's own stage
# has none, because an agency answers for its part and not for the review
EXITS: Mapping[str, tuple[str, ...]] = {
    "criteria-screening": ("referral",),
    "panel-recommendation": ("referral",),
    "chair-decision": ("decision-making", "advising-members"),
    "partners-agreement": ("decision-making", "advising-members"),
    "theme-agreement": ("decision-making", "advising-members"),
    "lead-reviewer": ("commissioning",),
    "agencies-and-authors": ("assembling-information",),
    "initial-meeting": ("clarity-of-purpose", "management"),
    "terms-of-reference": ("clarity-of-purpose", "governance", "parallel-processes"),
    "audit-plan": ("clarity-of-purpose", "commissioning"),
    "deep-dive-plan": ("clarity-of-purpose", "commissioning"),
    "practice-plan": ("clarity-of-purpose", "commissioning"),
    "question": ("clarity-of-purpose",),
    "family-invitation": ("informing-family", "family-involvement"),
    "practitioners-and-families": ("practitioner-involvement", "family-involvement"),
    "combined-chronology": ("assembling-information",),
    "root-causes": ("analysis",),
    "review-team": ("management",),
    "conversations": ("practitioner-involvement",),
    "joint-meetings": ("practitioner-involvement", "analysis"),
    "learning-event": ("practitioner-involvement",),
    "whole-system-session": ("practitioner-involvement",),
    "practitioner-events": ("practitioner-involvement",),
    "reflective-meeting": ("practitioner-involvement", "analysis"),
    "statutory-duties": ("analysis",),
    "draft-report": ("analysis",),
    "recall-session": ("practitioner-involvement",),
    "audit-meeting": ("analysis",),
    "death-panel": ("parallel-processes", "assembling-information", "analysis"),
    "rapid-review-meeting": ("assembling-information", "analysis"),
    "local-review-decision": ("decision-making", "informing-family"),
    "update-meetings": ("management",),
    "report": ("assembling-information", "analysis", "report"),
    "youth-justice-report": ("analysis", "report"),
    "answer": ("analysis", "report"),
    "board-approval": ("governance", "board-response"),
    "board-response": ("board-response",),
    "publication-decision": ("publication",),
    "publication": ("publication",),
    "action-plan": ("improvement-action",),
    "dissemination": ("implementation",),
    "monitoring": ("improvement-action",),
    "re-audit": ("implementation",),
    "impact": ("implementation",),
    "closure": ("management", "implementation"),
}


def exit_items(key: str) -> tuple[Item, ...]:
    """What is asked when a stage is completed, by its key.

    The markers that bear on it; before the closure the principles, which are applied to all reviews [S000 2.1].
    """
    markers = tuple(BY_KEY[f"marker-{each}"] for each in EXITS.get(key, ()))
    return (*PRINCIPLES, *markers) if key == "closure" else markers
