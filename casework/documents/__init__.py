"""The documents made ready for people when a stage opens: Word drafts and slides from what the review has recorded."""

from casework.documents.dossier import Dossier, dossier
from casework.documents.preparing import prepare_document

__all__ = ["Dossier", "dossier", "prepare_document"]
