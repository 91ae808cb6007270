"""What is kept and where: the settings, the database, and the journal that nobody can change unnoticed.

Nothing here knows what a review is.
"""
