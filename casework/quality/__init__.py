"""How a review meets the principles and the quality markers.

No answer ever holds a review back.
"""
