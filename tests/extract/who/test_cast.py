"""Every mention leads to the right actor, or to nobody where nobody can say."""

from __future__ import annotations

from datetime import date

import pytest

from timeline.extract.text import layout_of, parse_many
from timeline.extract.who import Cast, Mention, recognise
from timeline.model import ActorKind, Article

NOBODY = None

# (text, words of the mention, which occurrence, id or canonical name or NOBODY)
Case = tuple[str, str, int, str | None]

NAMES: list[Case] = [
    ("Kim Jong Un inspected a shipyard on Friday.", "Kim Jong Un", 0, "Q56226"),
    ("Kim Jong Il received the envoy in 2009.", "Kim Jong Il", 0, "Q10665"),
    ("President George W. Bush signed the bill.", "George W. Bush", 0, "Q207"),
    ("President George H. W. Bush met the emir.", "George H. W. Bush", 0, "Q23505"),
    ("China's Xi Jinping spoke in Beijing.", "Xi Jinping", 0, "Q15031"),
    ("Lula returned to Brasilia on Tuesday.", "Lula", 0, "Q37181"),
    ("Senior Gen. Min Aung Hlaing arrived in Minsk.", "Min Aung Hlaing", 0, "Q935827"),
    ("Snr Gen Min Aung Hlaing arrived in Minsk.", "Min Aung Hlaing", 0, "Q935827"),
    ("Daw Aung San Suu Kyi was moved to house arrest.", "Aung San Suu Kyi", 0, "Q36740"),
    ("Russian President Vladimir Putin met the governor.", "Vladimir Putin", 0, "Q7747"),
    ("Vladimir Putin's plane landed in Hanoi.", "Vladimir Putin", 0, "Q7747"),
    ("Emmanuel Macron called an election.", "Emmanuel Macron", 0, "Q3052772"),
    ("Myanmar freed the sailors.", "Myanmar", 0, "MMR"),
    ("Burma freed the sailors.", "Burma", 0, "MMR"),
    ("The Burmese army shelled a village.", "Burmese", 0, "MMR"),
    ("Turkey recalled its ambassador.", "Turkey", 0, "TUR"),
    ("Universal Studios opened a park. The US taxed it.", "US", 0, "USA"),
    ("The US imposed sanctions on the bank.", "US", 0, "USA"),
    ("The U.S. imposed sanctions on the bank.", "U.S.", 0, "USA"),
    ("South Korea protested against the launch.", "South Korea", 0, "KOR"),
    ("North Korea launched a missile.", "North Korea", 0, "PRK"),
    ("Guinea-Bissau expelled the diplomats.", "Guinea-Bissau", 0, "GNB"),
    ("Equatorial Guinea expelled the diplomats.", "Equatorial Guinea", 0, "GNQ"),
    ("Papua New Guinea expelled the diplomats.", "Papua New Guinea", 0, "PNG"),
    ("Guinea expelled the diplomats.", "Guinea", 0, "GIN"),
    ("The Democratic Republic of Congo expelled the diplomats.", "Democratic Republic of Congo", 0, "COD"),
    ("Jordan closed its border with Syria.", "Jordan", 0, "JOR"),
    ("Georgia signed a pact with the European Union.", "Georgia", 0, "GEO"),
    ("The Soviet Union tested a bomb in 1961.", "Soviet Union", 0, "SUN"),
    ("NATO sent ships to the Baltic.", "NATO", 0, "NATO"),
    ("The World Health Organisation (WHO) warned of a shortage.", "World Health Organisation", 0,
     "World Health Organization"),
    ("The World Health Organisation (WHO) warned of it. WHO sent a team.", "WHO", 1, "World Health Organization"),
    ("Three Cubans were arrested in Miami.", "Cubans", 0, "Cubans"),
    ("Chechen fighters took the bridge.", "Chechen", 0, "Chechen"),
    ("The West criticised the vote.", "West", 0, "Western nations"),
    ("A Southeast Asian summit opened.", "Southeast Asian", 0, NOBODY),
]  # fmt: skip

METONYMS: list[Case] = [
    ("Pyongyang said the test was a success.", "Pyongyang", 0, "PRK"),
    ("Washington said it would respond.", "Washington", 0, "USA"),
    ("The delegation arrived in Washington on Monday.", "Washington", 0, NOBODY),
    ("The Kremlin denied the report.", "Kremlin", 0, "RUS"),
    ("The White House welcomed the deal.", "White House", 0, "USA"),
    ("Downing Street declined to comment.", "Downing Street", 0, "GBR"),
    ("Beijing warned Taipei against the sale.", "Beijing", 0, "CHN"),
    ("They support Moscow's foreign policy.", "Moscow", 0, "RUS"),
    ("Troops advanced on Moscow.", "Moscow", 0, NOBODY),
    ("Thousands marched through Kyiv.", "Kyiv", 0, NOBODY),
    ("He flew from Tehran to Damascus.", "Tehran", 0, NOBODY),
    ("NAIROBI, August 21 (Wire) - A bridge fell on Friday.", "NAIROBI", 0, NOBODY),
    ("The envoy visited Baghdad on Monday.", "Baghdad", 0, NOBODY),
    ("The train left Naypyitaw. It burned near Naypyitaw.", "Naypyitaw", 1, NOBODY),
]

