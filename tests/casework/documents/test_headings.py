"""Every preparation makes a document that opens again, with the parts that its readers look for."""

from casework.record.settings import Settings
from casework.record.store import Store
from models.vocabulary import Preparation
from tests.casework.documents.reading import headings, sections, slides, table, under
from tests.casework.documents.reviews import DECISION, add_stage, agencies, document_for, prepare, review

SOURCES = [
    "Northamptonshire LSCB, Learning and Improvement Framework, April 2014, Introduction, list of reviews, item 1",
]
ACTION_HEADS = [
    "No.",
    "Answers",
    "Action: what will change",
    "Responsible organisation",
    "Responsible person",
    "By when",
    "How it will be known",
]


def test_the_screening_record_says_whether_the_criteria_are_met_then_the_criteria_and_the_referral(
    store: Store, settings: Settings
) -> None:
    made = document_for(store, settings, Preparation.SCREENING_RECORD, "criteria-screening")

    assert headings(made) == [
        "What the criteria say",
        "The criteria as referred",
        "Circumstances",
        "Reasons given for a review",
        "Agencies involved",
        "What else the panel should know",
    ]
    assert under(made, "What the criteria say") == [
        (
            "The criteria for a serious case review are met. Recommended: Serious case review. "
            "This is never a decision: the LSCB Independent Chair decides."
        ),
        "The reasons, in the order in which the criteria were asked:",
        "Abuse or neglect is known or suspected.",
        "The child has been seriously harmed.",
        "It is not clear that there are no concerns about how agencies worked together.",
        "For a case that meets the criteria the framework names: Serious case review.",
        "Where this comes from:",
        *SOURCES,
    ]
    assert [row[1] for row in table(made, 1)] == ["Answer", "Incident", "Yes", "No", "Yes", "Not known", "No"]


def test_the_terms_of_reference_have_everything_a_panel_must_agree(store: Store, settings: Settings) -> None:
    made = document_for(store, settings, Preparation.TERMS_OF_REFERENCE, "terms-of-reference")

    assert headings(made) == [
        "1. Purpose",
        "2. Circumstances that led to the review",
        "3. Period under review",
        "4. Questions that the review is to answer",
        "5. Methodology",
        "6. How the review is conducted",
        "7. Agencies",
        "8. Family and practitioners",
        "9. Timetable",
        "10. Agreement",
    ]
    assert table(made, 1) == [
        ["Agency", "Report author"],
        ["Midshire Police", "Avery Constable"],
        ["Midshire Children’s Services", "Sam Social"],
    ]


def test_an_agency_is_asked_for_its_own_report_by_the_agreed_day(store: Store, settings: Settings) -> None:
    with store.transaction() as session:
        held = review(session)
        police, council = agencies(session, held, None, None)
        made = prepare(session, held, Preparation.AGENCY_REPORT_REQUEST, police, settings)
        other = prepare(session, held, Preparation.AGENCY_REPORT_REQUEST, council, settings)

    assert headings(made) == ["The request", "How to write it", "Outline of the report"]
    assert sections(made, "Outline of the report") == [
        "1. What the agency did",
        "2. Why it was done so",
        "3. What the agency has learnt",
        "4. What the agency has already changed",
        "5. Signed off in the agency",
    ]
    assert table(made, 0)[1:4] == [
        ["Agency", "Midshire Police"],
        ["Report author", "Avery Constable"],
        ["Due", "29 August 2014"],
    ]
    assert table(other, 0)[1] == ["Agency", "Midshire Children’s Services"]


def test_the_report_has_a_section_for_each_agency_with_what_it_recorded(store: Store, settings: Settings) -> None:
    made = document_for(store, settings, Preparation.REPORT_SKELETON, "report")

    assert headings(made) == [
        "1. Why this review was held",
        "2. What happened",
        "3. What each agency reported",
        "4. What practitioners and their managers said",
        "5. What the family told us",
        "6. Why it happened",
        "7. What was found",
        "8. Recommendations",
        "9. What the board is asked to do",
    ]
    assert sections(made, "3. What each agency reported") == ["Midshire Police", "Midshire Children’s Services"]
    assert under(made, "Midshire Police") == [
        "What it did, and why: Officers attended twice.",
        "What it has learnt: Record who was in the house.",
        "What it has already changed: A new form since July.",
    ]


