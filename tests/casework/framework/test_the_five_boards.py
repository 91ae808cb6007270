"""What the five frameworks say, and how they differ: every expectation was written by hand from their texts."""

from collections.abc import Iterator
from typing import Any

import pytest

from casework.framework.answer_places import SEATS, place_of
from casework.framework.board_answers import questions_of
from casework.framework.cited_files import citations
from casework.framework.pipelines.table import Seat
from casework.framework.profiles import board_names, profile_as_shipped
from models.profile import BOARD, Cited, Kind

FIVE = ("barking-and-dagenham", "croydon", "gloucestershire", "northamptonshire", "portsmouth")
ALL = (*FIVE, "safeguarding-children-partnership", "welsh-safeguarding-board")

SCR, PLR, AUDIT, DEATHS = "serious-case-review", "practice-learning-review", "thematic-audit", "child-death-review"
STEP_2 = "S003 The Learning and Improvement Process, step 2"
STEP_4 = "S003 The Learning and Improvement Process, step 4"
GLOS = "S004 Appendix One"
APPROACH = "S001 The Learning and Improvement Approach, list of aspects, item 4"


def said(value: Cited[Any] | None) -> tuple[str, str] | None:
    """A value and its paragraph."""
    return (str(value.value), value.cite) if value else None


def kind_of(board: str, type_: str) -> Kind:
    kind = profile_as_shipped(board).kind(type_)
    assert kind is not None
    return kind


def seats(seat: Seat, type_: str) -> dict[str, tuple[str, str] | None]:
    """Who takes a seat on each of the five boards that run a type, and the paragraph."""
    return {board: said(getattr(kind, seat)) for board in FIVE if (kind := profile_as_shipped(board).kind(type_))}


def test_there_is_a_profile_of_each_of_the_five_and_of_two_boards_of_today() -> None:
    assert [name for name in board_names() if name in ALL] == sorted(ALL)


def test_each_board_runs_what_its_framework_names_under_its_own_names() -> None:
    assert {
        board: {type_: kind.name for type_, kind in profile_as_shipped(board).reviews.items()} for board in FIVE
    } == {
        "portsmouth": {
            SCR: "Serious case review",
            PLR: "Critical or serious incident review",
            "best-practice-review": "Best practice review",
            "reflective-practice-review": "Reflective practice review meeting",
            AUDIT: "Multi-agency thematic audit",
            DEATHS: "Child death review",
        },
        "northamptonshire": {
            SCR: "Serious case review",
            PLR: "Multi-agency case review",
            "single-case-audit": "In-depth single case audit",
            AUDIT: "Multi-agency thematic audit",
            DEATHS: "Child death review",
        },
        "croydon": {
            SCR: "Serious case review",
            PLR: "Learning review",
            AUDIT: "Multi-agency case audit",
            DEATHS: "Child death review",
        },
        "barking-and-dagenham": {
            SCR: "Serious case review",
            PLR: "Practice learning review",
            AUDIT: "Review or audit of practice",
            DEATHS: "Child death review",
        },
        "gloucestershire": {
            SCR: "Serious case review",
            PLR: "Case review",
            DEATHS: "Child death review",
            "extended-learning-review": "Extended learning review",
            "themed-review": "Themed review",
            "deep-dive": "Deep dive review",
            "light-touch-review": "Light touch review",
        },
    }


def test_the_further_local_names_of_a_review_stand_beside_it() -> None:
    found = {(board, type_): [said(name) for name in kind.also] for board, type_, kind in kinds() if kind.also}

    assert found == {
        ("portsmouth", PLR): [("Management review", "S000 7.8.8")],
        ("portsmouth", "best-practice-review"): [("Good practice review", "S000 7.8.1")],
        ("portsmouth", AUDIT): [("Bespoke commissioned audit", "S000 7.7.2")],
        ("northamptonshire", AUDIT): [("Multi-agency case file audit", "S001 Multi Agency Audits, paragraph 1")],
        ("croydon", AUDIT): [("Bespoke commissioned audit", "S002 5.6")],
        ("barking-and-dagenham", PLR): [("Learning review", "S003 Appendix B, SCR consideration panel")],
        ("gloucestershire", "extended-learning-review"): [("Critical Learning Review (YJB)", "S004 2.1")],
        ("gloucestershire", "deep-dive"): [("In depth analysis of a priority area", "S004 2.1")],
        ("gloucestershire", "light-touch-review"): [("Light touch review across two or more agencies", "S004 2.1")],
    }


