"""E-mail (RFC 5322, MIME): a newsletter is an article whose title, publisher and date are those of its letter head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32, EmailPolicy
from email.utils import parsedate_to_datetime
from urllib.parse import quote

from timeline.model import Article
from timeline.model.article import is_publication_day
from timeline.model.errors import InputError
from timeline.sources import Bad, Fit
from timeline.sources.decoding import LARGEST, decode
from timeline.sources.head import Head
from timeline.sources.published import publication_day
from timeline.sources.worker import ask

_LETTER = "timeline.sources.pages.letter:letter"
_FIELD = re.compile(r"([!-9;-~]+):")
_SENT = {"message-id", "received", "mime-version", "return-path", "delivered-to", "list-id", "list-unsubscribe"}
_READING = EmailPolicy()
# What bounds the standard library's parser, whose time and depth grow with these.
_LONGEST_FIELD = 2000  # characters
_MOST_PARTS = 1000
_MOST_MULTIPARTS = 20
_MOST_LINES = 1_000_000
_STUB = 3  # a plain text with a third of the words of the other says that there is another
_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr|rv)\s*:\s*)+", re.IGNORECASE)
_ADDRESSES = re.compile(r"[<(\[]\s*https?://[^\s>)\]]+\s*[>)\]]|^\s*https?://\S+\s*$", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- \r?$", re.MULTILINE)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff]")
_BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError)


class _Bounded(Compat32):
    """The policy that interprets no header on its own, with headers of a bounded length."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines[:50])
        return name[:_LONGEST_FIELD], value[:_LONGEST_FIELD]


class MailReader:
    name = "mail"
    title = "e-mail, such as newsletters"
    suffixes = (".eml",)
    example = "timeline import newsletter.eml"
    extra = needs = ""
    lists = False

    def fits(self, head: Head) -> Fit:
        """By a letter head: who sent it, and what only mailers write."""
        fields = _fields(head)
        if "from" in fields and fields & _SENT:
            return Fit.SURE if head.suffix in self.suffixes else Fit.CONTENT
        return Fit.NAME if head.suffix in self.suffixes else Fit.NO

    def read(self, data: bytes, origin: str) -> Iterator[Article | Bad]:
        """The letter's text as one article; what is attached to it is passed over. Its number (Message-ID) is its
        origin, so that the same letter in two mailboxes is one. Raises InputError for what is no e-mail."""
        message = _parsed(data)
        if "from" not in {name.lower() for name in message.keys()}:  # noqa: SIM118 - a message iterates over nothing
            raise InputError("this is no e-mail: nobody sent it")
        title = _PREFIX.sub("", _header(message, "subject"))
        body = _body(message)
        published = _day(message)
        number = _header(message, "message-id").strip("<> ")
        yield Article(
            text=body if not title or body.startswith(title) else f"{title}\n\n{body}",
            title=title,
            id=number,
            url=_header(message, "archived-at").strip("<> "),
            publisher=_sender(message),
            published=published,
            published_from="metadata" if published else "",
            language=_header(message, "content-language").partition(",")[0],
            origin=f"mid:{quote(number, safe='@')}" if "@" in number else origin,
        )


def _fields(head: Head) -> set[str]:
    """The names of the header lines at the beginning, in lower case; none where other lines stand there."""
    found: set[str] = set()
    for line in head.lines:
        if not line.strip():
            return found
        if line[0] not in " \t":
            match = _FIELD.match(line)
            if match is None:
                return set()
            found.add(match[1].lower())
    return found


def _parsed(data: bytes) -> Message:
    """The message. Raises InputError for one that the parser could not take in bounded time."""
    if not data.strip():
        raise InputError("the file is empty")
    if data.count(b"\n") > _MOST_LINES or len(re.findall(rb"multipart/", data, re.IGNORECASE)) > _MOST_MULTIPARTS:
        raise InputError("it has too many parts or lines for a newsletter")
    try:
        return BytesParser(policy=_Bounded()).parsebytes(data)
    except _BROKEN as error:
        raise InputError("its parts do not fit together") from error


def _header(message: Message, name: str) -> str:
    """A header's words, decoded, in one line; "" without it."""
    raw = message.get(name)
    if raw is None:
        return ""
    value = str(raw).encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace")
    with suppress(*_BROKEN):  # then as it is written
        value = str(_READING.header_factory(name, value))
    return " ".join(_UNWRITABLE.sub("", value).split())[:_LONGEST_FIELD]


def _sender(message: Message) -> str:
    """The sender's name, or the host that the letter came from."""
    raw = _header(message, "from")
    try:
        address = _READING.header_factory("from", raw).addresses[0]
        return str(address.display_name or address.domain)
    except (*_BROKEN, IndexError):
        return raw.partition("<")[0].strip(' "')


def _day(message: Message) -> date | None:
    """The day on which it was sent, where it was sent."""
    words = _header(message, "date")
    try:
        day = parsedate_to_datetime(words).date()
    except (*_BROKEN, OverflowError, IndexError):
        try:
            return publication_day(words)
        except ValueError:
            return None
    return day if is_publication_day(day) else None


def _body(message: Message) -> str:
    """The text: the plain one, unless it is a stub beside one in HTML. Raises InputError where there is none."""
    plain, html = _parts(message)
    text = _plain_text(*plain) if plain else ""
    if html is not None and len(html[0]) <= LARGEST:
        try:
            shown = "\n\n".join(ask(_LETTER, html[0], charset=html[1]))
        except InputError:
            if not text:
                raise
            shown = ""
        if len(shown.split()) > _STUB * len(text.split()):
            text = shown
    if not text.strip():
        raise InputError("there is no text in this e-mail", hint="Attachments are not read: save and import them")
    return text


_Part = tuple[bytes, str]


def _parts(message: Message) -> tuple[_Part | None, _Part | None]:
    """The first plain text and the first HTML that are not attached, each with the encoding it states."""
    found: dict[str, _Part] = {}
    try:
        for number, part in enumerate(message.walk()):
            if number >= _MOST_PARTS or len(found) == 2:
                break
            kind = part.get_content_type()
            if (
                kind not in ("text/plain", "text/html")
                or kind in found
                or part.get_content_disposition() == "attachment"
            ):
                continue
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                found[kind] = payload, part.get_content_charset() or ""
    except _BROKEN as error:
        raise InputError("its parts do not fit together") from error
    return found.get("text/plain"), found.get("text/html")


def _plain_text(data: bytes, charset: str) -> str:
    """The text without signature and without the long addresses that mailers put beside words."""
    try:
        text = data.decode(charset or "utf-8")
    except (LookupError, ValueError):
        text = decode(data, "")
    text = _UNWRITABLE.sub("", _SIGNATURE.split(text, maxsplit=1)[0])
    return _ADDRESSES.sub("", text).replace("\r\n", "\n").strip()
