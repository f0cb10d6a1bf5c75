"""What its source withdraws goes, with a tombstone, and can be had back; what only rolls off a feed stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.jobs.test_following import LONG, OTHER, TEXT, imported, page, rss, texts
from tests.sources.faults import Answer, FaultServer, faulty, feed
from timeline.jobs.fetching import Fetching
from timeline.jobs.retrying import retry
from timeline.model.errors import NotFoundError
from timeline.sources.fetching import Fetcher, Policy
from timeline.store import open_store
from timeline.store.store import Store

GONE = Answer(b"gone", status=410)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with faulty() as running:
        yield running


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with open_store(database_url) as opened:
        yield opened


def atom(*entries: tuple[str, str, str], deleted: str = "") -> bytes:
    """Entries: id, link, text."""
    inside = "".join(
        f"<entry><id>{name}</id><link href='{link}'/><title>The king visits Brunei</title><content>{words}</content>"
        f"<published>2025-03-04T08:00:00Z</published><updated>2025-03-04T08:00:00Z</updated></entry>"
        for name, link, words in entries
    )
    spaces = "xmlns='http://www.w3.org/2005/Atom' xmlns:at='http://purl.org/atompub/tombstones/1.0'"
    return f"<feed {spaces}><title>Wire</title>{inside}{deleted}</feed>".encode()


def deleted(name: str, inside: str = "", when: str = "2025-03-05T08:00:00Z") -> str:
    return f"<at:deleted-entry ref='{name}' when='{when}'>{inside}</at:deleted-entry>"


def test_a_page_that_its_server_says_is_gone_is_withdrawn_and_can_be_had_back(
    server: FaultServer, store: Store
) -> None:
    url = server.say("/a", page(LONG), GONE)
    imported(store, url, server.say("/b", page(OTHER)))
    hashed, before = store.content_hash(), list(store.events())
    tally = imported(store, url)
    assert (tally.counts.read, tally.counts.updated) == (1, 1)
    assert texts(store) == [text for text in texts(store) if "Vietnam" in text]
    gone = [event.id for event in before if "Malaysia" in event.title]
    for event in gone:
        with pytest.raises(NotFoundError, match="withdrawn"):
            store.event(event)
    assert gone
    assert store.history(gone[0]).state == "withdrawn"
    with store.connection() as connection:
        titles = connection.scalars(text("SELECT title FROM tombstones")).all()
    assert list(store.check()) == []
    assert "The king visits Brunei" in titles
    undone = store.undo_runs(tally.run)
    assert store.content_hash() == hashed
    store.undo_runs(undone.run)
    with store.connection() as connection:
        assert sorted(connection.scalars(text("SELECT title FROM tombstones"))) == sorted(titles)


def test_what_is_left_is_as_if_the_withdrawn_had_never_been(server: FaultServer, store: Store, tmp_path: Path) -> None:
    urls = [server.say(f"/{n}", page(words), GONE) for n, words in enumerate([LONG, LONG + " It rained.", OTHER])]
    imported(store, *urls)
    imported(store, urls[0])
    rest = [server.say("/1", page(LONG + " It rained.")), server.say("/2", page(OTHER))]
    with open_store(str(tmp_path / "clean.db")) as clean:
        imported(clean, *rest)
        assert store.content_hash() == clean.content_hash()


def test_a_page_that_comes_back_has_its_ids_again_and_no_tombstone(server: FaultServer, store: Store) -> None:
    url = server.say("/a", page(LONG), GONE, page(LONG))
    imported(store, url)
    hashed = store.content_hash()
    imported(store, url)
    assert imported(store, url).counts.added == 1
    assert store.content_hash() == hashed
    with store.connection() as connection:
        assert connection.scalar(text("SELECT count(*) FROM tombstones")) == 0


def test_a_page_that_is_not_found_stays(server: FaultServer, store: Store) -> None:
    url = server.say("/a", page(LONG), Answer(b"no", status=404))
    imported(store, url)
    assert imported(store, url).counts.quarantined == 1
    assert len(texts(store)) == 1


def test_a_source_that_is_gone_and_is_no_article_is_an_error(server: FaultServer, store: Store) -> None:
    url = server.say("/feed", feed(rss((server.url("/a"), TEXT))), GONE)
    imported(store, url, follow=False)
    told = imported(store, url, follow=False)
    assert (told.counts.quarantined, len(texts(store))) == (1, 1)
    assert "gone for good" in told.problem


def test_a_text_that_is_elsewhere_too_stays(server: FaultServer, store: Store) -> None:
    one, other = server.say("/a", page(LONG), GONE), server.say("/moved", page(LONG))
    imported(store, one)
    assert imported(store, one, other).counts.updated == 2
    assert len(texts(store)) == 1


def test_a_gone_page_is_not_read_from_its_feed_instead(server: FaultServer, store: Store) -> None:
    entry = (server.say("/a", page(LONG), GONE), TEXT)
    feeds = [feed(rss(entry), f'"{n}"') if n == 1 else feed(rss(entry, (server.url(f"/{n}"), OTHER)), f'"{n}"')
             for n in (1, 2, 3)]  # fmt: skip
    for n in (2, 3):
        server.say(f"/{n}", page(OTHER + f" {n} of them came."))
    url = server.say("/feed", *feeds)
    imported(store, url)
    assert imported(store, url).counts.updated == 1
    again = imported(store, url)
    assert (again.counts.updated, again.counts.quarantined) == (0, 0)
    assert [text for text in texts(store) if "Malaysia" in text] == []


def test_what_a_feed_deletes_goes_and_what_rolls_off_stays(server: FaultServer, store: Store) -> None:
    entries = [(f"tag:wire,2025:{n}", server.url(f"/{n}"), TEXT.replace("Brunei", land)) for n, land in
               enumerate(("Brunei", "Laos", "Nepal"))]  # fmt: skip
    url = server.say("/feed", Answer(atom(*entries)), Answer(atom(entries[2], deleted=deleted(entries[0][0]))))
    imported(store, url, follow=False)
    counts = imported(store, url, follow=False).counts
    assert (counts.read, counts.updated, counts.unchanged) == (2, 1, 1)
    assert ["Laos" in told or "Nepal" in told for told in texts(store)] == [True, True]
    assert imported(store, url, follow=False).counts.unchanged == 2


def test_a_followed_page_goes_with_its_entry_of_the_same_site_alone(server: FaultServer, store: Store) -> None:
    own, foreign = server.say("/a", page(LONG)), server.url("/a", host="localhost")
    entry = ("tag:wire,2025:1", own, TEXT)
    link = "<link xmlns='http://www.w3.org/2005/Atom' href='{}'/>"
    url = server.say("/feed", Answer(atom(entry)))
    evil = server.say("/evil", Answer(atom(deleted=deleted("tag:wire,2025:1", link.format(own)))))
    imported(store, url)
    assert imported(store, evil.replace("127.0.0.1", "localhost")).counts.unchanged == 1
    assert len(texts(store)) == 1
    assert foreign != own
    assert imported(store, evil).counts.updated == 1
    assert texts(store) == []


def test_of_several_feeds_each_takes_back_its_own_word(server: FaultServer, store: Store) -> None:
    entry = ("tag:wire,2025:1", "https://wire.example/1", TEXT)
    one, other = (
        server.say(f"/{name}", Answer(atom(entry)), Answer(atom(deleted=deleted(entry[0])))) for name in ("x", "y")
    )
    imported(store, one, other, follow=False)
    assert len(texts(store)) == 1
    assert imported(store, one, follow=False).counts.updated == 1
    assert len(texts(store)) == 1
    assert imported(store, other, follow=False).counts.updated == 1
    assert texts(store) == []


def test_a_page_that_was_not_to_be_had_and_is_unchanged_leaves_the_quarantine(
    server: FaultServer, store: Store
) -> None:
    there = feed(page(LONG).body)  # type: ignore[arg-type]
    url = server.say("/a.html", there, Answer(b"no", status=503), there)
    imported(store, url)
    assert imported(store, url).counts.quarantined == 1
    assert imported(store, url).counts.unchanged == 1
    assert store.quarantined() == []


def test_a_quarantined_page_that_turns_out_to_be_gone_leaves_with_its_article(
    server: FaultServer, store: Store
) -> None:
    url = server.say("/a", page(LONG), Answer(b"no", status=404), GONE)
    imported(store, url)
    imported(store, url)
    (item,) = store.quarantined()
    with Fetcher(Policy(allow_private=True, tries=1, delay=0.0)) as fetcher:
        counts = retry(store, [item.id], fetch=Fetching(fetcher, store, anew=True))
    assert counts.updated == 1
    assert (texts(store), store.quarantined()) == ([], [])