def test_each_framework_works_under_its_own_edition_of_working_together() -> None:
    assert {board: [said(each) for each in profile_as_shipped(board).editions] for board in FIVE} == {
        "portsmouth": [("WT2015", "S000 1.1")],
        "northamptonshire": [("WT2013", "S001 Introduction, paragraph 1")],
        "croydon": [("WT2015", "S002 1.1")],
        "barking-and-dagenham": [("WT2015", "S003 Background, paragraph 1")],
        "gloucestershire": [("WT2013", "S004 1.0, paragraph 1"), ("WT2015", "S004 1.0, paragraph 1")],
    }


def test_who_recommends_a_serious_case_review() -> None:
    assert seats("recommends", SCR) == {
        "portsmouth": ("panel-chair", BOARD),
        "northamptonshire": ("panel-chair", BOARD),
        "croydon": ("panel-chair", BOARD),
        "barking-and-dagenham": ("panel-chair", "S003 Appendix B, SCR consideration panel"),
        "gloucestershire": ("panel-chair", f"{GLOS}, Serious Case Review"),
    }


def test_who_decides_on_a_serious_case_review() -> None:
    assert seats("decides", SCR) == {
        "portsmouth": ("independent-chair", BOARD),
        "northamptonshire": ("independent-chair", "S001 Serious Case Reviews, paragraph 1"),
        "croydon": ("independent-chair", BOARD),
        "barking-and-dagenham": ("independent-chair", "S003 Appendix B, Background"),
        "gloucestershire": ("independent-chair", f"{GLOS}, Serious Case Review"),
    }


def test_who_decides_on_a_review_below_the_threshold() -> None:
    assert seats("decides", PLR) == {
        "portsmouth": ("panel-chair", BOARD),  # 7.8.8 says who carries one out
        "northamptonshire": ("independent-chair", BOARD),
        "croydon": ("panel-chair", BOARD),  # 5.8 says who carries one out
        "barking-and-dagenham": ("independent-chair", "S003 Appendix B, Background"),
        "gloucestershire": ("panel-chair", f"{GLOS}, Case Review"),
    }
    assert seats("recommends", PLR) == {
        "portsmouth": None,
        "northamptonshire": ("panel-chair", BOARD),
        "croydon": None,
        "barking-and-dagenham": ("panel-chair", "S003 Appendix B, SCR consideration panel"),
        "gloucestershire": None,
    }
    assert {board: who for board, who in seats("agrees", PLR).items() if who} == {
        "barking-and-dagenham": ("strategic-partners", "S003 Appendix B, SCR consideration panel")
    }


def test_who_decides_on_the_reviews_that_only_one_board_runs() -> None:
    rows = {(board, type_): said(kind.decides) for board, type_, kind in kinds() if type_ not in (SCR, PLR, AUDIT)}

    assert rows == {
        ("portsmouth", "best-practice-review"): ("panel-chair", "S000 7.8.1"),
        ("portsmouth", "reflective-practice-review"): ("practice-chair", BOARD),
        ("portsmouth", DEATHS): ("child-death-chair", BOARD),
        ("northamptonshire", "single-case-audit"): ("panel-chair", BOARD),
        ("northamptonshire", DEATHS): ("child-death-chair", APPROACH),
        ("croydon", DEATHS): ("child-death-chair", BOARD),
        ("barking-and-dagenham", DEATHS): ("child-death-chair", BOARD),
        ("gloucestershire", DEATHS): ("child-death-chair", f"{GLOS}, Child Death Review"),
        ("gloucestershire", "extended-learning-review"): (
            "youth-justice-lead",
            f"{GLOS}, Extended Learning Review",
        ),
        ("gloucestershire", "themed-review"): ("independent-chair", f"{GLOS}, Themed Review"),
        ("gloucestershire", "deep-dive"): ("independent-chair", "S004 2.3"),
        ("gloucestershire", "light-touch-review"): ("independent-chair", "S004 2.2"),
    }


