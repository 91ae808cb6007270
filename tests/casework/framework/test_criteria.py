"""Screening: each decision tree over everything that can be known, and what several frameworks have for its answer."""

from itertools import product

import pytest

from casework.framework.cited_files import CHOSEN_HERE
from casework.framework.criteria import Reason, ScreeningResult, screen
from casework.framework.editions import edition
from casework.framework.profiles import board
from models.forms.referral import Criteria
from models.profile import BOARD, BoardProfile
from models.vocabulary import About, Known, Suits

YES, NO, NOT_KNOWN = Known.YES, Known.NO, Known.NOT_KNOWN
NAMES = ("abuse_or_neglect", "child_died", "seriously_harmed", "concern_about_working_together", "died_in_custody")
SERIOUS, LEARNING, DEATH, EXTENDED = (
    "serious-case-review",
    "practice-learning-review",
    "child-death-review",
    "extended-learning-review",
)
RAPID, WELSH, NONE = "rapid-review", "child-practice-review", "no-review"
BDSCB = "Barking & Dagenham SCB, Learning & Improvement Framework 2017-2020, February 2017"
CUSTODY = "Portsmouth SCB, Learning and Improvement Framework, updated September 2017, paragraph 7.8.1"
TREE = (
    "Local Safeguarding Children Boards Regulations 2006, regulation 5(2) as given in Portsmouth SCB’s framework of "
    "September 2017, paragraph 7.8.1"
)
SUSPECTED = "Abuse or neglect is known or suspected."
UNSUSPECTED = "Abuse or neglect is neither known nor suspected."
DIED = "The child has died."
HARMED = "The child has been seriously harmed."
UNHARMED = "It is not known that a child has died or been seriously harmed."


def criteria(*known: Known, about: About = About.INCIDENT, registered: Known | None = None) -> Criteria:
    said = dict(zip(NAMES, known, strict=True))
    return Criteria.model_validate({**said, "about": about, "registered_or_looked_after": registered})


def framework(suited: dict[str, dict[Suits, str]]) -> BoardProfile:
    """Northamptonshire's profile, running only these types, each for what it suits here."""
    profile = board("northamptonshire")
    some = profile.reviews[SERIOUS]
    reviews = {
        type_: some.model_copy(update={"name": type_.replace("-", " ").capitalize(), "suits": suits})
        for type_, suits in suited.items()
    }
    return profile.model_copy(update={"reviews": reviews, "criteria": None})  # its text states no criteria


SMALL = framework({SERIOUS: {Suits.CRITERIA_MET: "S001 A"}, LEARNING: {Suits.BELOW_THRESHOLD: "S001 B"}})
WIDE = framework(
    {
        SERIOUS: {Suits.CRITERIA_MET: "S001 A"},
        "best-practice-review": {Suits.GOOD_PRACTICE: BOARD},
        LEARNING: {Suits.BELOW_THRESHOLD: "S001 B", Suits.GOOD_PRACTICE: "S001 C"},
        DEATH: {Suits.CHILD_DEATH: "S001 D"},
        EXTENDED: {Suits.YOUTH_JUSTICE: "S001 E"},
    }
)
MODERN = framework({LEARNING: {Suits.BELOW_THRESHOLD: "S001 B"}, RAPID: {Suits.NOTIFIABLE_INCIDENT: "S001 F"}})
WALES = framework({WELSH: {Suits.CRITERIA_MET: "S001 G"}})
BARE = framework({SERIOUS: {}})


def northants(rest: str) -> str:
    return f"Northamptonshire LSCB, Learning and Improvement Framework, April 2014, {rest}"


def in_2015(said: Criteria, profile: BoardProfile = SMALL) -> ScreeningResult:
    return screen(said, profile, edition("WT2015"))


def required(abuse: Known, died: Known, harmed: Known, concern: Known, custody: Known) -> bool:
    """The paragraph, read independently: custody always; else suspicion, and death, or harm without a clear no."""
    return custody is YES or (abuse is not NO and (died is YES or (harmed is YES and concern is not NO)))


def below(abuse: Known, died: Known, harmed: Known, concern: Known) -> tuple[str, Suits]:
    """What follows below the threshold: out of nothing no review; a natural death is a child death review's."""
    if abuse is NO and died is YES:
        return NONE, Suits.CHILD_DEATH  # which this board does not run
    return (LEARNING if YES in (abuse, died, harmed, concern) else NONE), Suits.BELOW_THRESHOLD


