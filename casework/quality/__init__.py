"""How a review stands to the principles and the quality markers.

No answer ever holds a review back.
"""
