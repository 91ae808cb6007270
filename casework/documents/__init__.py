"""The documents made ready for people when a stage opens: Word drafts and slides from what the review has recorded.

Nothing here changes a review: a document is made from the record, and made again when the record changes.
"""

from casework.documents.dossier import Dossier, dossier
from casework.documents.preparing import ToMake, prepare_document

__all__ = ["Dossier", "ToMake", "dossier", "prepare_document"]
