"""A letter to look at: with real data, and with nothing that would let whoever looks act in somebody else's name."""

from casework.letters.naming import ADDRESS, EXAMPLE, example
from casework.letters.previews import without_answers
from casework.letters.variables import OfReview
from models.vocabulary import Template

SIGNED = f"{ADDRESS}/answer/A-link_of-somebody-else"
HARMLESS = f"{ADDRESS}/answer/example"


class Listed(OfReview):
    """A letter with a list of letters, each with a link of its own."""

    items: tuple[OfReview, ...] = ()


def test_a_link_to_answer_by_is_made_up_wherever_it_stands() -> None:
    inner = OfReview.model_validate(EXAMPLE | {"answer": SIGNED})
    shown = without_answers(Listed.model_validate(EXAMPLE | {"link": SIGNED, "items": (inner,)}))

    assert isinstance(shown, Listed)
    assert (shown.link, shown.items[0].answer) == (HARMLESS, HARMLESS)
    assert shown.items[0].link == EXAMPLE["link"]


def test_what_is_no_such_link_stays() -> None:
    assert without_answers(example(Template.STAGE_OPENED)) == example(Template.STAGE_OPENED)
