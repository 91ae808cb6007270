"""The words of the templates from an agency's report to the action plan. Used by make_document_templates.py."""

from pathlib import Path

from document_words import REVIEWERS, begin, circumstances, principles

NO_NAMES = "Write “the child”, “the mother”, “the school nurse”: no names of children, family members or practitioners."


def agency_report_request(path: Path) -> None:
    """The request to one agency, with the outline of its report."""
    made = begin(
        "Request for an agency report",
        ("Agency", "{{ agency.name }}"),
        ("Report author", "{{ agency.author }}"),
        ("Due", "{{ review.stage.due_on or 'No date was agreed: ask the ' ~ review.seats.manager.title }}"),
        ("Lead reviewer", REVIEWERS),
    )
    made.heading("The request")
    made.text(
        "{{ review.board }} is holding this review to learn how agencies can work together better. "
        "It asks {{ agency.name }} "
        "for a report on its own part."
    )
    with made.when("terms"):
        made.text(
            "Period under review: {{ terms.period_from }} to {{ terms.period_to }}.",
            "Methodology: {{ terms.methodology }}.",
        )
        made.heading("Questions that the review is to answer")
        made.text("{{ terms.questions }}")
    made.heading("How to write it")
    principles(made)
    made.text(NO_NAMES)
    made.heading("Outline of the report", new_page=True)
    made.heading("1. What the agency did", 2)
    made.hint("Contacts, assessments and decisions in the period, in order of time, each with its source")
    made.heading("2. Why it was done so", 2)
    made.hint("What people knew and what guided them at the time: workload, supervision, procedures, other agencies")
    made.heading("3. What the agency has learnt", 2)
    made.hint("Good practice as well as what has to improve")
    made.heading("4. What the agency has already changed", 2)
    made.hint("What, since when, and what shows that it works")
    made.heading("5. Signed off in the agency", 2)
    made.hint("By whom, and on what day")
    made.save(path)


def report_skeleton(path: Path) -> None:
    """The report with all that has been gathered for it."""
    made = begin(
        "Report", ("Led by", REVIEWERS), ("To be finished by", "{{ review.stage.due_on or 'No date was agreed' }}")
    )
    made.text(NO_NAMES)
    made.heading("1. Why this review was held")
    made.text("{{ review.referral.reasons }}")
    with made.when("decision"):
        made.text("Decided on {{ decision.decided_on }}: {{ decision.reasons }}")
    with made.when("terms"):
        made.heading("How it was carried out", 2)
        made.text(
            "Methodology: {{ terms.methodology }}. {{ terms.why_methodology }}",
            "Period under review: {{ terms.period_from }} to {{ terms.period_to }}.",
        )
        made.heading("The questions", 2)
        made.text("{{ terms.questions }}")
    made.heading("2. What happened")
    circumstances(made)
    made.hint("The account that the agencies’ reports add up to")
    made.heading("3. What each agency reported")
    with made.each("agency in review.agencies"):
        made.heading("{{ agency.name }}", 2)
        made.tag("if agency.report")
        made.text(
            "What it did, and why: {{ agency.report.involvement }}", "What it has learnt: {{ agency.report.learning }}"
        )
        with made.when("agency.report.agency_actions"):
            made.text("What it has already changed: {{ agency.report.agency_actions }}")
        made.tag("else")
        made.hint("Its report is not recorded yet")
        made.tag("endif")
    made.heading("4. What practitioners and their managers said")
    made.tag("if events")
    made.table(
        "Events with practitioners",
        ("Event", "Held on", "Took part"),
        (0.5, 0.3, 0.2),
        "event in events.events",
        ("{{ event.kind }}", "{{ event.held_on }}", "{{ event.attended }}"),
    )
    made.heading("What was said", 2)
    made.text("{{ events.heard }}")
    made.tag("else")
    made.hint("The events held, and what was said")
    made.tag("endif")
    made.heading("5. What the family told us")
    made.tag("if family")
    made.table(
        "Invitations to the family",
        ("Who", "Invited on", "Answer"),
        (0.4, 0.3, 0.3),
        "invitation in family.invitations",
        ("{{ invitation.who }}", "{{ invitation.invited_on or 'Not invited' }}", "{{ invitation.answer }}"),
    )
    made.heading("What they wanted the review to hear", 2)
    made.either("family.views", "Their views, as they wish them to be told")
    made.tag("else")
    made.hint("Who was invited, and what they wanted the review to hear")
    made.tag("endif")
    made.heading("6. Why it happened")
    made.hint("The analysis: what lay behind it, across agencies, and what research and other cases say")
    made.heading("7. What action will be taken to learn, and by whom")
    made.table(
        "Findings, and the action that answers each",
        ("Finding", "Action", "Organisation", "By when"),
        (0.32, 0.34, 0.2, 0.14),
        "row in rows",
        ("{{ row }}", "", "", ""),
        tall=True,
    )
    made.heading("8. What the board is asked to do")
    made.hint("To accept the findings, to agree the actions, to publish")
    made.save(path)


def learning_summary(path: Path) -> None:
    """The eleven fields of the learning summary [S001 Appendix 1]."""
    made = begin("Learning summary", ("Framework", "{{ review.framework }}"), ("Led by", REVIEWERS))
    made.text("The summary is part of the report and is shared. " + NO_NAMES)
    made.heading("1. Date learning summary completed")
    made.hint("The day on which it is finished")
    for heading, field, hint in SUMMARY:
        made.heading(heading)
        made.either(f"summary.{field}", hint)
    made.heading("9. How the impact will be audited")
    made.text("The {{ review.seats.monitor.title }} monitors the actions until each is closed with evidence.")
    made.hint("What will be counted, what will be looked at, what will be different for children; when, and by whom")
    made.heading("10. Other comments, advice and suggestions")
    made.hint("About the case, the method, embedding change or showing its impact")
    made.heading("11. Slides for a practitioners’ learning workshop")
    made.tag("if has_slides")
    made.text("Drafted as a file of their own, once this summary is recorded.")
    made.tag("else")
    made.text("Asked for after a serious case review only.")
    made.tag("endif")
    made.save(path)


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


def action_plan(path: Path) -> None:
    """The table of actions, to fill in."""
    made = begin(
        "Action plan",
        ("Approved by", "{{ review.seats.approver.title }}"),
        ("Monitored by", "{{ review.seats.monitor.title }}"),
        landscape=True,
    )
    made.heading("Findings to answer")
    with made.each("finding in findings"):
        made.bullets("{{ finding }}")
    with made.when("not findings"):
        made.hint("The findings or recommendations of the report")
    with made.when("approval"):
        made.heading("The board’s response")
        made.text("{{ approval.response }}")
    made.heading("Actions")
    made.text(
        "Each action is specific, has one organisation and one person who owe it, and says how "
        "anyone will know that it has worked."
    )
    made.table(
        "The actions of the plan",
        (
            "No.",
            "Action: what will change",
            "Responsible organisation",
            "Responsible person",
            "By when",
            "How it will be known",
        ),
        (0.05, 0.3, 0.17, 0.17, 0.11, 0.2),
        "organisation in rows",
        ("{{ loop.index }}", "", "{{ organisation }}", "", "", ""),
        tall=True,
    )
    made.heading("Agreement")
    made.hint("Agreed by, and on what day")
    made.save(path)
