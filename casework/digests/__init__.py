"""The digests: a board's week for its business manager, its month for the chair, an agency's month for its lead."""

from casework.digests.queueing import queue_digests

__all__ = ["queue_digests"]
