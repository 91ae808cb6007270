"""Where the links of a letter may lead."""

from casework.mail.letter_form import LetterMisshapen
from casework.mail.letter_words import Words
from casework.mail.variables import Variables


def check_links(words: Words, variables: Variables) -> None:
    """Raises LetterMisshapen where the letter asks for nothing, or a link leads out of the dashboard."""
    if variables.link not in words.linked:
        raise LetterMisshapen("The letter has lost its link. Write it on a line of its own: ‘[Open]({{ link }})’.")
    if not all(address.startswith(f"{variables.address}/") for address in words.addresses):
        raise LetterMisshapen("A link of the letter leads out of the product. Use the links that it is given.")
