"""The text of a PDF, as pypdf finds it."""

from __future__ import annotations

import logging
from io import BytesIO

from timeline.model.errors import InputError
from timeline.sources.documents.lines import paragraphs
from timeline.sources.documents.properties import made

_MOST_PAGES = 2000


def pdf(data: bytes) -> dict[str, str]:
    """Raises InputError: encrypted, damaged, too long, or pictures of pages without text."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it mends is no news to anyone
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("it is encrypted", hint="Save it without a password")
        if len(reader.pages) > _MOST_PAGES:
            raise InputError(f"more than {_MOST_PAGES:,} pages are no article", hint="Split it")
        pages = [page.extract_text() for page in reader.pages]
        about = reader.metadata
        title = str(about.title or "") if about else ""
        created = str(about.get("/CreationDate", "")) if about else ""
    except DependencyError as error:
        raise InputError("it is encrypted", hint="Save it without a password") from error
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, AssertionError) as error:
        raise InputError("the PDF is damaged, cut off, or unpacks to far too much") from error
    if not pages:
        raise InputError("the PDF has no pages")
    if not any(page.strip() for page in pages):
        raise InputError(
            "the PDF holds no text: its pages are pictures", hint="Read them with a program for text recognition (OCR)"
        )
    return made(paragraphs(pages), title, created)
