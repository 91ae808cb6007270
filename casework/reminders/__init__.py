"""Who hears of a deadline today: the owner, then the people above them on the board’s ladder.

On which days is said in the board’s profile and counted in `framework`; what the reminder says is in `letters`.
"""
