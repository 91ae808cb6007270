"""Which documents a review type makes, where more than its flow has to know: what flows and documents share.

What is drafted, or made on record, when a stage opens or closes is said in the flow of the review type. Only what
another document speaks of stands here as well, and a test holds the flows to it.
"""

HAVE_SLIDES = frozenset({"serious-case-review", "local-child-safeguarding-practice-review"})
"""The review types that end in slides for a workshop: their learning summary says that those are drafted from it."""
