"""Where two boards' frameworks differ, in the order in which a business manager would ask."""

from collections.abc import Iterator
from dataclasses import dataclass

from casework.framework.board_answers import questions_of
from casework.framework.editions import clocks_under, edition
from models.profile import BOARD, BoardProfile, Cited, Clock, Kind
from models.vocabulary import TRIGGERS, Role

SEATS = ("Recommends", "Decides", "Agrees", "Approves", "Monitors")
FOR_EACH_TYPE = ("Deadlines", "Publication", "How often")


@dataclass(frozen=True)
class Statement:
    """What one board says, and where; `cite` is empty where it says nothing."""

    value: str
    cite: str = ""


@dataclass(frozen=True)
class Difference:
    """One point in which two boards differ: `topic` is the question, `about` the review type or the part of it."""

    topic: str
    about: str
    first: Statement
    second: Statement


@dataclass(frozen=True)
class Point:
    """One thing that a profile says. Two profiles agree on it where what is `compared` is the same."""

    said: Statement
    compared: tuple[object, ...]


Points = dict[tuple[str, str], Point]
NOT_RUN, NOTHING, NOT_ASKED = Statement("Not run"), Statement("Nothing"), Statement("Not asked")


def differences(first: BoardProfile, second: BoardProfile) -> list[Difference]:
    """Every point in which two profiles differ, topic by topic."""
    shared = [type_ for type_ in first.reviews if type_ in second.reviews]
    ours, theirs = all_points(first, shared), all_points(second, shared)
    order = list(dict.fromkeys([*ours, *theirs]))
    topics = list(dict.fromkeys([*TOPICS, *(topic for topic, _ in order)]))
    return [
        Difference(topic, about, statement_on(ours, (topic, about)), statement_on(theirs, (topic, about)))
        for topic, about in sorted(order, key=lambda point: topics.index(point[0]))
        if compared(ours, (topic, about)) != compared(theirs, (topic, about))
    ]


TOPICS = (
    "Edition",
    "Review types",
    "Local names",
    "What each type suits",
    *SEATS,
    "National Panel",
    "Deadlines",
    "Publication",
    "How often",
    "Learning",
    "Dissemination",
    "Titles",
    "Left open",
)
MISSING = {"Review types": NOT_RUN, "Left open": NOT_ASKED}


def statement_on(points_of_one: Points, key: tuple[str, str]) -> Statement:
    """What a profile says on a point, or that it says nothing."""
    return points_of_one[key].said if key in points_of_one else MISSING.get(key[0], NOTHING)


def compared(points_of_one: Points, key: tuple[str, str]) -> tuple[object, ...]:
    """What makes two profiles agree on a point."""
    return points_of_one[key].compared if key in points_of_one else ()


def all_points(profile: BoardProfile, shared: list[str]) -> Points:
    """All that a profile says; of a review type that only one board runs, no more than that it does."""
    found = dict(points_of_board(profile))
    for type_, kind in profile.reviews.items():
        found["Review types", shared_title(type_)] = Point(Statement(kind.name, kind.cite), ("run",))
        if type_ in shared:
            found |= dict(of_type(profile, type_, kind))
    for key, asks in questions_of(profile):
        kind_asked = profile.kind(key.rpartition(".")[0])
        if not kind_asked or key.rpartition(".")[0] in shared:
            cite = kind_asked.cite if kind_asked else profile.framework.cite
            found["Left open", key] = Point(Statement(asks, cite), ("open",))
    return found


