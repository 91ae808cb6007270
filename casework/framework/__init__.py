"""What a board’s framework says: profiles, editions of the guidance, review types, methodologies, criteria.

Nothing here knows a single review.
"""
