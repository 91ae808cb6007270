"""Who hears of a deadline, when, and how often: over random histories, in two processes, and by example."""