SHORT: list[Case] = [
    ("Min Aung Hlaing left on Monday. Hlaing will return soon.", "Hlaing", 1, "Q935827"),
    ("Aung San Suu Kyi was tried. Suu Kyi denied the charge.", "Suu Kyi", 1, "Q36740"),
    ("Aung San Suu Kyi was tried. Ms. Suu Kyi denied the charge.", "Suu Kyi", 1, "Q36740"),
    ("Kim Jong Un spoke on Friday. Kim promised more missiles.", "Kim", 1, "Q56226"),
    ("Maria Lopez Fuentes sued the mine. Lopez wants compensation.", "Lopez", 1, "Maria Lopez Fuentes"),
    ("Peter Hargrove resigned. Hargrove had led the firm since 2001.", "Hargrove", 1, "Peter Hargrove"),
    ("Peter Hargrove and Anna Hargrove resigned. Hargrove had led the firm.", "Hargrove", 2, NOBODY),
    ("Dmitry Peskov spoke. Dmitry Orlovsky drowned.", "Orlovsky", 0, "Dmitry Orlovsky"),
    ("Saddam Hussein replied. King Hussein waited in Amman.", "Hussein", 0, "Q1316"),
    ("Peter Hargrove, a spokesman, resigned. Mr. Hargrove cited his health.", "Hargrove", 1, "Peter Hargrove"),
]

OFFICES: list[Case] = [
    ("The Russian president arrived in Hanoi.", "president", 0, "Q7747"),
    ("Russia's president arrived in Hanoi.", "president", 0, "Q7747"),
    ("The president of Russia arrived in Hanoi.", "president", 0, "Q7747"),
    ("In 2010 the Russian president visited Hanoi.", "president", 0, "Q23530"),
    ("Myanmar's head of military government arrived in Minsk.", "head", 0, "Q935827"),
    ("The head of Myanmar's military government arrived in Minsk.", "head", 0, "Q935827"),
    ("Myanmar's junta chief arrived in Minsk.", "chief", 0, "Q935827"),
    ("The French president called an election.", "president", 0, "Q3052772"),
    ("The Indian prime minister opened the bridge.", "minister", 0, "Q1058"),
    ("A former Russian president was seen in Sochi.", "president", 0, NOBODY),
    ("The Hungarian prime minister, Viktor Orban, vetoed it.", "minister", 0, "Viktor Orbán"),
    ("Senior Gen. Min Aung Hlaing left on Monday. The general will be away for a week.", "general", 0, "Q935827"),
    ("President Vladimir Putin spoke. The president promised aid.", "president", 0, "Q7747"),
    ("President Vladimir Putin met President Xi Jinping. Later the president flew home.", "president", 0, NOBODY),
]

INSTITUTIONS: list[Case] = [
    ("Yevgeny Prigozhin ordered his forces to stop.", "forces", 0, "forces of Yevgeny Prigozhin"),
    ("Myanmar's military shelled a village.", "military", 0, "Military of Myanmar"),
    ("The Russian government cut the budget.", "government", 0, "Government of Russia"),
    ("Iranian officials confirmed the visit.", "officials", 0, "Government of Iran"),
    ("French police arrested three men.", "police", 0, "Police of France"),
    ("Min Aung Hlaing spoke after his army took the town.", "army", 0, "Military of Myanmar"),
    ("The attorney general of Ohio filed a suit.", "general", 0, NOBODY),
    ("The attorney general of the US state filed a suit.", "general", 0, NOBODY),
    ("The Clean Rivers Act was passed in Maine.", "Clean Rivers Act", 0, NOBODY),
    ("Western nations imposed sanctions.", "nations", 0, "Western nations"),
    ("Armed protesters stormed the building.", "protesters", 0, "Armed protesters"),
    ("Residents of Kabul heard explosions.", "Residents", 0, "Residents of Kabul"),
]

BACK: list[Case] = [
    ("Haiti asked for help. The country has no parliament.", "country", 0, "HTI"),
    ("Haiti and Cuba asked for help. The country has no parliament.", "country", 0, NOBODY),
    ("The European Union met. The bloc agreed on tariffs.", "bloc", 0, "European Union"),
    ("NATO met on Tuesday. The alliance agreed on tariffs.", "alliance", 0, "NATO"),
    ("Acme Motors Inc. closed a plant. The company will pay workers.", "company", 0, "Acme Motors Inc"),
    ("Russia and Myanmar held talks. The two countries will sign a pact.", "countries", 0, "MMR"),
]

