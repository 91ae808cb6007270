"""The invented people of the conformance walks: whoever holds a role is somebody else than whoever holds another."""

from typing import Any

from models.vocabulary import Role

MANAGER, CHAIR = "business-manager@board.example", "independent-chair@board.example"
LENA = {"name": "Lena Reviewer", "email": "lena.reviewer@independent.example", "organisation": "Independent consultant"}
LEO = {"name": "Leo Reviewer", "email": "leo.reviewer@reviews.example", "organisation": "Reviews Example Ltd"}
SOCIAL_CARE, POLICE = "example-social-care", "example-police"  # as the names of their stages read
AUTHORS = {
    SOCIAL_CARE: {
        "name": "Example Social Care",
        "author_name": "Alex Author",
        "author_email": "alex.author@social-care.example",
    },
    POLICE: {"name": "Example Police", "author_name": "Pat Author", "author_email": "pat.author@police.example"},
}
SOURCES = {
    "case-files-of-the-hospital": {
        "kind": "case-file-audit",
        "name": "Case files of the hospital",
        "owner_name": "Hana Holder",
        "owner_email": "hana.holder@hospital.example",
    },
    "views-of-young-people": {
        "kind": "views-of-children",
        "name": "Views of young people",
        "owner_name": "Yuri Worker",
        "owner_email": "yuri.worker@youth.example",
    },
}
OTHERS = {
    LENA["email"]: "lead-reviewer",
    LEO["email"]: "lead-reviewer",
    **{row["author_email"]: "agency-author" for row in AUTHORS.values()},
    **{row["owner_email"]: "agency-author" for row in SOURCES.values()},
}
BOARD_ROLES = tuple(role for role in Role if role not in ("lead-reviewer", "agency-author", "action-owner", "calendar"))


def holders() -> dict[str, Any]:
    """Somebody for each of a board's roles, as a launch file names them."""
    return {
        role.value: {"name": f"{role.label} Example", "email": f"{role}@board.example", "organisation": "Example board"}
        for role in BOARD_ROLES
    }


def role_of(email: str) -> str:
    """The role of whoever has this address."""
    name, _, domain = email.partition("@")
    return name if domain == "board.example" else OTHERS[email]


def agencies() -> list[dict[str, str]]:
    """The agencies that report, each with its author."""
    return [dict(row) for row in AUTHORS.values()]
