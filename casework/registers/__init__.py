"""What stands beside a review's stages: who took part, what runs beside it, how it holds to the principles."""
