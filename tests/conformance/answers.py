"""One plainly invented set of answers for every form of every stage, made anew each time for the day it is given on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from models.forms import audit, decision, inquiry, learning, method, notification, practice, referral, theme
from models.forms.base import Form
from tests.conformance.people import LENA, LEO, SOURCES, agencies

Answers = dict[str, Any]
LEAD = {f"lead_{name}": value for name, value in LENA.items()}
METHODS: Mapping[str, Answers] = {
    "traditional": {},
    "scie-learning-together": {
        "learning_together": "full",
        "costs": "8,000 pounds, which the board pays.",
        "accreditation": "Both are on the register of reviewers.",
    },
    "significant-incident-learning-process": {"costs": "6,000 pounds, which the board pays."},
    "child-practice-review": {"welsh_form": "concise"},
    "root-cause-analysis": {},
    "appreciative-inquiry": {},
    "hybrid": {"steps": ["agency-chronology", "learning-event", "recall-session"]},
}


SERIOUS = (
    "serious-case-review",
    "rapid-review",
    "local-child-safeguarding-practice-review",
    "child-practice-review",
)
ABOUT = {
    "best-practice-review": "good-practice",
    "extended-learning-review": "youth-justice-incident",
    "child-death-review": "child-death",
}
WITHOUT_RECOMMENDATIONS = ("rapid-review", "light-touch-review")


@dataclass(frozen=True)
class Setting:
    """Where an answer is given: in which type of review, on which day, under which methodology, by how many leads.

    `method` holds what is said of the methodology beside its name where that differs from `METHODS`.
    """

    type: str
    day: date
    methodology: str = "traditional"
    method: Mapping[str, Any] = field(default_factory=dict)
    reviewers: int = 1

    @property
    def on(self) -> str:
        """The day as it is typed."""
        return self.day.isoformat()

    @property
    def leads_to_findings(self) -> bool:
        """Whether the review leads to findings rather than recommendations."""
        systems = "findings" if self.methodology == "scie-learning-together" else "recommendations"
        return bool(self.method.get("output_model", systems) == "findings")

    def later(self, days: int) -> str:
        """A day ahead, or before, as it is typed."""
        return (self.day + timedelta(days=days)).isoformat()


def choice_of(setting: Setting) -> Answers:
    """A methodology with what it takes."""
    said = METHODS[setting.methodology] | dict(setting.method)
    return {"methodology": setting.methodology, "why_methodology": "It fits the scale of the case.", **said}


def criteria_of(s: Setting) -> Answers:
    """What is known of the criteria: serious harm where they have to be met, else a case below the threshold."""
    died = s.type == "child-death-review"
    return {
        "about": ABOUT.get(s.type, "incident"),
        "abuse_or_neglect": "no" if died else "yes",
        "child_died": "yes" if died else "no",
        "seriously_harmed": "yes" if s.type in SERIOUS else "no",
        "concern_about_working_together": "not-known",
        "died_in_custody": "no",
    }


def referral_of(s: Setting) -> Answers:
    """A referral on the day on which the board is notified; the incident was four days before."""
    return {
        "notified_on": s.on,
        "incident_on": s.later(-4),
        "referred_by": "duty.manager@social-care.example",
        **criteria_of(s),
        "circumstances": "What is known today.",
        "reasons": "Several agencies knew the family.",
        "agencies": agencies(),
    }


def proposal_of(s: Setting) -> Answers:
    """A theme proposed."""
    return {
        "proposed_on": s.on,
        "theme": "Children missing from home",
        "source": "board-priority",
        "proposed_by": "The quality sub-group",
        "rationale": "The figures have doubled within a year.",
    }


def terms_of(s: Setting) -> Answers:
    """Terms of reference; the dates are left to the framework."""
    return {
        **choice_of(s),
        "period_from": s.later(-700),
        "period_to": s.later(-60),
        "agencies": agencies(),
        "questions": "What was known, and when?",
        "agreement": "Circulated to all members, and agreed.",
    }


def family_of(s: Setting) -> Answers:
    """Two of the family, one of whom declines."""
    invited = {"invited_on": s.on, "how": "By letter", "invited_by": "The lead reviewer"}
    return {
        "invitations": [
            {"who": "parent", "known_as": "the mother", **invited, "answer": "accepted"},
            {"who": "sibling", "known_as": "the older sister", **invited, "answer": "declined", "reason": "Exams."},
        ],
        "expectations": "In a conversation at home.",
        "views": "They wish that somebody had asked.",
    }


def event_of(s: Setting) -> Answers:
    """What every event records."""
    return {"held_on": s.on, "attended": 14}


def learning_event_of(s: Setting) -> Answers:
    """The five practitioner questions, which are those of SILP; elsewhere what was said."""
    if s.methodology == "child-practice-review":
        said = {"heard": "Each saw a part.", "good_practice": "The school kept a diary."}
        return {**event_of(s), "facilitated_by": "The reviewer", **said}
    return {
        **event_of(s),
        "facilitated_by": "The lead reviewer",
        "good_practice": "The school kept a diary.",
        "what_was_going_on": "Each saw a part.",
        "role_understood": "As a visitor.",
        "thinking_and_context": "Three cases too many.",
        "influences": "Two systems that do not talk.",
        "tools": "The old form.",
    }


def summary_of(s: Setting) -> Answers:
    """The eleven fields of the learning summary."""
    return {
        "summary_completed_on": s.on,
        "type_and_purpose": "A review of one case, led from outside.",
        "incident_month": "The month before the notification",
        "learnt_about_the_case": "Nobody had the whole picture.",
        "learnt_about_the_method": "The event came early enough.",
        "single_agency_learning": "Write who was there.",
        "multi_agency_learning": "Read chronologies together.",
        "changes": "The police lead one chronology.",
        "impact_audit": "Twenty files in a year.",
        "slides_for_workshop": "Read together\nAsk about the child’s day",
    }


def recommended_by(s: Setting) -> list[Answers]:
    """Two recommendations."""
    return [
        {
            "wording": what,
            "organisation": "Example Police",
            "due_on": s.later(180),
            "measure": "An audit",
            "scope": "multi-agency",
        }
        for what in ("Keep one chronology.", "Train those who keep it.")
    ]


def without_scope(row: Answers) -> Answers:
    """A recommendation of an audit, whose place in the report says whose it is."""
    return {name: said for name, said in row.items() if name != "scope"}


def report_of(s: Setting) -> Answers:
    """The report of a case review: with two recommendations, or two findings and their challenges."""
    findings = [{"finding": f"Finding {one}.", "challenge": "Does the board know?"} for one in ("one", "two")]
    return {
        "report_finished_on": s.on,
        "what_happened": "A child was harmed.",
        "why": "Nobody had the whole picture.",
        "findings": "One chronology is needed.",
        "principles": "Held to, each of the five.",
        **({"challenges": findings} if s.leads_to_findings else {"recommendations": recommended_by(s)}),
    }


def plan_of(s: Setting) -> Answers:
    """Two actions that several agencies take together, each in answer to what the report found."""
    actions = [
        {
            "action": what,
            "organisation": "Example Police",
            "owner_name": f"{person} Owner",
            "measure": "An audit",
            "owner_email": f"{person.lower()}.owner@police.example",
            "due_on": s.later(30 * number),
            **({} if s.type in WITHOUT_RECOMMENDATIONS else {"answers": number}),
        }
        for number, what, person in ((1, "One chronology.", "Olli"), (2, "Train.", "Ola"))
    ]
    return {"plan_agreed_on": s.on, "actions": actions}


def local_review_of(s: Setting) -> Answers:
    """The partners' decision: held where it is a local review already, else not."""
    held = s.type == "local-child-safeguarding-practice-review"
    return {
        "decided_on": s.on,
        "improvements_needed": "yes" if held else "no",
        "recurrent_themes": "not-known",
        "agencies_concerned": "no",
        "panel_suggests": "no",
        "local_review": "hold" if held else "do-not-hold",
        "reasons": "The partners weighed the criteria.",
    }


