"""The documents made ready for people when a stage opens: Word drafts and slides from what the review has recorded.

Which document a stage opens with is said in `flows`. Nothing here changes a review: a document is made from its record.
"""

from casework.documents.dossier import Dossier, dossier
from casework.documents.preparing import ToMake, prepare_document

__all__ = ["Dossier", "ToMake", "dossier", "prepare_document"]
