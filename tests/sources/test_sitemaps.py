"""A sitemap is the addresses that it lists; of a news sitemap also their titles and days of publication."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from timeline.model.errors import InputError
from timeline.sources import Bad, Fit, Link
from timeline.sources.head import Head
from timeline.sources.sitemaps import SitemapReader

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "sitemaps"
ORIGIN = "https://wire.example/sitemap.xml"


def read(data: bytes | str) -> list[Link | Bad]:
    return list(SitemapReader().read(data if isinstance(data, bytes) else data.encode(), ORIGIN))


def test_a_news_sitemap_gives_titles_and_days_and_a_last_change_is_no_publication() -> None:
    news, about, mail = read((SAMPLES / "news.xml").read_bytes())
    assert isinstance(news, Link)
    assert isinstance(about, Link)
    assert (news.title, news.published) == ("Indonesia's foreign minister visits Hanoi", date(2025, 3, 4))
    assert (about.url, about.title, about.published) == ("https://wire.example/about", "", None)
    assert isinstance(mail, Bad)
    assert (mail.origin, mail.reason) == (f"{ORIGIN}#3", "'mailto:editors@wire.example' is no address of a page")


def test_an_index_gives_its_sitemaps() -> None:
    links = read((SAMPLES / "index.xml").read_bytes())
    assert [each.url for each in links if isinstance(each, Link)] == [
        "https://wire.example/sitemap-news.xml",
        "https://wire.example/sitemap-2024.xml",
    ]


def test_addresses_are_read_as_sites_write_them() -> None:
    found = read(
        "<urlset><url><loc>\n https://wire.example/?a=1&b=2 </loc></url><url><loc><![CDATA[https://wire.example/3]]></loc>"
        "</url><url><loc>/4</loc></url><url><image:image><image:loc>https://wire.example/i.png</image:loc></image:image>"
        "<loc>https://wire.example/5</loc></url></urlset>"
    )
    assert [each.url for each in found if isinstance(each, Link)] == [
        "https://wire.example/?a=1&b=2",
        "https://wire.example/3",
        "https://wire.example/4",
        "https://wire.example/5",
    ]


def test_fifty_thousand_addresses_are_read() -> None:
    found = read(
        "<urlset>" + "".join(f"<url><loc>https://wire.example/{n}</loc></url>" for n in range(50_000)) + "</urlset>"
    )
    assert len(found) == 50_000


def test_what_is_read_before_a_sitemap_breaks_off_counts_and_the_rest_is_bad() -> None:
    found = read(
        "<urlset><url><loc>https://wire.example/1</loc></url><url><loc>https://wire.example/2</loc><lastmod>20"
    )
    assert [type(each) for each in found] == [Link, Bad]


@pytest.mark.parametrize("data", [b"", b"  ", b"words", b"<html><body/></html>", b"\x89PNG\0\0"])
def test_what_is_no_sitemap_says_so(data: bytes) -> None:
    with pytest.raises(InputError, match="this is no"):
        read(data)


@pytest.mark.parametrize(
    ("data", "expected"),
    [(b"<?xml version='1.0'?><urlset>", Fit.SURE), (b"<sitemapindex>", Fit.SURE), (b"<rss>", Fit.NO), (b"x", Fit.NO)],
)
def test_a_sitemap_is_told_by_its_root(data: bytes, expected: Fit) -> None:
    assert SitemapReader().fits(Head("x.xml", data)) is expected
