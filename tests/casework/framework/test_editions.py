"""Editions: every rule on dates counted by hand, the edition of a day, statute before local rules, relaxations."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from casework.clock import deadline
from casework.framework.cited_files import citations
from casework.framework.editions import (
    FOLDER,
    clocks_under,
    edition,
    edition_for,
    edition_names,
    kind_under,
    national_edition_on,
    read_edition,
    relaxation_of,
)
from casework.framework.profiles import board
from models.edition import Country, DecisionTree, Relaxation
from models.errors import NotFound, ProfileError
from models.profile import BoardProfile, Cited, Clock, Kind
from models.vocabulary import Basis

RAPID, LOCAL, SERIOUS = "rapid-review", "local-child-safeguarding-practice-review", "serious-case-review"
NOTIFICATION, PUBLICATION, PERIOD = "serious-incident-notification", "publication", "publication-period"
STATUTE, GUIDANCE, PANEL = Basis.STATUTE, Basis.STATUTORY_GUIDANCE, Basis.PANEL_GUIDANCE


def spoilt(tmp_path: Path, key: str, old: str, new: str) -> Path:
    """An edition's file with one thing changed."""
    text = (FOLDER / f"{key}.toml").read_text()
    assert old in text
    path = tmp_path / f"{key}.toml"
    path.write_text(text.replace(old, new))
    return path


def refusal_of(path: Path) -> str:
    with pytest.raises(ProfileError) as refusal:
        read_edition(path)
    return str(refusal.value)


def line_of(path: Path, words: str) -> int:
    return next(number for number, line in enumerate(path.read_text().splitlines(), 1) if words in line)


def under(*keys: str) -> BoardProfile:
    """A board that works under these editions."""
    named = tuple(Cited[str](value=key, cite="S001 title") for key in keys)
    return board("northamptonshire").model_copy(update={"editions": named})


def with_clock(type_: str, name: str, clock: Clock) -> Kind:
    """A review type of some board with one deadline of its own."""
    kind = board("safeguarding-children-partnership").reviews[type_]
    return kind.model_copy(update={"clocks": {name: clock}})


def a_clock(rule: str, trigger: str) -> Clock:
    return Clock(rule=rule, trigger=trigger, basis=Basis.LOCAL, cite="board", explains="The board’s own.")


def test_the_rules_of_every_edition_are_these_and_no_others() -> None:
    assert {
        (key, type_, name): (clock.rule, clock.trigger, clock.basis)
        for key in edition_names()
        for type_, clocks in edition(key).clocks.items()
        for name, clock in clocks.items()
    } == {
        ("WT2013", SERIOUS, "chair-decision"): ("1 month", "notified_on", GUIDANCE),
        ("WT2013", SERIOUS, "completion"): ("6 months", "decided_on", GUIDANCE),
        ("WT2013", SERIOUS, PERIOD): ("12 months", "published_on", GUIDANCE),
        ("WT2015", SERIOUS, "chair-decision"): ("1 month", "notified_on", GUIDANCE),
        ("WT2015", SERIOUS, "completion"): ("6 months", "decided_on", GUIDANCE),
        ("WT2015", SERIOUS, PERIOD): ("12 months", "published_on", GUIDANCE),
        ("WT2018", RAPID, NOTIFICATION): ("5 working days", "aware_on", STATUTE),
        ("WT2018", RAPID, RAPID): ("15 working days", "panel_notified_on", PANEL),
        ("WT2018", LOCAL, PUBLICATION): ("6 months", "decided_on", GUIDANCE),
        ("WT2018", LOCAL, PERIOD): ("1 year", "published_on", GUIDANCE),
        ("WT2023", RAPID, NOTIFICATION): ("5 working days", "aware_on", STATUTE),
        ("WT2023", RAPID, RAPID): ("15 working days", "panel_notified_on", PANEL),
        ("WT2023", LOCAL, PUBLICATION): ("6 months", "decided_on", GUIDANCE),
        ("WT2023", LOCAL, PERIOD): ("1 year", "published_on", GUIDANCE),
    }


