"""The command line. Each module is a group of commands that parse, call one thing, and print."""

from __future__ import annotations

import gc
import os
import sys
from typing import Any

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
            pass
        except OSError as error:
            code = code or _unwritable(error)
    os._exit(code)


def run() -> int:
    """The exit code of the command in sys.argv: every expected error is one line on stderr, never a traceback."""
    import typer

    from timeline.cli.app import program
    from timeline.cli.printing import clean
    from timeline.model.errors import TimelineError

    refused: Any = typer.BadParameter.__mro__[1]  # every wrong usage that Typer finds
    try:
        left = program(sys.argv[1:])(prog_name="timeline", standalone_mode=False)
    except SystemExit as stopped:
        left = stopped.code if isinstance(stopped.code, int) else int(stopped.code is not None)
    except TimelineError as error:
        print(f"timeline: {clean(str(error))}", file=sys.stderr)
        return error.exit_code
    except refused as error:
        print(wrong_usage(error), file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (KeyboardInterrupt, typer.Abort):
        print("timeline: stopped", file=sys.stderr)
        return 130
    except OSError as error:  # standard output on a full disk; files and stores say for themselves what is wrong
        return _unwritable(error)
    return left if isinstance(left, int) else 0


def _unwritable(error: OSError) -> int:
    """Say that the system refused to read or write; the exit code."""
    from timeline.cli.printing import clean

    where = error.filename or "standard output"
    print(clean(f"timeline: {where}: {(error.strerror or str(error)).lower()}. Check its space"), file=sys.stderr)
    return 1


def wrong_usage(error: Any) -> str:
    """What Typer says of it, in one line; a group of commands that was given none prints its help."""
    from timeline.cli.printing import clean

    said = error.format_message()
    if "\n" in said:
        return str(said)
    option = getattr(getattr(error, "param", None), "opts", [""])[0]
    what = f"{option}: {error.message}" if option.startswith("-") and error.message else said
    command = error.ctx.command_path if error.ctx else "timeline"
    return f"timeline: {clean(what[:1].lower() + what[1:]).rstrip('.')}. See '{command} --help'"
