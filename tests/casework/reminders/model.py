"""What people should hear, worked out by itself: from the sentences of the README, with a calendar of its own.

Nothing here comes from the code that is tested. Everything is counted in working days, as the boards' profiles do.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

BANK_HOLIDAYS = {
    date(2026, 12, 25),
    date(2026, 12, 28),
    date(2027, 1, 1),
    date(2027, 3, 26),
    date(2027, 3, 29),
    date(2027, 5, 3),
    date(2027, 5, 31),
    date(2027, 8, 30),
    date(2027, 12, 27),
    date(2027, 12, 28),
    date(2028, 1, 3),
}
OWNER, MANAGER, SUB_GROUP, CHAIR = "owner", "business-manager", "sub-group", "independent-chair"
LADDER = (MANAGER, SUB_GROUP, CHAIR)
SUNDAY_OR_SATURDAY = (5, 6)

What = tuple[str, str]  # a review's reference, and the title of the stage or the number of the action
APART = "\0"  # between the title of an answer, which several people may owe, and whose and which it is


@dataclass(frozen=True)
class Plan:
    """So many working days before and after a deadline its owner hears; so many after it, each rung.

    Who is asked for an answer gets a letter that day, and so no reminder.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    ladder: Mapping[str, int]
    is_answer: bool = False
    on_the_day: bool = True


USUAL = Plan((10, 3), (1, 5, 10), {MANAGER: 2, SUB_GROUP: 5, CHAIR: 10})
QUESTIONS = Plan((2,), (1, 5), {MANAGER: 2}, is_answer=True)
INVITATION = Plan((5, 2), (), {}, is_answer=True, on_the_day=False)
NATIONAL_PANEL_IN_NORTHAMPTONSHIRE = Plan((5, 2), (1, 3, 5), {MANAGER: 1, CHAIR: 3})


@dataclass(frozen=True)
class Seen:
    """A stage or action as it stands: whose it is, when it is due, whether it is owed, whether its review is held."""

    board: str
    owner: str
    due: date
    is_owed: bool
    is_held: bool
    plan: Plan = USUAL
    is_action: bool = False
    asked: tuple[object, ...] = ()  # what changes when somebody is asked anew


@dataclass
class Planned:
    """A rung that is to hear on a day, or on a working day after it."""

    rung: str
    day: date
    waits_until: date


@dataclass(frozen=True)
class Line:
    """What one e-mail says of one thing: an occasion."""

    what: What
    due: date
    rung: str
    day: date
    person: str


@dataclass
class Letter:
    """One person's e-mail of one board and day."""

    person: str
    board: str
    day: date
    lines: list[Line] = field(default_factory=list)
    is_gone: bool = False


Arrived = tuple[str, frozenset[tuple[What, bool]]]  # to whom, and of what: each as their own, or as somebody else's


def shown(what: What) -> What:
    """What an e-mail says of it."""
    return what[0], what[1].partition(APART)[0]


def is_quiet(day: date) -> bool:
    return day.weekday() in SUNDAY_OR_SATURDAY or day in BANK_HOLIDAYS


def working(day: date, step: int) -> date:
    """This day, or the next working one in a direction."""
    while is_quiet(day):
        day += timedelta(days=step)
    return day


def away(day: date, count: int, step: int) -> date:
    """So many working days from a day, in a direction."""
    for _ in range(count):
        day = working(day + timedelta(days=step), step)
    return day


def planned(plan: Plan, due: date, set_on: date) -> list[Planned]:
    """Who hears when of a deadline that is set on a day."""
    if due >= set_on:
        ahead = [away(due, count, -1) for count in plan.before] + [working(due, -1)]
        days = [day for day in ahead if day >= set_on]
    else:
        days = [set_on]
    start = max(due, set_on)
    days += [away(start, count, 1) for count in plan.after]
    if plan.is_answer:
        days = [day for day in days if day > set_on and (plan.on_the_day or day < due)]
    rungs = [(OWNER, day) for day in sorted(set(days))]
    rungs += [(rung, away(start, count, 1)) for rung, count in plan.ladder.items()]
    return [Planned(rung, day, day) for rung, day in rungs]


