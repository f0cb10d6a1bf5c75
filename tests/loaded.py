"""What `tests.commands` forks its processes from: the program with its language model and store. Takes seconds."""

from __future__ import annotations

import gc

import sqlalchemy.dialects.postgresql.psycopg
import sqlalchemy.dialects.sqlite.pysqlite  # noqa: F401

from timeline.cli import app  # noqa: F401
from timeline.extract.pipeline import DefaultExtractor
from timeline.model import Article
from timeline.store import store  # noqa: F401

DefaultExtractor().extract(Article("A minister of France visited Vienna on Monday."))
gc.freeze()  # what is loaded stays shared with the commands
