"""One review under the lock of a transaction: its stages, people, files, and who may see or do what.

Moving a review from stage to stage is in `moves`.
"""
