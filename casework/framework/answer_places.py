"""The places of a profile that an answer of the board can fill, and what each accepts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from casework.framework.answer_readings import (
    in_words,
    panel_duty,
    read_choice,
    read_length,
    read_number,
    read_period,
    read_summarised,
    read_trigger_name,
    read_words,
)
from casework.framework.editions import edition
from casework.framework.pipelines import PIPELINES
from casework.framework.pipelines.table import Seat
from models.profile import BOARD, BoardProfile, Cited, Clock, Kind, Who
from models.vocabulary import TRIGGERS, Basis, Role

SEATS: tuple[str, ...] = get_args(Seat)
NO_SEAT = (
    Role.BOARD_MEMBER,
    Role.SAFEGUARDING_LEAD,
    Role.LEAD_REVIEWER,
    Role.AGENCY_AUTHOR,
    Role.ACTION_OWNER,
    Role.INSPECTOR,
    Role.CALENDAR,
)
IN_WORDS = {"cadence": "cadence", "publishes": "publishes", "update-meetings": "update_meetings"}
NOBODY = "nobody"  # recommends: the person who decides does so alone
STARTS = {  # what a deadline counts from unless the answer says otherwise; the first that the review records
    "chair-decision": ("notified_on",),
    "national-panel": ("decided_on",),
    "theme-agreement": ("proposed_on",),
    "publication-period": ("published_on",),
    "completion": ("initial_meeting_on", "decided_on", "theme_decided_on"),
}
A_LENGTH = "a length of time, such as “1 month” or “10 working days”"


@dataclass(frozen=True)
class AnswerPlace:
    """Where an answer goes.

    `path` leads there in the profile's data; empty where the answer changes nothing and is only kept in words.
    `read` turns what was typed into that data, or raises InputError. `wanted` says what it accepts, `stands` what
    holds until it is answered, and `settled` the paragraph by which the framework itself has settled it.
    """

    path: tuple[str, ...]
    wanted: str
    read: Callable[[str], Any]
    stands: str = ""
    settled: str | None = None


def place_of(profile: BoardProfile, key: str) -> AnswerPlace:
    """The place that a question's key names: "keep", or "thematic-audit.cadence" for that of a review type."""
    type_, _, name = key.rpartition(".")
    kind = profile.kind(type_)
    return of_review(profile, type_, kind, name) if kind else of_board(profile, name)


def of_board(profile: BoardProfile, name: str) -> AnswerPlace:
    """The place of a question about the whole board."""
    if name == "keep":
        keep = profile.publishing.keep
        return AnswerPlace(("publishing", "keep"), A_LENGTH, read_length, keep.value, settling_paragraph(keep))
    if name == "most-recommendations":
        most = profile.most_recommendations
        path = ("most_recommendations",)
        return AnswerPlace(
            path, "a whole number from 1", read_number, str(most.value) if most else "", settling_paragraph(most)
        )
    if name == "learning-summary":
        said = profile.learning_summary
        path = ("learning_summary",)
        return AnswerPlace(path, "“yes” or “no”", read_summarised, said.value if said else "", settling_paragraph(said))
    if name in profile.roles:
        body = profile.roles[Role(name)]
        cite = None if body.cite == BOARD else body.cite
        return AnswerPlace(
            ("roles", name), "a title", lambda text: {"title": read_words(text), "cite": BOARD}, body.title, cite
        )
    return AnswerPlace((), "a few words", read_words)


def of_review(profile: BoardProfile, type_: str, kind: Kind, name: str) -> AnswerPlace:
    """The place of a question about a review type."""
    start = ("reviews", type_)
    if name in SEATS:
        return of_seat(profile, (*start, name), getattr(kind, name))
    if name in IN_WORDS:
        said: Cited[str] | None = getattr(kind, IN_WORDS[name])
        return AnswerPlace(
            (*start, IN_WORDS[name]), "a few words", in_words, said.value if said else "", settling_paragraph(said)
        )
    if name == "national-panel":
        duty = kind.national_panel
        path = (*start, "national_panel")
        return AnswerPlace(
            path, "“always” or “on-request”", panel_duty, duty.value.label if duty else "", settling_paragraph(duty)
        )
    if name in clocks_of(type_):
        national = edition(profile.editions[-1].value).clocks.get(type_, {}).get(name)
        return of_clock((*start, "clocks", name), clocks_of(type_)[name], kind.clocks.get(name), national)
    return AnswerPlace((), "a few words", read_words)


def of_seat(profile: BoardProfile, path: tuple[str, ...], who: Who | None) -> AnswerPlace:
    """Who recommends, decides, agrees, approves or monitors: one of the board's roles, or of those it may choose."""
    among = (who.value, *who.either) if who and who.either else tuple(profile.roles)
    choices = {role.value: profile.title(role) for role in among if role not in NO_SEAT}
    choices |= {NOBODY: ""} if path[-1] == "recommends" else {}

    def read(text: str) -> dict[str, Any] | None:
        role = read_choice(text, choices)
        if role == NOBODY:
            return None
        if not who or not who.either:
            return {"value": role, "cite": BOARD}
        return {"value": role, "either": [each for each in choices if each != role], "cite": who.cite}

    wanted = f"one of {', '.join(choices)}"
    fixed = None if who and who.either else settling_paragraph(who)
    return AnswerPlace(path, wanted, read, profile.title(who.value) if who else "", fixed)


def of_clock(path: tuple[str, ...], days: list[str], own: Clock | None, national: Clock | None) -> AnswerPlace:
    """A deadline of a review type, which counts from one of `days`. What statute sets is settled."""
    starts = {day: TRIGGERS.get(day, day) for day in days}
    usual = next((day for day in STARTS.get(path[-1], ()) if day in starts), "")

    def read(text: str) -> dict[str, Any]:
        rule, _, start = text.partition(" from ")
        return {
            "rule": read_period(rule),
            "trigger": read_trigger_name(start.strip() or usual, starts),
            "basis": Basis.LOCAL.value,
            "cite": BOARD,
            "explains": "The board set this length of time itself; its framework gives none.",
        }

    binding = national if national and national.basis is Basis.STATUTE else own
    clock = binding or national
    wanted = f"{A_LENGTH}; counted from {starts[usual]}" if usual else f"{A_LENGTH}, with “from” and a recorded date"
    stands = f"{clock.rule} from {starts.get(clock.trigger, clock.trigger)}" if clock else ""
    return AnswerPlace(path, wanted, read, stands, binding.cite if binding and binding.cite != BOARD else None)


def clocks_of(type_: str) -> Mapping[str, list[str]]:
    """The deadlines that a review type knows, each with the dates that the review records and it may count from."""
    stages = PIPELINES[type_].stages if type_ in PIPELINES else ()
    days = [name for stage in stages for name in stage.form.facts if name.endswith("_on")]
    return {stage.clock: days for stage in stages if stage.clock}


def settling_paragraph(said: Cited[Any] | None) -> str | None:
    """The paragraph that settles a value; None where the board chose it, or where there is none."""
    return said.cite if said and said.cite != BOARD else None
