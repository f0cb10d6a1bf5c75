"""Who does what to whom: grammar that hides the doer or the other side, and the titles made of it."""

from __future__ import annotations

import pytest

from tests.conftest import extracted
from timeline.extract.what.titles import clip, tidy
from timeline.model import Modality, Report, Role

# text, kind, who did it, to whom
ROLES = [
    ("France is ready to contribute troops to a force in Mali.", "peacekeeping", {"France"}, set()),
    ("Israel is opposed to Egyptian mediation.", "rejection", {"Israel"}, {"Egypt"}),
    ("An armed group attacked soldiers on Tuesday.", "attack", {"armed group"}, {"soldiers"}),
    (
        "An alliance of three ethnic armed groups attacked Mali.",
        "attack",
        {"alliance of ethnic armed groups"},
        {"Mali"},
    ),
    ("A Syrian militia attacked Turkey on Monday.", "attack", {"Syrian militia"}, {"Turkey"}),
    ("Chad rejected an alliance with Mali.", "rejection", {"Chad"}, {"Mali"}),
    ("Hamas fighters captured two outposts near the Egyptian border.", "capture", {"Hamas"}, set()),
    ("Chad rejected calls by Kofi Annan to withdraw.", "rejection", {"Chad"}, {"Kofi Annan"}),
    ("Niger rejected an appeal lodged by Togo.", "rejection", {"Niger"}, {"Togo"}),
    ("A group of Chechen rebels attacked Russia.", "attack", {"Chechen rebels"}, {"Russia"}),
    ("Hamas threatened to fight on unless Israel withdrew.", "threat", {"Hamas"}, {"Israel"}),
    ("Students marched in Oslo to demand reforms by Norway.", "protest", set(), {"Norway"}),
    ("Vladimir Putin was quoted as saying that all was well.", "statement", {"Vladimir Putin"}, set()),
    ("The United States said that China must open its markets.", "demand", {"United States"}, {"China"}),
    ("Peru will not release the ship of Chile.", "rejection", {"Peru"}, {"Chile"}),
    ("Emmanuel Macron arrived in Amman on Monday.", "visit", {"Emmanuel Macron"}, {"Jordan"}),
    ("Xi Jinping hosted Vladimir Putin in Beijing.", "visit", {"Vladimir Putin"}, {"Xi Jinping"}),
    ("Iran welcomed the offer of Iraq.", "support", {"Iran"}, {"Iraq"}),
    ("Judge Jane Moreau found Airbus negligent on Monday.", "ruling", {"Jane Moreau"}, {"Airbus"}),
    ("The blast killed 12 people, including two Kenyans.", "killing", set(), {"people", "Kenyans"}),
    ("The mayor's adviser, Jane Doe, said that all was well.", "statement", {"Jane Doe"}, set()),
    ("One of them, Jane Doe, said that all was well.", "statement", {"Jane Doe"}, set()),
    ("Presidents Anna Weber of Ghana and Maria Lopez of Togo left.", "travel", {"Anna Weber", "Maria Lopez"}, set()),
    ("President of Ghana John Mahama condemned the coup.", "condemnation", {"John Mahama"}, set()),
    ("The Iowa attorney general's office sued Peru.", "lawsuit", {"office of the attorney general of Iowa"}, {"Peru"}),
    ("NATO sanctioned three of its rivals, Mali, Niger and Chad.", "sanctions", {"NATO"}, {"Mali", "Niger", "Chad"}),
    ("The bombing killed 12 soldiers near Kabul.", "bombing", set(), {"soldiers"}),
    ("A bombing shook Kabul, wounding twelve students.", "bombing", set(), {"students"}),
    ("Jane Doe was wounded in the bombing.", "bombing", set(), {"Jane Doe"}),
    ("Twelve students died in the bombing.", "bombing", set(), {"students"}),
    ("John Roe was jailed for the assassination of Jane Doe.", "assassination", {"John Roe"}, {"Jane Doe"}),
    ("Hamas claimed responsibility for the bombing.", "bombing", {"Hamas"}, set()),
    ("Peru issued a statement accusing Chile of theft.", "accusation", {"Peru"}, {"Chile"}),
    ("Jane Doe sent a letter to the mayor accusing Peru of theft.", "accusation", {"Jane Doe"}, {"Peru"}),
    ("Peru refused a request from Chile to open the border.", "rejection", {"Peru"}, {"Chile"}),
    ("Iraq attacked an ISIS-held town on Monday.", "attack", {"Iraq"}, {"Islamic State"}),
    ("A US-led invasion toppled the regime.", "offensive", {"United States"}, set()),
    ("The military wing of Hamas attacked Israel.", "attack", {"Hamas"}, {"Israel"}),
    ("The Kenya embassy bombing shocked people in Oslo.", "bombing", set(), {"Kenya"}),
    ("Chad launched cyber attacks on the websites of Togo.", "offensive", {"Chad"}, {"Togo"}),
    ("Peru opened an investigation into the dealings of Airbus.", "investigation", {"Peru"}, {"Airbus"}),
    ("Peru refused to lift the ban imposed on Airbus.", "rejection", {"Peru"}, {"Airbus"}),
    ("Chad carried out a raid, targeting Hamas near Kabul.", "raid", {"Chad"}, {"Hamas"}),
    ("Peru faced sanctions on Monday.", "sanctions", set(), {"Peru"}),
    ("Peru received military aid from Chile on Monday.", "military aid", {"Chile"}, {"Peru"}),
    ("Peru faced condemnation by Chile on Monday.", "condemnation", {"Chile"}, {"Peru"}),
    ("Hamas suffered an attack on Monday.", "attack", set(), {"Hamas"}),
    ("Jane Doe received an award on Monday.", "contest", {"Jane Doe"}, set()),
    ("Jane Doe underwent surgery on Monday.", "illness", {"Jane Doe"}, set()),
    ("Jane Doe suffered a knockout loss to Maria Lopez.", "contest", {"Jane Doe"}, {"Maria Lopez"}),
    ("Moldova accused Togo of plotting to overthrow Maia Sandu.", "coup", {"Togo"}, {"Maia Sandu"}),
    ("Peru stopped Chile from attacking Hamas.", "attack", {"Chile"}, {"Hamas"}),
    ("Rebels took the town of Gao, Mali's army said on Monday.", "statement", {"Military of Mali"}, set()),
    ("Togo vetoed a UN Security Council resolution calling for talks.", "appeal", {"UN Security Council"}, set()),
    ("Jane Doe, granted asylum by Spain, left on Sunday.", "asylum", {"Spain"}, {"Jane Doe"}),
    ("Police officer shot dead by rebels in Mali", "killing", set(), set()),
    ("Nelson Chamisa arrested in Harare", "arrest", set(), {"Nelson Chamisa"}),
    ("Sanctions imposed by the European Union on Belarus took effect.", "sanctions", {"European Union"}, {"Belarus"}),
    (
        "The presidents of Kenya and Togo condemned Chad.",
        "condemnation",
        {"William Ruto", "Faure Gnassingbé"},
        {"Chad"},
    ),
    ("The armies of Kenya and Togo attacked Hamas.", "attack", {"Military of Kenya", "Military of Togo"}, {"Hamas"}),
    ("Syrian and Iraqi rebels attacked Hamas.", "attack", {"Syrian rebels", "Iraqi rebels"}, {"Hamas"}),
    ("Officials from Japan and Togo condemned Chad.", "condemnation", {"Government of Japan"}, {"Chad"}),
    ("The court ordered Chad to halt its offensive in Gao.", "ceasefire", {"Chad"}, set()),
    ("Robert Fico was shot and wounded by Hamas in Oslo.", "shooting", {"Hamas"}, {"Robert Fico"}),
    ("The expulsion of the Russian ambassador by Chad began.", "expulsion", {"Chad"}, {"ambassador of Russia"}),
    ("The appointment of Jane Doe as minister pleased Chad.", "appointment", set(), {"Jane Doe"}),
    ("A U.S. delegation led by Jake Sullivan condemned Iran.", "condemnation", {"Jake Sullivan"}, {"Iran"}),
    ("Troops loyal to Bashar al-Assad attacked Hamas.", "attack", {"Bashar al-Assad"}, {"Hamas"}),
    ("Peru imposed tariffs on imports from Chile.", "tariff", {"Peru"}, {"Chile"}),
    ("Peru retaliates with tariffs on Chile", "tariff", {"Peru"}, {"Chile"}),
    ("Jane Doe was fired by Peru on Tuesday.", "dismissal", {"Peru"}, {"Jane Doe"}),
    ("A ruling by Chad sparked protests by students.", "protest", {"students"}, set()),
]

