"""Letters: what is queued, written, sent, and what becomes of it."""
