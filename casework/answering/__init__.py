"""Answering without an account: a signed link opens one task for one person, and nothing else."""
