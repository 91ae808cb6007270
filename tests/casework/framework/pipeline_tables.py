"""What each review type's table is to be: a stage is its key, owner, what comes before it, conditions and deadline.

Read beside the frameworks; a change of a table has to be made here too, on purpose.
"""

Row = tuple[object, ...]

RECOMMENDS = ("profile.recommends=yes",)
MAY_WITHHOLD = ("profile.may-withhold=yes",)
PUBLISHES = ("profile.publishes=yes", "publish=|publish")
STAYS = "profile.publication-period=yes"
SUMMARISES = ("profile.learning-summary=yes",)
FINDINGS = ("output_model=findings",)
APPROVED = ("action-plan", "board-approval")
RESPONDED = (*APPROVED, "board-response")
PROPOSED = "plan=proposed"
MANAGER, REVIEWER, AUTHOR = "business-manager", "lead-reviewer", "agency-author"


def step(key: str, owner: str, after: tuple[str, ...], go: str, bound: str) -> Row:
    """A step of a methodology, taken only where it is one of that methodology's."""
    return key, owner, after, (go, f"step.{key}=yes"), bound


def middle(go: str, bound: str) -> list[Row]:
    """What lies between the terms of reference and the report under all the methodologies together."""
    return [
        ("family-invitation", REVIEWER, ("terms-of-reference",), (go,), bound),
        step("agency-report", AUTHOR, ("terms-of-reference",), go, bound),
        step("agency-chronology", AUTHOR, ("terms-of-reference",), go, bound),
        step("combined-chronology", REVIEWER, ("agency-report", "agency-chronology"), go, bound),
        step("root-causes", REVIEWER, ("combined-chronology",), go, bound),
        step("review-team", REVIEWER, ("terms-of-reference",), go, bound),
        step("conversations", REVIEWER, ("review-team",), go, bound),
        step("joint-meetings", REVIEWER, ("review-team", "conversations"), go, bound),
        step("learning-event", REVIEWER, ("combined-chronology",), go, bound),
        step("whole-system-session", REVIEWER, ("combined-chronology",), go, bound),
        step("practitioner-events", REVIEWER, ("combined-chronology", "root-causes"), go, bound),
        step("statutory-duties", REVIEWER, ("learning-event",), go, bound),
        step("draft-report", REVIEWER, ("learning-event",), go, bound),
        step("recall-session", REVIEWER, ("draft-report",), go, bound),
    ]


AFTER_THE_MIDDLE = (
    "family-invitation",
    "practitioner-events",
    "joint-meetings",
    "whole-system-session",
    "statutory-duties",
    "recall-session",
)


def to_impact(*go: str, after: tuple[str, ...] = APPROVED, dissemination: tuple[str, ...] | None = None) -> list[Row]:
    """From the approved plan to the evidence of impact."""
    return [
        ("dissemination", MANAGER, dissemination or after, go, None),
        ("monitoring", "monitors", after, go, None),
        ("impact", "monitors", ("monitoring", "dissemination"), go, None),
    ]


def serious_case_review() -> list[Row]:
    go = "decision=serious-case-review"
    return [
        ("referral", MANAGER, (), (), None),
        ("criteria-screening", MANAGER, ("referral",), (), "within chair-decision"),
        ("panel-recommendation", "recommends", ("criteria-screening",), RECOMMENDS, "within chair-decision"),
        ("chair-decision", "decides", ("panel-recommendation",), (), "chair-decision"),
        ("lead-reviewer", "decides", ("chair-decision",), (go,), "within national-panel"),
        (
            "national-panel",
            MANAGER,
            ("chair-decision", "lead-reviewer"),
            ("profile.national-panel=always",),
            "national-panel",
        ),
        ("terms-of-reference", REVIEWER, ("lead-reviewer",), (go,), "within completion"),
        *middle(go, "within completion"),
        ("report", REVIEWER, AFTER_THE_MIDDLE, (go,), "completion"),
        ("learning-summary", REVIEWER, ("report",), (go,), None),
        ("action-plan", MANAGER, ("learning-summary",), (go,), None),
        ("board-approval", "approves", ("action-plan",), (go,), None),
        ("board-response", "approves", ("board-approval",), (go, *FINDINGS), None),
        ("publication-decision", "approves", ("board-approval",), (go, *MAY_WITHHOLD), None),
        ("publication", MANAGER, (*RESPONDED, "publication-decision", "national-panel"), (go, *PUBLISHES), None),
        *to_impact(go, after=RESPONDED, dissemination=("publication", *APPROVED)),
        ("closure", MANAGER, ("chair-decision", "national-panel", "publication", "impact"), (), None),
        ("publication-period", MANAGER, ("publication",), (go, *PUBLISHES, STAYS), "publication-period"),
    ]


