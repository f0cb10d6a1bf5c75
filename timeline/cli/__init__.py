"""The command line. Each module is a group of commands that parse, call one thing, and print."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the program: every expected error is one line on stderr with its exit code, never a traceback."""
    from timeline.cli.app import app
    from timeline.cli.printing import clean
    from timeline.model.errors import TimelineError

    try:
        app(prog_name="timeline")
    except TimelineError as error:
        print(f"timeline: {clean(str(error))}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        print("timeline: stopped", file=sys.stderr)
        sys.exit(130)
