"""Refusals in the words of the page: labels and titles where a command line names keys, dates as people write them."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup
from pydantic import BaseModel

from casework.clock import spoken
from dashboard.remedies import link_for
from dashboard.shapes import field_at, sentence_case
from models import vocabulary
from models.errors import Empty, Fault, InputError, LearningCycleError
from models.remedies import Remedy
from models.vocabulary import Term
from models.wording import Key, Sentence

Titles = Mapping[str, str]
REMEDY = "remedy!"  # no field; in the summary it stands last, for the sentence about a field is a link to the field
FILE = ("file",)  # comes beside a form's own fields, and its sentence stands right beside it
TERMS: dict[str, str] = {
    member.value: member.label
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, Term)
    for member in kind
}


def in_words(said: object, titles: Titles | None = None) -> str:
    """A sentence, or a value in one: keys as titles (‘no-review’ as ‘No review’), dates spelt out."""
    if isinstance(said, Sentence):
        return said.put(lambda value: in_words(value, titles))
    if isinstance(said, (Term, Key)):
        return (titles or {}).get(said) or TERMS.get(said, said)
    return spoken(said) if type(said) is date else str(said)


def lines_of_refusal(refusal: LearningCycleError, titles: Titles | None = None) -> tuple[str, ...]:
    """All that a refusal says, one line a fault; the last has a link to its remedy."""
    faults = refusal.faults if isinstance(refusal, InputError) else (refusal.sentence,)
    *lines, last = (said_of(each, titles) if isinstance(each, Fault) else in_words(each, titles) for each in faults)
    return (*lines, with_remedy(last, refusal.remedy))


def errors_of_refusal(
    refusal: LearningCycleError, form: type[BaseModel], titles: Titles | None = None
) -> dict[str, str]:
    """One sentence a field, by its name in the page ('events-1-held_on'); '' for the form as a whole."""
    if not isinstance(refusal, InputError):
        return {"": with_remedy(in_words(refusal.sentence, titles), refusal.remedy)}
    found: dict[str, str] = {}
    for each in refusal.faults:
        name, sentence = located(each, form, titles) if isinstance(each, Fault) else ("", in_words(each, titles))
        found[name] = f"{found[name]} {sentence}" if name in found else sentence
    return found | ({REMEDY: with_remedy("", refusal.remedy)} if refusal.remedy else {})


def located(fault: Fault, form: type[BaseModel], titles: Titles | None) -> tuple[str, str]:
    """The name in the page of the field that a fault is about, and what is wrong, under the field's label."""
    name, label, _ = field_at(form, fault.field)
    return "file" if fault.field == FILE else name, said_of(fault, titles, label)


def said_of(fault: Fault, titles: Titles | None, label: str = "") -> str:
    """What is wrong with a field; one left empty is only asked for, for it stands beside the sentence."""
    if label and isinstance(fault, Empty):
        return in_words(fault.wanted, titles)
    if fault.field == FILE:
        return quoted(fault, titles)
    called = label or sentence_case(str(fault.field[-1]))
    return f"{called}{'' if called.endswith('?') else ':'} {quoted(fault, titles)}"


def quoted(fault: Fault, titles: Titles | None) -> str:
    """What was given, unless it is not said again, and what is wanted."""
    given = "" if fault.given is None else f"‘{in_words(fault.given, titles)}’ "
    return f"{given}{in_words(fault.wanted, titles)}"


def with_remedy(said: str, remedy: Remedy | None) -> str:
    """What is said, and what to do about it: a link where a page has it."""
    if remedy is None:
        return said
    link = link_for(remedy)
    if not link.address:
        return f"{said} {link.words}".strip()
    return Markup('{} <a class="govuk-link" href="{}">{}</a>.').format(said, link.address, link.words).strip()
