"""The nouns of the house, as frozen, typed values.

Nothing here reads a file, a database or a clock, and nothing here imports another room.
"""

from timeline.model.actor import Actor, ActorKind, Participation, Role, Unresolved
from timeline.model.article import Article, Span
from timeline.model.dataset import DataSet, Row
from timeline.model.edtf import Exactness, bounds, exactness
from timeline.model.errors import TimelineError
from timeline.model.event import DEFAULT_SALIENCE, CountryLink, Event, EventReport, Extraction, Modality, Report
from timeline.model.job import CatchUp, Claim, Job, JobLine, JobRun, JobRunStatus, JobState, LogLine
from timeline.model.place import Place, PlaceExactness
from timeline.model.usage import NO_USAGE, Usage
from timeline.model.when import UNKNOWN_WHEN, TimeExpression, When

__all__ = [
    "DEFAULT_SALIENCE",
    "NO_USAGE",
    "UNKNOWN_WHEN",
    "Actor",
    "ActorKind",
    "Article",
    "CatchUp",
    "Claim",
    "CountryLink",
    "DataSet",
    "Event",
    "EventReport",
    "Exactness",
    "Extraction",
    "Job",
    "JobLine",
    "JobRun",
    "JobRunStatus",
    "JobState",
    "LogLine",
    "Modality",
    "Participation",
    "Place",
    "PlaceExactness",
    "Report",
    "Role",
    "Row",
    "Span",
    "TimeExpression",
    "TimelineError",
    "Unresolved",
    "Usage",
    "When",
    "bounds",
    "exactness",
]