def audited_by(s: Setting) -> Answers:
    """Who leads an audit, and with which tool."""
    return {"planned_on": s.on, **LEAD, "tool": "The multi-agency tool", "agencies": agencies()}


def sources_of(s: Setting) -> list[Answers]:
    """Two sources of evidence, the first due in six weeks and the second in eight."""
    return [{**source, "due_on": s.later(42 + 14 * place)} for place, source in enumerate(SOURCES.values())]


ANSWERS: Mapping[type[Form], Callable[[Setting], Answers]] = {
    referral.Referral: referral_of,
    theme.ThemeProposal: proposal_of,
    theme.ThemeAgreement: lambda s: {"agreed_on": s.on, "theme_decision": "agreed", "reasons": "A priority."},
    decision.Screening: criteria_of,
    decision.PanelRecommendation: lambda s: {"panel_met_on": s.on, "recommended": s.type, "reasons": "It is met."},
    decision.ChairDecision: lambda s: {"decided_on": s.on, "decision": s.type, "reasons": "The panel is right."},
    decision.PartnersAgreement: lambda s: {"partners_agreed_on": s.on, "partners": "All three, in a meeting."},
    decision.LeadReviewers: lambda s: {
        "appointed_on": s.on,
        "reviewers": [dict(LENA), dict(LEO)][: s.reviewers],
        "independence": "References.",
    },
    decision.NationalPanelNotice: lambda s: {"panel_told_on": s.on},
    inquiry.AgenciesAndAuthors: lambda _: {"agencies": agencies()},
    inquiry.InitialMeeting: lambda s: {"initial_meeting_on": s.on},
    inquiry.TermsOfReference: terms_of,
    inquiry.FamilyInvitation: family_of,
    inquiry.AgencyReport: lambda s: {"finished_on": s.on, "involvement": "Visits.", "learning": "Write more."},
    inquiry.PractitionerEvents: lambda s: {
        "events": [{"kind": "reflective-practice-meeting", **event_of(s)}],
        "heard": "Nobody asked us before.",
    },
    inquiry.UpdateMeetings: lambda s: {"meetings": [{"held_on": s.on, "decided": "To go on."}]},
    inquiry.Report: report_of,
    inquiry.LearningSummary: summary_of,
    method.AgencyChronology: lambda s: {
        "finished_on": s.on,
        "period_from": s.later(-700),
        "period_to": s.later(-60),
        "key_episodes": "Two.",
    },
    method.CombinedChronology: lambda s: {"combined_on": s.on, "key_episodes": "Four of them."},
    method.RootCauses: lambda s: {
        "analysed_on": s.on,
        "techniques": "A fishbone diagram",
        "solutions": "One record.",
        "causes": [{"problem": "No answer", "contributory_factors": "Two systems", "root_cause": "No owner"}],
    },
    method.ReviewTeam: lambda s: {
        "formed_on": s.on,
        "review_team": [{"name": "Tara Team", "organisation": "Example Health"}],
        "case_group": [{"name": "Gil Group", "organisation": "Example School"}],
    },
    method.Conversations: lambda s: {
        "last_held_on": s.on,
        "held": 9,
        "perspectives": "It made sense then.",
        "contributory_factors": "Workload.",
    },
    method.JointMeetings: lambda s: {
        "meetings": [{"held_on": s.on, "corrected": "The order of events"}],
        "emerging_findings": "Two.",
    },
    method.LearningEvent: learning_event_of,
    method.WholeSystemSession: lambda s: {
        **event_of(s),
        "safeguarded": "The school.",
        "got_wrong": "The handover.",
        "improvements": "A joint visit.",
    },
    method.StatutoryDuties: lambda s: {"examined_on": s.on, "plans": "A protection plan.", "duties": "Mostly."},
    method.DraftReport: lambda s: {"drafted_on": s.on, "circulated_to": "To those who took part."},
    method.RecallSession: lambda s: {**event_of(s), "changed": "The second chapter."},
    learning.BoardApproval: lambda s: {"approved_on": s.on, "approved_by": "The board", "response": "Accepted."},
    learning.BoardResponse: lambda s: {
        "responded_on": s.on,
        "responses": [{"number": one, "answer": "The board will own it."} for one in (1, 2)],
    },
    learning.PublicationDecision: lambda s: {
        "publication_decided_on": s.on,
        "publish": "publish",
        "reasons": "In the interest of all.",
    },
    learning.PublicationRecord: lambda s: {
        "published_on": s.on,
        "web_address": "https://board.example/report",
        "checked": "A lawyer",
    },
    learning.ActionPlan: plan_of,
    learning.DisseminationRecord: lambda s: {
        "rounds": [{"channel": "practitioner-forum", "on": s.on, "audience": "All agencies"}]
    },
    learning.Monitoring: lambda s: {
        "actions": [{"number": number, "closed_on": s.on, "evidence": "An audit."} for number in (1, 2)],
        "comments": "Both are done.",
    },
    learning.ReAudit: lambda s: {
        "re_audited_on": s.on,
        "comments": "It has held.",
        "actions": [{"number": 1, "rechecked_on": s.on, "holds": True, "shows": "Nineteen of twenty."}],
    },
    learning.Impact: lambda _: {
        "evidence": [{"kind": "outcome", "source": "Audit", "shows": "Fewer repeats."}],
        "conclusion": "Safer.",
    },
    learning.Closure: lambda s: {
        "review_closed_on": s.on,
        "for_the_annual_report": "What changed, and for whom.",
        "principles_unanswered": "They are answered in the report.",
    },
    audit.AuditPlan: lambda s: {
        **audited_by(s),
        "outcome_sought": "Who looks for them?",
        "sample_size": 20,
        "sample": "At random.",
    },
    audit.SingleCaseAuditPlan: lambda s: {**audited_by(s), "questions": "Was the plan followed?"},
    audit.FileAudit: lambda s: {"finished_on": s.on, "audited": 10, "strengths": "Clear notes.", "improve": "Plans."},
    audit.PeopleHeard: lambda s: {
        "events": [{"kind": "focus-group", **event_of(s)}, {"kind": "meeting-with-service-users", **event_of(s)}],
        "heard": "Nobody asked us before.",
    },
    audit.AuditMeeting: lambda s: {"audit_meeting_on": s.on, "attended": 7, "agreed": "Plans come late."},
    audit.AuditReport: lambda s: {
        "report_finished_on": s.on,
        "case_summaries": "A child of school age.",
        "audit_process": "Went well.",
        "learning_points": "Plan early.",
        "multi_agency_action": [without_scope(row) for row in recommended_by(s)],
    },
    audit.ThemedReviewReport: lambda s: {
        "report_finished_on": s.on,
        "common_theme": "Moves.",
        "good_practice": "Diaries.",
        "improvement": "Plans.",
        "recommendations": recommended_by(s),
    },
    theme.DeepDivePlan: lambda s: {
        "planned_on": s.on,
        **LEAD,
        "questions": "Who looks for them?",
        "sources": sources_of(s),
    },
    theme.EvidenceGathered: lambda s: {"gathered_on": s.on, "looked_at": "Twelve.", "shows": "A pattern."},
    theme.DeepDiveReport: lambda s: {
        "report_finished_on": s.on,
        "agree": "Both see moves.",
        "strengths": "Diaries.",
        "learning": "Plan early.",
        "recommendations": recommended_by(s),
    },
    theme.LightTouchPlan: lambda s: {
        "planned_on": s.on,
        **LEAD,
        "question": "Do all get supervision?",
        "method": "survey",
        "how": "Two agencies.",
    },
    theme.LightTouchResult: lambda s: {
        "answered_on": s.on,
        "found": "Most do.",
        "confidence": "Fairly sure: 200 answered.",
        "answer": "specific-action",
        "reasons": "One team does not.",
    },
    practice.GoodPracticePlan: lambda s: {
        "planned_on": s.on,
        **LEAD,
        "examples": "A joint visit.",
        "how": "With those who made it.",
    },
    practice.GoodPracticeReport: lambda s: {
        "report_finished_on": s.on,
        "what_worked": "Trust.",
        "why_it_worked": "Time.",
        "embed": "A standing slot.",
        "recommendations": recommended_by(s),
    },
    practice.ReflectiveMeeting: lambda s: {
        "reflected_on": s.on,
        **LEAD,
        "attended": 8,
        "case_management": "Steady.",
        "decision_making": "Late.",
        "system": "No cover.",
        "learning": "Plan cover.",
        "recommendations": recommended_by(s),
    },
    practice.YouthJusticeReport: lambda s: {"reported_on": s.on},
    practice.DeathInformation: lambda s: {"gathered_on": s.on, "knew": "Since birth.", "care": "Ten visits."},
    practice.ChildDeathPanel: lambda s: {
        "death_reviewed_on": s.on,
        "expected": False,
        "themes": "Sleep.",
        "trends": "The second.",
        "modifiable_factors": [{"factor": "Unsafe sleep", "could_change": "Midwives, by showing"}],
        "learning": "Show, do not tell.",
        "actions_needed": "yes",
        "recommendations": recommended_by(s),
    },
    notification.SeriousIncidentNotification: lambda s: {"panel_notified_on": s.on, "others_told": "The partners."},
    notification.AgencySummary: lambda s: {"finished_on": s.on, "involvement": "Visits.", "learning": "Write more."},
    notification.RapidReviewMeeting: lambda s: {
        "rapid_review_met_on": s.on,
        "facts_gathered": "All there are.",
        "immediate_action": "A visit.",
        "improvement": "One record.",
    },
    notification.LocalReviewDecision: local_review_of,
    notification.RapidReviewSent: lambda s: {"rapid_review_sent_on": s.on},
    notification.ReportToPanel: lambda s: {"given_on": s.on},
}
