"""The slides for a practitioners' learning workshop: the learning, one message a slide, and no facts of the case."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import PP_PLACEHOLDER

from casework.documents.dossier import Dossier
from casework.documents.messages import split
from casework.documents.word import describe
from casework.documents.wording import listed, paragraphs, plain
from models.errors import InputError
from models.forms.inquiry import LearningSummary, PractitionerEvents, Report, TermsOfReference
from models.forms.method import LearningEvent, RecallSession, WholeSystemSession

TITLE, LIST, MESSAGE = 0, 1, 2  # the layouts of the template, in its order
FOOTINGS = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
CHECK = "Draft from the review’s records. Before you show it, check that nothing in it reveals the case or a person."
PURPOSE = (
    "To learn together from a review of how we worked together",
    "To understand why things happened as they did, without blame and without hindsight",
    "To take away what we can do differently",
)
NEXT = (
    "The learning becomes actions, each with an organisation and a date. The {monitor} follows them up.",
    "The next reviews, audits and data will show whether anything has changed.",
)
QUESTIONS = (
    "What in this do you recognise from your own practice?",
    "What helps you to do it well, and what gets in the way?",
    "What will you do differently from tomorrow, and what do you need from others for that?",
)


ONE_EVENT: dict[str, type[LearningEvent | WholeSystemSession | RecallSession]] = {
    "Learning event": LearningEvent,
    "Whole system session": WholeSystemSession,
    "Recall session": RecallSession,
}


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: its title and the lines below it."""

    title: str
    lines: tuple[str, ...]


def learning_slides(template: Path, review: Dossier, *, title: str, made_at: datetime) -> bytes:
    """The slides as a PowerPoint file; `template` has layouts for the title, a list and one message, in this order.

    `title` goes into the file's properties. Raises InputError for a template with fewer layouts.
    """
    deck = Presentation(str(template))
    if len(deck.slide_layouts) <= MESSAGE:
        raise InputError(
            f"{template.name}: has {len(deck.slide_layouts)} layouts. Give it three: for the title, for a list and for "
            "one message; or take the file out of the folder documents/ to use the product’s own."
        )
    opening = ("Learning workshop for practitioners", review.board)
    add(deck, TITLE, Slide(f"{review.name}: what we have learnt", opening))
    for slide in messages(review):
        add(deck, MESSAGE if len(slide.lines) == 1 else LIST, slide)
    describe(deck.core_properties, title=title, author=review.board, made_at=made_at)
    written = BytesIO()
    deck.save(written)
    return written.getvalue()


def messages(review: Dossier) -> Iterator[Slide]:
    """The slides after the title: why, how, what was learnt, what to talk about, what happens next."""
    yield Slide("Why we are here", PURPOSE)
    yield Slide("How the review learnt", tuple(how(review)))
    yield from learning(review)
    yield Slide("What to talk about", QUESTIONS)
    yield Slide("What happens next", tuple(line.format(monitor=review.seats.monitor.title) for line in NEXT))


def how(review: Dossier) -> Iterator[str]:
    """How the review went about it: method, agencies, events."""
    terms, events = review.outcome(TermsOfReference), review.outcome(PractitionerEvents)
    if terms:
        yield f"Methodology: {terms.methodology.label}"
    if reported := [part.name for part in review.agencies if part.report]:
        yield f"Reports from {listed(reported)}"
    for event in events.events if events else ():
        yield f"{event.kind.label}: {event.attended} practitioners and managers took part"
    for kind, form in ONE_EVENT.items():
        if held := review.outcome(form):
            yield f"{kind}: {held.attended} practitioners and managers took part"
    yield "Led by somebody independent of the organisations reviewed"


def learning(review: Dossier) -> Iterator[Slide]:
    """The messages of the learning summary, else its learning; until it is recorded, the findings and the agencies'."""
    summary = review.outcome(LearningSummary)
    if summary is None:
        yield from learning_so_far(review)
    elif summary.slides_for_workshop:
        yield from one_each("Learning point", summary.slides_for_workshop)
    else:
        yield from one_each("Learning for all of us", summary.multi_agency_learning)
        yield from one_each("Learning for each agency", summary.single_agency_learning)


def learning_so_far(review: Dossier) -> Iterator[Slide]:
    """The findings of the report, then what each agency has learnt."""
    report = review.outcome(Report)
    yield from one_each("Learning for all of us", report.findings if report else "")
    for part in review.agencies:
        yield from one_each(f"What {part.name} has learnt", part.report.learning if part.report else "")


def one_each(title: str, text: str) -> list[Slide]:
    """A slide for each line of a text, numbered where there are several; a long line goes on over more than one."""
    said = [piece for line in paragraphs(text) for piece in split(line)]
    if len(said) == 1:
        return [Slide(title, (said[0],))]
    return [Slide(f"{title} ({number} of {len(said)})", (message,)) for number, message in enumerate(said, 1)]


def add(deck: Any, layout: int, slide: Slide) -> None:
    """Put a slide at the end, with the footer and the number that its layout has, and the reminder in its notes."""
    made = deck.slides.add_slide(deck.slide_layouts[layout])
    write(made.shapes.title.text_frame, slide.title)
    write(made.placeholders[1].text_frame, *slide.lines)
    for shape in made.slide_layout.placeholders:
        if shape.placeholder_format.type in FOOTINGS:
            footing = deepcopy(shape._element)
            footing.nvSpPr.cNvPr.id = made.shapes._next_shape_id
            made.shapes._spTree.append(footing)
    made.notes_slide.notes_text_frame.text = CHECK


def write(frame: Any, *lines: str) -> None:
    """The lines as paragraphs of a frame, in British English."""
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = plain(line)
        run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