# What somebody gets, and what is given: text, kind, who gives, who gets
GIVING = [
    ("Ukraine received aid from Germany.", "aid", {"Germany"}, {"Ukraine"}),
    ("Ukraine received military aid from Germany.", "military aid", {"Germany"}, {"Ukraine"}),
    ("Myanmar received weapons from Russia.", "arms deal", {"Russia"}, {"Myanmar"}),
    ("The rebels received weapons from Iran.", "arms deal", {"Iran"}, {"rebels"}),
    ("Myanmar will receive six Russian fighter jets.", "arms deal", {"Russia"}, {"Myanmar"}),
    ("Weapons were received from Iran by Hamas.", "arms deal", {"Iran"}, {"Hamas"}),
    ("India took delivery of three jets from France.", "arms deal", {"France"}, {"India"}),
    ("India bought missiles from Russia.", "arms deal", {"Russia"}, {"India"}),
    ("Ghana secured a loan from China.", "loan", {"China"}, {"Ghana"}),
    ("Pakistan received a $2 billion loan from China.", "loan", {"China"}, {"Pakistan"}),
    ("Chad won a pledge of support from France.", "pledge", {"France"}, {"Chad"}),
    ("Kosovo won recognition from Peru.", "recognition", {"Peru"}, {"Kosovo"}),
    ("Myanmar won the backing of Russia.", "support", {"Russia"}, {"Myanmar"}),
    ("Myanmar received the backing of Russia.", "support", {"Russia"}, {"Myanmar"}),
    ("Jane Doe received asylum in Peru.", "asylum", {"Peru"}, {"Jane Doe"}),
    ("Iran received a warning from Israel.", "warning", {"Israel"}, {"Iran"}),
    ("Xi Jinping received Vladimir Putin in Beijing.", "visit", {"Vladimir Putin"}, {"Xi Jinping"}),
    ("Germany provided Ukraine with military aid.", "military aid", {"Germany"}, {"Ukraine"}),
    ("Iran supplied Hamas with weapons.", "arms deal", {"Iran"}, {"Hamas"}),
    ("China extended a loan to Pakistan.", "loan", {"China"}, {"Pakistan"}),
    ("Japan extended financial support to Kenya.", "aid", {"Japan"}, {"Kenya"}),
    ("North Korea shipped artillery shells to Russia.", "military aid", {"North Korea"}, {"Russia"}),
]


