"""One page has one canonical address, and two pages never have the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.model.address import canonical, host_of

PAGE = "https://news.example/world/coup"


@pytest.mark.parametrize(
    "url",
    [
        PAGE,
        f" {PAGE} ",
        "HTTPS://News.Example:443/world/coup",
        "http://news.example:80/world/coup",
        "http://news.example./world/coup",
        f"{PAGE}#comments",
        f"{PAGE}/",
        f"{PAGE}/index.html",
        f"{PAGE}/amp",
        f"{PAGE}/amp/",
        f"{PAGE}?utm_source=feed&utm_medium=rss",
        f"{PAGE}?fbclid=abc&gclid=def",
        f"{PAGE}?amp=1",
    ],
)
def test_all_ways_to_a_page_have_one_address(url: str) -> None:
    assert canonical(url) == PAGE


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/world/Coup",
        f"{PAGE}?id=1",
        f"{PAGE}?page=2&utm_source=feed",
        f"{PAGE}?source=utm",
        f"{PAGE}#!/article/7",
        "https://news.example:8443/world/coup",
        "https://live.news.example/world/coup",
        "https://news.example/amp",
        "https://news.example/",
        "ftp://news.example/world/coup",
        "file:///world/coup",
        "https://[::1]/world/coup",
        "https://[broken/world/coup",
        "",
    ],
)
def test_what_may_be_another_page_has_another_address(url: str) -> None:
    assert canonical(url) != PAGE


@given(st.text() | st.builds("https://news.example{}".format, st.text()))
def test_an_address_is_canonical_at_once_and_nothing_breaks_it(url: str) -> None:
    assert canonical(canonical(url)) == canonical(url)
    host_of(url)


def test_what_is_no_address_of_the_web_stays_as_it_is() -> None:
    assert canonical("file:///Folder/index.html#line=3") == "file:///Folder/index.html#line=3"


def test_a_house_has_one_host_with_and_without_www() -> None:
    assert host_of("https://www.News.example/1") == host_of("http://news.example/2") == "news.example"
    assert host_of("file:///news.example") == ""