def test_who_identifies_and_who_agrees_the_theme_of_an_audit() -> None:
    assert seats("recommends", AUDIT) == {
        "portsmouth": ("monitoring-chair", "S000 7.7.1"),
        "northamptonshire": ("monitoring-chair", "S001 Appendix 2, paragraph 2"),
        "croydon": ("monitoring-chair", BOARD),
        "barking-and-dagenham": ("monitoring-chair", BOARD),
    }
    assert seats("decides", AUDIT) == {
        "portsmouth": ("executive-chair", "S000 7.7.1"),
        "northamptonshire": ("independent-chair", BOARD),
        "croydon": ("executive-chair", BOARD),
        "barking-and-dagenham": ("monitoring-chair", BOARD),
    }


def test_how_often_a_review_is_held() -> None:
    assert {(board, type_): said(kind.cadence) for board, type_, kind in kinds() if kind.cadence} == {
        ("portsmouth", AUDIT): ("Four a year, held quarterly", "S000 7.7.1"),
        ("northamptonshire", AUDIT): ("Monthly audit meetings", "S001 Appendix 2, paragraph 1"),
        ("gloucestershire", "deep-dive"): ("One or two priority areas each year", "S004 2.1"),
    }
    assert kind_of("croydon", AUDIT).left_open["cadence"] == (
        "“Multi agency case audits a year will be carried out” (5.6): the number is missing. How many a year are held?"
    )


def test_the_deadlines_that_a_framework_states_itself() -> None:
    assert {
        (board, type_, name): (clock.rule, clock.trigger, clock.cite)
        for board, type_, kind in kinds()
        for name, clock in kind.clocks.items()
    } == {
        ("northamptonshire", SCR, "chair-decision"): (
            "1 month",
            "notified_on",
            "S001 Serious Case Reviews, paragraph 1",
        ),
        ("northamptonshire", SCR, "national-panel"): (
            "14 days",
            "decided_on",
            "S001 Serious Case Reviews, paragraph 1",
        ),
        ("northamptonshire", SCR, "completion"): ("6 months", "decided_on", "S001 Serious Case Reviews, paragraph 3"),
        ("northamptonshire", SCR, "publication-period"): (
            "12 months",
            "published_on",
            "S001 Serious Case Reviews, paragraph 3",
        ),
        ("barking-and-dagenham", SCR, "completion"): ("6 months", "decided_on", "S003 Appendix B, Timescale"),
        ("barking-and-dagenham", SCR, "publication-period"): (
            "12 months",
            "published_on",
            "S003 Background, principle 2",
        ),
        ("barking-and-dagenham", PLR, "completion"): ("6 months", "initial_meeting_on", "S003 Appendix B, Timescale"),
    }


def test_who_tells_the_national_panel() -> None:
    assert {board: said(kind_of(board, SCR).national_panel) for board in FIVE} == {
        "portsmouth": None,
        "northamptonshire": ("always", "S001 Serious Case Reviews, paragraphs 1 and 2"),
        "croydon": None,
        "barking-and-dagenham": ("on-request", "S003 Appendix B, Background"),
        "gloucestershire": None,
    }


