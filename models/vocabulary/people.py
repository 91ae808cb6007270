"""Who somebody is to a board, or to one review."""

from models.vocabulary.term import Term


class Role(Term):
    """Who somebody is to a board, or to one review. The profile gives each its local title."""

    BUSINESS_MANAGER = "business-manager"
    INDEPENDENT_CHAIR = "independent-chair"
    PANEL_CHAIR = "panel-chair"
    STRATEGIC_PARTNERS = "strategic-partners"
    MONITORING_CHAIR = "monitoring-chair"
    EXECUTIVE_CHAIR = "executive-chair"
    PRACTICE_CHAIR = "practice-chair"
    CHILD_DEATH_CHAIR = "child-death-chair"
    YOUTH_JUSTICE_LEAD = "youth-justice-lead"
    SAFEGUARDING_LEAD = "safeguarding-lead"
    BOARD_MEMBER = "board-member"
    INSPECTOR = "inspector"
    LEAD_REVIEWER = "lead-reviewer"
    AGENCY_AUTHOR = "agency-author"
    ACTION_OWNER = "action-owner"
    CALENDAR = "calendar"