@dataclass
class Model:
    """What is planned, written and gone; fed with what is seen of reviews, with rounds, and with post."""

    things: dict[What, Seen] = field(default_factory=dict)
    plans: dict[What, list[Planned]] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    holders: Mapping[tuple[str, str], list[str]] = field(default_factory=dict)

    def see(self, things: Mapping[What, Seen], holders: Mapping[tuple[str, str], list[str]], today: date) -> None:
        """Take in how everything stands after something has happened."""
        self.holders = holders
        for what, now in things.items():
            before = self.things.get(what)
            if before is None or not before.is_owed:
                if now.is_owed:
                    self.take_out(what)
                    self.plans[what] = planned(now.plan, now.due, today)
            elif not now.is_owed:
                self.plans[what] = []
            elif (now.due, now.asked) != (before.due, before.asked):
                self.take_out(what)
                self.plans[what] = planned(now.plan, now.due, today)
            if before and now.is_owed and now.due == before.due:
                if now.is_held and not before.is_held:
                    self.say_later(what, (OWNER, *LADDER))
                if now.owner != before.owner:
                    self.say_later(what, (OWNER,))
        self.things.update(things)
        self.leave_to_others()

    def leave_to_others(self) -> None:
        """What has come up to somebody who has left the board, and has not gone, is planned again."""
        there = {(board, person) for (board, _), people in self.holders.items() for person in people}
        for letter in self.letters:
            gone = [
                line
                for line in letter.lines
                if line.rung != OWNER and (self.things[line.what].board, line.person) not in there
            ]
            if letter.is_gone or not gone:
                continue
            letter.lines = [line for line in letter.lines if line not in gone]
            for line in gone:
                if (line.rung, line.day) not in {(each.rung, each.day) for each in self.plans[line.what]}:
                    self.plans[line.what].append(Planned(line.rung, line.day, line.day))

    def take_out(self, what: What, rungs: Collection[str] = (OWNER, *LADDER)) -> list[Line]:
        """Strike out of every e-mail that has not gone what it says of one thing."""
        struck = []
        for letter in self.letters:
            if not letter.is_gone:
                struck += [line for line in letter.lines if line.what == what and line.rung in rungs]
                letter.lines = [line for line in letter.lines if line.what != what or line.rung not in rungs]
        return struck

    def say_later(self, what: What, rungs: Collection[str]) -> None:
        """What has not gone is planned again."""
        for line in self.take_out(what, rungs):
            if (line.rung, line.day) not in {(each.rung, each.day) for each in self.plans[what]}:
                self.plans[what].append(Planned(line.rung, line.day, line.day))

    def round(self, on: date, rungs: Collection[str]) -> None:
        """What is said on a day: nothing on a quiet one."""
        if is_quiet(on):
            return
        for what, thing in self.things.items():
            if thing.is_owed and not thing.is_held:
                come = [each for each in self.plans[what] if each.rung in rungs and each.waits_until <= on]
                self.owner_hears(what, [each for each in come if each.rung == OWNER], on)
                self.ladder_hears(what, [each for each in come if each.rung != OWNER], on)

    def owner_hears(self, what: What, come: list[Planned], on: date) -> None:
        """Of all that was missed the owner hears once, of the latest."""
        if come:
            latest = max(come, key=lambda each: each.day)
            said = self.tell(what, latest, [self.things[what].owner], on)
            self.forget(what, [each for each in come if said or each is not latest])

    def ladder_hears(self, what: What, come: list[Planned], on: date) -> None:
        """The lowest rung hears; those above it wait a working day. The owner hears in any case, so not as a rung."""
        if come:
            lowest, *others = sorted(come, key=lambda each: LADDER.index(each.rung))
            thing = self.things[what]
            people = [each for each in self.people(thing, lowest.rung) if each != thing.owner]
            if self.tell(what, lowest, people, on):
                self.forget(what, [lowest])
            for other in others:
                other.waits_until = away(on, 1, 1)

    def people(self, thing: Seen, rung: str) -> list[str]:
        """Whoever stands on a rung: the chair of the sub-group recommends such reviews, or monitors actions."""
        sub_group = "monitoring-chair" if thing.is_action else "panel-chair"
        return self.holders.get((thing.board, sub_group if rung == SUB_GROUP else rung), [])

    def forget(self, what: What, done: Iterable[Planned]) -> None:
        """They need not come again."""
        gone = [id(each) for each in done]
        self.plans[what] = [each for each in self.plans[what] if id(each) not in gone]

    def tell(self, what: What, planned: Planned, people: list[str], on: date) -> bool:
        """Put an occasion into the e-mails of the day; False where one of those has gone without it."""
        in_time = True
        for person in people:
            line = Line(what, self.things[what].due, planned.rung, planned.day, person)
            if any(line in letter.lines for letter in self.letters):
                continue
            letter = self.letter(person, self.things[what].board, on)
            if letter.is_gone:
                in_time = False
            else:
                letter.lines.append(line)
                self.gather(letter)
        return in_time

    def letter(self, person: str, board: str, on: date) -> Letter:
        """The e-mail of a person, board and day."""
        whose = (person, board, on)
        found = [each for each in self.letters if (each.person, each.board, each.day) == whose]
        if not found:
            found = [Letter(*whose)]
            self.letters += found
        return found[0]

    def gather(self, into: Letter) -> None:
        """An e-mail says what earlier ones were to say and have not."""
        for each in self.letters:
            if each is not into and not each.is_gone and (each.person, each.board) == (into.person, into.board):
                into.lines += each.lines
                each.lines = []

    def post(self) -> list[Arrived]:
        """Every e-mail that waits goes, with what holds by now; one with nothing left does not."""
        arrived: list[Arrived] = []
        for letter in self.letters:
            if not letter.is_gone:
                letter.is_gone = True
                said = frozenset((shown(line.what), line.rung == OWNER) for line in letter.lines if self.holds(line))
                arrived += [(letter.person, said)] if said else []
        return arrived

    def holds(self, line: Line) -> bool:
        thing = self.things[line.what]
        owner = line.rung != OWNER or thing.owner == line.person
        return thing.is_owed and not thing.is_held and thing.due == line.due and owner
