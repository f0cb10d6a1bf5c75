"""What is read from sentences: kinds, modality, people, places, dates — and from an article as a whole."""

from __future__ import annotations

import json

import pytest

from tests.conftest import extracted
from timeline.exports.objects import extraction_object
from timeline.model import DEFAULT_SALIENCE, Extraction, Modality, Report


def _reports(extraction: Extraction, kind: str) -> list[Report]:
    return [r for r in extraction.reports if r.kind == kind]


KINDS = [
    ("Soldiers overthrew the government of Mali on Tuesday.", "coup", "COERCE"),
    ("Emmanuel Macron visited Beijing on Tuesday.", "visit", "CONSULT"),
    ("Xi Jinping met Vladimir Putin in Moscow.", "meeting", "CONSULT"),
    ("Iran and the United States held talks in Oman.", "talks", "CONSULT"),
    ("China and Russia signed an agreement on gas.", "treaty signed", "SUPPORT"),
    ("The United States imposed sanctions on Iran.", "sanctions", "SANCTION"),
    ("India and Japan held joint military drills.", "exercise", "COOPERATE"),
    ("Rebels attacked an army base in Mali.", "attack", "ASSAULT"),
    ("Israel carried out air strikes on Gaza.", "air strike", "ASSAULT"),
    ("France held elections on Sunday.", "election", "OTHER"),
    ("Vladimir Putin appointed Mikhail Mishustin prime minister.", "appointment", "OTHER"),
    ("Police arrested Alexei Navalny in Moscow.", "arrest", "COERCE"),
    ("Thousands protested against the government in Minsk.", "protest", "PROTEST"),
    ("Greece expelled two Russian diplomats.", "expulsion", "SANCTION"),
    ("Ukraine accused Russia of shelling the city.", "accusation", "ACCUSE"),
    ("Germany condemned the attack.", "condemnation", "ACCUSE"),
    ("North Korea threatened to attack South Korea.", "threat", "THREATEN"),
    ("Turkey rejected the demand of Greece.", "rejection", "REJECT"),
    ("The president of Peru resigned on Monday.", "resignation", "RETREAT"),
    ("Israel and Hamas agreed on a ceasefire.", "agreement", "AGREE"),
    ("Japan sent aid to Turkey.", "aid", "AID"),
    ("Poland deployed troops to the border.", "deployment", "MOBILIZE"),
    ("An earthquake struck Turkey on Monday.", "disaster", "OTHER"),
    ("The parliament of Iran passed a law on Sunday.", "law", "OTHER"),
]


@pytest.mark.parametrize(("text", "kind", "plover"), KINDS)
def test_a_plain_sentence_has_its_kind_and_type(text: str, kind: str, plover: str) -> None:
    found = _reports(extracted(text), kind)
    assert found, [r.kind for r in extracted(text).reports]
    assert found[0].type == plover


MODALITIES = [
    ("Vladimir Putin visited China.", "visit", Modality.ACTUAL),
    ("Vladimir Putin will visit China in May.", "visit", Modality.PLANNED),
    ("Vladimir Putin plans to visit China.", "visit", Modality.PLANNED),
    ("Vladimir Putin is expected to visit China.", "visit", Modality.PLANNED),
    ("Vladimir Putin did not visit China.", "visit", Modality.DENIED),
    ("Vladimir Putin never visited China.", "visit", Modality.DENIED),
    ("Vladimir Putin could visit China.", "visit", Modality.HYPOTHETICAL),
    ("If Putin visits China, Xi will be pleased.", "visit", Modality.HYPOTHETICAL),
    ("Vladimir Putin refused to meet Xi Jinping.", "meeting", Modality.DENIED),
]


@pytest.mark.parametrize(("text", "kind", "modality"), MODALITIES)
def test_modality_is_read_from_the_words(text: str, kind: str, modality: Modality) -> None:
    assert [r.modality for r in _reports(extracted(text), kind)] == [modality]


def test_a_plan_lies_on_or_after_the_publication_day() -> None:
    report = _reports(extracted("Vladimir Putin plans to visit China.", "2025-03-05"), "visit")[0]
    assert report.when.edtf == "2025-03-05/.."


def test_an_undated_background_fact_has_no_day() -> None:
    report = _reports(
        extracted("Xi Jinping spoke on Monday. China and Russia have signed a pact on gas.", "2025-03-05"),
        "treaty signed",
    )[0]
    assert report.when.edtf == "../2025-03-05"


ROLES = [
    ("Police in Moscow arrested Alexei Navalny.", "arrest", "target", "Alexei Navalny"),
    ("Alexei Navalny was arrested by Russian police.", "arrest", "target", "Alexei Navalny"),
    ("Alexei Navalny was arrested by Russian police.", "arrest", "source", "Police of Russia"),
    ("The United States imposed sanctions on Iran.", "sanctions", "source", "United States"),
    ("The United States imposed sanctions on Iran.", "sanctions", "target", "Iran"),
    ("Xi Jinping, who met Putin, praised Russia.", "meeting", "participant", "Xi Jinping"),
    ("Russia, along with China, vetoed the resolution.", "veto", "source", "China"),
    ("The Kremlin condemned the attack.", "condemnation", "source", "Russia"),
    (
        "President Emmanuel Macron welcomed Volodymyr Zelensky in Paris on Tuesday.",
        "visit",
        "target",
        "Emmanuel Macron",
    ),
    ("Joko Widodo's visit to Kyiv ended on Wednesday.", "visit", "source", "Joko Widodo"),
]


@pytest.mark.parametrize(("text", "kind", "role", "name"), ROLES)
def test_each_side_has_its_role(text: str, kind: str, role: str, name: str) -> None:
    found = {(p.role.value, p.actor.name) for r in _reports(extracted(text), kind) for p in r.actors}
    assert (role, name) in found