@pytest.mark.parametrize(("text", "kind", "doers", "others"), [*ROLES, *GIVING], ids=[r[0] for r in [*ROLES, *GIVING]])
def test_the_grammar_gives_each_side_its_role(text: str, kind: str, doers: set[str], others: set[str]) -> None:
    report = _told(text, kind)
    assert _names(report, Role.SOURCE) >= doers
    assert _names(report, Role.TARGET) >= others
    assert not _names(report, Role.SOURCE) & others


def _told(text: str, kind: str) -> Report:
    reports = extracted(text, "2025-03-05").reports
    found = [r for r in reports if r.kind == kind]
    assert found, [r.kind for r in reports]
    return found[0]


def _names(report: Report, role: Role) -> set[str]:
    return {p.actor.name for p in report.actors if p.role is role}


# text, who must not take part
OUTSIDERS = [
    ("Andrei Belousov met the president of France in Rome.", "meeting", "France"),
    ("Jane Doe was tried over the bombing.", "bombing", "Jane Doe"),
    ("Jane Doe condemned the bombing.", "bombing", "Jane Doe"),
    ("People fear bombings at offices in Kenya, which killed two students.", "killing", "Kenya"),
    ("The attack, which Peru has condemned, began on Monday.", "attack", "Peru"),
    ("NATO attacked all sites, including Jane Doe's house.", "attack", "Jane Doe"),
    ("NATO attacked a Serb-held town on Monday.", "attack", "Serbia"),
    ("The mayor's adviser, Jane Doe, said that all was well.", "statement", "mayor"),
    ("Hamas fought in Gaza and Syria, among other nations.", "clash", "nations"),
    ("Among other nations, Chad fought Hamas on Monday.", "clash", "nations"),
    ("Qatar condemned the killing of Jane Doe.", "condemnation", "Jane Doe"),
    ("Jane Doe died in Iraq near the border with Iran.", "death", "Iran"),
    ("Police shot five students opposed to a bill backed by Jane Doe.", "shooting", "Jane Doe"),
    ("The court's ruling sparked protests by students in Chad.", "protest", "court"),
    ("Jane Doe was killed in a Mali ambush.", "killing", "Mali"),
    ("Mary Barra, head of General Motors, said her company closed two plants.", "business", "Mary Barra"),
]