def practice_learning_review() -> list[Row]:
    go = "decision=practice-learning-review"
    return [
        ("referral", MANAGER, (), (), None),
        ("panel-recommendation", "recommends", ("referral",), RECOMMENDS, "within chair-decision"),
        ("chair-decision", "decides", ("panel-recommendation",), (), "chair-decision"),
        ("partners-agreement", "agrees", ("chair-decision",), (go, "profile.agrees=yes"), None),
        ("lead-reviewer", "decides", ("partners-agreement",), (go,), None),
        ("agencies-and-authors", MANAGER, ("partners-agreement",), (go,), None),
        ("initial-meeting", "panel-chair", ("lead-reviewer", "agencies-and-authors"), (go,), None),
        ("terms-of-reference", "panel-chair", ("initial-meeting",), (go,), "within completion"),
        *middle(go, "within completion"),
        ("update-meetings", MANAGER, ("terms-of-reference",), (go, "profile.update-meetings=yes"), "within completion"),
        ("report", REVIEWER, AFTER_THE_MIDDLE, (go,), "within completion"),
        ("learning-summary", REVIEWER, ("report",), (go,), "within completion"),
        ("action-plan", MANAGER, ("learning-summary",), (go,), "within completion"),
        ("board-approval", "approves", ("action-plan", "update-meetings"), (go,), "completion"),
        ("board-response", "approves", ("board-approval",), (go, *FINDINGS), None),
        ("publication-decision", "approves", ("board-approval",), (go, *MAY_WITHHOLD), None),
        ("publication", MANAGER, (*RESPONDED, "publication-decision"), (go, *PUBLISHES), None),
        *to_impact(go, after=RESPONDED),
        ("closure", MANAGER, ("chair-decision", "publication", "impact"), (), None),
    ]


def single_case_audit() -> list[Row]:
    go = "decision=single-case-audit"
    return [
        ("referral", MANAGER, (), (), None),
        ("panel-recommendation", "recommends", ("referral",), RECOMMENDS, "within chair-decision"),
        ("chair-decision", "decides", ("panel-recommendation",), (), "chair-decision"),
        ("audit-plan", MANAGER, ("chair-decision",), (go,), "within completion"),
        ("file-audit", AUTHOR, ("audit-plan",), (go,), "within completion"),
        ("audit-meeting", REVIEWER, ("file-audit",), (go,), "within completion"),
        ("report", REVIEWER, ("audit-meeting",), (go,), "completion"),
        ("learning-summary", REVIEWER, ("report",), (go, *SUMMARISES), None),
        ("action-plan", MANAGER, ("learning-summary",), (go,), None),
        ("board-approval", "approves", ("action-plan",), (go,), None),
        *to_impact(go),
        ("closure", MANAGER, ("chair-decision", "impact"), (), None),
    ]


def best_practice_review() -> list[Row]:
    go = "decision=best-practice-review"
    return [
        ("referral", MANAGER, (), (), None),
        ("panel-recommendation", "recommends", ("referral",), RECOMMENDS, "within chair-decision"),
        ("chair-decision", "decides", ("panel-recommendation",), (), "chair-decision"),
        ("practice-plan", MANAGER, ("chair-decision",), (go,), "within completion"),
        ("practitioner-events", REVIEWER, ("practice-plan",), (go,), "within completion"),
        ("report", REVIEWER, ("practitioner-events",), (go,), "completion"),
        ("learning-summary", REVIEWER, ("report",), (go, *SUMMARISES), None),
        ("action-plan", MANAGER, ("learning-summary",), (go,), None),
        ("board-approval", "approves", ("action-plan",), (go,), None),
        ("publication-decision", "approves", ("board-approval",), (go, *MAY_WITHHOLD), None),
        ("publication", MANAGER, (*APPROVED, "publication-decision"), (go, *PUBLISHES), None),
        *to_impact(go),
        ("closure", MANAGER, ("chair-decision", "publication", "impact"), (), None),
    ]


