"""The command line. Each module is a group of commands that parse, call one thing, and print."""

from __future__ import annotations

import gc
import os
import sys

# Collections of garbage while modules load find nothing and take a tenth of a short command's time.
_ALLOCATIONS = 50_000


def main() -> None:
    """Run the program and leave at once: tearing down an interpreter full of modules takes longer than most commands.

    Nothing is lost by it: stores, files and worker processes are closed by the commands that open them.
    """
    gc.set_threshold(_ALLOCATIONS, 20, 20)
    code = run()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (BrokenPipeError, ValueError):
            code = code or 0
    os._exit(code)


def run() -> int:
    """The exit code of the command in sys.argv: every expected error is one line on stderr, never a traceback."""
    from timeline.cli.app import app
    from timeline.cli.printing import clean
    from timeline.model.errors import TimelineError

    try:
        app(prog_name="timeline")
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    except TimelineError as error:
        print(f"timeline: {clean(str(error))}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except KeyboardInterrupt:
        print("timeline: stopped", file=sys.stderr)
        return 130
    return 0