PEOPLE = [
    ("Snr Gen Min Aung Hlaing spoke.", "Min Aung Hlaing"),
    ("Ms. Suu Kyi spoke.", "Aung San Suu Kyi"),
    ("Kim Jong Un spoke.", "Kim Jong Un"),
    ("Kim Jong Il spoke.", "Kim Jong Il"),
    ("Lula spoke in Brasilia.", "Luiz Inácio Lula da Silva"),
    ("MBS spoke in Riyadh.", "Mohammed bin Salman"),
    ("Recep Tayyip Erdogan spoke.", "Recep Tayyip Erdoğan"),
    ("Volodymyr Zelenskyy spoke.", "Volodymyr Zelenskyy"),
    ("Lea Example arrived. Example spoke.", "Lea Example"),
]


@pytest.mark.parametrize(("text", "name"), PEOPLE)
def test_spellings_lead_to_one_person(text: str, name: str) -> None:
    assert extracted(text).persons == (name,)


def test_an_office_is_held_by_whom_it_was_held_on_the_day() -> None:
    assert extracted("The Russian president spoke.", "2010-05-01").persons == ("Dmitry Medvedev",)
    assert extracted("The Russian president spoke.", "2025-03-05").persons == ("Vladimir Putin",)


COUNTRIES = [
    ("Burma signed the treaty with Thailand.", {"MMR", "THA"}),
    ("Pyongyang condemned the exercise.", {"PRK"}),
    ("Seoul and Washington held talks.", {"KOR", "USA"}),
    ("Ivorian troops attacked the rebels.", {"CIV"}),
    ("The DR Congo and Rwanda signed a ceasefire agreement.", {"COD", "RWA"}),
    ("The US imposed sanctions.", {"USA"}),
]


@pytest.mark.parametrize(("text", "codes"), COUNTRIES)
def test_countries_are_found_by_any_name(text: str, codes: set[str]) -> None:
    assert {link.country for r in extracted(text).reports for link in r.countries} == codes


def test_a_capital_is_a_place_after_in_and_a_government_before_a_verb() -> None:
    inside = _reports(extracted("Xi Jinping met Li Qiang in Washington."), "meeting")[0]
    assert "United States" not in {p.actor.name for p in inside.actors}
    assert inside.place is not None
    assert (inside.place.name, inside.place.country) == ("Washington", "USA")


def test_common_words_are_no_countries() -> None:
    assert extracted("They ate turkey and chad with us on the mali.").countries == ()


def test_every_report_points_at_its_own_words() -> None:
    text = "Xi Jinping met Vladimir Putin in Moscow on Tuesday. He will visit India next week, officials said."
    for report in extracted(text).reports:
        assert report.trigger.of(text)
        assert report.span.covers(report.trigger)
        for p in report.actors:
            assert p.span is not None
            assert p.span.of(text) == p.words


KEYS = {
    "start",
    "end",
    "trigger",
    "trigger_start",
    "trigger_end",
    "sentence",
    "title",
    "when",
    "earliest",
    "latest",
    "type",
    "kind",
}
KEYS |= {"modality", "salience", "actors", "place", "countries", "mentions"}


def test_the_keys_of_extract_are_those_promised() -> None:
    told = json.loads(json.dumps(extraction_object(extracted("Xi Jinping met Vladimir Putin in Moscow on Tuesday."))))
    assert set(told) == {"id", "events", "times", "persons", "countries"}
    assert set(told["events"][0]) == KEYS
    assert set(told["events"][0]["actors"][0]) == {"name", "role", "kind", "country", "id", "words", "start", "end"}
    assert set(told["events"][0]["place"]) == {"name", "country", "latitude", "longitude"}
    assert set(told["times"][0]) == {"start", "end", "text", "type", "value", "edtf", "earliest", "latest", "reason"}


def test_the_first_article_reads_as_it_should(seed: str) -> None:
    events = extraction_object(extracted(seed, "2025-03-03"), minimum=DEFAULT_SALIENCE)["events"]
    told = {(e["kind"], e["when"], e["modality"]): {a["name"] for a in e["actors"]} for e in events}
    assert told["coup", "2021-02", "actual"] >= {"Min Aung Hlaing", "Aung San Suu Kyi"}
    assert told["meeting", "2022-09", "actual"] == {"Min Aung Hlaing", "Vladimir Putin"}
    assert told["visit", "2025-03-03", "actual"] >= {"Min Aung Hlaing", "Russia"}
    assert told["exercise", "../2025-03-03", "actual"] == {"Russia", "Myanmar"}
    assert told["treaty signed", "../2025-03-03", "actual"] == {"Russia", "Myanmar"}
    assert ("sanctions", "../2025-03-03", "actual") in told
    assert ("labour migration", "2025-03-03/..", "planned") in told
    for kind in ("coup", "visit", "exercise", "sanctions", "treaty signed"):
        assert sum(e["kind"] == kind for e in events) == 1, kind
    meetings = [e for e in events if e["kind"] in ("meeting", "talks")]
    assert len(meetings) == 3
    assert next(e["place"]["name"] for e in meetings if e["when"] == "2022-09") == "Vladivostok"
    assert sum(e["modality"] == "planned" and e["when"] == "2025-03-03/.." for e in meetings) == 2


def test_without_a_date_the_first_article_is_kept_and_says_so(seed: str) -> None:
    extraction = extracted(seed, "")
    assert extraction.warnings
    visit = [r for r in extraction.reports if r.kind == "visit"]
    assert visit
    assert all(r.when.edtf == "" for r in visit)
