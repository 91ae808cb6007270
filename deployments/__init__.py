"""When and where it runs: the boards’ profiles, the worker, Prefect’s server, the start of everything.

Nothing here knows what a review is about.
"""