def test_the_learning_summary_has_the_eleven_fields_of_the_framework(store: Store, settings: Settings) -> None:
    made = document_for(store, settings, Preparation.LEARNING_SUMMARY, "learning-summary")

    assert headings(made) == [
        "1. Date learning summary completed",
        "2. Type of review and its overall purpose",
        "3. Month and year of incident",
        "4. What was learnt about the case",
        "5. What was learnt about the review and its method",
        "6. Key learning points: single agency",
        "7. Key learning points: multi-agency",
        "8. How changes will be made, and who does what",
        "9. How the impact will be audited",
        "10. Other comments, advice and suggestions",
        "11. Slides for a practitioners’ learning workshop",
    ]
    assert under(made, "3. Month and year of incident") == ["April 2014"]
    assert under(made, "6. Key learning points: single agency") == [
        "Midshire Police: Record who was in the house.",
        "Midshire Children’s Services: Ask what the child sees.",
    ]
    assert under(made, "11. Slides for a practitioners’ learning workshop") == [
        "Drafted as a file of their own, once this summary is recorded."
    ]


def test_the_slides_carry_one_piece_of_learning_each_and_nothing_of_the_case(store: Store, settings: Settings) -> None:
    made = document_for(store, settings, Preparation.LEARNING_SLIDES, "learning-summary")

    assert [title for title, _ in slides(made)] == [
        "Serious case review: what we have learnt",
        "Why we are here",
        "How the review learnt",
        "Learning for all of us (1 of 2)",
        "Learning for all of us (2 of 2)",
        "What Midshire Police has learnt",
        "What Midshire Children’s Services has learnt",
        "What to talk about",
        "What happens next",
    ]
    assert [lines for _, lines in slides(made)][3:7] == [
        ["Agencies need to see referrals together."],
        ["Practitioners need to reach a manager out of hours."],
        ["Record who was in the house."],
        ["Ask what the child sees."],
    ]


def test_the_action_plan_is_a_table_to_fill_with_a_row_for_each_agency(store: Store, settings: Settings) -> None:
    made = document_for(store, settings, Preparation.ACTION_PLAN, "action-plan")

    assert headings(made) == ["Findings to answer", "The board’s response", "Actions", "Agreement"]
    assert table(made, 1)[:4] == [
        ACTION_HEADS,
        ["1", "", "", "Midshire Police", "", "", ""],
        ["2", "", "", "Midshire Children’s Services", "", "", ""],
        ["3", "", "", "", "", "", ""],
    ]


def test_the_national_panel_is_given_the_names_of_the_lead_reviewers(store: Store, settings: Settings) -> None:
    made = document_for(store, settings, Preparation.PANEL_NOTIFICATION, "national-panel")

    assert headings(made) == [
        "To the National Panel of independent experts on serious case reviews",
        "The decision",
        "Independent lead reviewers",
    ]
    assert under(made, "The decision") == [
        "On 3 June 2014 the LSCB Independent Chair decided to initiate a serious case review."
    ]
    assert under(made, "Independent lead reviewers")[0] == "Lee Reviewer, Independent consultant"
    assert table(made, 0)[1] == ["From", "Robin Chair, LSCB Independent Chair"]


def test_the_national_panel_is_given_the_justification_when_there_is_no_serious_case_review(
    store: Store, settings: Settings
) -> None:
    against = DECISION | {"decision": "practice-learning-review", "reasons": "Nobody was seriously harmed."}
    with store.transaction() as session:
        held = review(session)
        add_stage(session, held, "chair-decision", outcome=against)
        told = add_stage(session, held, "national-panel")
        made = prepare(session, held, Preparation.PANEL_NOTIFICATION, told, settings)

    assert headings(made)[1:] == ["The decision", "Justification of the decision"]
    assert under(made, "The decision") == [
        "On 3 June 2014 the LSCB Independent Chair decided not to initiate a serious case review.",
        "Instead: multi-agency case review.",
    ]
    assert under(made, "Justification of the decision")[0] == "Nobody was seriously harmed."


def test_a_practice_learning_review_goes_by_its_local_name(store: Store, settings: Settings) -> None:
    with store.transaction() as session:
        held = review(session, "practice-learning-review", "barking-and-dagenham")
        stage = add_stage(session, held, "learning-summary")
        made = prepare(session, held, Preparation.LEARNING_SUMMARY, stage, settings)

    assert under(made, "2. Type of review and its overall purpose")[0] == "Practice learning review."
    assert under(made, "11. Slides for a practitioners’ learning workshop") == [
        "Asked for after a serious case review only."
    ]
