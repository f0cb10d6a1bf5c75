"""What happened: from parsed sentences, actors, places and times to reports."""

from timeline.extract.what.reporting import reports_of

__all__ = ["reports_of"]