@pytest.mark.parametrize(("text", "kind", "name"), OUTSIDERS, ids=[row[0] for row in OUTSIDERS])
def test_who_is_only_spoken_of_takes_no_part(text: str, kind: str, name: str) -> None:
    assert name not in {p.actor.name for p in _told(text, kind).actors}


def test_one_word_of_two_kinds_tells_of_two_happenings() -> None:
    reports = extracted("Jane Doe found Airbus not guilty. Jane Doe found Airbus negligent.", "2025-03-05").reports
    rulings = [r for r in reports if r.words.startswith("found")]
    assert len({r.happening for r in rulings}) == len(rulings) == 2


TITLES = [
    ("Police reported 12 dead and 30 wounded.", "injury", "30 are wounded"),
    ("The strike left at least 12 dead and dozens wounded.", "injury", "Dozens are wounded"),
    ("The storm left 40 people injured.", "injury", "People are injured"),
    ("Lawmakers approved the deal reached on Sunday.", "agreement", "Lawmakers approve the deal"),
    (
        "Police fired at crowds in the capital, Nairobi, on Monday.",
        "attack",
        "Police fire at crowds in the capital, Nairobi",
    ),
    ("It cut the use of the protocol (VoIP) on Monday.", "development", "It cuts the use of the protocol"),
    ("Gunmen killed a mayor on Monday.", "killing", "Gunmen kill a mayor"),
    ("The police arrested a priest on Monday.", "arrest", "Police arrest a priest"),
    ("Elected officials in Ohio rejected a plan on Monday.", "rejection", "Elected officials in Ohio reject a plan"),
    ("Iran clashed with Iraq in the Gulf of Oman.", "clash", "Iran clashes with Iraq in the Gulf of Oman"),
    ("Sales fell in the U.S. on Monday.", "business", "Sales fall in the U.S"),
    ("Niger will not lift the ban.", "rejection", "Niger refuses to lift the ban"),
    ("There was an attack near Kabul.", "attack", "Attack near Kabul"),
    ('"We are at war," said Manuel Valls.', "statement", "Manuel Valls says: We are at war"),
    ("Thousands of residents fled Mali.", "displacement", "Residents flee Mali"),
    ("Togo (or so we hear) attacked a camp.", "attack", "Togo attacks a camp"),
    (
        "Xi Jinping met Vladimir Putin in Moscow. They spoke about trade.",
        "statement",
        "Xi Jinping and Vladimir Putin speak about trade",
    ),
    (
        "Russia and Myanmar held talks on Monday. The two countries promised to open an embassy.",
        "pledge",
        "Myanmar and Russia promise to open an embassy",
    ),
]


@pytest.mark.parametrize(("text", "kind", "title"), TITLES, ids=[row[0] for row in TITLES])
def test_a_title_is_a_line_of_a_chronology(text: str, kind: str, title: str) -> None:
    assert _told(text, kind).title == title


def test_a_title_opens_no_quotation_marks_that_it_does_not_close() -> None:
    assert clip('He says "we are') == 'He says "we are"'
    assert clip(f'He says "{"word " * 40}').endswith('…"')
    assert len(clip(f'He says "{"word " * 40}')) <= 100


def test_what_is_left_out_of_a_title_leaves_no_trace() -> None:
    assert tidy("A plane , , crashes  ( ) : all dead ,") == "A plane, crashes: all dead"


