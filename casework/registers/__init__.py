"""What stands beside a review’s stages: who took part, what runs in parallel, and the days on hold.

Nothing here opens or closes a stage.
"""
