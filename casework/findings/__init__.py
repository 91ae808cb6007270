"""What reports lead to: findings and recommendations, who answers them, and which are alike.

Whether the board agrees is recorded in its response, not decided here.
"""