def reflective_practice_review() -> list[Row]:
    go = "decision=reflective-practice-review"
    return [
        ("referral", MANAGER, (), (), None),
        ("panel-recommendation", "recommends", ("referral",), RECOMMENDS, "within chair-decision"),
        ("chair-decision", "decides", ("panel-recommendation",), (), "chair-decision"),
        ("reflective-meeting", "decides", ("chair-decision",), (go,), "completion"),
        ("learning-summary", REVIEWER, ("reflective-meeting",), (go, *SUMMARISES), None),
        ("action-plan", MANAGER, ("learning-summary",), (go,), None),
        ("board-approval", "approves", ("action-plan",), (go,), None),
        *to_impact(go),
        ("closure", MANAGER, ("chair-decision", "impact"), (), None),
    ]


def extended_learning_review() -> list[Row]:
    go = "decision=extended-learning-review"
    return [
        ("referral", MANAGER, (), (), None),
        ("panel-recommendation", "recommends", ("referral",), RECOMMENDS, "within chair-decision"),
        ("chair-decision", "decides", ("panel-recommendation",), (), "chair-decision"),
        ("lead-reviewer", "decides", ("chair-decision",), (go,), None),
        ("terms-of-reference", REVIEWER, ("lead-reviewer",), (go,), "within completion"),
        *middle(go, "within completion"),
        ("report", REVIEWER, AFTER_THE_MIDDLE, (go,), "completion"),
        ("youth-justice-report", "youth-justice-lead", ("report",), (go,), None),
        ("learning-summary", REVIEWER, ("report",), (go, *SUMMARISES), None),
        ("action-plan", MANAGER, ("learning-summary",), (go,), None),
        ("board-approval", "approves", ("action-plan", "youth-justice-report"), (go,), None),
        ("board-response", "approves", ("board-approval",), (go, *FINDINGS), None),
        ("publication-decision", "approves", ("board-approval",), (go, *MAY_WITHHOLD), None),
        ("publication", MANAGER, (*RESPONDED, "publication-decision"), (go, *PUBLISHES), None),
        *to_impact(go, after=RESPONDED),
        ("closure", MANAGER, ("chair-decision", "publication", "impact"), (), None),
    ]


def child_death_review() -> list[Row]:
    go = "actions_needed=yes"
    return [
        ("referral", MANAGER, (), (), None),
        ("agencies-and-authors", MANAGER, ("referral",), (), None),
        ("death-information", AUTHOR, ("agencies-and-authors",), (), "within completion"),
        ("death-panel", "decides", ("death-information",), (), "completion"),
        ("learning-summary", "decides", ("death-panel",), SUMMARISES, None),
        ("action-plan", MANAGER, ("learning-summary",), (go,), None),
        ("board-approval", "approves", ("action-plan",), (go, PROPOSED), None),
        ("publication-decision", "approves", ("death-panel", *APPROVED), MAY_WITHHOLD, None),
        ("publication", MANAGER, ("death-panel", *APPROVED, "publication-decision"), PUBLISHES, None),
        *to_impact(go),
        ("closure", MANAGER, ("learning-summary", "publication", "impact"), (), None),
    ]


def rapid_review() -> list[Row]:
    go = "decision=rapid-review"
    return [
        ("referral", MANAGER, (), (), None),
        ("criteria-screening", MANAGER, ("referral",), (), "within serious-incident-notification"),
        ("chair-decision", "decides", ("criteria-screening",), (), "within serious-incident-notification"),
        ("serious-incident-notification", MANAGER, ("chair-decision",), (go,), "serious-incident-notification"),
        ("agencies-and-authors", MANAGER, ("serious-incident-notification",), (go,), "within rapid-review"),
        ("agency-summary", AUTHOR, ("agencies-and-authors",), (go,), "within rapid-review"),
        ("rapid-review-meeting", "panel-chair", ("agency-summary",), (go,), "within rapid-review"),
        ("local-review-decision", "decides", ("rapid-review-meeting",), (go,), "within rapid-review"),
        ("rapid-review-sent", MANAGER, ("local-review-decision",), (go,), "rapid-review"),
        ("learning-summary", "panel-chair", ("rapid-review-sent",), (go, *SUMMARISES), None),
        ("action-plan", MANAGER, ("learning-summary",), (go,), None),
        ("board-approval", "approves", ("action-plan",), (go, PROPOSED), None),
        *to_impact(go),
        ("closure", MANAGER, ("chair-decision", "rapid-review-sent", "impact"), (), None),
    ]


