"""The words of each Word template in its first form. Used by make_document_templates.py."""

from pathlib import Path

from document_look import Template

DRAFT = (
    "Draft of {{ review.made_on }}, made from what the review has recorded. Check every part, and change what needs "
    "changing, before it is used."
)
REFERENCE = ("Reference", "{{ review.reference }}")
REVIEWERS = "{{ review.reviewers_named or 'Not appointed yet' }}"
NO_NAMES = "Write “the child”, “the mother”, “the school nurse”: no names of children, family members or practitioners."


def begin(title: str, *facts: tuple[str, str], landscape: bool = False) -> Template:
    """A template with its first table and the reminder that it is a draft."""
    template = Template(title, landscape=landscape)
    template.facts(REFERENCE, *facts)
    template.callout(DRAFT)
    return template


def circumstances(template: Template) -> None:
    """What the referral says."""
    template.text("Notified to the board on {{ review.referral.notified_on }}.")
    with template.when("review.referral.incident_on"):
        template.text("Date of the incident: {{ review.referral.incident_on }}.")
    template.text("{{ review.referral.circumstances }}")


def screening_record(path: Path) -> None:
    """For the panel that recommends to the chair."""
    made = begin("Screening record", ("Notified", "{{ review.referral.notified_on }}"), (
        "Decision due", "{{ decision.due_on or 'The framework gives no date' }}",
    ), ("Decided by", "{{ review.seats.decider.title }}"))  # fmt: skip
    made.heading("What the criteria recommend")
    made.callout(
        "{{ recommendation }}. This is a recommendation, never a decision: {{ review.seats.decider.title }} decides."
    )
    made.text("The reasons, in the order in which the criteria were asked:")
    with made.each("reason in reasons"):
        made.bullets("{{ reason }}")
    made.text(
        "Source of the decision tree: {{ cite }}, on regulation 5(2) of the Local Safeguarding Children Boards Regulations 2006."
    )
    made.heading("The criteria as referred")
    made.table("The criteria and what is known of each", ("Criterion", "Known?"), (0.78, 0.22), "criterion in criteria",
               ("{{ criterion.question }}", "{{ criterion.answer }}"))  # fmt: skip
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
    made.hint("Further information gathered, and from whom")
    made.save(path)


def panel_notification(path: Path) -> None:
    """The letter to the National Panel, either way."""
    made = begin("Notification to the National Panel", ("From", "{{ review.seats.decider.named }}"),
                 ("To send by", "{{ review.stage.due_on or 'The framework gives no date' }}"))  # fmt: skip
    with made.when("review.stage.explains"):
        made.text("{{ review.stage.explains }}")
    made.heading("To the National Panel of independent experts on serious case reviews")
    made.hint("Address, and date of sending")
    made.text("Dear colleagues,")
    made.text(
        "{{ review.board }} was notified of this incident on {{ review.referral.notified_on }}. Our reference is {{ review.reference }}."
    )
    made.heading("The decision")
    made.tag("if initiated")
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
        "On {{ decision.decided_on }} the {{ review.seats.decider.title }} decided not to initiate a serious case review."
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


def terms_of_reference(path: Path) -> None:
    """For the panel to discuss and agree."""
    made = begin("Terms of reference", ("Framework", "{{ review.framework }}"), ("Led by", REVIEWERS))
    made.heading("1. Purpose")
    made.text("To learn how agencies can work together better to safeguard children: what happened, why it happened, and "
              "what action will be taken to learn from it, and by whom. The review does not judge who is to blame.")  # fmt: skip
    made.heading("2. Circumstances that led to the review")
    circumstances(made)
    made.text("Why it is reviewed: {{ review.referral.reasons }}")
    with made.when("decision"):
        made.text(
            "Decided on {{ decision.decided_on }} by the {{ review.seats.decider.title }}: {{ decision.reasons }}"
        )
    made.heading("3. Period under review")
    made.hint("From and to, and why these dates")
    made.heading("4. Questions that the review is to answer")
    made.bullets("What happened in the period under review, and how did each agency see it at the time?",
                 "Why did people and organisations act as they did? What helped, and what got in the way?",
                 "What has to change, in which organisation, and how will it be known that it has?")  # fmt: skip
    made.hint("The questions particular to this case")
    made.heading("5. Methodology")
    made.text(
        "No method is prescribed. The one chosen fits the nature of the case and is proportionate to its scale and complexity:"
    )
    with made.each("method in methods"):
        made.bullets("{{ method }}")
    made.hint("Keep the one chosen, and say why")
    made.heading("6. How the review is conducted")
    principles(made)
    made.heading("7. Agencies")
    made.table("Agencies that report, and who writes each report", ("Agency", "Report author"), (0.55, 0.45),
               "agency in review.agencies", ("{{ agency.name }}", "{{ agency.author }}"))  # fmt: skip
    made.heading("8. Family and practitioners")
    made.text("The family is invited to take part, and is told how it will be involved and what it may expect. Practitioners and "
              "their managers are fully involved, without fear of blame.")  # fmt: skip
    made.hint("Who is invited, by whom, and by when; which practitioner events are held")
    made.heading("9. Timetable")
    made.table("Stages still ahead, who owes each and by when", ("Stage", "Who", "By when", "Where the date comes from"),
               (0.28, 0.24, 0.16, 0.32), "milestone in timetable",
               ("{{ milestone.title }}", "{{ milestone.owner }}", "{{ milestone.due_on or 'Not dated' }}", "{{ milestone.why }}"))  # fmt: skip
    made.heading("10. Agreement")
    made.hint("Agreed by, and on what day")
    made.save(path)