@pytest.mark.parametrize(
    ("key", "type_", "name", "trigger", "due"),
    [
        ("WT2013", SERIOUS, "chair-decision", date(2014, 1, 31), date(2014, 2, 28)),  # February has no 31st
        ("WT2013", SERIOUS, "completion", date(2014, 2, 28), date(2014, 8, 28)),
        ("WT2013", SERIOUS, PERIOD, date(2014, 9, 1), date(2015, 9, 1)),
        ("WT2015", SERIOUS, "chair-decision", date(2016, 1, 30), date(2016, 2, 29)),  # a leap year
        ("WT2015", SERIOUS, "completion", date(2016, 8, 31), date(2017, 2, 28)),
        ("WT2015", SERIOUS, PERIOD, date(2017, 3, 6), date(2018, 3, 6)),
        ("WT2018", RAPID, NOTIFICATION, date(2018, 12, 14), date(2018, 12, 21)),  # from Friday to Friday
        ("WT2018", RAPID, NOTIFICATION, date(2018, 12, 21), date(2019, 1, 2)),  # Christmas, Boxing Day, New Year’s Day
        ("WT2018", RAPID, RAPID, date(2019, 1, 2), date(2019, 1, 23)),  # three weeks, from Wednesday
        ("WT2018", LOCAL, PUBLICATION, date(2019, 8, 31), date(2020, 2, 29)),
        ("WT2018", LOCAL, PERIOD, date(2020, 2, 29), date(2021, 2, 28)),
        ("WT2023", RAPID, NOTIFICATION, date(2024, 3, 28), date(2024, 4, 8)),  # Good Friday and Easter Monday
        ("WT2023", RAPID, RAPID, date(2024, 4, 8), date(2024, 4, 29)),
        ("WT2023", LOCAL, PUBLICATION, date(2024, 5, 31), date(2024, 11, 30)),
        ("WT2023", LOCAL, PERIOD, date(2024, 12, 2), date(2025, 12, 2)),
    ],
)
def test_every_rule_gives_the_date_counted_by_hand(key: str, type_: str, name: str, trigger: date, due: date) -> None:
    assert deadline(edition(key).clocks[type_][name].period, trigger).due == due


def test_every_edition_has_its_country_its_criteria_and_its_days() -> None:
    found = [edition(key) for key in edition_names()]

    assert [(each.key, each.country, each.criteria.value, each.in_force_from.value) for each in found] == [
        ("WALES2012", Country.WALES, DecisionTree.CHILD_PRACTICE_REVIEW, date(2013, 1, 1)),
        ("WALES2015", Country.WALES, DecisionTree.CHILD_PRACTICE_REVIEW, date(2016, 4, 6)),
        ("WT2013", Country.ENGLAND, DecisionTree.REGULATION_5, date(2013, 4, 15)),
        ("WT2015", Country.ENGLAND, DecisionTree.REGULATION_5, date(2015, 3, 26)),
        ("WT2018", Country.ENGLAND, DecisionTree.SERIOUS_INCIDENT, date(2018, 7, 4)),
        ("WT2023", Country.ENGLAND, DecisionTree.SERIOUS_INCIDENT, date(2023, 12, 15)),
    ]


@pytest.mark.parametrize("country", list(Country))
def test_each_edition_ends_the_day_before_the_next_begins(country: Country) -> None:
    in_order = sorted(
        (each for key in edition_names() if (each := edition(key)).country is country),
        key=lambda each: each.in_force_from.value,
    )
    ends = [each.in_force_until and each.in_force_until.value for each in in_order]

    assert ends == [*(each.in_force_from.value - timedelta(days=1) for each in in_order[1:]), None]


def test_every_value_of_an_edition_cites_a_source_that_it_names() -> None:
    for key in edition_names():
        found = edition(key)
        cites = [cite for _, cite in citations(found)]

        assert [cite for cite in cites if cite.split(" ")[0].rstrip(",;") not in found.sources] == []
        assert {"criteria", "in_force_from"} <= {place[0] for place, _ in citations(found)}


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2013, 4, 15), "WT2013"),
        (date(2015, 3, 25), "WT2013"),
        (date(2015, 3, 26), "WT2015"),
        (date(2018, 7, 3), "WT2015"),
        (date(2018, 7, 4), "WT2018"),
        (date(2023, 12, 14), "WT2018"),
        (date(2023, 12, 15), "WT2023"),
        (date(2031, 1, 1), "WT2023"),
    ],
)
def test_the_edition_of_england_changes_on_the_day_on_which_the_next_begins(day: date, key: str) -> None:
    assert national_edition_on(Country.ENGLAND, day).key == key
    assert edition_for(under("WT2013", "WT2015", "WT2018", "WT2023"), day).key == key


def test_the_edition_of_wales_changes_in_april_2016() -> None:
    found = [national_edition_on(Country.WALES, day).key for day in (date(2016, 4, 5), date(2016, 4, 6))]

    assert found == ["WALES2012", "WALES2015"]