def local_child_safeguarding_practice_review() -> list[Row]:
    go = "local_review=hold"
    return [
        ("referral", MANAGER, (), (), None),
        ("local-review-decision", "decides", ("referral",), (), None),
        ("lead-reviewer", "decides", ("local-review-decision",), (go,), "within publication"),
        ("terms-of-reference", REVIEWER, ("lead-reviewer",), (go,), "within publication"),
        *middle(go, "within publication"),
        ("report", REVIEWER, AFTER_THE_MIDDLE, (go,), "within publication"),
        ("learning-summary", REVIEWER, ("report",), (go,), "within publication"),
        ("action-plan", MANAGER, ("learning-summary",), (go,), "within publication"),
        ("board-approval", "approves", ("action-plan",), (go,), "within publication"),
        ("board-response", "approves", ("board-approval",), (go, *FINDINGS), "within publication"),
        ("report-to-panel", MANAGER, RESPONDED, (go,), "within publication"),
        ("publication-decision", "approves", ("board-approval",), (go, *MAY_WITHHOLD), "within publication"),
        ("publication", MANAGER, ("report-to-panel", "publication-decision"), (go, *PUBLISHES), "publication"),
        *to_impact(go, after=RESPONDED),
        ("closure", MANAGER, ("local-review-decision", "publication", "impact"), (), None),
        ("publication-period", MANAGER, ("publication",), (go, *PUBLISHES, STAYS), "publication-period"),
    ]


def child_practice_review() -> list[Row]:
    go = "decision=child-practice-review"
    return [
        ("referral", MANAGER, (), (), None),
        ("criteria-screening", MANAGER, ("referral",), (), "within chair-decision"),
        ("panel-recommendation", "recommends", ("criteria-screening",), RECOMMENDS, "within chair-decision"),
        ("chair-decision", "decides", ("panel-recommendation",), (), "chair-decision"),
        ("lead-reviewer", "panel-chair", ("chair-decision",), (go,), None),
        ("terms-of-reference", REVIEWER, ("lead-reviewer",), (go,), "within completion"),
        *middle(go, "within completion"),
        ("report", REVIEWER, AFTER_THE_MIDDLE, (go,), "completion"),
        ("learning-summary", REVIEWER, ("report",), (go, *SUMMARISES), None),
        ("action-plan", MANAGER, ("learning-summary",), (go,), None),
        ("board-approval", "approves", ("action-plan",), (go,), None),
        ("board-response", "approves", ("board-approval",), (go, *FINDINGS), None),
        ("publication-decision", "approves", ("board-approval",), (go, *MAY_WITHHOLD), None),
        ("publication", MANAGER, (*RESPONDED, "publication-decision"), (go, *PUBLISHES), None),
        *to_impact(go, after=RESPONDED),
        ("closure", MANAGER, ("chair-decision", "publication", "impact"), (), None),
        ("publication-period", MANAGER, ("publication",), (go, *PUBLISHES, STAYS), "publication-period"),
    ]


def thematic_audit() -> list[Row]:
    go = "theme_decision=agreed"
    return [
        ("proposal", MANAGER, (), (), None),
        ("theme-agreement", "decides", ("proposal",), (), "theme-agreement"),
        ("audit-plan", MANAGER, ("theme-agreement",), (go,), "within completion"),
        ("file-audit", AUTHOR, ("audit-plan",), (go,), "within completion"),
        ("practitioners-and-families", REVIEWER, ("file-audit",), (go,), "within completion"),
        ("audit-meeting", REVIEWER, ("practitioners-and-families",), (go,), "within completion"),
        ("report", REVIEWER, ("audit-meeting",), (go,), "completion"),
        ("learning-summary", REVIEWER, ("report",), (go, *SUMMARISES), None),
        ("action-plan", MANAGER, ("learning-summary",), (go,), None),
        ("board-approval", "approves", ("action-plan",), (go,), None),
        ("publication-decision", "approves", ("board-approval",), (go, *MAY_WITHHOLD), None),
        ("publication", MANAGER, (*APPROVED, "publication-decision"), (go, *PUBLISHES), None),
        ("dissemination", MANAGER, APPROVED, (go,), None),
        ("monitoring", "monitors", APPROVED, (go,), None),
        ("re-audit", "monitors", ("monitoring",), (go,), "re-audit"),
        ("impact", "monitors", ("re-audit", "dissemination"), (go,), None),
        ("closure", MANAGER, ("theme-agreement", "publication", "impact"), (), None),
    ]