@pytest.mark.parametrize("known", list(product(Known, repeat=5)))
def test_until_2018_the_recommendation_is_what_regulation_5_says(known: tuple[Known, ...]) -> None:
    found = in_2015(criteria(*known))

    assert screen(criteria(*known), SMALL, edition("WT2013")) == found
    assert found.is_met == required(*known)
    assert (found.recommendation, found.suits) == (
        (SERIOUS, Suits.CRITERIA_MET) if required(*known) else below(*known[:4])
    )
    in_custody = [CUSTODY] if any("custody" in each for each in found.because) else []
    named = {SERIOUS: [northants("A")], LEARNING: [northants("B")]}
    assert [cite for cite in found.cites if cite != "Learning and Improvement Framework, April 2014"] == [
        TREE,
        *in_custody,
        *named.get(found.recommendation, []),
    ]


@pytest.mark.parametrize("key", ["WT2018", "WT2023"])
@pytest.mark.parametrize("known", list(product(Known, repeat=3)))
def test_since_2018_suspicion_with_death_or_serious_harm_is_a_serious_incident(
    known: tuple[Known, ...], key: str
) -> None:
    abuse, died, harmed = known
    found = screen(criteria(*known, NO, NO), MODERN, edition(key))
    serious = abuse is not NO and YES in (died, harmed)

    assert (found.recommendation, found.suits, found.is_met) == (
        (RAPID, Suits.NOTIFIABLE_INCIDENT, True) if serious else (*below(abuse, died, harmed, NO), False)
    )


@pytest.mark.parametrize("known", list(product(Known, repeat=3)))
def test_in_wales_suspicion_with_death_or_serious_harm_requires_a_practice_review(known: tuple[Known, ...]) -> None:
    abuse, died, harmed = known
    found = screen(criteria(*known, NO, NO), WALES, edition("WALES2015"))

    assert (found.recommendation == WELSH) == (abuse is not NO and YES in (died, harmed))


@pytest.mark.parametrize(
    ("registered", "said"),
    [
        (
            YES,
            (
                "The child was on the child protection register or looked after on a date in the six months before: "
                "the review is extended, with two reviewers."
            ),
        ),
        (
            NO,
            (
                "The child was neither on the child protection register nor looked after on any date in the six months "
                "before: the review is concise, with one reviewer."
            ),
        ),
        (
            NOT_KNOWN,
            (
                "It is not known whether the child was on the child protection register or looked after on any "
                "date in the six months before: if so the review is extended, if not concise."
            ),
        ),
        (
            None,
            (
                "It is not known whether the child was on the child protection register or looked after on any date in "
                "the six months before: if so the review is extended, if not concise."
            ),
        ),
    ],
)
@pytest.mark.parametrize("key", ["WALES2012", "WALES2015"])
def test_in_wales_the_register_tells_an_extended_review_from_a_concise_one(
    registered: Known | None, said: str, key: str
) -> None:
    found = screen(criteria(YES, NO, YES, NO, NO, registered=registered), WALES, edition(key))

    assert found.because == [
        SUSPECTED,
        HARMED,
        said,
        "For a case that meets the criteria the framework names: Child practice review.",
    ]
    assert found.criteria == "The criteria for a child practice review"


def test_every_step_of_the_old_tree_is_a_reason_with_its_paragraph() -> None:
    assert in_2015(criteria(YES, NO, YES, NOT_KNOWN, NO)) == ScreeningResult(
        recommendation=SERIOUS,
        suits=Suits.CRITERIA_MET,
        criteria="The criteria for a serious case review",
        reasons=(
            Reason(SUSPECTED, TREE),
            Reason(HARMED, TREE),
            Reason("It is not clear that there are no concerns about how agencies worked together.", TREE),
            Reason("For a case that meets the criteria the framework names: Serious case review.", northants("A")),
        ),
    )


def test_every_step_of_the_new_tree_is_a_reason_with_its_paragraph() -> None:
    law = (
        "Children Act 2004, as quoted by Wirral Safeguarding Children Board, Notifiable Incidents Involving Children, "
        "June 2018, section 16C(1)"
    )

    assert screen(criteria(NOT_KNOWN, YES, NO, NO, NO), MODERN, edition("WT2018")) == ScreeningResult(
        recommendation=RAPID,
        suits=Suits.NOTIFIABLE_INCIDENT,
        criteria="The criteria for a serious incident",
        reasons=(
            Reason(
                "It is not known whether abuse or neglect is suspected: until it is, the criteria take it as "
                "suspected.",
                law,
            ),
            Reason(DIED, law),
            Reason("It is a serious incident: the National Panel is notified, and a rapid review follows.", law),
            Reason("For a serious incident the framework names: Rapid review.", northants("F")),
        ),
    )


