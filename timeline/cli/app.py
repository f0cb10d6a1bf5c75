"""The program with all its commands."""

from __future__ import annotations

from timeline.cli.commands import program

app = program()