def agency_report_request(path: Path) -> None:
    """The request to one agency, with the outline of its report."""
    made = begin("Request for an agency report", ("Agency", "{{ agency.name }}"), ("Report author", "{{ agency.author }}"),
                 ("Due", "{{ review.stage.due_on or 'No date was agreed: ask the ' ~ review.seats.manager.title }}"),
                 ("Lead reviewer", REVIEWERS))  # fmt: skip
    made.heading("The request")
    made.text("{{ review.board }} is holding this review to learn how agencies can work together better. It asks {{ agency.name }} "
              "for a report on its own part.")  # fmt: skip
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
    made.heading("Outline of the report")
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
        made.text("Methodology: {{ terms.methodology }}. {{ terms.why_methodology }}",
                  "Period under review: {{ terms.period_from }} to {{ terms.period_to }}.")  # fmt: skip
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
    made.table("Events with practitioners", ("Event", "Held on", "Took part"), (0.5, 0.3, 0.2), "event in events.events",
               ("{{ event.kind }}", "{{ event.held_on }}", "{{ event.attended }}"))  # fmt: skip
    made.text("{{ events.heard }}")
    made.tag("else")
    made.hint("The events held, and what was said")
    made.tag("endif")
    made.heading("5. What the family told us")
    made.tag("if family")
    made.table("Invitations to the family", ("Who", "Invited on", "Answer"), (0.4, 0.3, 0.3), "invitation in family.invitations",
               ("{{ invitation.who }}", "{{ invitation.invited_on or 'Not invited' }}", "{{ invitation.answer }}"))  # fmt: skip
    made.either("family.views", "What they wanted the review to hear, as they wish it to be said")
    made.tag("else")
    made.hint("Who was invited, and what they wanted the review to hear")
    made.tag("endif")
    made.heading("6. Why it happened")
    made.hint("The analysis: what lay behind it, across agencies, and what research and other cases say")
    made.heading("7. What action will be taken to learn, and by whom")
    made.table("Findings, and the action that answers each", ("Finding", "Action", "Organisation", "By when"),
               (0.32, 0.34, 0.2, 0.14), "row in rows", ("{{ row }}", "", "", ""), tall=True)  # fmt: skip
    made.save(path)


def learning_summary(path: Path) -> None:
    """The eleven fields of the learning summary [S001 Appendix 1]."""
    made = begin("Learning summary", ("Board", "{{ review.board }}"), ("Led by", REVIEWERS))
    made.text("The summary is part of the report and is shared. " + NO_NAMES)
    made.heading("1. Date learning summary completed")
    made.hint("The day on which it is finished")
    for heading, field, hint in SUMMARY:
        made.heading(heading)
        made.either(f"summary.{field}", hint)
    made.heading("9. How the impact will be audited")
    made.text("{{ review.seats.monitor.title }} monitors the actions until each is closed with evidence.")
    made.hint("What will be counted, what will be looked at, what will be different for children; when, and by whom")
    made.heading("10. Other comments, advice and suggestions")
    made.hint("About the case, the method, embedding change or showing its impact")
    made.heading("11. Slides for a practitioners’ learning workshop")
    made.tag("if has_slides")
    made.text("Drafted as a file of their own, kept with this stage.")
    made.tag("else")
    made.text("Asked for after a serious case review only.")
    made.tag("endif")
    made.save(path)


SUMMARY = (
    ("2. Type of review and its overall purpose", "type_and_purpose", "Methodology, chairing and authoring, how the case was selected"),
    ("3. Month and year of incident", "incident_month", "Month and year"),
    ("4. What was learnt about the case", "learnt_about_the_case", "Key themes and early learning: particular issues, general concerns, good practice"),
    ("5. What was learnt about the review and its method", "learnt_about_the_method", "What worked and what did not, who took part, how long it took"),
    ("6. Key learning points: single agency", "single_agency_learning", "What others can use too; not necessarily every recommendation"),
    ("7. Key learning points: multi-agency", "multi_agency_learning", "What others can use too; not necessarily every recommendation"),
    ("8. How changes will be made, and who does what", "changes", "Each change, and who makes it"),
)  # fmt: skip


def action_plan(path: Path) -> None:
    """The table of actions, to fill in."""
    made = begin("Action plan", ("Approved by", "{{ review.seats.approver.title }}"),
                 ("Monitored by", "{{ review.seats.monitor.title }}"), landscape=True)  # fmt: skip
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
        "Each action is specific, has one organisation and one person who owe it, and says how anyone will know that it has worked."
    )
    made.table("The actions of the plan",
               ("No.", "Action: what will change", "Responsible organisation", "Responsible person", "By when", "How it will be known"),
               (0.05, 0.3, 0.17, 0.17, 0.11, 0.2), "organisation in rows",
               ("{{ loop.index }}", "", "{{ organisation }}", "", "", ""), tall=True)  # fmt: skip
    made.save(path)