@pytest.mark.parametrize(
    ("known", "because"),
    [
        ((NO, NO, YES, YES, NO), [UNSUSPECTED]),
        ((NO, NOT_KNOWN, YES, NO, NO), [UNSUSPECTED]),
        ((YES, NO, NOT_KNOWN, YES, NO), [SUSPECTED, UNHARMED]),
        (
            (YES, NO, YES, NO, NO),
            [SUSPECTED, HARMED, "It is clear that there are no concerns about how agencies worked together."],
        ),
        (
            (NO, NOT_KNOWN, YES, NO, NOT_KNOWN),
            [
                UNSUSPECTED,
                "It is not known whether a child died in custody or detention: if so, a review is always carried out.",
            ],
        ),
    ],
)
def test_each_way_below_the_threshold_is_told(known: tuple[Known, ...], because: list[str]) -> None:
    assert in_2015(criteria(*known)).because == [
        *because,
        "For a case below the threshold the framework names: Practice learning review.",
    ]


def test_a_death_in_custody_requires_a_review_even_without_any_suspicion() -> None:
    found = in_2015(criteria(NO, YES, NO, NO, YES))

    assert found.recommendation == SERIOUS
    assert found.reasons[:2] == (
        Reason(UNSUSPECTED, TREE),
        Reason(
            "The child died in custody or detention: a serious case review is always carried out, even if these "
            "criteria are not met.",
            CUSTODY,
        ),
    )


@pytest.mark.parametrize(
    ("name", "criteria_cite", "custody_cite"),
    [
        ("portsmouth", f"{board('portsmouth').sources['S000']}, 7.8.1", None),
        (
            "barking-and-dagenham",
            f"{BDSCB}, Appendix B, Background",
            CUSTODY,
        ),
        ("northamptonshire", northants("Introduction, list of reviews, item 1"), CUSTODY),
        ("croydon", TREE, CUSTODY),  # 5.7 leaves the criteria to Working Together
        ("gloucestershire", TREE, CUSTODY),
    ],
)
def test_a_board_whose_own_text_states_the_criteria_is_cited_that_text(
    name: str, criteria_cite: str, custody_cite: str | None
) -> None:
    found = screen(criteria(NO, YES, NO, NO, YES), board(name), edition("WT2015"))

    assert [each.cite for each in found.reasons[:2]] == [criteria_cite, custody_cite or criteria_cite]


@pytest.mark.parametrize(
    ("known", "find_out"),
    [
        ((NO, NO, NO, NO, NO), "If it should be looked at all the same, say what happened that is not in these "),
        ((NOT_KNOWN, NO, NO, NO, NO), "Find out first: “Is abuse or neglect of a child known or suspected?”"),
        (
            (NOT_KNOWN,) * 5,
            "Find out first: “Is abuse or neglect of a child known or suspected?” “Has a child died, including by ",
        ),
    ],
)
@pytest.mark.parametrize("name", ["croydon", "portsmouth", "gloucestershire", "northamptonshire"])
def test_out_of_nothing_no_review_is_recommended_and_it_is_said_what_to_find_out(
    name: str, known: tuple[Known, ...], find_out: str
) -> None:
    found = screen(criteria(*known), board(name), edition("WT2015"))

    assert (found.recommendation, found.because[-2]) == (
        NONE,
        "On what is known, nothing is recommended: no criterion is answered with yes.",
    )
    assert found.because[-1].startswith(find_out)


def test_a_death_from_natural_causes_entered_as_an_incident_is_a_child_death_review() -> None:
    found = in_2015(criteria(NO, YES, NO, NO, NO), WIDE)

    assert (found.recommendation, found.suits) == (DEATH, Suits.CHILD_DEATH)


def test_no_child_death_review_is_recommended_before_it_is_known_that_a_child_has_died() -> None:
    found = in_2015(criteria(NO, NOT_KNOWN, NO, NO, NO, about=About.CHILD_DEATH), WIDE)

    assert found.recommendation == NONE
    assert found.because[-1] == "Find out first: “Has a child died, including by suicide?”"


