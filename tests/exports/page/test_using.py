"""The page in a real browser: found, opened, zoomed, walked through, printed, on a phone, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest

from tests.exports.page.conftest import EDTFS, Seen, event, events, report
from timeline.exports.page import HtmlPage

Show = Callable[..., Seen]


def test_all_events_stand_in_the_order_of_time_and_those_without_a_date_last(show: Show) -> None:
    seen = show(reversed(events()))
    assert seen.count == f"{len(EDTFS)} events"
    headings = seen.page.locator(".year h2").all_text_contents()
    assert [h[:4] for h in headings] == ["20th", "1980", "1988", "2020", "2021", "2022", "2023", "2024", "2025", "With"]
    assert seen.page.locator(".undated").inner_text() == "Nothing in their reports says when these happened."


def test_no_date_looks_more_exact_than_it_is(show: Show) -> None:
    seen = show(events())
    year = seen.page.locator(".year", has=seen.page.locator("h2", has_text="2021"))
    assert year.locator("h3").all_inner_texts() == ["Some time in 2021", "February", "June"]
    dates = year.locator(".date").all_text_contents()
    assert dates == ["2021", "summer", "1 Feb", "1 Feb", "1–4 Feb", "Feb – 10 Nov 2023", "by 11 Feb", "around Jun"]
    width = "(e) => e.getBoundingClientRect().width"
    day, month = (seen.page.locator(f"#e-{n} .track i").evaluate(width) for n in (4, 3))
    assert day < month < seen.page.locator("#e-5 .track i").evaluate(width)


SAID = {
    "2021-02-01": "1 February 2021",
    "2021-02": "February 2021",
    "2021-02-XX": "February 2021",
    "2021": "2021",
    "0800": "800",
    "202X": "2020s",
    "19XX": "20th century",
    "20XX": "21st century",
    "2021-22": "Summer 2021",
    "2021-32": "Winter 2021",
    "2021-33": "First quarter of 2021",
    "2021-40": "First half of 2021",
    "2021-02~": "Around February 2021",
    "2021?": "Perhaps 2021",
    "2021-02-01/2021-02-04": "1–4 February 2021",
    "2021-02-27/2021-03-02": "27 February – 2 March 2021",
    "2020-12-30/2021-01-02": "30 December 2020 – 2 January 2021",
    "2021/2023": "2021 – 2023",
    "../2021-02-11": "By 11 February 2021",
    "2021-02-11/..": "From 11 February 2021",
    "[2021-02-01,2021-03-05]": "1 February 2021 or 5 March 2021",
    "[2021-02-01..2021-03-05]": "[2021-02-01..2021-03-05]",
}


def test_dates_are_said_in_words_that_add_nothing(show: Show) -> None:
    page = show(event(n, edtf, title=edtf) for n, edtf in enumerate(SAID)).page
    page.evaluate("for (const title of document.querySelectorAll('#list .title')) title.click()")
    titles = page.locator("#list .title").all_text_contents()
    assert (
        dict(zip(titles, page.locator(".panel dd:nth-of-type(1) > span:first-child").all_text_contents(), strict=True))
        == SAID
    )


def test_filters_combine_and_are_kept_in_the_address(show: Show) -> None:
    seen = show(events())
    seen.page.get_by_role("checkbox", name="Conflict in deeds").check()
    deeds = len(seen.titles)
    assert 0 < deeds < len(EDTFS)
    seen.page.locator("#facets input[value='Q1']").check()
    both = seen.titles
    assert 0 < len(both) < deeds
    seen.page.locator("#text").fill("2021-06~ told")
    seen.page.locator("#count", has_text="1 of 22").wait_for()
    assert "family=material-conflict" in seen.asked
    assert "actor=Q1" in seen.asked
    again = show(events(), after=f"#{seen.asked}")
    assert again.titles == seen.titles
    assert again.page.locator("#text").input_value() == "2021-06~ told"
    again.page.locator("#clear").click()
    assert again.count == f"{len(EDTFS)} events"
    assert again.asked == ""


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("from=2025&to=2022", "8 of 22 events"),
        ("from=2090", "1 of 22 events"),
        ("to=0900", "1 of 22 events"),
        ("from=9999-12-31", "1 of 22 events"),
        ("from=2021-02-30&to=x", "22 events"),
        ("country=XXX", "0 of 22 events"),
        ("nothing&=&%&event=none&from=", "22 events"),
    ],
)
def test_an_odd_address_is_answered_as_far_as_it_means_something(show: Show, asked: str, count: str) -> None:
    seen = show(events(), after=f"#{asked}")
    assert seen.count == count
    seen.page.locator("#strip").focus()
    seen.page.keyboard.press("-")
    seen.page.keyboard.press("+")
    seen.page.keyboard.press("0")
    assert seen.page.locator("#plain").count() == 0


def test_a_search_ignores_case_and_accents_and_wants_every_word(show: Show) -> None:
    seen = show([event(0, "2021", title="Erdoğan visits Zürich"), event(1, "2021", title="Erdoğan stays at home")])
    seen.page.locator("#text").fill("ZURICH erdogan")
    seen.page.locator("#count", has_text="1 of 2").wait_for()
    assert seen.titles == ["Erdoğan visits Zürich"]


def test_an_opened_event_shows_all_that_is_known_of_it(show: Show) -> None:
    seen = show(events())
    seen.page.get_by_role("button", name="Event 4 in 2020-11-08").click()
    panel = seen.page.locator("#p-4").inner_text()
    for told in (
        "The paper told of number 4, as “quoted” & dated.",
        "8 November 2020",
        "2020-11-08",
        "read from “on Monday”",
        "Who",
        "Min Aung Hlaing",
        "To whom",
        "Yangon",
        "timeline event 0000000000000004",
        "2 sources",
    ):
        assert told in panel
    links = seen.page.locator("#p-4 .sources a")
    assert [(a.get_attribute("href"), a.get_attribute("rel")) for a in links.all()] == [
        ("https://example.org/4", "noopener noreferrer")
    ]
    assert "event=0000000000000004" in seen.asked
    again = show(events(), after="#event=0000000000000004")
    assert again.page.locator("#p-4").is_visible()


def test_all_reports_of_an_event_can_be_shown_with_their_publishers(show: Show) -> None:
    told = [
        report("It was said again.", "A paper", "https://example.org/again", date(2021, 2, 3)),
        report("And denied.", "Another paper", "javascript:alert(1)"),
    ]
    seen = show([event(4, "2021-02-01")], exporter=HtmlPage(reports={f"{4:016x}": told}))
    seen.page.locator("#list .title").click()
    quotes = seen.page.locator("blockquote").all_inner_texts()
    assert [q.split("\n")[0] for q in quotes] == ["It was said again.", "And denied."]
    assert quotes[0].endswith("A paper, 3 February 2021")
    assert seen.page.locator("blockquote a").count() == 1
    seen.page.locator("#text").fill("denied")
    seen.page.locator(".chip").wait_for()
    assert seen.count == "1 event"


def test_planned_hypothetical_denied_and_several_sources_are_badged(show: Show) -> None:
    seen = show(events())
    badges = {n: seen.page.locator(f"#e-{n} .badge").all_inner_texts() for n in (13, 14, 15, 16)}
    assert badges == {
        13: ["2 sources"],
        14: ["planned", "3 sources"],
        15: ["denied"],
        16: ["hypothetical", "2 sources"],
    }


def test_what_a_person_judged_of_an_event_is_badged(show: Show) -> None:
    judged = [{}, {"edited": True}, {"confirmed": True, "edited": True}, {"hidden": True}]
    seen = show([event(n, "2021-02-01", sources=1, **each) for n, each in enumerate(judged)])
    assert [seen.page.locator(f"#e-{n} .badge").all_inner_texts() for n in range(4)] == [
        [],
        ["edited"],
        ["✓ confirmed", "edited"],
        ["hidden by a person"],
    ]


def test_the_strip_zooms_by_drag_wheel_and_keys_and_the_list_follows(show: Show) -> None:
    seen = show(events()[3:])
    page, strip = seen.page, seen.page.locator("#strip")
    box = strip.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.17, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.32, box["y"] + 20, steps=3)
    page.mouse.up()
    assert "from=2021-" in seen.asked
    assert "to=2021-" in seen.asked
    assert 0 < len(seen.titles) < 19
    assert "Without a date" not in page.locator("#list").inner_text()
    assert page.locator("#strip .window").count() == 1
    strip.focus()
    page.keyboard.press("0")
    assert seen.count == "19 events"
    page.keyboard.press("+")
    nearer = seen.asked
    assert "from=" in nearer
    page.keyboard.press("ArrowRight")
    assert seen.asked != nearer
    page.keyboard.press("Escape")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    page.mouse.wheel(0, -300)
    page.locator("#strip .window").wait_for(state="attached")
    page.locator("#all-years").click()
    page.locator("#from").fill("2022")
    page.locator("#from").press("Enter")
    assert seen.asked == "from=2022-01-01"


def test_a_century_does_not_hide_the_years_that_are_known(show: Show) -> None:
    seen = show([event(0, "19XX"), event(1, "../2021-02-11"), event(2, "2023-05-01")])
    ticks = seen.page.locator("#strip .tick text").all_text_contents()
    assert ticks[0] == "2021"
    assert seen.count == "3 events"
    assert "1900 – 2023" in seen.page.locator("#sum").inner_text()


def test_a_place_on_the_map_filters(show: Show) -> None:
    seen = show(events())
    seen.page.get_by_role("button", name="Moscow").first.focus()
    seen.page.keyboard.press("Enter")
    assert "place=Moscow%2C+RUS" in seen.asked
    assert {int(t.split()[1]) % 4 for t in seen.titles} == {1}
    seen.page.locator(".spot.chosen").click()
    assert seen.count == f"{len(EDTFS)} events"


def test_everything_goes_by_keyboard(show: Show) -> None:
    page = (seen := show(events())).page
    focused = "document.activeElement.textContent"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Event 0 in 19XX"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "Event 1 in 198X"
    page.keyboard.press("Enter")
    assert page.locator("#p-1").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#p-1").is_hidden()
    page.keyboard.press("/")
    page.keyboard.type("2024-02-29")
    page.locator("#count", has_text="1 of").wait_for()
    page.keyboard.press("Escape")
    page.locator("#count", has_text="22 events").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    assert page.locator("#help").is_hidden()
    for _ in range(3):
        page.keyboard.press("n")
    assert page.evaluate(focused).startswith(("1988", "2020"))
    page.keyboard.press("Tab")
    assert seen.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_printed_page_has_every_event_and_what_is_opened(show: Show) -> None:
    pypdf = pytest.importorskip("pypdf")
    seen = show([event(n, "2021-02-01", title=f"Printed {n}.") for n in range(300)])
    seen.page.get_by_role("button", name="Printed 2.", exact=True).click()
    pdf = pypdf.PdfReader(BytesIO(seen.page.pdf(format="A4")))
    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert [n for n in range(300) if f"Printed {n}." not in text] == []
    assert "The paper told of number 2," in text
    assert "The paper told of number 3," not in text
    assert "Find among" not in text


@pytest.mark.parametrize("width", [320, 390, 768])
def test_nothing_is_wider_than_a_phone(show: Show, width: int) -> None:
    long = event(
        0, "2021", title="W" * 300, sentence="x" * 500, urls=("https://example.org/" + "y" * 300,), kind="k" * 90
    )
    seen = show([long, *events()], viewport={"width": width, "height": 800})
    if width < 900:
        assert seen.page.locator("#facets").is_hidden()
        seen.page.locator("#fold").click()
        assert seen.page.locator("#facets").is_visible()
    seen.page.get_by_role("button", name="WWW").click()
    assert seen.page.evaluate("document.documentElement.scrollWidth") == width


def test_without_scripts_the_first_events_are_a_list(show: Show) -> None:
    told = [event(n, "2021-02-01", title=f"Listed {n}.") for n in range(250)]
    seen = show(told, java_script_enabled=False)
    assert seen.page.locator("#plain h2").count() == 200
    assert "These are the first 200 events." in seen.page.locator("#plain").inner_text()
    assert seen.page.locator("#facets").is_hidden()
    assert (
        seen.page.get_by_role("link", name="https://example.org/7", exact=True).get_attribute("rel")
        == "noopener noreferrer"
    )


def test_many_events_are_all_reached_and_the_strip_does_not_wait_for_them(show: Show) -> None:
    seen = show(event(n, f"{2000 + n // 200}-0{1 + n % 9}-15") for n in range(2_000))
    assert seen.count == "2,000 events"
    assert seen.page.locator("#strip path[d^=M]").count() > 3
    there = "document.querySelectorAll('#list .event').length"
    seen.page.evaluate(f"async () => {{ while ({there} < 2000) await new Promise((done) => setTimeout(done, 20)); }}")
    assert seen.titles[-1].endswith("-15")


def test_a_screen_reader_hears_how_many_events_are_left(show: Show) -> None:
    seen = show(events())
    assert seen.page.locator("#count").get_attribute("aria-live") == "polite"
    levels = seen.page.evaluate("[...document.querySelectorAll('#list :is(h2, h3, h4)')].map((h) => h.localName)")
    assert levels[:2] == ["h2", "h4"]
    assert {"h3"} < set(levels)


def test_less_motion_is_respected(show: Show) -> None:
    seen = show(events(), reduced_motion="reduce")
    moving = "[...document.querySelectorAll('*')].some((e) => parseFloat(getComputedStyle(e).transitionDuration) > 0)"
    assert seen.page.evaluate(moving) is False
