"""serve: the timeline in a browser, and for programs."""

from __future__ import annotations

from typing import Annotated

import typer

from timeline.cli import options
from timeline.cli.printing import say

_PORT = 8765


def serve(
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", help="Port to listen at; 0 is any free one.")] = _PORT,
    open_: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
    allow_remote: Annotated[
        bool,
        typer.Option("--allow-remote", help="Let other machines read the whole store, if --host is one of theirs."),
    ] = False,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="NAME", help="Host name that it also goes by, behind a proxy; repeatable."),
    ] = None,
    db: options.Db = None,
) -> None:
    """Serve the timeline to a browser and to programs, to be read only. docs/serve.md tells of its addresses.

    Example: timeline serve --open
    """
    options.needs("serving", "serve", "starlette", "uvicorn")
    from timeline.serving import listening
    from timeline.serving.app import application
    from timeline.serving.guard import LOOPBACK
    from timeline.store import open_store

    with open_store(db, create=False, readonly=True) as store:
        bound = listening.bound(host, port, remote=allow_remote)
        address = listening.address_of(bound)
        app = application(store, {*LOOPBACK, host, *(name or ())}, addresses=allow_remote, tell=say)

        def started() -> None:
            say(f"Serving at {address} (Ctrl+C stops)")
            if open_:
                _show(address)

        listening.serve(app, bound, started)


def _show(address: str) -> None:
    import webbrowser
    from threading import Thread

    Thread(target=webbrowser.open, args=(address,), daemon=True).start()
