"""The page of many events in a real browser: its size, how long it takes to write, to show and to answer.

    python -m benchmarks.page [SIZE] [FILE]     10,000 events; FILE keeps the page

Times are of the browser's own clock, from the start of the navigation or from a click to the frame of its answer.
Needs Debian's chromium.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import synthetic
from timeline.exports.files import write_atomically
from timeline.exports.options import Options
from timeline.exports.page import HtmlExporter
from timeline.model import CountryLink, Event
from timeline.model.merging import Sourced, derive
from timeline.reference import countries

CHROMIUM = "/usr/bin/chromium"
# Ticks a box, sees the answer; unticks it; types a word.
ASKING = """async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const timed = async (act) => {
    const from = performance.now();
    act();
    await frame();
    return performance.now() - from;
  };
  const found = { "first paint": performance.getEntriesByName("first-contentful-paint")[0].startTime,
    "ready": performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd };
  const ready = performance.now();
  const tick = document.querySelector("#facets input");
  found["a box ticked"] = await timed(() => tick.click());
  found["first answer, from the start"] = ready + found["a box ticked"];
  found["a box unticked"] = await timed(() => document.querySelector("#facets input").click());
  const text = document.getElementById("text");
  const count = document.getElementById("count");
  const shown = new Promise((done) => new MutationObserver(done).observe(count, { childList: true }));
  const from = performance.now();
  text.value = "ba";
  text.dispatchEvent(new Event("input"));
  await shown;
  await frame();
  found["a first search"] = performance.now() - from;
  document.getElementById("clear").click();
  return found;
}"""

# The list fills up to ten thousand events unasked.
FILLED = """async (size) => {
  while (document.querySelectorAll("#list .event").length < size) await new Promise((done) => setTimeout(done, 50));
}"""


def events(size: int) -> Iterator[Event]:
    """Events of the synthetic data set, each of one report."""
    for row in synthetic.rows(size):
        event = derive([Sourced(row.report)])
        taking_part = {p.actor.country for p in event.actors if p.actor.country}
        yield replace(
            event,
            id=hashlib.sha256(row.native.encode()).hexdigest()[:16],
            urls=(row.url,),
            first_reported=row.reported,
            countries=tuple(CountryLink(code, "actor") for code in sorted(taking_part)),
        )


def main(size: int, path: Path) -> None:
    told = list(events(size))
    names = {code: countries.name_of(code) for code in countries.all_countries()}
    start = time.perf_counter()
    write_atomically(path, HtmlExporter().write(told, Options(heading=f"{size:,} events", countries=names)))
    seconds = time.perf_counter() - start
    print(f"written          {seconds:8.2f} s, {path.stat().st_size / 1e6:.2f} MB")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(path.as_uri(), wait_until="commit")
        page.wait_for_function("document.getElementById('count')?.textContent")
        for name, milliseconds in page.evaluate(ASKING).items():
            print(f"{name:30} {milliseconds:8.0f} ms")
        start = time.perf_counter()
        page.evaluate(FILLED, min(size, 10_000))
        print(f"the list filled, {time.perf_counter() - start:.1f} s later")
        browser.close()


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        main(size, Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "page.html")
