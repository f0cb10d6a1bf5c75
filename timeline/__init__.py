"""timeline: news text and event data sets in, dated and sourced events of world politics out."""

__version__ = "0.1.0"
