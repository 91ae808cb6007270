"""Days closed by proclamation: every departure since 1971 from what the rules alone would say.

When a holiday is proclaimed, add a row. `holidays` knows most of these days too, but not since when.
"""

from dataclasses import dataclass
from datetime import date

from casework.clock.wording import day_and_month


@dataclass(frozen=True, slots=True)
class Closure:
    """A day that is not a working day because somebody said so.

    `known_on` is the day from which people could know; None where that is not recorded, and then the closure
    counts as always known. `instead_of` is the ordinary date of a holiday that was moved: a working day
    once the move is known, closed until then.
    """

    day: date
    why: str
    known_on: date | None
    source: str
    instead_of: date | None = None

    def is_known(self, as_known_on: date | None) -> bool:
        """Whether it was known on that day; None asks for everything known so far."""
        return as_known_on is None or self.known_on is None or self.known_on <= as_known_on

    @property
    def reason(self) -> str:
        """What to tell somebody who asks why the day is closed."""
        if self.instead_of is None:
            return self.why
        return f"{self.why}, moved from {day_and_month(self.instead_of)}"


PROCLAIMED = (
    Closure(date(1973, 11, 14), "Wedding of Princess Anne", None, "general knowledge"),
    Closure(
        date(1974, 1, 1),
        "New Year's Day",
        None,
        "general knowledge: its first year, proclaimed in October 1973",
    ),
    Closure(
        date(1977, 6, 6),
        "Spring bank holiday",
        date(1977, 1, 19),
        "HC Deb 19 January 1977 vol 924 c191W: announced by then at the latest",
        instead_of=date(1977, 5, 30),
    ),
    Closure(
        date(1977, 6, 7),
        "Silver Jubilee",
        date(1977, 1, 19),
        "HC Deb 19 January 1977 vol 924 c191W: announced by then at the latest",
    ),
    Closure(date(1981, 7, 29), "Wedding of the Prince of Wales", None, "general knowledge"),
    Closure(
        date(1995, 5, 8),
        "Early May bank holiday",
        date(1993, 12, 16),
        "HL Deb 16 December 1993 vol 550 c135WA",
        instead_of=date(1995, 5, 1),
    ),
    Closure(date(1999, 12, 31), "Millennium", None, "general knowledge: decided in 1998 after a consultation"),
    Closure(date(2002, 6, 3), "Golden Jubilee", date(2000, 11, 24), "BBC News, 24 November 2000"),
    Closure(
        date(2002, 6, 4),
        "Spring bank holiday",
        date(2000, 11, 24),
        "BBC News, 24 November 2000",
        instead_of=date(2002, 5, 27),
    ),
    Closure(
        date(2011, 4, 29),
        "Wedding of Prince William",
        date(2010, 11, 23),
        "general knowledge: Downing Street, on the day",
    ),
    Closure(
        date(2012, 6, 4),
        "Spring bank holiday",
        date(2010, 1, 5),
        "general knowledge: Lord Mandelson in the House of Lords",
        instead_of=date(2012, 5, 28),
    ),
    Closure(
        date(2012, 6, 5),
        "Diamond Jubilee",
        date(2010, 1, 5),
        "general knowledge: Lord Mandelson in the House of Lords",
    ),
    Closure(
        date(2020, 5, 8),
        "Early May bank holiday",
        date(2019, 6, 7),
        "general knowledge: the Department for Business, for the 75th anniversary of VE Day",
        instead_of=date(2020, 5, 4),
    ),
    Closure(
        date(2022, 6, 2),
        "Spring bank holiday",
        date(2020, 11, 12),
        "general knowledge: the Department for Culture",
        instead_of=date(2022, 5, 30),
    ),
    Closure(
        date(2022, 6, 3),
        "Platinum Jubilee",
        date(2020, 11, 12),
        "general knowledge: the Department for Culture",
    ),
    Closure(
        date(2022, 9, 19),
        "State funeral of Queen Elizabeth II",
        date(2022, 9, 10),
        "proclaimed on 10 September 2022: alaveteli #7292, whatdotheyknow-theme #1392",
    ),
    Closure(
        date(2023, 5, 8),
        "Coronation of King Charles III",
        date(2022, 11, 6),
        "general knowledge: Downing Street, on the day",
    ),
)
