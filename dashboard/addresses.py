"""Where the pages are found that other pages lead to."""

from urllib.parse import quote


def address_of(reference: str, stage: str | None = None) -> str:
    """Where a review, or a stage of it, is found."""
    page = f"/reviews/{quote(reference, safe='')}"
    return f"{page}/stages/{quote(stage, safe=':')}" if stage else page
