"""Which of the notices that have come ring today, which wait, and which are done with. No database is touched."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from casework.outbox.due_notices import DueNotice
from models.vocabulary import ABOVE, Hears, Rung


@dataclass
class ChosenNotices:
    """What a round does: which notices ring, which come `later`, and which need not come again (`done`)."""

    rings: list[DueNotice] = field(default_factory=list)
    later: list[DueNotice] = field(default_factory=list)
    done: list[DueNotice] = field(default_factory=list)


def choose_notices(come: Iterable[DueNotice], quiet: Collection[str]) -> ChosenNotices:
    """One notice for each thing: of missed days the latest; of the ladder its lowest rung, one rung a day.

    So after an outage its owner hears once of all that was missed, and nobody hears of it before the rung below them
    has had a day. What is held, or of a board that keeps `quiet` today, waits.
    """
    chosen = ChosenNotices()
    by_subject: dict[str, list[DueNotice]] = {}
    for due in come:
        if due.waits or due.board in quiet:
            continue
        if due.stands:
            by_subject.setdefault(due.subject, []).append(due)
        else:
            chosen.done.append(due)
    for of_one in by_subject.values():
        choose_one(of_one, chosen)
    return chosen


def choose_one(of_one: list[DueNotice], chosen: ChosenNotices) -> None:
    """Of one thing: the latest day of its owner, or the lowest rung of its ladder."""
    owners = [due for due in of_one if due.rung is Rung.OWNER]
    ladder = sorted((due for due in of_one if due.rung is not Rung.OWNER), key=lambda due: ABOVE.index(due.rung))
    chosen.done += [*owners, *ladder[:1]]
    chosen.later += ladder[1:]
    chosen.rings += [max(owners, key=lambda due: due.on_day)] if owners else []
    chosen.rings += ladder[:1]


def wishes_not_to(due: DueNotice, person_id: int, on: date, switched_off: set[tuple[int, Hears]]) -> bool:
    """Whether a person has switched this off; a duty cannot be."""
    return (person_id, due.hears(on)) in switched_off and not due.is_duty(on)
