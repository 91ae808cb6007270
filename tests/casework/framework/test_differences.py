"""Where two boards differ: in what they say, in what they leave to themselves, and in what they do not say."""

from typing import Any

from casework.framework.differences import NOT_ASKED, NOT_RUN, NOTHING, Difference, Statement, differences
from casework.framework.profiles import profile_as_shipped
from models.profile import BoardProfile

SOURCE = {"value": "panel-chair", "cite": "F 2"}


def small(**changes: Any) -> BoardProfile:
    """A profile with one review type and little else."""
    review = {
        "name": "Case review",
        "cite": "F 1",
        "suits": {"below-threshold": "F 1"},
        "decides": SOURCE,
        "approves": SOURCE,
        "monitors": SOURCE,
        "clocks": {
            "completion": {
                "rule": "6 months",
                "trigger": "decided_on",
                "basis": "local",
                "cite": "F 3",
                "explains": "Six months.",
            }
        },
    }
    profile = {
        "name": {"value": "Board of Ayton", "cite": "F"},
        "code": "AYTON",
        "framework": {"value": "Framework", "cite": "F"},
        "editions": [{"value": "WT2015", "cite": "F 0"}],
        "sources": {"F": "A framework"},
        "roles": {
            "panel-chair": {"title": "Chair of the panel", "cite": "F 2"},
            "independent-chair": {"title": "Chair", "cite": "F 2"},
        },
        "reviews": {"practice-learning-review": review | changes.pop("review", {})},
        "publishing": {"report": {"value": "Published", "cite": "F 4"}, "keep": {"value": "12 months", "cite": "F 4"}},
        "reminders": {"before": [], "after": [], "cite": "board"},
        "answer_link_days": {"value": 30, "cite": "board"},
    }
    return BoardProfile.model_validate(profile | changes)


def test_two_profiles_that_say_the_same_do_not_differ_whatever_their_paragraphs() -> None:
    said = {"report": {"value": "Published", "cite": "F 9"}, "keep": {"value": "12 months", "cite": "F 9"}}
    again = small(publishing=said)

    assert differences(small(), again) == []


def test_differences_come_in_the_order_in_which_a_business_manager_asks() -> None:
    other = small(
        editions=[{"value": "WT2013", "cite": "F 0"}, {"value": "WT2015", "cite": "F 7"}],
        dissemination=[{"value": "Newsletter", "cite": "F 8"}],
        left_open={"keep": "For how long?"},
        publishing={"report": {"value": "Published", "cite": "F 4"}, "keep": {"value": "12 months", "cite": "board"}},
        review={
            "name": "Learning review",
            "suits": {"below-threshold": "F 1", "good-practice": "F 6"},
            "decides": {"value": "independent-chair", "either": ["panel-chair"], "cite": "F 5"},
            "cadence": {"value": "Yearly", "cite": "F 6"},
            "clocks": {},
        },
    )

    assert differences(small(), other) == [
        Difference(
            "Edition", "Working Together", Statement("WT2015", "F 0"), Statement("WT2013, then WT2015", "F 0; F 7")
        ),
        Difference(
            "Local names",
            "Practice learning review",
            Statement("Case review", "F 1"),
            Statement("Learning review", "F 1"),
        ),
        Difference(
            "What each type suits",
            "Practice learning review",
            Statement("Below threshold", "F 1"),
            Statement("Below threshold; Good practice", "F 1; F 6"),
        ),
        Difference(
            "Decides",
            "Practice learning review",
            Statement("Chair of the panel", "F 2"),
            Statement("Chair or Chair of the panel", "F 5"),
        ),
        Difference(
            "Deadlines", "Practice learning review: completion", Statement("6 months from the decision", "F 3"), NOTHING
        ),
        Difference(
            "Publication", "Stays on the website", Statement("12 months", "F 4"), Statement("12 months", "board")
        ),
        Difference("How often", "Practice learning review", NOTHING, Statement("Yearly", "F 6")),
        Difference("Dissemination", "Channels", NOTHING, Statement("Newsletter", "F 8")),
        Difference("Left open", "keep", NOT_ASKED, Statement("For how long?", "F")),
    ]


def test_of_a_review_that_only_one_board_runs_no_more_is_said_than_that() -> None:
    runs_another = small(reviews={"best-practice-review": small().reviews["practice-learning-review"].model_dump()})

    assert differences(small(), runs_another) == [
        Difference("Review types", "Practice learning review", Statement("Case review", "F 1"), NOT_RUN),
        Difference("Review types", "Best practice review", NOT_RUN, Statement("Case review", "F 1")),
    ]


def test_a_deadline_of_the_national_guidance_is_given_with_its_edition() -> None:
    found = {(each.topic, each.about): each for each in between("northamptonshire", "portsmouth")}

    assert found["Deadlines", "Serious case review: national panel"].first == Statement(
        "14 days from the decision", "S001 Serious Case Reviews, paragraph 1"
    )
    assert ("Deadlines", "Serious case review: completion") not in found


def test_portsmouth_and_croydon_differ_in_what_their_frameworks_say_differently() -> None:
    found = {(each.topic, each.about): (each.first, each.second) for each in between("portsmouth", "croydon")}

    assert [each for each in found if each[0] not in ("Titles", "Left open", "Dissemination")] == [
        ("Review types", "Best practice review"),
        ("Review types", "Reflective practice review"),
        ("Local names", "Practice learning review"),
        ("Local names", "Thematic audit"),
        ("Recommends", "Thematic audit"),
        ("Decides", "Thematic audit"),
        ("Monitors", "Serious case review"),
        ("Monitors", "Practice learning review"),
        ("Monitors", "Thematic audit"),
        ("Monitors", "Child death review"),
        ("Publication", "Reports"),
        ("Publication", "Practice learning review"),
        ("Publication", "Thematic audit"),
        ("How often", "Thematic audit"),
    ]
    assert found["Local names", "Practice learning review"] == (
        Statement("Critical or serious incident review; Management review", "S000 7.8.1; S000 7.8.8"),
        Statement("Learning review", "S002 5.8"),
    )
    assert found["How often", "Thematic audit"] == (Statement("Four a year, held quarterly", "S000 7.7.1"), NOTHING)
    assert found["Left open", "thematic-audit.cadence"][0] == NOT_ASKED


def between(first: str, second: str) -> list[Difference]:
    """The differences of two of the product's profiles."""
    return differences(profile_as_shipped(first), profile_as_shipped(second))
