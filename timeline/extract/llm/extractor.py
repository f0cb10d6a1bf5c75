"""The way through: an article out to the model, its answer held against the article, reports back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from timeline.extract.dating import MISSING_DATE, laid_out, times_of
from timeline.extract.llm.answers import Draft, Refusal, Reply, drafts_of, reply_of
from timeline.extract.llm.chat import Chat, DeclinedError, UnansweredError
from timeline.extract.llm.mapping import Mapper, told
from timeline.extract.llm.prompt import Shown, messages, requests
from timeline.extract.text import parse
from timeline.extract.text.parsed import Parsed
from timeline.extract.what.reporting import World
from timeline.extract.where import locate
from timeline.extract.who import recognise
from timeline.model import NO_USAGE, Article, Extraction, Usage
from timeline.model.errors import InputError, TimelineError

NAME = "timeline-llm"
VERSION = "1"  # of prompt, schema and validation; the model's name follows it
_TRIES = 2  # for an answer that is no JSON; the endpoint's own failures are the client's to repeat
_FAILURES = 3  # in a row: the endpoint is at fault, not the articles
_CUT = "only its beginning was sent: the article is very long"


@dataclass(frozen=True, slots=True)
class Prices:
    """What a million tokens cost, in and out, in the user's currency."""

    tokens_in: float
    tokens_out: float

    def of(self, reply: Reply) -> float:
        return (reply.tokens_in * self.tokens_in + reply.tokens_out * self.tokens_out) / 1_000_000


class LlmExtractor:
    """Reports as a language model tells them, as far as the article's own words bear them out.

    An article that the model gives no usable answer to has `Extraction.failed` set; three in a row raise
    TimelineError, as does whatever makes the `chat` unusable.
    """

    name = NAME

    def __init__(self, model: str, chat: Chat, prices: Prices | None = None) -> None:
        self.version = f"{VERSION}+{re.sub(r'[^A-Za-z0-9_.:/@+-]', '-', model)}"
        self._model, self._chat, self._prices = model, chat, prices
        self._form = 0  # of the requests of `prompt.requests`: the strictest that the server is known to take
        self._failures = 0  # articles in a row

    def extract(self, article: Article) -> Extraction:
        """All that one article gives."""
        return next(self.extract_many([article]))

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction]:
        """The same for many articles, one request at a time, in their order."""
        for article in articles:
            extraction = self._extraction(parse(*laid_out(article)))
            yield extraction
            self._failures = self._failures + 1 if extraction.failed else 0
            if self._failures >= _FAILURES:
                hint = "What was done is kept; import again when the endpoint works"
                raise TimelineError(f"{_FAILURES} articles in a row failed, the last: {extraction.failed}", hint=hint)

    def _extraction(self, parsed: Parsed) -> Extraction:
        article = parsed.article
        shown = Shown.of(article, parsed.layout)
        answered = self._answers(article, shown)
        cast = recognise(parsed, article.published)
        world = World(cast, locate(parsed, cast), times_of(article, parsed.layout), article.published)
        mapper = Mapper(parsed, world, shown.spans, f"{NAME} {self._model}")
        reports = mapper.reports(answered.drafts)
        refused = [*answered.refused, *mapper.refused]
        warnings = (
            "" if article.published else MISSING_DATE,
            "" if shown.whole else _CUT,
            told(refused),
        )
        return Extraction(
            article=article,
            reports=reports,
            times=tuple(world.times),
            persons=cast.persons,
            countries=tuple(sorted({link.country for report in reports for link in report.countries})),
            extractor=f"{self.name} {self.version}",
            warnings=tuple(warning for warning in warnings if warning),
            usage=answered.usage,
            refused=tuple(reason.value for reason in refused),
            failed=answered.failed,
        )

    def _answers(self, article: Article, shown: Shown) -> _Answered:
        """The drafts of an article, asked for again where the answer is none."""
        if not shown.spans:
            return _Answered()
        forms = requests(self._model, messages(article, shown))
        usage, failed = Usage(), ""
        for _ in range(_TRIES):
            try:
                reply = reply_of(self._ask(forms))
                usage += Usage(1, reply.tokens_in, reply.tokens_out, self._prices.of(reply) if self._prices else None)
                drafts, refused = drafts_of(reply)
            except InputError as error:
                failed = str(error)
            except (DeclinedError, UnansweredError) as error:
                return _Answered(usage=usage, failed=str(error))
            else:
                return _Answered(tuple(drafts), tuple(refused), usage)
        return _Answered(usage=usage, failed=failed)

    def _ask(self, forms: list[bytes]) -> bytes:
        """The answer to the strictest form that the server takes; which one that is, is kept once it answers."""
        for form in range(self._form, len(forms)):
            try:
                answer = self._chat.ask(forms[form])
            except DeclinedError:
                if form == len(forms) - 1:
                    raise
            else:
                self._form = form
                return answer
        raise AssertionError("the last form is answered or raises")


@dataclass(frozen=True, slots=True)
class _Answered:
    """What came of asking about one article."""

    drafts: tuple[Draft, ...] = ()
    refused: tuple[Refusal, ...] = ()
    usage: Usage = NO_USAGE
    failed: str = ""