def test_who_monitors_what_a_serious_case_review_leads_to() -> None:
    assert seats("monitors", SCR) == {
        "portsmouth": ("executive-chair", "S000 2.1.7 and 13.2"),
        "northamptonshire": ("monitoring-chair", BOARD),
        "croydon": ("monitoring-chair", "S002 2.1 and 7.2"),
        "barking-and-dagenham": ("monitoring-chair", STEP_4),
        "gloucestershire": ("independent-chair", "S004 1.0 and 5.0 b"),
    }


def test_what_is_published_of_a_serious_case_review_and_of_a_review_below_the_threshold() -> None:
    assert {board: (said(kind_of(board, SCR).publishes), said(kind_of(board, PLR).publishes)) for board in FIVE} == {
        "portsmouth": (
            ("Must be published, with the LSCB's response to the findings", "S000 2.1.6"),
            ("With its findings and actions, on the PSCB website", "S000 7.6.2"),
        ),
        "northamptonshire": (("On the LSCB's website", "S001 Serious Case Reviews, paragraph 3"), None),
        "croydon": (
            ("Must be published, with the LSCB's response to the findings", "S002 2.1"),
            (
                "With its findings and actions, in the CSCB newsletter or other Board communications",
                "S002 Qualitative Information, 5.4",
            ),
        ),
        "barking-and-dagenham": (
            ("In full, on the LSCB's website", "S003 Background, principle 2"),
            ("Issues identified in all reviews", "S003 Background, principle 4"),
        ),
        "gloucestershire": (("Final report published", "S004 3.5"), ("Final report published", "S004 3.5")),
    }
    assert {board: said(kind_of(board, SCR).may_withhold) for board in FIVE} == dict.fromkeys(FIVE) | {
        "gloucestershire": ("Where publishing is not in the best interests of the children or public", "S004 3.5")
    }


def test_what_each_review_type_suits() -> None:
    found = {(board, type_): {str(suits): cite for suits, cite in kind.suits.items()} for board, type_, kind in kinds()}

    assert {key: suits for key, suits in found.items() if suits} == {
        ("portsmouth", SCR): {"criteria-met": "S000 7.8.1"},
        ("portsmouth", PLR): {"below-threshold": "S000 7.8.1"},
        ("portsmouth", "best-practice-review"): {"good-practice": "S000 7.8.1"},
        ("portsmouth", "reflective-practice-review"): {"below-threshold": "S000 7.8.8"},
        ("portsmouth", DEATHS): {"child-death": "S000 7.3.1, paragraph 2"},
        ("northamptonshire", SCR): {"criteria-met": "S001 Introduction, list of reviews, item 1"},
        ("northamptonshire", PLR): {"below-threshold": "S001 Introduction, list of reviews, item 3"},
        ("northamptonshire", "single-case-audit"): {"below-threshold": "S001 Appendix 2, last paragraph"},
        ("northamptonshire", DEATHS): {"child-death": "S001 Introduction, list of reviews, item 2"},
        ("croydon", SCR): {"criteria-met": "S002 5.7"},
        ("croydon", PLR): {"below-threshold": "S002 5.8"},
        ("croydon", DEATHS): {"child-death": "S002 5.2, Annual Reports"},
        ("barking-and-dagenham", SCR): {"criteria-met": "S003 Appendix B, Background"},
        ("barking-and-dagenham", PLR): {"below-threshold": "S003 Appendix B, Background"},
        ("barking-and-dagenham", DEATHS): {"child-death": "S003 Purpose, type 2"},
        ("gloucestershire", SCR): {"criteria-met": f"{GLOS}, Serious Case Review"},
        ("gloucestershire", PLR): {
            "below-threshold": f"{GLOS}, Case Review, a",
            "good-practice": f"{GLOS}, Case Review, b",
        },
        ("gloucestershire", DEATHS): {"child-death": f"{GLOS}, Child Death Review"},
        ("gloucestershire", "extended-learning-review"): {"youth-justice": f"{GLOS}, Extended Learning Review"},
    }


