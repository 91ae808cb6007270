"""Make the Word and PowerPoint templates of the prepared documents, in their first form.

Once made they belong to whoever edits them: only templates that are missing are made, unless --anew is given.
Usage: make_document_templates.py [--anew] [FOLDER]
"""

import sys
from collections.abc import Callable
from pathlib import Path

import audit_words
import document_learning
import document_words
import report_words
from slide_look import make_slides

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "documents"

TEMPLATES: dict[str, Callable[[Path], None]] = {
    "screening-record.docx": document_words.screening_record,
    "panel-notification.docx": document_words.panel_notification,
    "terms-of-reference.docx": document_words.terms_of_reference,
    "agency-report-request.docx": report_words.agency_report_request,
    "report-skeleton.docx": report_words.report_skeleton,
    "audit-report.docx": audit_words.audit_report,
    "learning-summary.docx": document_learning.learning_summary,
    "action-plan.docx": document_learning.action_plan,
    "learning-slides.pptx": make_slides,
}


def main(arguments: list[str]) -> None:
    """Make the templates that are missing, or all of them anew."""
    anew = "--anew" in arguments
    folder = Path(next((argument for argument in arguments if argument != "--anew"), FOLDER))
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in TEMPLATES.items():
        if anew or not (folder / name).exists():
            make(folder / name)
            print(folder / name)


if __name__ == "__main__":
    main(sys.argv[1:])