@pytest.mark.parametrize(
    ("about", "suits", "type_"),
    [
        (About.GOOD_PRACTICE, Suits.GOOD_PRACTICE, "best-practice-review"),  # the first type that suits it
        (About.YOUTH_JUSTICE, Suits.YOUTH_JUSTICE, EXTENDED),
    ],
)
def test_where_the_criteria_are_not_met_what_is_referred_decides_what_suits_it(
    about: About, suits: Suits, type_: str
) -> None:
    found = in_2015(criteria(NO, NO, NO, NO, NO, about=about), WIDE)

    assert (found.recommendation, found.suits, found.is_met) == (type_, suits, False)


@pytest.mark.parametrize("about", list(About))
def test_where_the_criteria_are_met_they_come_before_what_is_referred(about: About) -> None:
    assert in_2015(criteria(YES, YES, NO, NO, NO, about=about), WIDE).recommendation == SERIOUS


def test_a_choice_of_the_boards_own_is_said_to_be_one() -> None:
    found = in_2015(criteria(NO, NO, NO, NO, NO, about=About.GOOD_PRACTICE), WIDE)

    assert found.reasons[-1] == Reason(
        "For a case of good practice the framework names: Best practice review.", CHOSEN_HERE
    )


def test_the_child_death_review_runs_beside_another_where_the_board_runs_one() -> None:
    beside = Reason(
        "A child has died: the child death review takes place as well, whatever is decided here.", northants("D")
    )

    assert in_2015(criteria(YES, YES, NO, NO, NO), WIDE).reasons[-1] == beside
    assert beside not in in_2015(criteria(YES, NO, YES, YES, NO), WIDE).reasons
    assert beside not in in_2015(criteria(NO, YES, NO, NO, NO, about=About.CHILD_DEATH), WIDE).reasons
    assert [each.text for each in in_2015(criteria(YES, YES, NO, NO, NO)).reasons if "beside" in each.text] == []


@pytest.mark.parametrize(
    ("known", "about", "suits", "what"),
    [
        ((YES, YES, NO, NO, NO), About.INCIDENT, Suits.CRITERIA_MET, "a case that meets the criteria"),
        ((NO, NO, YES, NO, NO), About.INCIDENT, Suits.BELOW_THRESHOLD, "a case below the threshold"),
        ((NO, NO, NO, NO, NO), About.GOOD_PRACTICE, Suits.GOOD_PRACTICE, "a case of good practice"),
        ((NO, YES, NO, NO, NO), About.CHILD_DEATH, Suits.CHILD_DEATH, "the death of a child"),
        (
            (NO, NO, NO, NO, NO),
            About.YOUTH_JUSTICE,
            Suits.YOUTH_JUSTICE,
            "an incident that involves a young person known to youth justice",
        ),
    ],
)
def test_where_the_framework_names_no_review_none_is_recommended_and_it_is_said_why(
    known: tuple[Known, ...], about: About, suits: Suits, what: str
) -> None:
    found = in_2015(criteria(*known, about=about), BARE)

    assert (found.recommendation, found.suits) == (NONE, suits)
    assert found.reasons[-1] == Reason(
        f"For {what} the framework names no review.", "Learning and Improvement Framework, April 2014"
    )


@pytest.mark.parametrize(
    ("name", "key", "met", "below", "good_practice", "youth_justice", "death"),
    [
        ("northamptonshire", "WT2013", SERIOUS, LEARNING, NONE, NONE, DEATH),
        ("barking-and-dagenham", "WT2015", SERIOUS, LEARNING, NONE, NONE, DEATH),
        ("portsmouth", "WT2015", SERIOUS, LEARNING, "best-practice-review", NONE, DEATH),
        ("croydon", "WT2015", SERIOUS, LEARNING, NONE, NONE, DEATH),
        ("gloucestershire", "WT2015", SERIOUS, LEARNING, LEARNING, EXTENDED, DEATH),
    ],
)
def test_each_board_is_recommended_what_its_own_framework_has(
    name: str, key: str, met: str, below: str, good_practice: str, youth_justice: str, death: str
) -> None:
    def recommended(*known: Known, about: About = About.INCIDENT) -> str:
        return screen(criteria(*known, about=about), board(name), edition(key)).recommendation

    assert recommended(YES, YES, NO, NO, NO) == met
    assert recommended(YES, NO, YES, NO, NO) == below
    assert recommended(NO, NO, NO, NO, NO, about=About.GOOD_PRACTICE) == good_practice
    assert recommended(NO, NO, NO, NO, NO, about=About.YOUTH_JUSTICE) == youth_justice
    assert recommended(NO, YES, NO, NO, NO, about=About.CHILD_DEATH) == death
