"""Invented people and cases for a first look, moved by the same functions as real ones.

Nothing else depends on it.
"""
