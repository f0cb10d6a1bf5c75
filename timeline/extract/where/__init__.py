"""Where it happened: places named in a sentence, disambiguated, and the one that a happening was at."""

from timeline.extract.where.places import Places, locate

__all__ = ["Places", "locate"]
