"""When: time expressions of English news, normalised to TIMEX3 and EDTF, and which of them dates which happening."""

from timeline.extract.when.tagger import tag

__all__ = ["tag"]
