"""axe-core finds no serious fault on the page, light or dark, wide or narrow, with everything open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.exports.page.conftest import Seen, events


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1300])
def test_axe_finds_no_serious_fault(show: Callable[..., Seen], scheme: str, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    # The policy would keep axe itself out.
    seen = show(events(), color_scheme=scheme, bypass_csp=True, viewport={"width": width, "height": 900})
    page = seen.page
    if width < 900:
        page.locator("#fold").click()
    for number in (4, 9, 14, 15, 20):
        page.locator(f"#e-{number} .title").click()
    page.locator("#facets input[type=checkbox]").first.check()
    _check(axe, page)
    page.locator("#clear").click()
    page.locator("#help-button").click()
    _check(axe, page)


def _check(axe: object, page: object) -> None:
    found = axe.Axe().run(page).response["violations"]
    faults = [
        (v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found if v["impact"] in {"serious", "critical"}
    ]
    assert faults == []
