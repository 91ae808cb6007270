"""The words of the template of the report of an audit, a themed review or a deep dive. For make_document_templates.py.

The headings of the report's own parts are those of the form that records them.
"""

from collections.abc import Iterable
from pathlib import Path

from document_look import Template
from document_words import NO_NAMES, REVIEWERS, begin, circumstances
from report_words import ASKED, BLANK, recommendations

Part = tuple[str, str, str]  # its heading, the field of the form, what to write


def audit_report(path: Path) -> None:
    """What was gathered, then the parts of the report, which differ from type to type."""
    made = begin(
        "Report",
        ("Led by", REVIEWERS),
        (
            "{{ 'Finished' if recorded else 'To be finished by' }}",
            "{{ report.report_finished_on or review.stage.due_on or 'No date was agreed' }}",
        ),
    )
    with made.when("not review.for_the_record"):
        made.text(NO_NAMES)
    made.heading("Why it was held")
    why_it_was_held(made)
    made.heading("How it was carried out")
    how_it_was_carried_out(made)
    made.heading("What {{ 'each source shows' if deep_dive else 'each agency found in its files' }}")
    what_was_found(made)
    with made.when("hears"):
        made.heading("Who was heard, and what they said")
        who_was_heard(made)
    with made.when("meets"):
        made.heading("What the audit meeting agreed")
        audit_meeting(made)
    parts_of_the_report(made)
    made.save(path)


def why_it_was_held(made: Template) -> None:
    """The theme with its source and agreement, or the case with its decision."""
    with made.when("theme"):
        made.text(
            "Theme: {{ theme.theme }}.",
            "Proposed by: {{ theme.proposed_by }}, on {{ theme.proposed_on }}. Source: {{ theme.source }}.",
            "{{ theme.rationale }}",
        )
    with made.when("agreement"):
        made.text("Agreed on {{ agreement.agreed_on }}: {{ agreement.reasons }}")
    with made.when("review.referral"):
        circumstances(made)
        made.text("{{ review.referral.reasons }}")
    with made.when("decision"):
        made.text("Decided on {{ decision.decided_on }}: {{ decision.reasons }}")


def how_it_was_carried_out(made: Template) -> None:
    """What was to be learnt, and from what."""
    made.heading("What was to be learnt", 2)
    made.either("questions", "The questions that were to be answered")
    with made.when("sample"):
        made.heading("Sample", 2)
        made.text("Cases: {{ sample.sample_size }}.", "{{ sample.sample }}")
    with made.when("tool"):
        made.heading("Audit tool", 2)
        made.text("{{ tool }}")
    with made.when("sources"):
        made.heading("Sources of evidence", 2)
        made.table(
            "Sources of evidence, each with its kind and the day by which it was to be gathered",
            ("Source", "Kind", "By when"),
            (0.45, 0.3, 0.25),
            "source in sources",
            ("{{ source.name }}", "{{ source.kind }}", "{{ source.due_on }}"),
        )


def what_was_found(made: Template) -> None:
    """A section for each agency's audit of its files, or for each source."""
    with made.each("part in looked"):
        made.heading("{{ part.name }}", 2)
        made.tag("if part.audit")
        made.text(
            "Files audited: {{ part.audit.audited }}. Finished on {{ part.audit.finished_on }}.",
            "Good practice found: {{ part.audit.strengths }}",
            "Practice that must improve: {{ part.audit.improve }}",
        )
        with made.when("part.audit.agency_actions"):
            made.text("What it has already done about it: {{ part.audit.agency_actions }}")
        made.tag("elif part.evidence")
        made.text(
            "Finished on {{ part.evidence.gathered_on }}.",
            "What was looked at: {{ part.evidence.looked_at }}",
            "What it shows: {{ part.evidence.shows }}",
        )
        with made.when("part.evidence.voice_of_the_child"):
            made.text("What children and young people say in it: {{ part.evidence.voice_of_the_child }}")
        made.tag("elif review.for_the_record")
        made.text("Nothing was recorded.")
        made.tag("else")
        made.hint("What was found is not recorded yet")
        made.tag("endif")