PRONOUNS: list[Case] = [
    ("Vladimir Putin arrived on Monday. He will stay two days.", "He", 0, "Q7747"),
    ("Angela Merkel arrived on Monday. She will stay two days.", "She", 0, "Angela Merkel"),
    ("Angela Merkel met Vladimir Putin. He praised the talks.", "He", 0, "Q7747"),
    ("Vladimir Putin met Angela Merkel. She praised the talks.", "She", 0, "Angela Merkel"),
    ("Vladimir Putin arrived with his ministers.", "his", 0, "Q7747"),
    ("An officer shot John Marlow because he was afraid.", "he", 0, NOBODY),
    ("Angela Merkel resigned. He took over.", "He", 0, NOBODY),
    ("Peter Hargrove hurt himself.", "himself", 0, "Peter Hargrove"),
    ("It is raining in Moscow.", "It", 0, NOBODY),
    ("Russia recalled its ambassador.", "its", 0, "RUS"),
    ("Twenty rebels crossed the river. They burned a bridge.", "They", 0, "rebels"),
    ("Western nations condemned the ruling generals and imposed sanctions on them.", "them", 0, "ruling generals"),
    ("The letter accused the firm. It demanded a reply.", "It", 0, NOBODY),
    ("Vladimir Putin met Xi Jinping. Putin thanked him.", "him", 0, "Q15031"),
]

PLAIN: list[tuple[str, str]] = [
    ("The prize was worth US$44 million.", "US$"),
    ("Forty people ate turkey at the feast.", "turkey"),
    ("The plan gives us time.", "us"),
    ("They will polish the silver.", "polish"),
]

CASES = [*NAMES, *METONYMS, *SHORT, *OFFICES, *INSTITUTIONS, *BACK, *PRONOUNS]
PUBLISHED = date(2024, 9, 2)


@pytest.fixture(scope="module")
def casts() -> dict[str, Cast]:
    texts = list(dict.fromkeys([text for text, *_ in CASES] + [text for text, _ in PLAIN]))
    articles = [Article(text, published=PUBLISHED) for text in texts]
    parsed = parse_many([(article, layout_of(article.text)) for article in articles])
    return {p.article.text: recognise(p, PUBLISHED) for p in parsed}


def _mention(cast: Cast, text: str, words: str, occurrence: int) -> Mention | None:
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return next((m for m in cast.mentions if m.span.start <= start < m.span.end), None)


@pytest.mark.parametrize("case", CASES, ids=[f"{words}: {text[:40]}" for text, words, *_ in CASES])
def test_a_mention_leads_to_its_actor_or_to_nobody(casts: dict[str, Cast], case: Case) -> None:
    text, words, occurrence, expected = case
    mention = _mention(casts[text], text, words, occurrence)
    actor = mention.actor if mention is not None else None
    assert (expected is None and actor is None) or (actor is not None and expected in (actor.id, actor.name)), mention


@pytest.mark.parametrize(("text", "words"), PLAIN)
def test_a_common_word_that_looks_like_a_country_is_none(casts: dict[str, Cast], text: str, words: str) -> None:
    mention = _mention(casts[text], text, words, 0)
    assert mention is None or mention.actor is None


def test_every_mention_says_why(casts: dict[str, Cast]) -> None:
    silent = [m for cast in casts.values() for m in cast.mentions if m.actor is not None and not m.reason]
    assert silent == []


def test_spans_are_the_words_of_the_article(casts: dict[str, Cast]) -> None:
    wrong = [m for text, cast in casts.items() for m in cast.mentions if m.span.of(text) != m.words]
    assert wrong == []


def test_persons_are_listed_once_in_text_order(casts: dict[str, Cast]) -> None:
    text = "Vladimir Putin met Xi Jinping. Putin thanked him."
    assert casts[text].persons == ("Vladimir Putin", "Xi Jinping")


def test_along_with_joins_another_actor(casts: dict[str, Cast]) -> None:
    text = "Russia and Myanmar held talks. The two countries will sign a pact."
    pair = {m.actor.id for m in casts[text].mentions if m.words == "countries" and m.actor is not None}
    assert pair == {"RUS", "MMR"}


def test_institutions_carry_their_country(casts: dict[str, Cast]) -> None:
    found = [m.actor for c in casts.values() for m in c.mentions if m.actor and m.actor.name == "Military of Myanmar"]
    assert {(a.kind, a.country) for a in found} == {(ActorKind.ORGANISATION, "MMR")}
