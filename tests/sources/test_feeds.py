"""An entry of a feed is an article: its own text, address, id and day; corrected, it is the same article."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from tests.commands import run
from timeline.model import Article
from timeline.model.errors import InputError
from timeline.sources import Bad, Fit, Gone, Link
from timeline.sources.feeds import FeedReader
from timeline.sources.head import Head

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "feeds"
ORIGIN = "https://wire.example/feed"
TEXT = "Malaysia's king flew to Brunei on Monday."


def read(data: bytes | str, **said: str) -> list[Article | Link | Gone | Bad]:
    return list(FeedReader().read_web(data if isinstance(data, bytes) else data.encode(), ORIGIN, **said))


def rss(items: str, channel: str = "<title>Wire</title>", declaration: str = "") -> str:
    return (
        f'{declaration}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        f'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<channel>{channel}{items}</channel></rss>"
    )


def entry(inside: str = "", **more: str) -> Article:
    (article,) = read(rss(f"<item><title>Visit</title><description>{TEXT}</description>{inside}</item>", **more))
    assert isinstance(article, Article)
    return article


def test_the_samples_are_read_whole() -> None:
    found = {name: read((SAMPLES / name).read_bytes()) for name in ("rss.xml", "atom.xml", "feed.json")}
    visit, protest, nothing = found["rss.xml"]
    assert isinstance(visit, Article)
    assert visit.text.split("\n\n") == [
        "Indonesia’s foreign minister visits Hanoi",
        "By Jane Doe",
        "Indonesia's foreign minister travelled to Vietnam on Tuesday for talks about fishing in the South China Sea.",
        "Indonesia and Vietnam signed an agreement on their sea border in December 2022.",
    ]
    assert (visit.id, visit.origin) == ("wire-1001", f"{ORIGIN}#wire-1001")
    assert (visit.url, visit.publisher) == ("https://wire.example/2025/03/04/hanoi", "Timeline sample wire")
    assert (visit.published, visit.published_from, visit.language) == (date(2025, 3, 4), "metadata", "en-gb")
    assert isinstance(protest, Article)
    assert protest.published == date(2025, 3, 5)
    assert isinstance(nothing, Bad)
    assert (nothing.origin, nothing.reason) == (f"{ORIGIN}#wire-1003", "the entry has neither a title nor a text")
    minsk, poland = found["atom.xml"]
    assert isinstance(minsk, Article)
    assert isinstance(poland, Article)
    assert (minsk.title, minsk.url) == ("Putin & Lukashenko meet in Minsk", "https://wire.example/news/minsk.html")
    assert minsk.published == date(2025, 3, 6)  # by its own offset; in Greenwich it was the 5th
    assert (poland.publisher, poland.published) == ("Another sample agency", date(2025, 3, 5))
    nepal, dhaka = found["feed.json"]
    assert isinstance(nepal, Article)
    assert isinstance(dhaka, Article)
    assert nepal.text.split("\n\n")[-1] == "India's prime minister will visit Nepal in May 2025."
    assert (dhaka.id, dhaka.title, dhaka.language) == ("3002", "", "en")


def test_a_feed_is_read_from_bytes_to_the_timeline_and_twice_is_once(tmp_path: Path) -> None:
    def timeline(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return run(*arguments, "--db", tmp_path / "t.db")

    first, again = (timeline("import", SAMPLES / "rss.xml", SAMPLES / "atom.xml") for _ in range(2))
    assert first.stderr.splitlines()[-1] == "read 5 = 4 added + 0 updated + 0 unchanged + 1 quarantined"
    assert again.stderr.splitlines()[-1] == "read 5 = 0 added + 0 updated + 4 unchanged + 1 quarantined"
    assert first.returncode == again.returncode == 3
    events = json.loads(timeline("show", "--country", "Vietnam", "--json").stdout)
    assert ("Indonesia signs agreement with Vietnam", "2022-12") in {(e["title"], e["when"]) for e in events}


def test_a_corrected_entry_is_found_again_by_its_id() -> None:
    first, again = (entry(f"<guid>a-1</guid><category>{n}</category>") for n in "12")
    assert first.origin == again.origin == f"{ORIGIN}#a-1"
    assert entry("<link>https://wire.example/1</link>").origin == f"{ORIGIN}#https://wire.example/1"


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<pubDate>Mon, 03 Mar 2025 23:30:00 -0500</pubDate>", date(2025, 3, 3)),
        ("<pubDate>Mon, 3 Mar 25 10:00 EST</pubDate>", date(2025, 3, 3)),
        ("<dc:date>2025-03-03T23:30:00+07:00</dc:date>", date(2025, 3, 3)),
        ("<pubDate>3 March 2025</pubDate>", date(2025, 3, 3)),
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate>", None),
        ("<pubDate>Sun, 01 Mar 2099 00:00:00 +0000</pubDate>", None),
        ("<pubDate>yesterday</pubDate>", None),
        ("<pubDate>Mon, 45 Foo 2025</pubDate>", None),
        ("", None),
    ],
)
def test_the_day_is_as_the_feed_states_it_or_none(inside: str, expected: date | None) -> None:
    article = entry(inside)
    assert (article.published, article.published_from) == (expected, "metadata" if expected else "")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<link>/a b</link>", ""),
        ("<link>/1</link>", "https://wire.example/1"),
        ("<link>https://feeds.example/~r/1</link><feedburner:origLink>https://wire.example/1</feedburner:origLink>",
         "https://wire.example/1"),
        ("<guid>https://wire.example/1</guid>", "https://wire.example/1"),
        ('<guid isPermaLink="false">https://wire.example/1</guid>', ""),
        ("<link>javascript:alert(1)</link>", ""),
    ],
)  # fmt: skip
def test_the_address_is_the_articles_page(inside: str, expected: str) -> None:
    assert entry(inside).url == expected


def test_an_entry_that_is_only_an_address_is_a_link() -> None:
    (link,) = read(rss("<item><link>https://wire.example/1</link></item>"))
    assert isinstance(link, Link)
    assert link.url == "https://wire.example/1"


@pytest.mark.parametrize(
    "content",
    [
        "&lt;p&gt;One.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;p onclick=x&gt;Two &amp;amp; three.&lt;/p&gt;",
        "<![CDATA[One.<br><br>Two &amp; three.<img src=x onerror=alert(1)>]]>",
        "<![CDATA[<div>One.</div><div>Two &amp; <b>three</b>.</div><style>p {}</style>]]>",
        "<![CDATA[<p>One.</p><p>Two &#38; three.</p><p>Continue reading <a href=x>Visit</a></p>]]>",
    ],
)
def test_a_text_is_its_paragraphs_and_nothing_else(content: str) -> None:
    (article,) = read(
        rss(f"<item><title>A &lt;b&gt;visit&lt;/b&gt;</title><content:encoded>{content}</content:encoded></item>")
    )
    assert isinstance(article, Article)
    assert article.text == "A visit\n\nOne.\n\nTwo & three."


@pytest.mark.parametrize(
    ("encoding", "declared", "said"),
    [("utf-8", "utf-8", ""), ("utf-8", "iso-8859-1", ""), ("iso-8859-7", "iso-8859-7", ""), ("utf-16", "utf-16", ""),
     ("iso-8859-7", "utf-8", "iso-8859-7"), ("utf-8-sig", "utf-8", "us-ascii")],
)  # fmt: skip
def test_the_encoding_is_what_the_bytes_are(encoding: str, declared: str, said: str) -> None:
    words = "Ο πρωθυπουργός επισκέφθηκε την Κύπρο."
    text = rss(f"<item><title>{words}</title></item>", declaration=f'<?xml version="1.0" encoding="{declared}"?>\n')
    (article,) = read(text.encode(encoding), charset=said)
    assert isinstance(article, Article)
    assert article.title == words


def test_the_entry_in_which_a_feed_breaks_off_is_not_taken_for_whole() -> None:
    whole = rss(
        "".join(f"<item><guid>{n}</guid><title>T {n}</title><description>{TEXT}</description></item>" for n in "12")
    )
    first, second = read(whole[: whole.rindex("on Monday")])
    assert isinstance(first, Article)
    assert isinstance(second, Bad)
    assert second.reason == "the feed breaks off in the midst of this entry"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<opml><body/></opml>", "neither RSS nor Atom"),
        (b"plain words", "neither RSS nor Atom"),
        (b'{"version": "https://jsonfeed.org/version/1"}', 'no "items"'),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "this is no JSON"),
    ],
)
def test_what_is_no_feed_says_so(data: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read(data)


def test_items_of_a_json_feed_that_are_none_are_bad_one_by_one() -> None:
    items = [None, 5, {"id": 1.5}, {"id": "a", "content_text": TEXT}, {"title": ["x"], "content_html": {}}]
    found = read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": items}))
    assert [isinstance(each, Bad) for each in found] == [True, True, True, False, True]


@pytest.mark.parametrize(
    ("name", "media_type", "data", "expected"),
    [
        ("x.html", "text/html", b"<rss version='2.0'>", Fit.SURE),
        (
            "",
            "",
            b"<?xml version='1.0'?><?xml-stylesheet href='x'?><feed xmlns='http://www.w3.org/2005/Atom'>",
            Fit.SURE,
        ),
        ("", "", b'<!DOCTYPE rss [<!ENTITY a "b">]><rss>', Fit.SURE),
        ("", "", b"<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", Fit.SURE),
        ("x.json", "", b'{ "version" : "https:\\/\\/jsonfeed.org\\/version\\/1.1"', Fit.SURE),
        ("", "application/rss+xml; charset=utf-8", b"x", Fit.CONTENT),
        ("x.xml", "", b"<anything>", Fit.NAME),
        ("x.xml", "", b"anything", Fit.NO),
        ("x.json", "", b'{"version": "1"}', Fit.NO),
    ],
)
def test_a_feed_is_told_by_its_content(name: str, media_type: str, data: bytes, expected: Fit) -> None:
    assert FeedReader().fits(Head(name, data, media_type=media_type)) is expected


def test_what_an_atom_feed_deletes_is_gone_unless_it_was_written_anew_since() -> None:
    def entry_of(name: str, updated: str) -> str:
        return (
            f"<entry><id>{name}</id><title>Visit</title><content>{TEXT}</content><updated>{updated}</updated></entry>"
        )

    found = read(
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:t='http://purl.org/atompub/tombstones/1.0'><title>Wire</title>"
        + entry_of("tag:1", "2025-03-04T08:00:00Z")
        + entry_of("tag:2", "2025-03-06T08:00:00+08:00")
        + "<t:deleted-entry ref='tag:1' when='2025-03-04T08:00:00Z'><t:by><name>A desk</name></t:by></t:deleted-entry>"
        "<t:deleted-entry ref='tag:2' when='2025-03-05T08:00:00Z'/>"
        "<t:deleted-entry ref='tag:3' when='today'><link href='/3'/></t:deleted-entry>"
        "<t:deleted-entry ref='tag:4'><link href='https://other.example/4'/></t:deleted-entry>"
        "<t:deleted-entry ref='https://wire.example/5'/><t:deleted-entry when='2025-03-05T08:00:00Z'/></feed>"
    )
    assert [each.id for each in found if isinstance(each, Article)] == ["tag:2"]
    assert [each for each in found if isinstance(each, Gone)] == [
        Gone(f"{ORIGIN}#tag:1"),
        Gone(f"{ORIGIN}#tag:3", "https://wire.example/3"),
        Gone(f"{ORIGIN}#tag:4"),
        Gone(f"{ORIGIN}#https://wire.example/5", "https://wire.example/5"),
    ]