def who_was_heard(made: Template) -> None:
    """The events and what was said at them, or why nobody was met."""
    with made.when("events"):
        made.table(
            "Events at which people were heard",
            ("Event", "Held on", "Took part"),
            (0.5, 0.3, 0.2),
            "event in events",
            ("{{ event.kind }}", "{{ event.held_on }}", "{{ event.attended }}"),
        )
    made.tag("if why_nobody and not heard")
    made.text("Nobody was met: {{ why_nobody }}")
    made.tag("else")
    made.either("heard", "Practitioners, children and families who were heard, and what they said")
    made.tag("endif")


def audit_meeting(made: Template) -> None:
    """The meeting of the audit team."""
    with made.when("meeting"):
        made.text("Held on {{ meeting.audit_meeting_on }}: {{ meeting.attended }} took part.")
    made.either("meeting and meeting.agreed", "What was agreed on the cases together")


def parts_of_the_report(made: Template) -> None:
    """The parts as the form of the type has them, up to its recommendations."""
    made.tag("if deep_dive")
    written(made, DEEP_DIVE)
    made.tag("elif themed_review")
    written(made, THEMED_REVIEW)
    made.tag("else")
    written(made, AUDIT)
    made.tag("endif")
    made.heading(
        "{{ 'Recommendations for single agencies' if deep_dive or themed_review "
        "else 'Recommended actions for individual agencies' }}"
    )
    recommended(made, "single_agency")
    made.heading(
        "{{ 'Recommendations for several agencies together' if deep_dive or themed_review "
        "else 'Proposed multi-agency action' }}"
    )
    recommended(made, "multi_agency")
    with made.when("report.why_none"):
        made.heading("Why nothing is recommended")
        made.text("{{ report.why_none }}")


def written(made: Template, parts: Iterable[Part]) -> None:
    """Parts of the report, each with what was recorded or what to write."""
    for heading, field, hint in parts:
        made.heading(heading)
        made.either(f"report.{field}", hint)


def recommended(made: Template, scope: str) -> None:
    """What is recommended in this scope once it is recorded, else rows to fill."""
    made.tag(f"if {scope}")
    recommendations(made, f"row in {scope}", ASKED)
    made.tag("elif recorded")
    made.text("None.")
    made.tag("else")
    made.hint("What is to change, who answers for it, by when, and how it will be measured; or why nothing is")
    recommendations(made, "row in rows", BLANK, tall=True)
    made.tag("endif")


AUDIT: tuple[Part, ...] = (
    (
        "Very brief anonymised summaries of the cases",
        "case_summaries",
        "A few lines on each case; nobody may be recognised from them",
    ),
    (
        "Comments on the audit process",
        "audit_process",
        "How sample, tool and meeting worked, and what to do otherwise next time",
    ),
    (
        "Key learning points",
        "learning_points",
        "What the files, the people heard and the meeting teach: good practice as well as what has to improve",
    ),
)
THEMED_REVIEW: tuple[Part, ...] = (
    (
        "What makes these children or young people vulnerable alike?",
        "common_theme",
        "What the cases have in common, and how often it was found",
    ),
    ("Common areas of good practice", "good_practice", "What helped in several of the cases"),
    (
        "Areas for improvement in professional practice",
        "improvement",
        "What has to improve, in which agencies or between them",
    ),
)
DEEP_DIVE: tuple[Part, ...] = (
    ("What do several sources show alike?", "agree", "What sources of different kinds confirm, each named"),
    (
        "Where do they contradict each other?",
        "differ",
        "What one source shows and another does not, and what explains it",
    ),
    ("Strengths", "strengths", "What works well, and which sources show it"),
    (
        "What must be learnt, and where must practice improve?",
        "learning",
        "The answers to the questions of the deep dive, and what they ask of practice",
    ),
)
