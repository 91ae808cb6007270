"""Signed links: each opens one task for one person without an account, and says why it no longer does.

What is done behind a link is one of the moves; nothing is decided here.
"""
