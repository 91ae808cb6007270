"""A closed list whose members can be read aloud."""

from enum import StrEnum


class Term(StrEnum):
    """A closed list whose members can be read aloud."""

    @property
    def label(self) -> str:
        """The member as it stands on a page: "Lead reviewer"."""
        return LABELS.get(self.value) or self.value.replace("-", " ").capitalize()


LABELS = {
    "scie-learning-together": "SCIE Learning Together",
    "significant-incident-learning-process": "Significant Incident Learning Process (SILP)",
    "traditional": "Traditional, with individual management reviews (IMRs)",
    "no-review": "No review",
    "not-invited-for-a-reason": "Not invited, for the reason given",
    "local-child-safeguarding-practice-review": "Local child safeguarding practice review",
    "speed-plus": "Speed+",
    "mid-range": "Mid-range",
    "talking-to-professionals": "Talking to a number of professionals",
    "other-family-member": "Other member of the family",
    "other-process": "Other",
    "other-board-communication": "Another communication of the board",
    "agreed-in-the-review": "Agreed in the review",
    "audit-report": "Report",
    "single-agency": "Single-agency",
    "multi-agency": "Multi-agency",
    "reopened": "Opened again",
}
