"""The words of the templates up to the terms of reference, and what all share. For make_document_templates.py."""

from pathlib import Path

from document_look import Template

DRAFT = (
    "Draft of {{ review.made_on }}, made from what the review has recorded. Check every part, and change what needs "
    "changing, before it is used."
)
ON_RECORD = "This is what was recorded when ‘{{ review.stage.title }}’ was completed, on {{ review.stage.closed_on }}."
NO_NAMES = "Write “the child”, “the mother”, “the school nurse”: no names of children, family members or practitioners."
REFERENCE = ("Reference", "{{ review.reference }}")
WHO_ANSWERS = "{{ row.organisation }}{{ ': ' ~ row.responsible if row.responsible else '' }}"
REVIEWERS = "{{ review.reviewers_named or 'Not appointed yet' }}"


def begin(title: str, *facts: tuple[str, str], landscape: bool = False) -> Template:
    """A template with its first table and the reminder that it is a draft, or what it records."""
    template = Template(title, landscape=landscape)
    template.facts(REFERENCE, *facts)
    template.tag("if review.for_the_record")
    template.callout(ON_RECORD)
    template.tag("else")
    template.callout(DRAFT)
    template.tag("endif")
    return template


def circumstances(template: Template) -> None:
    """What the referral says."""
    template.text("Notified to the board on {{ review.referral.notified_on }}.")
    with template.when("review.referral.incident_on"):
        template.text("Date of the incident: {{ review.referral.incident_on }}.")
    template.text("{{ review.referral.circumstances }}")


def screening_record(path: Path) -> None:  # long: a document, from top to bottom
    """For the panel that recommends to the chair."""
    made = begin(
        "Screening record",
        ("Notified", "{{ review.referral.notified_on }}"),
        (
            "Decision due",
            "{{ decision.due_on or 'The framework gives no date' }}",
        ),
        ("Decided by", "{{ review.seats.decider.title }}"),
    )
    made.heading("What the criteria say")
    made.callout(
        "{{ found.criteria }} {{ 'are met' if found.is_met else 'are not met on what is known' }}. "
        "Recommended: {{ recommended }}. This is never a decision: the {{ review.seats.decider.title }} decides."
    )
    made.text("The reasons, in the order in which the criteria were asked:")
    with made.each("reason in found.reasons"):
        made.bullets("{{ reason.text }}")
    made.text("Where this comes from:")
    with made.each("cite in found.cites"):
        made.bullets("{{ cite }}")
    made.heading("The criteria as {{ 'screened' if screened else 'referred' }}")
    made.table(
        "The criteria and what is known of each",
        ("Question", "Answer"),
        (0.78, 0.22),
        "criterion in criteria",
        ("{{ criterion.question }}", "{{ criterion.answer }}"),
    )
    made.heading("Circumstances")
    circumstances(made)
    made.heading("Reasons given for a review")
    made.text("{{ review.referral.reasons }}")
    made.heading("Agencies involved")
    with made.each("agency in review.agencies"):
        made.bullets("{{ agency.name }}")
    with made.when("not review.agencies"):
        made.hint("None is named in the referral: list those that knew the family")
    made.heading("What else the panel should know")
    made.either("comments", "Further information gathered, and from whom")
    made.save(path)


def panel_notification(path: Path) -> None:  # long: a document, from top to bottom
    """The letter to the National Panel, either way."""
    made = begin(
        "Notification to the National Panel",
        ("From", "{{ review.seats.decider.named }}"),
        ("To send by", "{{ review.stage.due_on or 'The framework gives no date' }}"),
        ("Why by then", "{{ review.stage.explains or 'Agreed in the review.' }}"),
    )
    made.heading("To the National Panel of independent experts on serious case reviews")
    made.hint("Address, and date of sending")
    made.text("Dear colleagues,")
    made.text(
        "{{ review.board }} was notified of this incident on {{ review.referral.notified_on }}. "
        "Our reference is {{ review.reference }}."
    )
    made.heading("The decision")
    made.tag("if not decision")
    made.hint("The decision, and the day on which it was made")
    made.tag("elif initiated")
    made.text(
        "On {{ decision.decided_on }} the {{ review.seats.decider.title }} decided to initiate a serious case review."
    )
    made.heading("Independent lead reviewers")
    with made.each("reviewer in review.lead_reviewers"):
        made.bullets("{{ reviewer.name }}, {{ reviewer.organisation }}")
    with made.when("not review.lead_reviewers"):
        made.hint("Names of the independent lead reviewers")
    made.tag("else")
    made.text(
        "On {{ decision.decided_on }} the {{ review.seats.decider.title }} decided not to initiate "
        "a serious case review."
    )
    made.text("Instead: {{ decided | lower }}.")
    made.heading("Justification of the decision")
    made.text("{{ decision.reasons }}")
    with made.when("decision.reasons_against_recommendation"):
        made.text("{{ decision.reasons_against_recommendation }}")
    made.hint("Further information that justifies the decision, criterion by criterion")
    made.tag("endif")
    made.text("We will answer any question that the Panel may have.")
    made.text("Yours faithfully,")
    made.text("{{ review.seats.decider.named }}\n{{ review.board }}")
    made.save(path)


