"""An SVG in a real browser: no title runs, asks for anything, or becomes a link."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browsing import chromium, watch
from tests.exports.page.conftest import event
from tests.exports.page.test_hostile import PAYLOADS
from timeline.exports.plots import PLOTS, Wanted, draw


@pytest.mark.parametrize("plot", PLOTS)
def test_a_hundred_hostile_titles_do_nothing(plot: str, tmp_path: Path) -> None:
    told = [
        event(n, f"2021-{1 + n % 12:02}-0{1 + n % 9}", title=payload, kind=payload)
        for n, payload in enumerate(PAYLOADS)
    ]
    path = tmp_path / "plot.svg"
    wanted = Wanted(PAYLOADS[0], PAYLOADS[1], most=200, scale=dict.fromkeys(PAYLOADS, 1.0))
    path.write_bytes(draw(plot, told, wanted))
    with chromium() as browser:
        page = browser.new_page()
        wrong = watch(page, lambda url: url == path.as_uri())
        page.goto(path.as_uri())
        page.mouse.click(400, 300)
        assert page.evaluate("document.documentElement.localName") == "svg"
        assert page.evaluate("window.ran") is None
        assert page.evaluate("document.querySelectorAll('a, script, image, foreignObject').length") == 0
    assert wrong == []
