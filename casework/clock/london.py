"""The one zone of every board, and the way from an instant to the days and times of its clocks, and back.

Instants are kept in UTC; what people write and read is London's. An instant at 23:30 UTC in July is the next day in
London, so it is always converted before its date is taken.
"""

from datetime import UTC, date, datetime, time

import pendulum

LONDON = pendulum.timezone("Europe/London")


def in_london(moment: datetime) -> datetime:
    """An aware datetime: one without an offset is a time in London.

    The hour that comes twice when summer time ends is the first one (`fold` says otherwise), so that no
    deadline counted from it is late; the hour left out when it starts is read as if the clocks had not moved.
    """
    return moment if moment.tzinfo else moment.replace(tzinfo=LONDON)


def london_moment(on: date, at: time) -> datetime:
    """The moment at which clocks in London show this time on this day, whatever their offset is by then."""
    return datetime.combine(on, at, LONDON)


def london_time(moment: datetime) -> datetime:
    """The moment as the clocks in London showed it: never a time that did not exist."""
    return moment.astimezone(UTC).astimezone(LONDON)


def london_day(trigger: date | datetime) -> date:
    """The day on which the trigger fell in London."""
    if not isinstance(trigger, datetime):
        return trigger
    if trigger.tzinfo is LONDON:
        return trigger.date()
    return trigger.astimezone(LONDON).date()


def clock_change(trigger: date | datetime) -> str | None:
    """A sentence for a time in London that the change of the clocks left out or brought twice; else None."""
    if not isinstance(trigger, datetime) or trigger.tzinfo is not LONDON:
        return None
    actual = london_time(trigger)
    if actual.replace(tzinfo=None) != trigger.replace(tzinfo=None):
        return f"The clocks went forward over {trigger:%H:%M} that day, so it is read as {actual:%H:%M %Z}."
    if trigger.utcoffset() != trigger.replace(fold=1 - trigger.fold).utcoffset():
        which = f"the {'second' if trigger.fold else 'first'}, {trigger:%Z}"
        return f"The clocks went back that day; {trigger:%H:%M} came twice and is read as {which}."
    return None
