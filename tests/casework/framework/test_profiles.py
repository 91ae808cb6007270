"""Profiles: every value cited, and mistakes said with their place and remedy."""

from pathlib import Path

import pytest

from casework.framework.cited_files import citations, in_words
from casework.framework.editions import edition
from casework.framework.profiles import board, board_names, read_profile
from models.errors import NotFound, ProfileError
from models.profile import BOARD

PROFILES = Path(__file__).parents[3] / "deployments" / "boards"


def spoilt(tmp_path: Path, old: str, new: str) -> Path:
    """Northamptonshire's profile with one thing changed."""
    text = (PROFILES / "northamptonshire.toml").read_text()
    assert old in text
    path = tmp_path / "spoilt.toml"
    path.write_text(text.replace(old, new))
    return path


def refusal_of(path: Path) -> str:
    with pytest.raises(ProfileError) as refusal:
        read_profile(path)
    return str(refusal.value)


def line_of(path: Path, words: str) -> int:
    return next(number for number, line in enumerate(path.read_text().splitlines(), 1) if words in line)


@pytest.mark.parametrize("name", ["barking-and-dagenham", "northamptonshire"])
def test_every_value_of_a_framework_cites_its_paragraph(name: str) -> None:
    profile = board(name)
    cites = [cite for _, cite in citations(profile)]

    assert name in board_names()
    assert len(cites) > 25
    assert [cite for cite in cites if cite != BOARD and not cite.startswith(tuple(profile.sources))] == []


@pytest.mark.parametrize("name", ["barking-and-dagenham", "northamptonshire"])
def test_no_deadline_is_the_boards_own_invention(name: str) -> None:
    clocks = [clock for kind in board(name).reviews.values() for clock in kind.clocks.values()]

    assert [clock for clock in clocks if clock.cite == BOARD] == []


def test_northamptonshires_deadlines_are_those_of_its_framework() -> None:
    clocks = board("northamptonshire").reviews["serious-case-review"].clocks

    assert {name: (clock.rule, clock.trigger, clock.cite) for name, clock in clocks.items()} == {
        "chair-decision": ("1 month", "notified_on", "S001 Serious Case Reviews, paragraph 1"),
        "national-panel": ("14 days", "decided_on", "S001 Serious Case Reviews, paragraph 1"),
        "completion": ("6 months", "decided_on", "S001 Serious Case Reviews, paragraph 3"),
        "publication-period": ("12 months", "published_on", "S001 Serious Case Reviews, paragraph 3"),
    }


def test_a_rule_that_cannot_be_counted_is_refused_on_its_line(tmp_path: Path) -> None:
    path = spoilt(tmp_path, 'rule = "14 days"', 'rule = "14 moons"')

    with pytest.raises(ProfileError) as refusal:
        read_profile(path)

    assert str(refusal.value).startswith(
        f"{path}, line {line_of(path, '14 moons')}: reviews.serious-case-review.clocks.national-panel.rule — "
    )


def test_a_citation_of_an_unknown_source_is_refused_with_those_there_are(tmp_path: Path) -> None:
    path = spoilt(
        tmp_path,
        'Audit Sub Group"\ncite = "S001 Multi Agency Audits, paragraph 2"',
        'Audit Sub Group"\ncite = "S009 Multi"',
    )

    with pytest.raises(ProfileError) as refusal:
        read_profile(path)

    assert str(refusal.value) == (
        f"{path}, line {line_of(path, '[roles.monitoring-chair]')}: roles.monitoring-chair cites ‘S009 Multi’. Begin a "
        "citation with one of the sources (S001, WT2013), or write ‘board’ where the board itself chose the value."
    )


def test_a_value_without_its_citation_is_refused(tmp_path: Path) -> None:
    path = spoilt(
        tmp_path, 'title = "LSCB Independent Chair"\ncite = "S001 Serious Case Reviews, paragraph 1"', 'title = "C"'
    )

    with pytest.raises(ProfileError, match=r"roles.independent-chair.cite is missing. Add it, with the paragraph"):
        read_profile(path)


def test_a_misspelt_key_is_refused_on_its_line(tmp_path: Path) -> None:
    path = spoilt(tmp_path, "[reminders]\nbefore", "[reminders]\nbefor")

    with pytest.raises(ProfileError, match="reminders.befor is not a key that a profile knows") as refusal:
        read_profile(path)

    assert f"line {line_of(path, 'befor =')}: reminders.befor is not" in str(refusal.value)


