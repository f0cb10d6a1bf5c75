"""A real Chromium, and all that goes wrong in a tab of it: errors, requests, refusals of the policy, dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """While it is open no other test can run an event loop."""
    if not CHROMIUM.exists():
        pytest.skip("there is no Chromium (apt install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def watch(page: Page, may_ask: Callable[[str], bool], may_say: Callable[[str], bool] = lambda _: False) -> list[str]:
    """What goes wrong from now on: also requests but for addresses that it may ask, and words on the console."""
    wrong: list[str] = []
    page.on("request", lambda r: may_ask(r.url) or wrong.append(f"asked for {r.url}"))
    page.on("pageerror", lambda e: wrong.append(f"error {e}"))
    page.on("console", lambda m: may_say(m.text) or wrong.append(f"console {m.text}"))
    page.on("dialog", lambda d: (wrong.append(f"dialog {d.message}"), d.dismiss()))
    page.on("popup", lambda p: wrong.append(f"opened {p.url}"))
    page.add_init_script("addEventListener('securitypolicyviolation', (e) => console.log('refused', e.blockedURI))")
    return wrong
