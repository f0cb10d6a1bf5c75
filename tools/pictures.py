"""Draw docs/pictures from the sample articles: python -m tools.pictures (needs Debian's chromium).

They show the page as `timeline export --format html` writes it, wide and on a phone, set in the fonts of this machine,
so that its bytes differ elsewhere; and what `timeline plot` draws.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import timeline
from timeline.exports.files import write_atomically
from timeline.exports.options import Options
from timeline.exports.page import HtmlExporter
from timeline.reference import countries

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
# Of the plots that docs/plots.md shows: the file, and the arguments of `timeline plot`.
PLOTS = {
    "plot": ("timeline", "--country", "Myanmar", "--since", "2021", "--most", "20"),
    "plot-months": ("months", "--country", "Myanmar", "--all"),
    "plot-dyad": ("dyad", "--between", "Myanmar", "Russia", "--all"),
}
OPENED = "Military of Myanmar detains Suu Kyi"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        db, page = Path(folder) / "timeline.db", Path(folder) / "myanmar.html"
        command = [sys.executable, "-m", "timeline", "import", "data/articles", "--db", str(db)]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - our own command
        names = {code: countries.name_of(code) for code in countries.all_countries()}
        with timeline.open(str(db)) as store:
            write_atomically(
                page, HtmlExporter().write(store.events(country="Myanmar"), Options(heading="Myanmar", countries=names))
            )
        for name, arguments in PLOTS.items():
            command = [sys.executable, "-m", "timeline", "plot", *arguments, "--force", "--db", str(db)]
            subprocess.run([*command, "-o", str(PICTURES / f"{name}.png")], cwd=ROOT, check=True)  # noqa: S603 - as above
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            _draw(browser, page, "page", 1280, 1120, "light")
            _draw(browser, page, "page-phone", 390, 800, "dark")
            browser.close()


def _draw(browser: Browser, page: Path, name: str, width: int, height: int, scheme: str) -> None:
    shown = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    shown.goto(page.as_uri())
    title = shown.get_by_role("button", name=OPENED, exact=True).first
    title.click()
    title.evaluate("(e) => e.blur()")
    shown.evaluate("window.scrollTo(0, 0)")
    if width < 500:
        title.evaluate("(e) => { e.scrollIntoView({ block: 'start' }); window.scrollBy(0, -30); }")
    shown.mouse.move(0, 0)
    shown.screenshot(path=PICTURES / f"{name}.png")
    shown.close()


if __name__ == "__main__":
    main()
