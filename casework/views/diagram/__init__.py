"""A review type as a picture that can hang on a wall, drawn from its table.

It knows no review.
"""
