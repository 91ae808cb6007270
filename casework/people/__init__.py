"""Who people are, which roles they hold on a board, and how they sign in.

What a role may do is decided in `reviews`.
"""
