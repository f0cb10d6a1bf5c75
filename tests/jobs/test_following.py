"""Feeds and sitemaps over a network: what is unchanged is not written, what a list leads to is read, and where that is
not to be had the feed's own text is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources.faults import Answer, FaultServer, faulty, feed
from timeline.jobs.fetching import Fetching
from timeline.jobs.importing import Tally, import_paths
from timeline.jobs.listening import Listener
from timeline.jobs.reading import Reading
from timeline.sources.fetching import Fetcher, Policy
from timeline.store import open_store
from timeline.store.store import Store

TEXT = "Malaysia's king flew to Brunei on Monday for a visit of three days, the palace said."
LONG = f"{TEXT} Malaysia and Brunei signed an agreement on fishing on Tuesday. They will meet again in May. " * 3
OTHER = LONG.replace("Malaysia", "Laos").replace("Brunei", "Vietnam").replace("fishing", "fishing and mining")


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with faulty() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "timeline.db")) as opened:
        yield opened


def page(text: str, title: str = "The king visits Brunei") -> Answer:
    body = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    return Answer(f"{body}<p>{text}</p></article></body></html>".encode(), headers={"Content-Type": "text/html"})


def rss(*entries: tuple[str, str]) -> bytes:
    items = "".join(
        f"<item><title>The king visits Brunei</title><link>{link}</link><description>{text}</description>"
        f"<pubDate>Tue, 04 Mar 2025 08:00:00 +0800</pubDate></item>"
        for link, text in entries
    )
    return f'<rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'.encode()


def imported(store: Store, *urls: str, follow: bool = True, told: list[str] | None = None) -> Tally:
    lines = told if told is not None else []
    policy = Policy(allow_private=True, tries=1, delay=0.0)
    with Fetcher(policy) as fetcher:
        return import_paths(
            store,
            urls,
            reading=Reading(follow=follow, fetch=Fetching(fetcher, store, follow=follow)),
            listener=Listener(warning=lines.append, problem=lines.append),
        )


def texts(store: Store) -> list[str]:
    return sorted(store.article(each).text for each in store.article_ids())


def test_an_unchanged_feed_is_not_sent_again_and_writes_nothing(server: FaultServer, store: Store) -> None:
    url = server.say("/feed", feed(rss((server.url("/a"), TEXT))))
    assert imported(store, url, follow=False).counts.added == 1
    before = texts(store)
    again = imported(store, url, follow=False)
    assert (again.counts.read, again.counts.unchanged) == (1, 1)
    assert texts(store) == before
    assert server.asked("/a") == 0


def test_the_links_of_a_feed_that_was_imported_without_them_can_be_followed(server: FaultServer, store: Store) -> None:
    url = server.say("/feed", feed(rss((server.say("/a", page(LONG)), TEXT))))
    assert imported(store, url, follow=False).counts.added == 1
    counts = imported(store, url).counts
    assert (counts.added, counts.updated) == (0, 1)
    (text,) = texts(store)
    assert "fishing" in text


@pytest.mark.parametrize(
    "broken", [Answer(b"gone", status=404), Answer(b"no", status=503), page("Subscribe"), page(TEXT[:50])]
)
def test_the_feeds_own_text_is_read_where_its_page_is_not_to_be_had(
    server: FaultServer, store: Store, broken: Answer
) -> None:
    lines = list[str]()
    url = server.say("/feed", feed(rss((server.say("/a", page(LONG)), TEXT), (server.say("/b", broken), OTHER))))
    tally = imported(store, url, told=lines)
    assert (tally.counts.added, tally.counts.quarantined) == (2, 0)
    assert sum("fishing" in text for text in texts(store)) == 2
    assert [line.endswith("The feed's own text is read") and server.url("/b") in line for line in lines] == [True]


def test_a_page_that_was_read_is_not_replaced_by_the_words_of_its_feed(server: FaultServer, store: Store) -> None:
    broken = Answer(b"no", status=503)
    entry = (server.say("/a", page(LONG), broken), TEXT)
    url = server.say("/feed", feed(rss(entry)), feed(rss(entry, (server.say("/b", page(OTHER)), TEXT)), '"2"'))
    imported(store, url)
    before = texts(store)
    counts = imported(store, url).counts
    assert (counts.added, counts.updated, counts.quarantined) == (1, 0, 1)
    assert set(before) <= set(texts(store))


def test_a_page_that_could_not_be_had_comes_when_it_can(server: FaultServer, store: Store) -> None:
    url = server.say("/feed", feed(rss((server.say("/a", Answer(b"no", status=503), page(LONG)), TEXT))))
    imported(store, url)
    counts = imported(store, url).counts
    assert (counts.added, counts.updated) == (0, 1)
    (text,) = texts(store)
    assert "fishing" in text


def test_an_index_of_sitemaps_leads_to_pages(server: FaultServer, store: Store) -> None:
    urls = [server.say(f"/{n}", page(LONG.replace("Brunei", n), f"Visit to {n}")) for n in ("Laos", "Vietnam", "Nepal")]
    inside = "".join(f"<url><loc>{url}</loc></url>" for url in [*urls, server.url("/no")])
    inner = server.say("/inner.xml", Answer(f"<urlset>{inside}</urlset>".encode()))
    index = f"<sitemapindex><sitemap><loc>{inner}</loc></sitemap></sitemapindex>"
    counts = imported(store, server.say("/index.xml", Answer(index.encode()))).counts
    assert (counts.read, counts.added, counts.quarantined) == (4, 3, 1)


def test_a_list_whose_links_are_not_followed_is_one_item_until_they_are(server: FaultServer, store: Store) -> None:
    inside = "".join(f"<url><loc>{server.url(f'/{n}')}</loc></url>" for n in range(1200))
    inside += f"<url><loc>mailto:a</loc></url><url><loc>{server.url('/7')}</loc></url>"
    sitemap = server.say("/long.xml", Answer(f"<urlset>{inside}</urlset>".encode()))
    short = server.say(
        "/s.xml", Answer(f"<urlset><url><loc>{server.say('/a', page(LONG))}</loc></url></urlset>".encode())
    )
    links = feed(
        rss((server.url("/b"), OTHER)).replace(b"</channel>", f"<item><link>{short}</link></item></channel>".encode())
    )
    told = list[str]()
    counts = imported(store, sitemap, short, server.say("/feed", links), follow=False, told=told).counts
    assert (counts.read, counts.added, counts.quarantined) == (5, 1, 4)
    assert told[1] == f"{sitemap}: it lists 1,200 addresses and does not hold what is there. Say --follow to fetch it"
    assert told[2] == f"{short}: it lists 1 address and does not hold what is there. Say --follow to fetch it"
    assert told[3].startswith(f"{server.url('/feed')}: it lists 1 address and")
    assert [server.asked("/a"), server.asked("/7")] == [0, 0]
    assert imported(store, short).counts.added == 1
    assert short not in {item.origin for item in store.quarantined()}


def test_a_list_too_deep_to_be_followed_says_how_it_is_read(server: FaultServer, store: Store) -> None:
    def index(url: str) -> Answer:
        return Answer(f"<sitemapindex><sitemap><loc>{url}</loc></sitemap></sitemapindex>".encode())

    deepest = server.say("/3", index(server.url("/4")))
    told = list[str]()
    imported(store, server.say("/1", index(server.say("/2", index(deepest)))), told=told)
    said = "it lists 1 address and does not hold what is there. Import it by itself, with --follow"
    assert told == [f"{deepest}: {said}"]
