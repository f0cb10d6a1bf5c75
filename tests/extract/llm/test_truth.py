"""What a model says becomes a report only as far as the article's own words bear it out."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.extract.llm.server import ChatServer, actor, completion, event
from timeline.extract.llm.extractor import LlmExtractor
from timeline.extract.pipeline import DefaultExtractor
from timeline.model import Article, Extraction, Modality, Role
from timeline.reference import kinds

MET = "Vladimir Putin met Min Aung Hlaing in Moscow on Tuesday."
SIGNED = "The two leaders signed an agreement on nuclear energy in February 2025."
LATER = "“They will meet again next week,” said Sergey  Lavrov, the foreign minister of Russia, to the reporters there."
TEXT = f"{MET} {SIGNED}\n\n{LATER}"
PUBLISHED = date(2025, 3, 5)
LEADERS = [actor("Vladimir Putin"), actor("Min Aung Hlaing")]


def read(llm: LlmExtractor, server: ChatServer, *events: Any, text: str = TEXT, published: bool = True) -> Extraction:
    server.answers.append(completion(list(events)))
    day = PUBLISHED if published else None
    return llm.extract(Article(text, published=day, published_from="given" if day else ""))


def test_a_good_answer_becomes_reports_with_spans_actors_place_and_date(llm: LlmExtractor, server: ChatServer) -> None:
    told = event(MET, "met", date="2025-03-04", date_words="on Tuesday", place="Moscow", actors=LEADERS)
    extraction = read(llm, server, told)
    (report,) = extraction.reports
    assert (report.span.of(TEXT), report.trigger.of(TEXT)) == (MET, "met")
    assert (report.when.edtf, report.when.words) == ("2025-03-04", "Tuesday")
    assert [(p.actor.id, p.actor.country) for p in report.actors] == [("Q7747", "RUS"), ("Q935827", "MMR")]
    assert all(p.span and p.span.of(TEXT) == p.actor.name for p in report.actors)
    assert report.place is not None
    assert (report.place.name, report.place.country) == ("Moscow", "RUS")
    assert (report.type, report.kind, report.modality) == ("CONSULT", "meeting", Modality.ACTUAL)
    assert report.title == "Vladimir Putin meets Min Aung Hlaing in Moscow"
    assert sorted({link.country for link in report.countries}) == ["MMR", "RUS"]
    assert (extraction.extractor, extraction.refused, extraction.failed) == ("timeline-llm 1+model-1", (), "")


def test_both_extractors_name_the_same_sentence_actors_and_salience_alike(
    llm: LlmExtractor, server: ChatServer
) -> None:
    article = Article(TEXT, published=PUBLISHED, published_from="given")
    ours = next(r for r in DefaultExtractor().extract(article).reports if r.trigger.of(TEXT) == "met")
    told = event(MET, "met", date="2025-03-04", date_words="Tuesday", place="Moscow", actors=LEADERS)
    (theirs,) = read(llm, server, told).reports
    for name in ("span", "trigger", "sentence", "title", "type", "kind", "modality", "place", "countries", "salience"):
        assert getattr(theirs, name) == getattr(ours, name), name
    assert theirs.when.edtf == ours.when.edtf
    assert {p.actor for p in theirs.actors} == {p.actor for p in ours.actors}


@pytest.mark.parametrize(
    ("quote", "trigger", "reason"),
    [
        ("Vladimir Putin met Kim Jong Un in Moscow on Tuesday.", "met", "quote not in the text"),
        ("vladimir putin met min aung hlaing", "met", "quote not in the text"),
        ("ladimir Putin met Min Aung Hlaing", "met", "quote not in the text"),
        (f"{SIGNED} {LATER}", "signed", "quote not in the text"),
        ("", "met", "quote not in the text"),
        (MET, "signed", "trigger not in its quote"),
        (MET, "me", "trigger not in its quote"),
        (MET, "", "trigger not in its quote"),
        (f"{MET} {SIGNED}", "Tuesday. The", "trigger not in its quote"),
        (MET * 40, "met", "not of the schema"),
    ],
)
def test_a_quote_that_is_not_the_articles_is_refused_and_counted(
    llm: LlmExtractor, server: ChatServer, quote: str, trigger: str, reason: str
) -> None:
    extraction = read(llm, server, event(quote, trigger), event(MET, "met"))
    assert [r.trigger.of(TEXT) for r in extraction.reports] == ["met"]
    assert extraction.refused == (reason,)
    assert extraction.warnings == (f"refused 1 event (1 {reason})",)


def test_spaces_breaks_and_the_shape_of_quotation_marks_may_differ(llm: LlmExtractor, server: ChatServer) -> None:
    quote = '"They  will meet again next week," said Sergey Lavrov'
    (report,) = read(llm, server, event(quote, "meet", modality="planned", actors=[actor("Sergey Lavrov")])).reports
    assert report.trigger.of(TEXT) == "meet"
    assert [(p.words, p.actor.name) for p in report.actors] == [("Sergey  Lavrov", "Sergei Lavrov")]
    assert "  " not in report.sentence
    assert report.title.startswith("Planned: ")


NOBODY = "../2025-03-05"  # at the latest on the publication day
DATES = [
    # quote, modality, date, date_words, kept, refused
    (MET, "actual", "2025-03-04", "on Tuesday", "2025-03-04", False),
    (MET, "actual", "2025-03-04", "", "2025-03-04", False),
    (MET, "actual", "2025-03", "Tuesday", "2025-03", False),
    (MET, "actual", "2025-03-05", "on Tuesday", NOBODY, True),
    (MET, "actual", "2025-03-05", "", NOBODY, True),
    (MET, "actual", "2021-02-01", "1 February 2021", NOBODY, True),
    (MET, "actual", "", "", NOBODY, False),
    (SIGNED, "actual", "2025-02", "in February 2025", "2025-02", False),
    (SIGNED, "actual", "2025-02-03", "in February 2025", "2025-02", False),
    (SIGNED, "actual", "2024-02", "in February 2025", NOBODY, True),
    (SIGNED, "actual", "../2025-01-31", "February 2025", "../2025-01-31", False),
    (SIGNED, "actual", "2025-03-04", "on Tuesday", "2025-03-04", False),
    (SIGNED, "actual", "tomorrow", "in February 2025", NOBODY, True),
    (SIGNED, "actual", "2025-02-30", "in February 2025", NOBODY, True),
    (SIGNED, "actual", "..", "in February 2025", NOBODY, True),
    (LATER, "planned", "2025-W11", "next week", "2025-03-05/..", True),
    (LATER, "planned", "2025-03-10/2025-03-16", "next week", "2025-03-10/2025-03-16", False),
    (LATER, "actual", "2025-03-10/2025-03-16", "next week", NOBODY, True),
    (LATER, "hypothetical", "", "", "2025-03-05/..", False),
]


@pytest.mark.parametrize(("quote", "modality", "said", "words", "kept", "refused"), DATES)
def test_a_date_is_kept_only_as_exact_as_the_words_that_give_it(
    llm: LlmExtractor, server: ChatServer, quote: str, modality: str, said: str, words: str, kept: str, refused: bool
) -> None:
    trigger = {MET: "met", SIGNED: "signed", LATER: "meet"}[quote]
    extraction = read(llm, server, event(quote, trigger, modality=modality, date=said, date_words=words))
    assert [r.when.edtf for r in extraction.reports] == [kept]
    assert extraction.refused == (("date not borne out",) if refused else ())
    assert not extraction.reports[0].when.words or extraction.reports[0].when.words in TEXT


def test_without_a_publication_date_nothing_is_made_up(llm: LlmExtractor, server: ChatServer) -> None:
    told = event(MET, "met", date="2025-03-04", date_words="on Tuesday")
    extraction = read(llm, server, told, published=False)
    assert [r.when.edtf for r in extraction.reports] == [""]
    assert extraction.warnings[0].startswith("no publication date")


BOTH = ["Vladimir Putin", "Min Aung Hlaing"]


@pytest.mark.parametrize(
    ("words", "kind", "found"),
    [
        ("Putin", "person", ["Vladimir Putin"]),
        ("Moscow", "country", ["Russia"]),
        ("Vladimir Putin", "organisation", ["Vladimir Putin"]),
        ("The two leaders", "group", BOTH),
        ("leaders", "group", BOTH),
        ("Donald Trump", "person", []),
        ("nuclear energy", "organisation", []),
        ("Tuesday", "person", []),
        ("February", "organisation", []),
        ("The", "group", []),
    ],
)
def test_an_actor_is_a_name_of_the_article_led_to_our_reference(
    llm: LlmExtractor, server: ChatServer, words: str, kind: str, found: list[str]
) -> None:
    quote = "Moscow spoke to Acme Forum members"
    text = f"{TEXT}\n\n{quote}, officials of the two sides said there on that day."
    told = event(quote, "spoke", "talks", actors=[actor(words, "source", kind)])
    extraction = read(llm, server, told, text=text)
    assert sorted(p.actor.name for p in extraction.reports[0].actors) == sorted(found)
    assert all(p.role is Role.SOURCE for p in extraction.reports[0].actors)
    assert extraction.refused == (() if found else ("actor not named in the text",))


def test_a_name_that_our_reference_does_not_know_keeps_its_words(llm: LlmExtractor, server: ChatServer) -> None:
    text = "The Qarzath Front attacked an outpost near Moscow on Tuesday, Dr. Elowen Varrick of the clinic said."
    told = event(
        text, "attacked", "attack", actors=[actor("Qarzath Front", "source", "group"), actor("Elowen Varrick")]
    )
    names = {p.actor.name for p in read(llm, server, told, text=text).reports[0].actors}
    assert names == {"Qarzath Front", "Elowen Varrick"}


def test_a_place_is_one_that_the_article_names(llm: LlmExtractor, server: ChatServer) -> None:
    extraction = read(
        llm, server, event(MET, "met", place="Yangon"), event(SIGNED, "signed", "agreement", place="energy")
    )
    assert [r.place for r in extraction.reports] == [None, None]
    assert extraction.refused == ("place not named in the text",) * 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "party"},
        {"kind": None},
        {"modality": "certain"},
        {"actors": None},
        {"actors": [{"words": "Vladimir Putin"}]},
        {"actors": [actor("Vladimir Putin", "hero")]},
        {"actors": [actor("Vladimir Putin")] * 30},
        {"happening": "1"},
        {"happening": True},
        {"date": 2025},
        {"quote": ["a"]},
        {"place": "M" * 500},
    ],
)
def test_values_outside_the_schema_are_refused(llm: LlmExtractor, server: ChatServer, wrong: dict[str, Any]) -> None:
    told = event(SIGNED, "signed", "agreement") | wrong
    extraction = read(llm, server, told, event(MET, "met"), "no event", None)
    assert [r.kind for r in extraction.reports] == ["meeting"]
    assert len(extraction.refused) == 3
    assert not extraction.failed


def test_more_events_than_an_article_can_hold_are_refused(llm: LlmExtractor, server: ChatServer) -> None:
    extraction = read(llm, server, *[event(MET, "met")] * 203)
    assert len(extraction.reports) == 1
    assert extraction.warnings == ("refused 202 events (3 beyond 200 events, 199 given twice)",)


def test_mentions_of_one_happening_share_its_number(llm: LlmExtractor, server: ChatServer) -> None:
    told = [
        event(LATER, "meet", modality="planned", happening=7),
        event(SIGNED, "signed", "agreement", happening=2),
        event(MET, "met", happening=2),
        event(SIGNED, "agreement", "agreement", happening=2),
    ]
    extraction = read(llm, server, *told)
    assert [(r.trigger.of(TEXT), r.happening) for r in extraction.reports] == [
        ("met", 0),
        ("signed", 1),
        ("agreement", 1),
        ("meet", 2),
    ]


def test_the_schema_that_is_sent_is_strict_and_names_every_kind(llm: LlmExtractor, server: ChatServer) -> None:
    read(llm, server)
    sent = server.requests[0].body
    schema = sent["response_format"]["json_schema"]
    assert schema["strict"] is True
    properties = schema["schema"]["properties"]["events"]["items"]["properties"]
    assert properties["kind"]["enum"] == list(kinds.all_kinds())

    def check(node: Any) -> None:
        if isinstance(node, dict):
            if node.get("type") == "object":
                assert node["additionalProperties"] is False
                assert node["required"] == list(node["properties"])
            for each in node.values():
                check(each)

    check(schema["schema"])


def test_only_the_article_is_sent_and_of_it_only_what_is_read(llm: LlmExtractor, server: ChatServer) -> None:
    text = f"Sign in\nSubscribe\n\nLeaders meet in Moscow\n\n{MET} {SIGNED}\n\nFollow us on social media"
    server.answers.append(completion([]))
    llm.extract(Article(text, published=PUBLISHED, origin="file:///home/somebody/secret.txt", id="private"))
    (request,) = server.requests
    assert set(request.article) == {"published", "title", "text"}
    assert request.article["published"] == "2025-03-05"
    assert MET in request.article["text"]
    assert "Follow us" not in request.article["text"]
    assert "somebody" not in json.dumps(request.body)
    assert "private" not in json.dumps(request.body)


def test_of_a_very_long_article_the_beginning_is_sent_and_that_is_said(llm: LlmExtractor, server: ChatServer) -> None:
    text = "\n\n".join([f"{MET} {SIGNED}"] * 1200)
    extraction = read(llm, server, event(MET, "met"), text=text)
    assert len(server.requests[0].article["text"]) < 65_000
    assert "only its beginning was sent" in extraction.warnings[0]
    assert len(extraction.reports) == 1


def test_an_article_without_text_is_not_sent(llm: LlmExtractor, server: ChatServer) -> None:
    assert llm.extract(Article("\n \n", published=PUBLISHED)).reports == ()
    assert server.requests == []
