"""Writing the letters: what each says, in words of templates/emails/, as plain text and as HTML.

A letter carries a reference, the title of a stage, the board's name, dates and a link: nothing about a
person, nothing about a case. That holds by construction: only the columns named here are read, none of
them is encrypted text, and a template is given the fields of its variables and nothing else.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from sqlalchemy import Select, select
from sqlmodel import Session

from casework.boards import board
from casework.mail.letter_variables import VARIABLES, OfAction, OfStage, Variables
from casework.mail.words import day, how_far
from casework.pipelines import find_stage, pipeline
from casework.settings import Settings
from models.record import OutboxMessage
from models.review import Agency, Review, Stage
from models.tables import table_of
from models.vocabulary import Template

LETTERS = Path(__file__).resolve().parents[2] / "templates" / "emails"
REVIEW, STAGE, AGENCY = table_of(Review).c, table_of(Stage).c, table_of(Agency).c
OF_REVIEW = (REVIEW.reference, REVIEW.board, REVIEW.type)
OF_STAGE = (
    *(STAGE.name.label("stage_name"), AGENCY.name.label("agency")),
    *(STAGE.due_on, STAGE.last_safe_on, STAGE.rule, STAGE.basis, STAGE.trigger, STAGE.trigger_on),
    STAGE.original_due_on,
)


@dataclass(frozen=True)
class Letter:
    """An e-mail as it is handed over: one line of subject, and the same words twice."""

    subject: str
    text: str
    html: str


def write_letter(session: Session, message: OutboxMessage, *, settings: Settings, today: date) -> Letter:
    """Write the letter of an outbox message as it has to read on the day `today`.

    Raises pydantic's ValidationError when something that its template needs is not there.
    """
    facts: dict[str, Any] = dict(message.details or {})
    facts |= {"address": settings.address, "today": today, "queued_at": message.queued_at}
    facts |= facts_of_review(session, message, settings.address)
    return render(message.template, VARIABLES[message.template].model_validate(facts))


def render(template: Template, variables: Variables) -> Letter:
    """The letter of a template with these variables; the first line of the plain text is the subject."""
    given = variables.model_dump()
    subject, _, text = environment().get_template(f"{template.value}.txt.jinja").render(given).partition("\n")
    html = environment().get_template(f"{template.value}.html.jinja").render(given, subject=subject)
    return Letter(subject, text.strip() + "\n", html)


def facts_of_review(session: Session, message: OutboxMessage, address: str) -> dict[str, Any]:
    """What a letter may say of a review and its stage; nothing where the message belongs to none."""
    if message.review_id is None:
        return {}
    row = session.execute(question(message)).mappings().one()
    facts: dict[str, Any] = dict(row)
    profile = board(row["board"])
    facts |= {"board": profile.name.value, "keep": profile.publishing.keep.value}
    facts["link"] = f"{address}/reviews/{quote(row['reference'], safe='')}"
    if message.stage_id is not None:
        facts["stage"] = title_of(row["type"], row["stage_name"], row["agency"])
        facts["in_time_for"] = in_time_for(row["type"], row["stage_name"])
    if issubclass(VARIABLES[message.template], OfStage):
        facts["link"] += f"/stages/{quote(row['stage_name'], safe=':')}"
    elif issubclass(VARIABLES[message.template], OfAction):
        facts["link"] += f"/actions/{quote((message.details or {}).get('number', ''), safe='')}"
    return facts


def question(message: OutboxMessage) -> Select[Any]:
    """The one query of a letter."""
    if message.stage_id is None:
        return select(*OF_REVIEW).where(REVIEW.id == message.review_id)
    joined = table_of(Stage).join(table_of(Review), REVIEW.id == STAGE.review_id)
    joined = joined.outerjoin(table_of(Agency), AGENCY.id == STAGE.agency_id)
    return select(*OF_REVIEW, *OF_STAGE).select_from(joined).where(STAGE.id == message.stage_id)


def title_of(review_type: str, stage_name: str, agency: str | None) -> str:
    """A stage's title as people know it: "Agency report (Police)"."""
    title = find_stage(review_type, stage_name).title
    return f"{title} ({agency})" if agency else title


def in_time_for(review_type: str, stage_name: str) -> str | None:
    """The title of the stage whose deadline binds this one, which has none of its own; None for every other stage."""
    spec = find_stage(review_type, stage_name)
    if spec.clock is not None or spec.within is None:
        return None
    return next(later.title for later in pipeline(review_type).stages if later.clock == spec.within)


@cache
def environment() -> jinja2.Environment:
    """The environment of all letters: HTML is escaped, and a name that is not there is an error."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(LETTERS),
        autoescape=jinja2.select_autoescape(enabled_extensions=("html.jinja",)),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(day=day, how_far=how_far)
    return environment
