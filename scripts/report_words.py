"""The words of the templates of an agency's report and of the report. For make_document_templates.py."""

from collections.abc import Sequence
from pathlib import Path

from document_look import Template
from document_words import NO_NAMES, REVIEWERS, WHO_ANSWERS, begin, circumstances, principles


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
    """The report: all that has been gathered for it, and what was written once it is recorded."""
    made = begin(
        "Report",
        ("Led by", REVIEWERS),
        (
            "{{ 'Finished' if report else 'To be finished by' }}",
            "{{ report.report_finished_on if report else review.stage.due_on or 'No date was agreed' }}",
        ),
    )
    with made.when("not review.for_the_record"):
        made.text(NO_NAMES)
    made.heading("1. Why this review was held")
    why_it_was_held(made)
    made.heading("2. What happened")
    circumstances(made)
    steps_recorded(made, "account")
    written(made, "report.what_happened", "The account that the agencies’ reports add up to")
    made.heading("3. What each agency reported")
    agencies_reported(made)
    made.heading("4. What practitioners and their managers said")
    practitioners_said(made)
    made.heading("5. What the family told us")
    family_told(made)
    made.heading("6. Why it happened")
    steps_recorded(made, "analysis")
    written(
        made, "report.why", "The analysis: what lay behind it, across agencies, and what research and other cases say"
    )
    findings_and_actions(made)
    made.save(path)


def written(made: Template, field: str, hint: str) -> None:
    """A field of the report once it is recorded, else what to write."""
    made.tag("if report")
    made.text("{{ " + field + " }}")
    made.tag("else")
    made.hint(hint)
    made.tag("endif")


def why_it_was_held(made: Template) -> None:
    """Reasons, decision and terms."""
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
    made.heading("The principles of the review", 2)
    written(
        made,
        "report.principles",
        "How the review holds to them: complex circumstances; who did what, and why; the view at the time, not "
        "hindsight; openness about how information was gathered; research and case evidence",
    )


def agencies_reported(made: Template) -> None:
    """A section for each agency, where the methodology has them report."""
    made.tag("if agencies_report")
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
    made.tag("else")
    made.text("The methodology asks the agencies for no reports of their own.")
    made.tag("endif")


def steps_recorded(made: Template, part: str) -> None:
    """What the steps of the methodology recorded that belongs in this part."""
    with made.each(f"step in steps.{part}"):
        made.heading("{{ step.title }}", 2)
        with made.each("asked, answer in step.said"):
            made.text("{{ asked }}: {{ answer }}")


def practitioners_said(made: Template) -> None:
    """The events, and what was said at them."""
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
    made.tag("elif not steps.said")
    made.hint("The events held, and what was said")
    made.tag("endif")
    steps_recorded(made, "said")


def family_told(made: Template) -> None:
    """The invitations, and what the family wanted to be heard."""
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


def findings_and_actions(made: Template) -> None:
    """What was found, and what that leads to: recommendations, or findings with their challenges to the board."""
    made.heading("7. What was found")
    written(made, "report.findings", "What the review has found, in its own words")
    made.tag("if report")
    with made.when("report.recommendations"):
        made.heading("8. Recommendations")
        recommendations(made, "row in report.recommendations", ASKED)
    with made.when("report.challenges"):
        made.heading("8. Findings, and the challenge that each puts to the board")
        findings(made, "row in report.challenges", PUT)
    with made.when("report.why_none"):
        made.heading("8. Recommendations")
        made.text("Nothing is recommended: {{ report.why_none }}")
    made.tag("elif to_findings")
    made.heading("8. Findings, and the challenge that each puts to the board")
    findings(made, "row in rows", BLANK, tall=True)
    made.heading("9. What the board is asked to do")
    made.hint("To respond to each finding in writing, to publish")
    made.tag("else")
    made.heading("8. Recommendations")
    recommendations(made, "row in rows", BLANK, tall=True)
    made.heading("9. What the board is asked to do")
    made.hint("To accept the recommendations, to agree the actions, to publish")
    made.tag("endif")


BLANK = ("{{ loop.index }}", "", "", "", "")
ASKED = ("{{ loop.index }}", "{{ row.wording }}", WHO_ANSWERS, "{{ row.due_on }}", "{{ row.measure }}")
PUT = ("{{ loop.index }}", "{{ row.finding }}", "{{ row.matters }}", "{{ row.challenge }}")


def recommendations(made: Template, loop: str, cells: Sequence[str], *, tall: bool = False) -> None:
    """The recommendations: specific, with an owner, a date and a measure."""
    made.table(
        "The recommendations, each with who answers for it, by when, and how it will be measured",
        ("No.", "What is to change", "Who answers for it", "By when", "How it will be measured"),
        (0.07, 0.35, 0.21, 0.16, 0.21),
        loop,
        cells,
        tall=tall,
    )


def findings(made: Template, loop: str, cells: Sequence[str], *, tall: bool = False) -> None:
    """The findings, each with the challenge that it puts to the board."""
    made.table(
        "The findings, each with the challenge that it puts to the board",
        ("No.", "Finding", "Why it matters, and how widespread it is", "Challenge to the board"),
        (0.07, 0.35, 0.26, 0.32),
        loop,
        cells[:4],
        tall=tall,
    )