def test_a_body_that_a_person_heads_takes_no_part_beside_him() -> None:
    met = _told("Sergei Lavrov met the head of Myanmar's army, Min Aung Hlaing, in Yangon.", "meeting")
    assert _names(met, Role.PARTICIPANT) == {"Sergei Lavrov", "Min Aung Hlaing"}
    met = _told("Sergei Lavrov met the head of the United Nations, Jane Doe, in Yangon.", "meeting")
    assert "United Nations" in _names(met, Role.PARTICIPANT)


def test_who_met_to_talk_talked() -> None:
    talks = _told("Ministers gathered in Cairo on Monday to discuss Libya.", "talks")
    assert talks.modality is Modality.ACTUAL
    assert talks.when.edtf == "2025-03-03"


NO_WAYS = ["The move came after talks failed.", "The news came as students marched.", "It came as a result of a vote."]
WAYS = ["Jane Doe came to Kyiv after the talks.", "Soldiers came after midnight.", "It came ashore after midnight."]


@pytest.mark.parametrize(("text", "goes"), [*((t, False) for t in NO_WAYS), *((t, True) for t in WAYS)])
def test_what_only_comes_after_something_goes_nowhere(text: str, goes: bool) -> None:
    assert any(r.kind == "travel" for r in extracted(text).reports) is goes


def test_what_a_state_says_is_not_what_is_said_to_it() -> None:
    reports = extracted("Workers urged Peru to withdraw on Monday. Peru's army urged restraint.").reports
    assert len({r.happening for r in reports if r.kind == "appeal"}) == 2


def test_what_a_found_thing_is_marked_with_is_no_clause_that_could_do_anything() -> None:
    text = (
        "Japan found a door, a blade, and an unused lifeboat labeled consistently with the ship while leading a search."
    )
    reports = extracted(text).reports
    assert [_names(r, Role.SOURCE) for r in reports if "search" in r.words] == [{"Japan"}]
    assert not [r for r in reports if r.words == "labeled"]


def test_who_gets_a_thing_is_no_doer_and_the_thing_no_event_of_its_own() -> None:
    reports = extracted("Ukraine received military aid from Germany on Monday.", "2025-03-05").reports
    assert [(r.kind, _names(r, Role.SOURCE), _names(r, Role.TARGET)) for r in reports] == [
        ("military aid", {"Germany"}, {"Ukraine"})
    ]


DOUBTS = [
    ("Peru accused Chile of attacking Hamas.", "attack", Modality.HYPOTHETICAL),
    ("Jane Doe was convicted of killing John Roe.", "killing", Modality.ACTUAL),
    ("Peru suspended talks on joining NATO.", "cooperation", Modality.HYPOTHETICAL),
    ("Chad agreed to a truce after a meeting of ministers in Oslo.", "meeting", Modality.ACTUAL),
    ("Chad attacked the town, forcing residents to flee.", "displacement", Modality.ACTUAL),
    ("Rwanda denied sending troops to attack Hamas.", "attack", Modality.DENIED),
    ("A bomber killed 30 people in Kabul; Hamas claimed responsibility.", "killing", Modality.ACTUAL),
]


@pytest.mark.parametrize(("text", "kind", "modality"), DOUBTS, ids=[row[0] for row in DOUBTS])
def test_what_somebody_is_accused_of_is_no_fact_and_what_a_semicolon_parts_is(
    text: str, kind: str, modality: Modality
) -> None:
    assert _told(text, kind).modality is modality


def test_a_blow_and_its_outcome_are_one_happening() -> None:
    assert [r.kind for r in extracted("Jane Doe was shot and killed by police on Monday.").reports] == ["killing"]


def test_who_visits_is_no_host() -> None:
    reports = extracted("Vladimir Putin met visiting President Xi Jinping on Monday.").reports
    assert not [r for r in reports if r.kind == "visit" and _names(r, Role.TARGET) == {"Xi Jinping"}]


def test_who_tried_to_flee_stood_no_trial() -> None:
    assert "trial" not in {r.kind for r in extracted("Jane Doe tried to flee Peru on Monday.").reports}


def test_the_two_are_those_who_met() -> None:
    support = _told("Xi Jinping met Vladimir Putin in Moscow. The two praised Iran.", "support")
    assert _names(support, Role.SOURCE) == {"Xi Jinping", "Vladimir Putin"}