def test_a_type_that_no_pipeline_knows_and_a_date_that_nothing_records_are_refused(tmp_path: Path) -> None:
    unknown = spoilt(tmp_path, "[reviews.practice-learning-review", "[reviews.deep-drive")
    with pytest.raises(ProfileError, match="‘deep-drive’ is not a review type. The types are: serious-case-review, "):
        read_profile(unknown)

    dateless = spoilt(tmp_path, 'trigger = "published_on"', 'trigger = "printed_on"')
    with pytest.raises(ProfileError, match="‘printed_on’ is not a date that a serious-case-review records"):
        read_profile(dateless)


def test_an_edition_that_is_not_there_is_refused_with_those_there_are(tmp_path: Path) -> None:
    path = spoilt(
        tmp_path, 'value = "WT2013", cite = "S001 Introduction', 'value = "WT2012", cite = "S001 Introduction'
    )

    assert refusal_of(path) == (
        f"{path}, line {line_of(path, 'editions =')}: ‘WT2012’ is not an edition of the national guidance. The "
        "editions are: WALES2012, WALES2015, WT2013, WT2015, WT2018, WT2023."
    )


def test_editions_of_two_countries_are_refused(tmp_path: Path) -> None:
    path = spoilt(tmp_path, "editions = [", 'editions = [{ value = "WALES2015", cite = "WT2013" }, ')

    assert refusal_of(path) == (
        f"{path}, line {line_of(path, 'editions =')}: WALES2015, WT2013 are guidance for two countries. A board "
        "works in one: keep only its own country’s."
    )


NOTIFICATION = """
[reviews.rapid-review.clocks.serious-incident-notification]
rule = "{rule}"
trigger = "aware_on"
basis = "local"
cite = "board"
explains = "Agreed by the partners."
"""


def partnership_with(tmp_path: Path, rule: str) -> Path:
    """The partnership's profile with a notification deadline of its own."""
    path = tmp_path / "partnership.toml"
    text = (PROFILES / "safeguarding-children-partnership.toml").read_text()
    path.write_text(text + NOTIFICATION.format(rule=rule))
    return path


def test_a_deadline_that_contradicts_statute_is_refused_on_its_line(tmp_path: Path) -> None:
    path = partnership_with(tmp_path, "10 working days")
    where = f"{path}, line {line_of(path, '[reviews.rapid-review.clocks.serious-incident-notification]')}"

    assert refusal_of(path).split("\n") == [
        f"{where}: reviews.rapid-review.clocks.serious-incident-notification is ‘10 working days’ from aware_on, but "
        f"{key} sets ‘5 working days’ from aware_on by statute, which no framework can change. Take the deadline out; "
        "the edition supplies it."
        for key in ("WT2018", "WT2023")
    ]


def test_a_deadline_that_repeats_statute_is_accepted(tmp_path: Path) -> None:
    kind = read_profile(partnership_with(tmp_path, "5  Working Days")).reviews["rapid-review"]

    assert kind.clocks["serious-incident-notification"].rule == "5  Working Days"
    assert edition("WT2023").clocks["rapid-review"]["serious-incident-notification"].rule == "5 working days"


def test_what_a_review_type_suits_is_cited_like_everything_else(tmp_path: Path) -> None:
    path = spoilt(tmp_path, 'suits.criteria-met = "S001 Intro', 'suits.criteria-met = "S008 Intro')

    assert refusal_of(path).startswith(
        f"{path}, line {line_of(path, 'S008')}: reviews.serious-case-review.suits.criteria-met cites ‘S008 Intro"
    )


def test_a_review_that_begins_with_a_theme_suits_no_referral(tmp_path: Path) -> None:
    path = spoilt(tmp_path, "[reviews.thematic-audit]", '[reviews.thematic-audit]\nsuits.good-practice = "board"')

    assert refusal_of(path) == (
        f"{path}, line {line_of(path, 'suits.good-practice')}: a thematic-audit begins with a theme, so it suits no "
        "referral. Take suits out."
    )


def test_a_citation_in_words_has_the_titles_of_its_sources() -> None:
    sources = {"A1": "First report, 2014", "B2": "Second report"}

    assert in_words("A1 paragraph 3; B2", sources) == "First report, 2014, paragraph 3; Second report"
    assert in_words("C3 paragraph 3", sources) == "C3 paragraph 3"
    assert in_words("board", sources) == "Chosen by the board; the framework is silent"


def test_a_seat_needs_a_role_with_a_title(tmp_path: Path) -> None:
    path = spoilt(tmp_path, "[roles.panel-chair]", "[roles.board-member-of-old]")

    with pytest.raises(ProfileError):
        read_profile(path)


def test_what_is_not_toml_or_not_there_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("name = ")

    with pytest.raises(ProfileError, match="is not TOML"):
        read_profile(broken)
    with pytest.raises(ProfileError, match="cannot be read as text"):
        read_profile(tmp_path / "missing.toml")
    with pytest.raises(NotFound, match="There is no board profile named ‘../etc’"):
        board("../etc")