def points_of_board(profile: BoardProfile) -> Iterator[tuple[tuple[str, str], Point]]:
    """What holds for a whole board."""
    editions = ", then ".join(each.value for each in profile.editions)
    yield ("Edition", "Working Together"), Point(Statement(editions, cites_of(profile.editions)), (editions,))
    publishing = profile.publishing
    yield from value_in_words("Publication", "Reports", publishing.report)
    yield from value_in_words("Publication", "Stays on the website", publishing.keep)
    yield from value_in_words("Publication", "Afterwards", publishing.afterwards)
    yield from value_in_words("Learning", "Learning summary", profile.learning_summary)
    most = profile.most_recommendations
    if most:
        yield ("Learning", "Most recommendations"), Point(Statement(str(most.value), most.cite), (most.value,))
    ways = profile.dissemination
    if ways:
        listed = "; ".join(each.value for each in ways)
        yield ("Dissemination", "Channels"), Point(Statement(listed, cites_of(ways)), (listed,))
    for role, body in profile.roles.items():
        yield ("Titles", role.label), Point(Statement(body.title, body.cite), (body.title, body.cite == BOARD))


def of_type(profile: BoardProfile, type_: str, kind: Kind) -> Iterator[tuple[tuple[str, str], Point]]:
    """What a profile says of a review type that both boards run."""
    name = shared_title(type_)
    names = "; ".join((kind.name, *(each.value for each in kind.also)))
    yield (
        ("Local names", name),
        Point(Statement(names, listed_cites([kind.cite, *(each.cite for each in kind.also)])), (names,)),
    )
    if kind.suits:
        suits = "; ".join(each.label for each in kind.suits)
        cited = listed_cites(list(kind.suits.values()))
        yield ("What each type suits", name), Point(Statement(suits, cited), (frozenset(kind.suits),))
    yield from points_of_seats(profile, kind, name)
    told = kind.national_panel
    if told:
        yield ("National Panel", name), Point(Statement(told.value.label, told.cite), (told.value,))
    yield from points_of_deadlines(profile, type_, kind)
    yield from value_in_words("Publication", name, kind.publishes)
    yield from value_in_words("Publication", f"{name}: may be withheld", kind.may_withhold)
    yield from value_in_words("How often", name, kind.cadence)


def points_of_seats(profile: BoardProfile, kind: Kind, name: str) -> Iterator[tuple[tuple[str, str], Point]]:
    """Who recommends, decides, agrees, approves and monitors. Roles are compared, not their local titles."""
    for seat in SEATS:
        who = getattr(kind, seat.lower())
        if who:
            roles: tuple[Role, ...] = (who.value, *who.either)
            titles = " or ".join(profile.title(role) for role in roles)
            yield (seat, name), Point(Statement(titles, who.cite), (frozenset(roles), who.cite == BOARD))


def points_of_deadlines(profile: BoardProfile, type_: str, kind: Kind) -> Iterator[tuple[tuple[str, str], Point]]:
    """The deadlines of a review type under the latest edition that the framework names."""
    latest = edition(profile.editions[-1].value)
    for name, clock in clocks_under(kind, type_, latest).items():
        own = kind.clocks.get(name) is clock
        cite = clock.cite if own else f"{latest.key}: {clock.cite}"
        counted = f"{clock.rule} from {TRIGGERS.get(clock.trigger, clock.trigger)}"
        yield (
            ("Deadlines", f"{shared_title(type_)}: {key_in_words(name)}"),
            Point(Statement(counted, cite), counted_from(clock)),
        )


def counted_from(clock: Clock) -> tuple[object, ...]:
    """What a deadline counts, and from when."""
    return clock.period, clock.trigger


def value_in_words(topic: str, about: str, value: Cited[str] | None) -> Iterator[tuple[tuple[str, str], Point]]:
    """A value in words, where there is one; a board's own choice differs from the same value in its framework."""
    if value:
        yield (topic, about), Point(Statement(value.value, value.cite), (value.value, value.cite == BOARD))


def cites_of(values: tuple[Cited[str], ...]) -> str:
    """The paragraphs of several values."""
    return listed_cites([each.cite for each in values])


def listed_cites(several: list[str]) -> str:
    """Paragraphs, each once."""
    return "; ".join(dict.fromkeys(several))


def shared_title(type_: str) -> str:
    """A review type under the name that all boards share."""
    return key_in_words(type_).capitalize()


def key_in_words(key: str) -> str:
    """A key as words."""
    return key.replace("-", " ")
