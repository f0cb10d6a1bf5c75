"""From raw text to parsed sentences: the layout of an article and its linguistic parse."""

from timeline.extract.text.cleaning import layout_of
from timeline.extract.text.parsing import parse, parse_many

__all__ = ["layout_of", "parse", "parse_many"]
