"""How nearly two wordings say the same: by their words, whatever the order, the filler and the endings.

Words alone decide, so that the same text always gets the same answer and nothing leaves the installation. The
threshold stands between pairs that a board would call the same and pairs that only look alike: of the pairs in
tests/casework/findings/likely_pairs.py those that ask for the same reach 77 or more, those that do not at most 74.
"""

NEARLY_THE_SAME = 75  # of 100
SHORTEST_STEM = 4
ENDINGS = ("ings", "ing", "ers", "ies", "ed", "es", "s")
FILLER = """
    a an the and or of to in on for by with at from all every each any that which who it its is are be been being as
    must should shall will has have make makes sure ensure ensures so their they this these across agencies agency
    board lscb
"""
LEFT_OUT = frozenset(FILLER.split())


def significant_words(text: str) -> str:
    """The words that carry a wording, without endings and in alphabetical order; where there are none, all of it."""
    from rapidfuzz import utils  # noqa: PLC0415 -- slow import, needed where there is something to compare

    words = utils.default_process(text.replace("’", "").replace("'", "")).split()
    carrying = sorted(without_ending(word) for word in words if word not in LEFT_OUT)
    return " ".join(carrying or sorted(words)) or text.strip()


def without_ending(word: str) -> str:
    """A word without its ending, where enough of it is left."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def similarity(one: str, other: str) -> float:
    """How like two wordings are, from 0 to 100."""
    from rapidfuzz import fuzz  # noqa: PLC0415 -- the same

    return fuzz.ratio(significant_words(one), significant_words(other))
