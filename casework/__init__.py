"""What may be done to reviews: plain functions over a database session, room by room.

A room imports only from rooms below it in pyproject.toml’s contract, and none of them knows Prefect or a page.
"""
