"""Who hears of a deadline today: the owner, then whoever stands above them on the board’s ladder.

What the reminder says is in `letters`.
"""