def themed_review() -> list[Row]:
    go = "theme_decision=agreed"
    return [
        ("proposal", MANAGER, (), (), None),
        ("theme-agreement", "decides", ("proposal",), (), "theme-agreement"),
        ("audit-plan", MANAGER, ("theme-agreement",), (go,), "within completion"),
        ("file-audit", AUTHOR, ("audit-plan",), (go,), "within completion"),
        ("practitioners-and-families", REVIEWER, ("file-audit",), (go,), "within completion"),
        ("report", REVIEWER, ("practitioners-and-families",), (go,), "completion"),
        ("learning-summary", REVIEWER, ("report",), (go, *SUMMARISES), None),
        ("action-plan", MANAGER, ("learning-summary",), (go,), None),
        ("board-approval", "approves", ("action-plan",), (go,), None),
        ("publication-decision", "approves", ("board-approval",), (go, *MAY_WITHHOLD), None),
        ("publication", MANAGER, (*APPROVED, "publication-decision"), (go, *PUBLISHES), None),
        *to_impact(go),
        ("closure", MANAGER, ("theme-agreement", "publication", "impact"), (), None),
    ]


def deep_dive() -> list[Row]:
    go = "theme_decision=agreed"
    return [
        ("proposal", MANAGER, (), (), None),
        ("theme-agreement", "decides", ("proposal",), (), "theme-agreement"),
        ("deep-dive-plan", MANAGER, ("theme-agreement",), (go,), "within completion"),
        ("evidence", AUTHOR, ("deep-dive-plan",), (go,), "within completion"),
        ("report", REVIEWER, ("evidence",), (go,), "completion"),
        ("learning-summary", REVIEWER, ("report",), (go, *SUMMARISES), None),
        ("action-plan", MANAGER, ("learning-summary",), (go,), None),
        ("board-approval", "approves", ("action-plan",), (go,), None),
        ("publication-decision", "approves", ("board-approval",), (go, *MAY_WITHHOLD), None),
        ("publication", MANAGER, (*APPROVED, "publication-decision"), (go, *PUBLISHES), None),
        *to_impact(go),
        ("closure", MANAGER, ("theme-agreement", "publication", "impact"), (), None),
    ]


def light_touch_review() -> list[Row]:
    go = "theme_decision=agreed"
    acts, settled = "answer=specific-action", "answer=no-action|specific-action"
    return [
        ("proposal", MANAGER, (), (), None),
        ("theme-agreement", "decides", ("proposal",), (), "theme-agreement"),
        ("question", MANAGER, ("theme-agreement",), (go,), None),
        ("answer", REVIEWER, ("question",), (go,), "completion"),
        ("learning-summary", REVIEWER, ("answer",), (go, settled, *SUMMARISES), None),
        ("action-plan", MANAGER, ("learning-summary",), (go, acts), None),
        ("board-approval", "approves", ("action-plan",), (go, acts, PROPOSED), None),
        ("publication-decision", "approves", ("learning-summary", *APPROVED), (go, settled, *MAY_WITHHOLD), None),
        (
            "publication",
            MANAGER,
            ("learning-summary", *APPROVED, "publication-decision"),
            (go, settled, *PUBLISHES),
            None,
        ),
        *to_impact(go, acts),
        ("closure", MANAGER, ("theme-agreement", "learning-summary", "publication", "impact"), (), None),
    ]


TABLES = {
    "serious-case-review": serious_case_review(),
    "practice-learning-review": practice_learning_review(),
    "single-case-audit": single_case_audit(),
    "best-practice-review": best_practice_review(),
    "reflective-practice-review": reflective_practice_review(),
    "extended-learning-review": extended_learning_review(),
    "child-death-review": child_death_review(),
    "rapid-review": rapid_review(),
    "local-child-safeguarding-practice-review": local_child_safeguarding_practice_review(),
    "child-practice-review": child_practice_review(),
    "thematic-audit": thematic_audit(),
    "themed-review": themed_review(),
    "deep-dive": deep_dive(),
    "light-touch-review": light_touch_review(),
}
