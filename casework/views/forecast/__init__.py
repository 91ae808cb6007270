"""Whether a review will miss a date, weeks before it does, from how long each stage took on this board before.

It moves no deadline.
"""
