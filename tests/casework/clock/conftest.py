"""Properties are tried without a stop-watch: the first year asked for loads the rules of its holidays."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
