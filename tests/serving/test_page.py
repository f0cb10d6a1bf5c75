"""The served page in a real browser: it asks for nothing but what it is asked, and its form leads to permalinks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

from tests.browsing import chromium, watch
from tests.exports.making import MARKUP, store_at, told
from tests.serving.conftest import serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

REFUSED = "the server responded with a status of 400"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    db = tmp_path_factory.mktemp("page") / "store.db"
    store_at(db, [told(text, f"2024-01-{n + 1:02}") for n, text in enumerate([*MARKUP, "The last of talks"])])
    with serving(db) as (client, _):
        yield str(client.base_url)


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    """A tab; what it asks of others, or cannot do, fails the test."""
    with chromium() as browser:
        page = browser.new_page()
        page.set_default_timeout(20_000)
        host = urlsplit(address).netloc
        wrong = watch(page, lambda url: urlsplit(url).netloc == host, lambda words: REFUSED in words)
        yield page
    assert wrong == []


def test_the_page_shows_the_answer_and_the_form_makes_its_address(page: Page, address: str) -> None:
    page.goto(f"{address}?min-sources=1")
    assert page.locator("#sum").inner_text().startswith("2024")
    page.get_by_label("Words", exact=True).fill("last of talks")
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**/?text=last+of+talks&min-sources=1")
    assert page.locator("#list .title").all_text_contents() == ["The last of talks"]
    with page.expect_download() as coming:
        page.get_by_role("link", name="CSV").click()
    assert coming.value.path().read_text().count("The last of talks") == 2


def test_a_wrong_question_is_told_above_the_form(page: Page, address: str) -> None:
    answer = page.goto(f"{address}?since=someday&country=Myanmar")
    assert answer is not None
    assert answer.status == 400
    assert "since: 'someday' is no date" in page.locator(".part").inner_text()
    assert page.get_by_label("Since", exact=True).input_value() == "someday"
    assert page.get_by_label("Country", exact=True).input_value() == "Myanmar"


def test_what_is_asked_stays_text(page: Page, address: str) -> None:
    for number, payload in enumerate(MARKUP):
        name = ("text", "source", "country")[number % 3]
        page.goto(f"{address}?{urlencode({name: payload.replace(chr(10), ' '), 'min-sources': '1'})}")
        assert page.evaluate("document.scripts.length") == 3
        assert page.locator("header").locator("script, img, iframe, svg").count() == 0
        if name != "source":
            assert page.locator(f".asking input[name={name}]").input_value() == payload.replace("\n", " ")
