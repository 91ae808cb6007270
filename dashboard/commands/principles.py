"""`learning-cycle principles`: how a review meets the principles and the quality markers."""

from typing import Annotated

import typer
from sqlmodel import Session

from casework.framework.principles import ITEMS
from casework.people.directory import find_person, names
from casework.quality.answers import NOTE, answer, answers_of, item_called
from casework.views.review import find_review
from dashboard.arguments import AsJson, Ref
from dashboard.desk import desk, say
from dashboard.presenters.principles import answered_in_words
from models.tables import id_of


def principles(
    reference: Ref,
    item: Annotated[
        str | None, typer.Argument(metavar="ITEM", help="The key of a principle or marker, as this command lists it.")
    ] = None,
    standing: Annotated[
        str | None,
        typer.Argument(
            metavar="STANDING",
            help="One of One of One of One of One of One of One of One of One of One of One of One of One of One of "
            "One of One of One of One of One of One of One of One of One of One of One of One of One of One of "
            "One of One of One of One of One of One of One of One of One of One of One of held-to, "
            "partly-held-to, not-held-to or does-not-apply.",
        ),
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who answers: an e-mail address.")] = None,
    note: Annotated[str | None, typer.Option(help="The evidence for it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show how a review meets the principles and markers; with ITEM, STANDING and --by, answer one first."""
    at = desk()
    if item is not None:
        field = item_called(item).field
        typed = {field: standing} | ({field + NOTE: note} if note else {})
        with at.store.transaction() as session:
            answer(at.act(session, find_person(session, by or "")), reference, typed)
    with at.store.reading() as session:
        show(session, reference, as_json=as_json)


def show(session: Session, reference: str, *, as_json: bool) -> None:
    """Print the checklist."""
    answers = answers_of(session, id_of(find_review(session, reference)))
    people = names(session, (each.by for each in answers.values()))
    found = [
        {"item": item.key, "heading": item.heading, "cite": item.cite}
        | (
            {"standing": said.standing, "note": said.note, "by": people[said.by], "at": said.at, "stage": said.stage}
            if (said := answers.get(item.key))
            else {"standing": None}
        )
        for item in ITEMS
    ]
    lines = [f"{each['item']}: {each['standing'] or 'not answered'}" for each in found]
    say(found, "\n".join([f"{reference}: {answered_in_words(answers)}.", *lines]), as_json=as_json)