def test_only_northamptonshire_asks_for_a_learning_summary() -> None:
    assert {board: said(profile_as_shipped(board).learning_summary) for board in FIVE} == dict.fromkeys(FIVE) | {
        "northamptonshire": (
            "A concise learning summary is part of all review reports",
            "S001 Implementing the Learning, paragraph 1",
        )
    }


def test_how_learning_is_brought_to_the_front_line() -> None:
    assert {board: [way.value for way in profile_as_shipped(board).dissemination] for board in FIVE} == {
        "portsmouth": ["Multi-agency training", "PSCB webpages", "Social media", "Communication Strategy"],
        "northamptonshire": [
            "Learning summary in every review report",
            "Slides for a practitioners' learning workshop",
            "Single-agency and multi-agency training",
        ],
        "croydon": [
            "CSCB newsletter or other Board communications",
            "Multi-agency training",
            "CSCB webpages and social media",
            "Communication Plan",
        ],
        "barking-and-dagenham": [
            "Practitioner Forum",
            "BDSCB Training and Development",
            "Annual conferences and briefing sessions",
        ],
        "gloucestershire": [
            "Multi-agency Reflective Learning Circle",
            "Safeguarding Roadshow, every year in each of the six Districts",
            "Inter-agency safeguarding training",
            "GSCB Alerts",
            "Board members, to the teams of their own agencies",
            "Twitter",
        ],
    }


def test_where_a_framework_leaves_a_choice_between_bodies_the_board_makes_it() -> None:
    assert {
        (board, type_, seat): (who.value, *who.either)
        for board, type_, kind in kinds()
        for seat in ("recommends", "decides")
        if (who := getattr(kind, seat)) and who.either
    } == {
        ("portsmouth", "best-practice-review", "decides"): ("panel-chair", "practice-chair"),
        ("portsmouth", AUDIT, "decides"): ("executive-chair", "independent-chair"),
    }
    assert said(kind_of("barking-and-dagenham", SCR).approves) == ("independent-chair", STEP_2)
    assert kind_of("barking-and-dagenham", SCR).approves.either == ("monitoring-chair", "panel-chair")


@pytest.mark.parametrize("name", ALL)
def test_every_value_that_no_paragraph_gives_is_asked_of_the_board(name: str) -> None:
    profile = profile_as_shipped(name)
    chosen = {f"{type_}.{seat}" for type_, seat, cite in seat_cites(name) if cite == BOARD}
    chosen |= {role.value for role, body in profile.roles.items() if body.cite == BOARD}
    chosen |= {"keep"} if profile.publishing.keep.cite == BOARD else set()
    asked = {key for key, _ in questions_of(profile)}

    # What a copy of the two profiles of today is renamed to is no question about a framework.
    assert chosen - asked <= ({"board-member"} if name == "welsh-safeguarding-board" else set())


@pytest.mark.parametrize("name", ALL)
def test_what_is_left_open_is_a_question_and_none_that_the_framework_has_settled(name: str) -> None:
    profile = profile_as_shipped(name)

    assert [asks for _, asks in questions_of(profile) if not asks.endswith("?")] == []
    assert [key for key, _ in questions_of(profile) if place_of(profile, key).settled] == []


@pytest.mark.parametrize("name", ALL)
def test_every_citation_names_a_source_of_the_profile(name: str) -> None:
    profile = profile_as_shipped(name)

    cites = [one for _, cite in citations(profile) if cite != BOARD for one in cite.split("; ")]
    assert [one for one in cites if one.split(" ")[0] not in profile.sources] == []


def kinds() -> Iterator[tuple[str, str, Kind]]:
    """Every review type of the five boards."""
    return ((board, type_, kind) for board in FIVE for type_, kind in profile_as_shipped(board).reviews.items())


def seat_cites(name: str) -> Iterator[tuple[str, str, str]]:
    """Where every seat of a board is said."""
    for type_, kind in profile_as_shipped(name).reviews.items():
        yield from ((type_, seat, who.cite) for seat in SEATS if (who := getattr(kind, seat)))