def test_a_day_before_all_editions_is_refused_with_the_first() -> None:
    with pytest.raises(NotFound) as refusal:
        national_edition_on(Country.ENGLAND, date(2012, 12, 31))

    assert str(refusal.value) == (
        "No known edition for England was in force on 2012-12-31. The first is WT2013, from 2013-04-15: give that "
        "day or a later one."
    )


def test_a_board_goes_on_under_the_last_edition_its_framework_names() -> None:
    assert edition_for(under("WT2015"), date(2019, 6, 1)).key == "WT2015"
    assert edition_for(under("WT2013", "WT2015"), date(2019, 6, 1)).key == "WT2015"
    assert edition_for(under("WT2013", "WT2018"), date(2016, 6, 1)).key == "WT2013"


def test_before_all_editions_that_its_framework_names_a_board_works_under_the_first() -> None:
    assert edition_for(under("WT2018", "WT2015"), date(2014, 6, 1)).key == "WT2015"


def test_an_unknown_edition_is_refused_with_those_there_are() -> None:
    for key in ("WT2099", "../WT2013", "wt2013"):
        with pytest.raises(NotFound) as refusal:
            edition(key)

        assert str(refusal.value) == (
            f"There is no edition ‘{key}’. The editions are: WALES2012, WALES2015, WT2013, WT2015, WT2018, WT2023."
        )


def test_the_edition_supplies_the_deadlines_that_a_framework_leaves_out() -> None:
    profile = board("barking-and-dagenham")
    own, national = profile.reviews[SERIOUS].clocks, edition("WT2015").clocks[SERIOUS]

    assert "chair-decision" not in own
    assert kind_under(profile, SERIOUS, "WT2015").clocks == {**own, "chair-decision": national["chair-decision"]}


def test_a_deadline_of_the_framework_comes_before_guidance() -> None:
    local = a_clock("4 months", "decided_on")
    found = clocks_under(with_clock(LOCAL, PUBLICATION, local), LOCAL, edition("WT2018"))

    assert found == {PUBLICATION: local, PERIOD: edition("WT2018").clocks[LOCAL][PERIOD]}


def test_no_framework_overrides_statute() -> None:
    local = a_clock("10 working days", "aware_on")
    found = clocks_under(with_clock(RAPID, NOTIFICATION, local), RAPID, edition("WT2023"))

    assert found == edition("WT2023").clocks[RAPID]


def test_a_type_of_which_the_edition_says_nothing_keeps_its_own_deadlines() -> None:
    kind = board("barking-and-dagenham").reviews["practice-learning-review"]

    assert clocks_under(kind, "practice-learning-review", edition("WT2015")) == kind.clocks


def test_a_merged_review_type_is_made_once_and_differs_in_its_deadlines_only() -> None:
    profile = board("barking-and-dagenham")
    found = kind_under(profile, SERIOUS, "WT2015")

    assert kind_under(profile, SERIOUS, "WT2015") is found
    assert found.model_copy(update={"clocks": {}}) == profile.reviews[SERIOUS].model_copy(update={"clocks": {}})
    assert kind_under(profile.model_copy(), SERIOUS, "WT2015") is not found


def test_a_type_that_the_board_does_not_run_is_refused() -> None:
    with pytest.raises(NotFound, match="Northamptonshire Local Safeguarding Children Board runs no rapid-review. It "):
        kind_under(board("northamptonshire"), RAPID, "WT2018")


def test_a_relaxation_holds_for_a_deadline_that_was_running_when_it_began() -> None:
    rapid, local = edition("WT2018").relaxations

    # Monday 9 March 2020 and 15 working days end on Monday 30 March, the first day of the window
    assert relaxation_of(edition("WT2018"), RAPID, RAPID, date(2020, 3, 9)) == rapid
    assert relaxation_of(edition("WT2018"), RAPID, RAPID, date(2020, 3, 6)) is None
    assert relaxation_of(edition("WT2018"), LOCAL, PUBLICATION, date(2019, 9, 30)) == local
    assert relaxation_of(edition("WT2018"), LOCAL, PUBLICATION, date(2019, 9, 29)) is None


def test_a_relaxation_ends_with_its_last_day() -> None:
    ends = Relaxation(
        types=(RAPID,),
        clock=RAPID,
        since=date(2020, 3, 30),
        until=date(2020, 9, 30),
        cite="DEVON",
        explains="For a test.",
    )
    bounded = edition("WT2018").model_copy(update={"relaxations": (ends,)})

    assert relaxation_of(bounded, RAPID, RAPID, date(2020, 9, 30)) == ends
    assert relaxation_of(bounded, RAPID, RAPID, date(2020, 10, 1)) is None


