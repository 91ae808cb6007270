"""What every e-mail says: its variables, the board’s own words, the letterhead, previews and digests.

No letter is sent from here, and none carries a name or a fact of a case.
"""
