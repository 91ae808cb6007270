"""Under which edition of the national guidance something stands, and how that agrees with the one in force."""

from datetime import date

from casework.clock.wording import day
from casework.framework.editions import national_edition_on
from models.edition import Edition
from models.errors import NotFound


def beside_national(found: Edition, on: date) -> str:
    """That another edition was in force in the country on a day; nothing where it is the same, or none is known."""
    try:
        national = national_edition_on(found.country, on)
    except NotFound:
        return ""
    if national.key == found.key:
        return ""
    return (
        f"In {found.country.label} another edition was in force on {day(on)}: {national.title}. The board’s framework "
        "does not name that one, and the review keeps to the edition that the framework names."
    )
