"""Meetings of a review: arranged, moved, called off and answered, as calendar requests.

What a meeting found out is recorded by the stage it served.
"""
