"""The words of the templates of the learning summary and of the action plan. For make_document_templates.py."""

from pathlib import Path

from document_look import Template
from document_words import NO_NAMES, REVIEWERS, WHO_ANSWERS, begin


def learning_summary(path: Path) -> None:
    """The eleven fields of the learning summary [S001 Appendix 1]."""
    made = begin("Learning summary", ("Framework", "{{ review.framework }}"), ("Led by", REVIEWERS))
    made.text("The summary is part of the report and is shared.")
    with made.when("not review.for_the_record"):
        made.text(NO_NAMES)
    made.heading("1. Date learning summary completed")
    made.either("summary.summary_completed_on", "The day on which it is finished")
    for heading, field, hint in SUMMARY:
        made.heading(heading)
        made.either(f"summary.{field}", hint)
    made.heading("9. How the impact will be audited")
    with made.when("not recorded"):
        made.text("The {{ review.seats.monitor.title }} monitors the actions until each is closed with evidence.")
    made.either(
        "summary.impact_audit",
        "What will be counted, what will be looked at, what will be different for children; when, and by whom",
    )
    made.heading("10. Other comments, advice and suggestions")
    made.either("summary.other_comments", "About the case, the method, embedding change or showing its impact")
    made.heading("11. Slides for a practitioners’ learning workshop")
    slides_for_workshop(made)
    made.save(path)


def slides_for_workshop(made: Template) -> None:
    """The messages that were recorded, and where the slides are."""
    with made.each("message in messages"):
        made.bullets("{{ message }}")
    made.tag("if not has_slides")
    with made.when("not messages"):
        made.text("Asked for after a serious case review only.")
    made.tag("elif recorded")
    made.text("Drafted as a file of their own, from this summary.")
    made.tag("else")
    made.text("Drafted as a file of their own, once this summary is recorded.")
    made.tag("endif")


SUMMARY = (
    (
        "2. Type of review and its overall purpose",
        "type_and_purpose",
        "Methodology, chairing and authoring, how the case was selected",
    ),
    ("3. Month and year of incident", "incident_month", "Month and year"),
    (
        "4. What was learnt about the case",
        "learnt_about_the_case",
        "Key themes and early learning: particular issues, general concerns, good practice",
    ),
    (
        "5. What was learnt about the review and its method",
        "learnt_about_the_method",
        "What worked and what did not, who took part, how long it took",
    ),
    (
        "6. Key learning points: single agency",
        "single_agency_learning",
        "What others can use too; not necessarily every recommendation",
    ),
    (
        "7. Key learning points: multi-agency",
        "multi_agency_learning",
        "What others can use too; not necessarily every recommendation",
    ),
    ("8. How changes will be made, and who does what", "changes", "Each change, and who makes it"),
)


def action_plan(path: Path) -> None:  # long: a document, from top to bottom
    """The table of actions: as they were recorded, or to fill in."""
    made = begin(
        "Action plan",
        ("Approved by", "{{ review.seats.approver.title }}"),
        ("Monitored by", "{{ review.seats.monitor.title }}"),
        landscape=True,
    )
    what_to_answer(made)
    with made.when("approval"):
        made.heading("The board’s response")
        made.text("{{ approval.response }}")
    made.heading("Actions")
    with made.when("not plan"):
        made.text(
            "Each action is specific, has one organisation and one person who owe it, and says how "
            "anyone will know that it has worked."
        )
    made.table(
        "The actions of the plan",
        (
            "No.",
            "Answers",
            "Action: what will change",
            "Responsible organisation",
            "Responsible person",
            "By when",
            "How it will be known",
        ),
        (0.05, 0.08, 0.28, 0.16, 0.15, 0.11, 0.17),
        "action in actions",
        (
            "{{ action.number }}",
            "{{ action.answers }}",
            "{{ action.wording }}",
            "{{ action.organisation }}",
            "{{ action.owner }}",
            "{{ action.due_on }}",
            "{{ action.measure }}",
        ),
        tall=True,
    )
    with made.when("unanswered"):
        made.heading("What no action answers")
        with made.each("row in unanswered"):
            made.bullets("{{ row.called }}: {{ row.no_action }}")
    with made.when("plan and plan.why_none"):
        made.text("There is no action: {{ plan.why_none }}")
    made.heading("Agreement")
    made.tag("if plan")
    made.text("Agreed on {{ plan.plan_agreed_on }}.")
    made.tag("else")
    made.hint("Agreed by, and on what day")
    made.tag("endif")
    made.save(path)


def what_to_answer(made: Template) -> None:
    """The recommendations, or the findings with their challenges and the board’s response to each."""
    made.tag("if recommendations")
    made.heading("Recommendations to answer")
    made.table(
        "The recommendations of the report",
        ("No.", "Recommendation", "Who answers for it", "By when", "How it will be measured"),
        (0.05, 0.4, 0.22, 0.12, 0.21),
        "row in recommendations",
        ("{{ row.number }}", "{{ row.wording }}", WHO_ANSWERS, "{{ row.due_on }}", "{{ row.measure }}"),
    )
    made.tag("elif findings")
    made.heading("Findings to answer")
    made.table(
        "The findings of the report, the challenges that they put to the board, and its responses",
        ("No.", "Finding", "Challenge to the board", "The board’s response"),
        (0.05, 0.33, 0.28, 0.34),
        "row in findings",
        ("{{ row.number }}", "{{ row.wording }}", "{{ row.challenge }}", "{{ row.response }}"),
    )
    made.tag("else")
    made.heading("Findings to answer")
    with made.each("said in in_words"):
        made.bullets("{{ said }}")
    with made.when("not in_words"):
        made.hint("The findings or recommendations of the report")
    made.tag("endif")
