"""Words a second of a whole import against the bare language model over the same texts, in one run.

    python benchmarks/importing.py [FOLDER]

FOLDER holds the texts; without one, the sample articles many times over. Both sides have the model loaded. Also prints
the time expressions' tagger alone.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from timeline.extract.pipeline import DefaultExtractor
from timeline.extract.text.parsing import language
from timeline.extract.when import tag
from timeline.model import Article
from timeline.sources.plain import split_header
from timeline.store import open_store

ARTICLES = Path(__file__).parents[1] / "data" / "articles"
ROUNDS = 10
BATCH = 16


def articles(folder: Path | None) -> list[Article]:
    """The texts, each different from the others so that none is known already."""
    found = [split_header(path.read_text(encoding="utf-8"))[1] for path in sorted((folder or ARTICLES).glob("*.txt"))]
    base = [Article(text, published=date(2025, 3, 5), published_from="given") for text in found]
    if folder:
        return base
    return [
        replace(a, text=f"{a.text}\n\nThis is edition {n} of it, as was said on Monday.\n")
        for n in range(ROUNDS)
        for a in base
    ]


def main() -> None:
    texts = articles(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    words = sum(len(article.text.split()) for article in texts)
    nlp, extractor = language(), DefaultExtractor()
    list(nlp.pipe(article.text for article in texts[:16]))
    list(extractor.extract_many(texts[:16]))

    begun = time.perf_counter()
    list(nlp.pipe(article.text for article in texts))
    bare = words / (time.perf_counter() - begun)

    with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder) / "t.db")) as store:
        begun = time.perf_counter()
        batch = []
        for extraction in extractor.extract_many(texts):
            batch.append(extraction)
            if len(batch) == BATCH:
                store.save_all(batch)
                batch = []
        store.save_all(batch)
        whole = words / (time.perf_counter() - begun)

    begun = time.perf_counter()
    for article in texts:
        tag(article.text, published=article.published)
    tagger = words / (time.perf_counter() - begun)
    figures = {
        "articles": len(texts),
        "words": words,
        "bare_model": bare,
        "import": whole,
        "share": whole / bare,
        "time_tagger": tagger,
    }
    print(json.dumps({name: round(value, 2 if name == "share" else 0) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