def test_the_notification_was_never_relaxed_nor_was_what_the_edition_does_not_set() -> None:
    assert relaxation_of(edition("WT2018"), RAPID, NOTIFICATION, date(2020, 4, 1)) is None
    assert relaxation_of(edition("WT2018"), RAPID, "completion", date(2020, 4, 1)) is None
    assert relaxation_of(edition("WT2023"), RAPID, RAPID, date(2024, 4, 1)) is None


def test_a_relaxation_whose_end_no_source_gives_says_that_the_board_must_say() -> None:
    open_ended = [(key, each) for key in edition_names() for each in edition(key).relaxations if each.until is None]

    assert [(key, each.types, each.clock) for key, each in open_ended] == [
        ("WT2015", (SERIOUS,), "completion"),
        ("WT2018", (RAPID,), RAPID),
        ("WT2018", (LOCAL,), PUBLICATION),
    ]
    assert {edition(key).left_open["relaxation-end"] for key, _ in open_ended} == {
        (
            "No source was found for the day on which the relaxation of 30 March 2020 ended; the board says whether it "
            "still held."
        )
    }


def test_a_rule_that_cannot_be_counted_is_refused_on_its_line(tmp_path: Path) -> None:
    path = spoilt(tmp_path, "wt2018", 'rule = "15 working days"', 'rule = "15 moons"')

    assert refusal_of(path).startswith(
        f"{path}, line {line_of(path, '15 moons')}: clocks.rapid-review.rapid-review.rule — "
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("2013-13-01", "is not TOML: line {line}: ‘2013-13-01’"),
        ("2013-02-30", "is not TOML: line {line}: ‘2013-02-30’"),
        ("15/04/2013", "is not TOML: line {line}: ‘15/04/2013’"),
        ('"2013-13-01"', "line {line}: in_force_from.value: ‘2013-13-01’"),
    ],
)
def test_a_day_that_is_none_is_refused_on_its_line_with_how_to_write_one(tmp_path: Path, given: str, said: str) -> None:
    path = spoilt(tmp_path, "wt2013", "in_force_from = { value = 2013-04-15", f"in_force_from = {{ value = {given}")
    line = line_of(path, "in_force_from")

    assert f"{said.format(line=line)} is not a date: write it as 2014-05-06." in refusal_of(path)


def test_a_citation_of_an_unknown_source_is_refused_on_the_line_of_its_own_entry(tmp_path: Path) -> None:
    path = spoilt(
        tmp_path,
        "wt2018",
        'clock = "publication"\nsince = 2020-03-30\ncite = "TRAFFORD2020"',
        'clock = "publication"\nsince = 2020-03-30\ncite = "BOLTON"',
    )
    second = line_of(path, 'types = ["local-child-safeguarding-practice-review"]') - 1

    assert refusal_of(path) == (
        f"{path}, line {second}: relaxations.1 cites ‘BOLTON’. Begin a citation with one of the sources "
        "(CA2004, SURREY2018, CUMBERLAND2023, WTO2018, DEVON, TRAFFORD2020, NOTTS)."
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'key = "WT2018"',
            'key = "WT2019"',
            "key is ‘WT2019’, but the file is called wt2018.toml. Call it wt2019.toml",
        ),
        (
            'trigger = "aware_on"',
            'trigger = "heard_on"',
            "‘heard_on’ is not a date that a rapid-review records. Its dates are: ",
        ),
        ("[clocks.rapid-review.rapid-review]", "[clocks.rapid-review.rapid]", "‘rapid’ is not a deadline of a rapid-r"),
        (
            "[clocks.rapid-review.",
            "[clocks.rapid.",
            "‘rapid’ is not a review type. The types are: serious-case-review, ",
        ),
        ('clock = "publication"', 'clock = "printing"', "‘printing’ is not a deadline that this edition sets for a lo"),
        ("value = 2023-12-14", "value = 2017-12-14", "in_force_until is 2017-12-14, before in_force_from, 2018-07-04"),
        ("since = 2020-03-30", "since = 2020-03-30\nuntil = 2020-03-29", "it ends on 2020-03-29, before it begins on"),
        (
            'country = "england"',
            'county = "kent"',
            "county is not a key that an edition knows. Take it out, or correct",
        ),
        (
            'criteria = { value = "serious-incident"',
            'criteria = { value = "threshold"',
            "Input should be 'regulation-5'",
        ),
    ],
)
def test_what_cannot_be_right_in_an_edition_is_refused_with_its_remedy(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert said in refusal_of(spoilt(tmp_path, "wt2018", old, new))
