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
from models.forms.inquiry import LearningSummary, PractitionerEvents, Report, TermsOfReference

TITLE_SLIDE, MESSAGE_SLIDE = 0, 1
FOOTINGS = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)
CHECK = (
    "Draft from the review’s records. Before it is shown, check that nothing on it tells of the case or of a person."
)
QUESTIONS = (
    "What in this do you recognise from your own practice?",
    "What helps you to do it well, and what gets in the way?",
    "What will you do differently from tomorrow, and what do you need from others for that?",
)


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: its title and the lines below it."""

    title: str
    lines: tuple[str, ...]


def learning_slides(template: Path, review: Dossier, *, made_at: datetime) -> bytes:
    """The slides as a PowerPoint file; `template` has a layout for the title first and one for messages second."""
    deck = Presentation(str(template))
    add(
        deck,
        TITLE_SLIDE,
        Slide(f"{review.name}: what we have learnt", ("Learning workshop for practitioners", review.board)),
    )
    for slide in messages(review):
        add(deck, MESSAGE_SLIDE, slide)
    describe(deck.core_properties, title=f"Learning slides, {review.reference}", author=review.board, made_at=made_at)
    written = BytesIO()
    deck.save(written)
    return written.getvalue()


def messages(review: Dossier) -> Iterator[Slide]:
    """The slides after the title: why, how, what was learnt, what changes, what to talk about."""
    yield Slide("Why we are here", (
        "To learn together from a review of how we worked together",
        "To understand why things happened as they did, without blame and without hindsight",
        "To take away what we can do differently",
    ))  # fmt: skip
    yield Slide("How the review learnt", tuple(how(review)))
    yield from learning(review)
    yield Slide("What to talk about", QUESTIONS)
    yield Slide("What happens next", (
        f"The learning becomes actions, each with an organisation and a date. {review.seats.monitor.title} follows them up.",
        "The next reviews, audits and data will show whether anything has changed.",
    ))  # fmt: skip


def how(review: Dossier) -> Iterator[str]:
    """How the review went about it: method, agencies, events."""
    terms, events = review.outcome(TermsOfReference), review.outcome(PractitionerEvents)
    if terms:
        yield f"Methodology: {terms.methodology.label}"
    if reported := [part.name for part in review.agencies if part.report]:
        yield f"Reports from {listed(reported)}"
    for event in events.events if events else ():
        yield f"{event.kind.label}: {event.attended} practitioners and managers took part"
    yield "Led by somebody independent of the organisations reviewed"


def learning(review: Dossier) -> Iterator[Slide]:
    """The messages of the learning summary once it is recorded; until then the learning of agencies and findings."""
    summary, report = review.outcome(LearningSummary), review.outcome(Report)
    if summary and summary.slides_for_workshop:
        yield from one_each("Learning point", summary.slides_for_workshop)
        return
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
    made.shapes.title.text = plain(slide.title)
    body = made.placeholders[1].text_frame
    body.text = plain(slide.lines[0])
    for line in slide.lines[1:]:
        body.add_paragraph().text = plain(line)
    for run in [
        run
        for frame in (made.shapes.title.text_frame, body)
        for paragraph in frame.paragraphs
        for run in paragraph.runs
    ]:
        run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
    for shape in made.slide_layout.placeholders:
        if shape.placeholder_format.type in FOOTINGS:
            made.shapes._spTree.append(deepcopy(shape._element))
    made.notes_slide.notes_text_frame.text = CHECK
