"""Web pages of our own making: an article among everything that a news site puts around one."""

from __future__ import annotations

from datetime import date
from html import escape

TEASERS = (
    (
        "Flood waters rise in the delta",
        "The government said on Tuesday that at least 40 people were killed in the delta.",
    ),
    (
        "Court sentences former minister",
        "A court in Paris sentenced the former minister to five years in prison on Monday.",
    ),
    (
        "President flies to Beijing",
        "President Joe Biden flew to Beijing on Monday for talks with Xi Jinping, officials said.",
    ),
)
COMMENTS = (
    "I visited Myanmar in 2019 and the army arrested my friend in Yangon, it was terrible for everyone.",
    "Putin will meet Trump in Istanbul next week and nobody here reports on it, shame on all of them.",
)


def furnished(title: str, paragraphs: list[str], published: date | None, *, head: str = "", byline: str = "") -> bytes:
    """A page with menus, a cookie banner, share buttons, captions, a newsletter box, other stories, comments, footers.

    `head` is put into its head as it is.
    """
    body = [f"<p>{escape(each)}</p>" for each in paragraphs]
    middle = len(body) // 2
    stated = f'<meta property="article:published_time" content="{published}T10:15:00+00:00">' if published else ""
    teasers = "".join(
        f'<li class="teaser"><a href="/{n}"><h3>{t}</h3></a><p>{p}</p>'
        f'<time datetime="2025-03-0{n + 5}">{n + 5} March 2025</time></li>'
        for n, (t, p) in enumerate(TEASERS)
    )
    comments = "".join(
        f'<div class="comment"><b>reader{n}</b> <span>March {n + 6}, 2025</span><p>{c}</p></div>'
        for n, c in enumerate(COMMENTS)
    )
    menu = "".join(f'<li><a href="/{m.lower()}">{m}</a></li>' for m in ("Home", "World", "Asia", "Politics", "Video"))
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(title)} | Sample Wire</title>
<meta property="og:site_name" content="Sample Wire"><meta property="og:title" content="{escape(title)}">{stated}{head}
<style>.story {{ color: black }}</style><script>window.page = {{"updated": "2026-01-01"}};</script></head>
<body><div id="cookie-banner" class="consent" role="dialog"><p>We and our 842 partners use cookies to store information
on your device. By clicking Accept you agree to our use of cookies.</p><button>Accept all</button></div>
<header class="masthead"><a href="/">Sample Wire</a> <span>Thursday, 26 November 2026</span>
<nav><ul>{menu}</ul></nav></header>
<main><article><h1>{escape(title)}</h1>{byline}
<ul class="share"><li><a href="#">Facebook</a></li><li><a href="#">Email</a></li><li>Copy link</li></ul>
<figure><img src="a.jpg" alt="A man waves"><figcaption>FILE - A soldier waves in Mandalay in 2017. (Sample
Photo)</figcaption></figure>
<div class="article-body">{"".join(body[:middle])}
<div class="newsletter-signup"><h4>Never miss a story</h4><p>Sign up to our daily newsletter and get the day's biggest
stories delivered to your inbox every morning.</p><form><input type="email"><button>Sign up</button></form></div>
<aside class="related-inline">Read more: <a href="/x">Flood waters rise in the delta</a></aside>
{"".join(body[middle:])}</div></article>
<section class="related"><h2>Related stories</h2><ul>{teasers}</ul></section>
<section id="comments"><h2>Comments (2)</h2>{comments}</section></main>
<footer><p>© 2026 Sample Wire. All rights reserved. This material may not be published or redistributed.</p>
<ul><li>About us</li><li>Privacy</li></ul></footer></body></html>""".encode()
