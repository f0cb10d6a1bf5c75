"""A saved page is the article on it: its text alone, its own title, address and day, and how that day is known."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.commands import run
from tests.conftest import extracted
from tests.sources.furnished import furnished
from timeline.extract.pipeline import DefaultExtractor
from timeline.model import Article, Report
from timeline.model.errors import InputError
from timeline.sources import Fit
from timeline.sources.formats import all_formats, format_of
from timeline.sources.head import Head
from timeline.sources.html import HtmlReader
from timeline.sources.plain import PlainReader

SAMPLES = Path(__file__).parents[2] / "data"
TITLE = "Malaysia's king visits Brunei"
BODY = [
    "Malaysia's king flew to Brunei on Monday for a visit of three days, the palace said.",
    "Malaysia and Brunei signed an agreement on their sea border in March 2009.",
]
DAY = date(2025, 3, 3)


def page(data: bytes | str, **said: str) -> Article:
    (article,) = HtmlReader().read_web(data if isinstance(data, bytes) else data.encode(), "file:///page.html", **said)
    assert isinstance(article, Article)
    return article


def plain_page(
    head: str = "", above: str = "", body: list[str] = BODY, after: str = "", tag: str = '<html lang="en">'
) -> str:
    paragraphs = "".join(f"<p>{each}</p>" for each in body)
    return (
        f"<!DOCTYPE html>{tag}<head><meta charset=utf-8>{head}</head><body><div class=top>Monday, 1 June 2026</div>"
        f"<div class=story><h1>{TITLE}</h1>{above}{paragraphs}</div>{after}</body></html>"
    )


def told(reports: tuple[Report, ...] | list[Report]) -> list[tuple[object, ...]]:
    return [
        (
            each.title,
            each.when and each.when.edtf,
            each.type,
            each.kind,
            [(p.actor, p.role, p.words) for p in each.actors],
            each.place and each.place.name,
            each.sentence,
        )
        for each in reports
    ]


@pytest.mark.parametrize("name", ["02-coup-2021.txt", "10-vladivostok-2022.txt", "14-visit-2025.txt"])
def test_an_article_in_its_furniture_tells_the_events_of_its_plain_text(name: str) -> None:
    (plain,) = PlainReader().read((SAMPLES / "articles" / name).read_bytes(), name)
    assert isinstance(plain, Article)
    title, *body = [line for line in plain.text.split("\n") if line.strip()]
    furnished_one = page(furnished(title, body, plain.published))
    assert furnished_one.text == "\n\n".join([title, *body])
    assert (furnished_one.published, furnished_one.title) == (plain.published, title)
    extractor = DefaultExtractor()
    expected = told(extractor.extract(plain).reports)
    assert told(extractor.extract(furnished_one).reports) == expected
    assert len(expected) > 2


def test_the_seed_in_its_furniture_tells_the_events_of_its_plain_text(seed: str) -> None:
    lines = [line.strip() for line in seed.split("\n") if line.strip()]
    title = next(line for line in lines if "travels to ally" in line)
    body = [line for line in lines[lines.index(title) :] if len(line.split()) > 14 and line.endswith(".")]
    article = page(furnished(title, body, DAY, byline='<p class="byline">Via <a rel="author">AP news wire</a></p>'))
    expected = told(extracted(seed, "2025-03-03").reports)
    assert told(DefaultExtractor().extract(replace(article, language="en")).reports) == expected
    assert len(expected) > 10


def test_a_short_article_is_not_drowned_in_its_furniture() -> None:
    assert page(furnished(TITLE, BODY[:1], DAY)).text == f"{TITLE}\n\n{BODY[0]}"


def test_paragraphs_that_are_no_p_elements_are_paragraphs() -> None:
    divs = "".join(f"<div data-testid=paragraph>{each}</div>" for each in BODY)
    lines = page(plain_page(above=f"<section>{divs}</section>", body=[])).text.split("\n\n")
    assert [line for line in lines if line in BODY] == BODY
    breaks = page(plain_page(above="<div>" + "<br><br>".join(BODY) + "</div>", body=[])).text
    assert breaks.split("\n\n") == [TITLE, *BODY]


def test_a_list_of_other_articles_is_none_of_the_article() -> None:
    cards = "".join(
        f'<div class=x><a href="/{n}">Iran and Oman sign agreement {n}</a>'
        f"<p>Iran and Oman signed one in Muscat on {day}.</p></div>"
        for n, day in enumerate(("Monday", "Tuesday", "Friday"))
    )
    assert "Iran" not in page(plain_page(after=f"<div>{cards}</div>")).text


@pytest.mark.parametrize(
    ("head", "above", "expected"),
    [
        ('<meta property="article:published_time" content="2025-03-03T23:50:00-05:00">', "", "metadata"),
        ('<meta name="pubdate" content="Mon, 03 Mar 2025 10:00:00 GMT">', "", "metadata"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "Report", "datePublished": "2025-03-03"}]}</script>'
         '<meta property="article:published_time" content="2025-03-09">', "", "metadata"),
        ("", '<time datetime="2025-03-03T08:00:00Z">2 hours ago</time>', "metadata"),
        ("", "<p>By Jane Doe | March 3, 2025 | Updated March 9, 2025</p>", "text"),
        ("", "<div>Published: 3 March 2025 10:15 GMT</div>", "text"),
        ("", "<div>Mar. 3, 2025 10:15 AM EST</div>", "text"),
        ("", "<div>03/03/2025</div>", "text"),
    ],
)  # fmt: skip
def test_the_day_is_the_one_of_publication_and_says_how_it_is_known(head: str, above: str, expected: str) -> None:
    article = page(
        plain_page(head, above, after="<ul><li>Other story <time datetime=2025-02-01>1 Feb</time></li></ul>")
    )
    assert (article.published, article.published_from) == (DAY, expected)


@pytest.mark.parametrize(
    ("head", "above"),
    [
        ("", ""),  # today's date, in the site's head, is not the article's
        ('<meta property="article:modified_time" content="2025-03-09">', ""),
        ('<meta name="date" content="2099-01-01"><meta name="pubdate" content="1970-01-01T00:00:00Z">', ""),
        ('<meta name="date" content="2025"><meta name="dc.date" content="March 2025">', ""),
        ("", "<p>March 2025</p>"),
        ("", "<p>3/4/2025</p>"),  # of April or of March
    ],
)
def test_a_page_that_does_not_state_its_day_has_none(head: str, above: str) -> None:
    comments = "<div id=comments><p>I was there on 5 March 2025 and saw it all.</p></div>"
    article = page(plain_page(head, above, after=f"{comments}<footer>Copyright 2024</footer>"))
    assert (article.published, article.published_from) == (None, "")


@pytest.mark.parametrize(
    ("head", "url", "expected"),
    [
        ('<link rel="canonical" href="https://a.example/asia/brunei">', "", "https://a.example/asia/brunei"),
        (
            '<link rel="canonical" href="/asia/brunei#top">',
            "https://a.example/x?utm=1",
            "https://a.example/asia/brunei",
        ),
        ('<link rel="canonical" href="https://www.a.co.uk/b">', "https://amp.a.co.uk/x", "https://www.a.co.uk/b"),
        ('<link rel="canonical" href="https://b.co.uk/b">', "https://a.co.uk/x", "https://a.co.uk/x"),
        ('<link rel="canonical" href="https://a.example/">', "https://a.example/x", "https://a.example/x"),
        ('<link rel="canonical" href="javascript:alert(1)">', "https://a.example/x", "https://a.example/x"),
        ('<meta property="og:url" content="https://a.example/asia/brunei">', "", "https://a.example/asia/brunei"),
        ("", "", ""),
    ],
)
def test_the_address_is_the_one_that_the_page_calls_its_own_on_its_own_site(head: str, url: str, expected: str) -> None:
    assert page(plain_page(head), url=url).url == expected


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{TITLE} | Sample Wire</title>",
        f'<title>{TITLE} - Sample Wire</title><meta property="og:site_name" content="Sample Wire">',
        f'<title>x</title><meta property="og:title" content="{TITLE}: all you need to know">'
        '<meta property="og:site_name" content="Sample Wire">',
        f'<script type="application/ld+json">[{{"@type": ["NewsArticle"], "headline": "{TITLE}",'
        '"publisher": {"name": "Sample Wire"}}]</script>',
    ],
)
def test_the_title_is_the_headline_without_the_name_of_the_site(head: str) -> None:
    article = page(plain_page(head))
    assert (article.title, article.publisher) == (TITLE, "Sample Wire")


def test_the_byline_and_the_language_are_the_pages() -> None:
    article = page(plain_page('<meta name="author" content="By Jane Doe">', tag='<html lang="en-MY">'))
    assert article.text.split("\n\n")[:2] == [TITLE, "By Jane Doe"]
    assert article.language == "en-MY"


def test_a_text_that_only_the_description_holds_is_the_article() -> None:
    script = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n\n".join(BODY)})
    head = f'<script type="application/ld+json">{script}</script>'
    assert page(plain_page(head, body=["Please enable scripts to read this."])).text.split("\n\n") == [TITLE, *BODY]


GREEK = "Ο πρωθυπουργός της Ελλάδας επισκέφθηκε την Κύπρο τη Δευτέρα για συνομιλίες με τον πρόεδρο."
FRENCH = "Le président français s’est rendu à Athènes lundi pour des négociations à propos de l’énergie."


@pytest.mark.parametrize(
    ("words", "encoding", "declared", "said"),
    [
        (GREEK, "utf-8", "utf-8", ""),
        (GREEK, "utf-8", "iso-8859-1", ""),  # wrong in the page
        (GREEK, "utf-8", "", "iso-8859-7"),  # wrong by the server
        (GREEK, "utf-8-sig", "windows-1252", ""),
        (GREEK, "utf-16", "utf-8", ""),
        (GREEK, "utf-16-le", "", ""),
        (GREEK, "iso-8859-7", "iso-8859-7", ""),
        (GREEK, "iso-8859-7", "", "iso-8859-7"),
        (GREEK, "iso-8859-7", "utf-8", ""),  # wrong, and nothing tells the right one but its letters
        (FRENCH, "cp1252", "iso-8859-1", ""),
        (FRENCH, "cp1252", "utf-8", "utf-8"),
        (FRENCH, "utf-8", "no-such-encoding", "x" * 30),
    ],
)
def test_the_encoding_is_what_the_bytes_are(words: str, encoding: str, declared: str, said: str) -> None:
    meta = f'<meta charset="{declared}">' if declared else ""
    text = (
        f"<!DOCTYPE html><html><head>{meta}<title>x</title></head><body><article><p>{words}</p></article></body></html>"
    )
    assert words in page(text.encode(encoding), charset=said).text


@pytest.mark.parametrize(
    ("name", "media_type", "data", "expected"),
    [
        ("x.txt", "", b"<!DOCTYPE html><p>x", Fit.SURE),
        ("", "", b"\xef\xbb\xbf\r\n<?xml version='1.0'?>\n<!-- x -->\n<html>", Fit.SURE),
        ("", "text/html; charset=utf-8", b"<div><p>x", Fit.SURE),
        ("", "", b"<div><p>x", Fit.CONTENT),
        ("x.html", "", b"Only text", Fit.NAME),
        ("x.html", "", b"<rss version='2.0'>", Fit.NO),
        ("x.html", "", b"PK\x03\x04\0\0", Fit.NO),
        ("x.txt", "", b"Only text", Fit.NO),
        ("x.xml", "", b"<urlset>", Fit.NO),
    ],
)
def test_a_page_is_told_by_its_content(name: str, media_type: str, data: bytes, expected: Fit) -> None:
    assert HtmlReader().fits(Head(name, data, media_type=media_type)) is expected


def test_the_sample_page_is_read_from_bytes_to_the_timeline(tmp_path: Path) -> None:
    sample = SAMPLES / "samples" / "html" / "border-treaty.html"
    assert format_of(Head(sample.name, sample.read_bytes()), all_formats().values()).name == "html"
    done = run("import", sample, "--db", tmp_path / "t.db")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    shown = run("show", "--country", "Thailand", "--json", "--db", tmp_path / "t.db")
    events = json.loads(shown.stdout)
    assert ("Thailand signs agreement with Laos in Vientiane", "2025-03-12") in {
        (e["title"], e["when"]) for e in events
    }
    assert len(events) == 3


def test_an_error_says_what_is_wrong_and_what_to_do() -> None:
    with pytest.raises(InputError) as refused:
        page("<!DOCTYPE html><html><body><ul><li><a href=x>Only a list of headlines here</a></ul></body></html>")
    assert str(refused.value) == ("no article is found on this page. A list of headlines or a page of scripts is none")