def principles(template: Template) -> None:
    """The five principles of conduct, in plain words."""
    template.bullets(
        "Protecting children together is complex work; the review takes that complexity into account.",
        "It finds out exactly who did what, and what led people and organisations to act as they did.",
        "It looks at practice as it looked to those involved at the time, not with hindsight.",
        "It is open about how information is gathered and how it is analysed.",
        "It draws on research and on what is known from other cases.",
    )


def terms_of_reference(path: Path) -> None:  # long: a document, from top to bottom
    """For the panel to discuss and agree."""
    made = begin("Terms of reference", ("Framework", "{{ review.framework }}"), ("Led by", REVIEWERS))
    made.heading("1. Purpose")
    made.text(
        "To learn how agencies can work together better to safeguard children: what happened, why "
        "it happened, and "
        "what action will be taken to learn from it, and by whom. The review does not judge who is to blame."
    )
    made.heading("2. Circumstances that led to the review")
    circumstances(made)
    made.text("Why it is reviewed: {{ review.referral.reasons }}")
    with made.when("decision"):
        made.text(
            "Decided on {{ decision.decided_on }} by the {{ review.seats.decider.title }}: {{ decision.reasons }}"
        )
    period_questions_and_method(made)
    made.heading("6. How the review is conducted")
    principles(made)
    made.heading("7. Agencies")
    made.table(
        "Agencies that report, and who writes each report",
        ("Agency", "Report author"),
        (0.55, 0.45),
        "agency in review.agencies",
        ("{{ agency.name }}", "{{ agency.author }}"),
    )
    made.heading("8. Family and practitioners")
    made.text(
        "The family is invited to take part, and is told how it will be involved and what it may "
        "expect. Practitioners and "
        "their managers are fully involved, without fear of blame."
    )
    made.tag("if terms")
    with made.when("terms.events_due"):
        made.text("Practitioner events are to be held by {{ terms.events_due }}.")
    made.tag("else")
    made.hint("Who is invited, by whom, and by when; which practitioner events are held")
    made.tag("endif")
    made.heading("9. Timetable")
    with made.when("terms and terms.agency_reports_due"):
        made.text("Agency reports are due on {{ terms.agency_reports_due }}.")
    made.table(
        "Stages still ahead, who owes each and by when",
        ("Stage", "Who", "By when", "Where the date comes from"),
        (0.26, 0.2, 0.26, 0.28),
        "milestone in timetable",
        (
            "{{ milestone.title }}",
            "{{ milestone.owner }}",
            "{{ milestone.by_when }}",
            "{{ milestone.why }}",
        ),
    )
    made.heading("10. Agreement")
    made.tag("if terms")
    made.text("{{ terms.agreement }}")
    made.tag("else")
    made.hint("To whom it was circulated, how they agreed, and on what day")
    made.tag("endif")
    made.save(path)


def period_questions_and_method(made: Template) -> None:
    """Sections 3 to 5 of the terms of reference: as they were recorded, or what there is to choose."""
    made.heading("3. Period under review")
    made.tag("if terms")
    made.text("From {{ terms.period_from }} to {{ terms.period_to }}.")
    made.tag("else")
    made.hint("From and to, and why these dates")
    made.tag("endif")
    made.heading("4. Questions that the review is to answer")
    made.tag("if terms")
    made.text("{{ terms.questions }}")
    made.tag("else")
    made.bullets(
        "What happened in the period under review, and how did each agency see it at the time?",
        "Why did people and organisations act as they did? What helped, and what got in the way?",
        "What has to change, in which organisation, and how will it be known that it has?",
    )
    made.hint("The questions particular to this case")
    made.tag("endif")
    made.heading("5. Methodology")
    made.tag("if terms")
    made.text("{{ terms.methodology }}. {{ terms.why_methodology }}")
    made.tag("else")
    choice_of_methods(made)
    made.tag("endif")


def choice_of_methods(made: Template) -> None:
    """The menu of methods, of which one is kept."""
    made.text(
        "No method is prescribed. The one chosen fits the nature of the case and is proportionate "
        "to its scale and complexity:"
    )
    with made.each("method in methods"):
        made.bullets("{{ method }}")
    made.hint("Keep the one chosen, and say why")
