"""Explicit dates in other languages than English: found whole, never more exact than the words, in linear time."""

from __future__ import annotations

import time
import warnings
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.extract.when import languages, names, read
from timeline.model import bounds

PUBLISHED = date(2025, 3, 10)

# language, text with the expression in brackets, value
CASES = [
    ("de", "Sie trafen sich am [3. März 2025] in Berlin.", "2025-03-03"),
    ("de", "Am [Montag, den 3. März 2025], trafen sie sich.", "2025-03-03"),
    ("de", "Der Putsch im [Februar 2021] war blutig.", "2021-02"),
    ("de", "Das Treffen vom [3.–5. März 2021] in Wien.", "2021-03-03/2021-03-05"),
    ("de", "Am [03.04.2025] tritt es in Kraft.", "2025-04-03"),
    ("de", "Im Jahr [1991] zerfiel die Union.", "1991"),
    ("de", "Am [1. Mai] kam er zurück.", "2024-05-01"),
    ("fr", "Ils se sont vus le [lundi 3 mars 2025] à Paris.", "2025-03-03"),
    ("fr", "Depuis le [1er mai 2021], la loi est en vigueur.", "2021-05-01"),
    ("fr", "Le coup d'État de [février 2021] a échoué.", "2021-02"),
    ("fr", "Le sommet du [3 au 5 mars 2022] à Lyon.", "2022-03-03/2022-03-05"),
    ("fr", "La loi du [5 janv. 2020] est abrogée.", "2020-01-05"),
    ("fr", "L'Union a disparu en [1991].", "1991"),
    ("es", "Se reunieron el [3 de marzo de 2025] en Madrid.", "2025-03-03"),
    ("es", "Se reunieron el [lunes 3 de marzo] en Madrid.", "2025-03-03"),
    ("es", "El golpe de [febrero de 2021] fracasó.", "2021-02"),
    ("es", "La cumbre del [3 al 5 de marzo de 2021] fue larga.", "2021-03-03/2021-03-05"),
    ("es", "El [03/04/2025] entra en vigor.", "2025-04-03"),
    ("it", "Si sono incontrati [lunedì 3 marzo 2025] a Roma.", "2025-03-03"),
    ("it", "Il colpo di stato del [febbraio 2021] fallì.", "2021-02"),
    ("it", "Il [1º maggio 2021] fu una festa.", "2021-05-01"),
    ("pt", "Reuniram-se em [3 de março de 2025] em Lisboa.", "2025-03-03"),
    ("pt", "O golpe de [fevereiro de 2021] falhou.", "2021-02"),
    ("ru", "Они встретились [3 марта 2025 года] в Москве.", "2025-03-03"),
    ("ru", "В [понедельник, 3 марта], они встретились.", "2025-03-03"),
    ("ru", "Переворот в [феврале 2021 года] удался.", "2021-02"),
    ("ru", "Саммит прошёл с [3 по 5 марта 2021 г.] в Сочи.", "2021-03-03/2021-03-05"),
    ("ru", "Союз распался в [1991 году].", "1991"),
    ("uk", "Вони зустрілися [3 березня 2025 року] у Києві.", "2025-03-03"),
    ("uk", "Переворот у [лютому 2021 року] вдався.", "2021-02"),
    ("ar", "التقيا يوم [الاثنين 3 مارس 2025] في القاهرة.", "2025-03-03"),
    ("ar", "التقيا في [٣ مارس ٢٠٢٥] في القاهرة.", "2025-03-03"),
    ("ar", "التقيا في [3 آذار/مارس 2025] في بيروت.", "2025-03-03"),
    ("ar", "وقع في [1 كانون الثاني 2020] هجوم.", "2020-01-01"),
    ("ar", "الانقلاب في [فبراير 2021] نجح.", "2021-02"),
    ("ar", "انهار الاتحاد عام [1991].", "1991"),
    ("zh", "双方于[2025年3月3日]在北京会面。", "2025-03-03"),
    ("zh", "双方于[二〇二五年三月三十一日]在北京会面。", "2025-03-31"),
    ("zh", "[2021年2月]发生政变。", "2021-02"),
    ("zh", "峰会于[2021年3月3日至5日]举行。", "2021-03-03/2021-03-05"),
    ("zh", "他于[3月5日]访问北京。", "2025-03-05"),
    ("zh", "苏联于[1991年]解体。", "1991"),
    ("ja", "両首脳は[2025年3月3日]に会談した。", "2025-03-03"),
    ("ko", "두 정상은 [2025년 3월 3일]에 만났다.", "2025-03-03"),
    ("my", "[၂၀၂၁ ခုနှစ် ဖေဖော်ဝါရီလ ၁ ရက်]နေ့တွင် အာဏာသိမ်းခဲ့သည်။", "2021-02-01"),
    ("tr", "[3 Mart 2025] günü buluştular.", "2025-03-03"),
    ("id", "Mereka bertemu pada [Senin, 3 Maret 2025] di Jakarta.", "2025-03-03"),
    ("vi", "Họ gặp nhau ngày [3 tháng 3 năm 2025].", "2025-03-03"),
    ("pl", "Spotkali się [3 marca 2025 r.] w Warszawie.", "2025-03-03"),
    ("nl", "Zij ontmoetten elkaar op [maandag 3 maart 2025].", "2025-03-03"),
]


def _split(marked: str) -> tuple[str, str]:
    before, _, rest = marked.partition("[")
    inside, _, after = rest.partition("]")
    return before + inside + after, inside


@pytest.mark.parametrize(("language", "marked", "value"), CASES)
def test_an_explicit_date_is_found_whole_with_honest_precision(language: str, marked: str, value: str) -> None:
    text, inside = _split(marked)
    assert [(t.text, t.type, t.value, t.edtf) for t in read(text, published=PUBLISHED, language=language)] == [
        (inside, "DATE", value, value)
    ]


# dateparser itself errs on Vietnamese months in words ("tháng sáu") and knows no Burmese date with its units.
@pytest.mark.parametrize("language", sorted({*names.known()} - {"vi", "my"}))
def test_every_month_of_every_language_means_what_dateparser_says(language: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from dateparser.date import DateDataParser

        parser = DateDataParser(languages=[language], settings={"REQUIRE_PARTS": ["day", "month", "year"]})
        agreed = 0
        for name, number in names.language(language).months.items():
            form = f"2021年{name}15日" if "units" in names.language(language).words else f"15 {name} 2021"
            form = form.replace("年", "년").replace("日", "일") if language == "ko" else form
            found = parser.get_date_data(form).date_obj
            if found is not None:
                assert found.date() == date(2021, number, 15), name
                agreed += 1
                assert [t.edtf for t in read(form, language=language)] == [f"2021-{number:02}-15"]
    assert agreed >= 12


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Das Spiel endete 3:2, Version 1.2.2025.3 kostet 2.021 Euro, Absatz 31."),
        ("fr", "Il y avait 2021 personnes, et non 31 ou 1.234.2021."),
        ("it", "Vinse 6 set su 7."),
        ("ru", "Погибло 2021 человек."),
        ("zh", "5000年前的文明, 13月3日, 共2021人。"),
        ("ar", "قتل 2021 شخصا."),
    ],
)
def test_what_is_no_date_becomes_none(language: str, text: str) -> None:
    assert [t.text for t in read(text, published=PUBLISHED, language=language)] == []


def test_a_day_without_a_year_is_not_guessed_without_a_publication_date() -> None:
    (found,) = read("Am 3. März kam er.", language="de")
    assert (found.text, found.value, found.edtf, found.earliest) == ("3. März", "XXXX-03-03", "", None)
    assert "publication date" in found.reason


def test_a_day_without_a_year_lies_in_the_year_that_the_text_tells_of() -> None:
    def days(text: str) -> list[str]:
        return [t.edtf for t in read(text, published=PUBLISHED, language="de")]

    assert days("Vom 28. Februar bis 3. März 2021 war Krieg.") == ["2021-02-28", "2021-03-03"]
    assert days("Vom 28. Dezember bis zum 3. Januar 2021 war Krieg.") == ["2020-12-28", "2021-01-03"]
    assert days("Am 1. Februar 2021 putschte die Armee. Am 27. März schoss sie.") == ["2021-02-01", "2021-03-27"]
    assert days("Am 12. Dezember kam er. Am 1. April geht er.") == ["2024-12-12", "2025-04-01"]


@pytest.mark.parametrize(
    ("text", "stated", "code"),
    [
        ("Они встретились 3 марта.", "en", "ru"),
        ("Вони зустрілися, її й інші", "en", "uk"),
        ("التقيا في القاهرة", "en", "ar"),
        ("双方于北京会面", "en", "zh"),
        ("両首脳は北京で会談した", "en", "ja"),
        ("2025年3月3日", "ja", "ja"),
        ("두 정상은 만났다", "en", "ko"),
        ("အာဏာသိမ်းခဲ့သည်", "en", "my"),
        ("Вони зустрілися", "uk", "uk"),
        ("They met", "de", "de"),
        ("They met Владимир Путин in Moscow on Monday", "en", "en"),
        ("They met", "de-AT", "de"),
        ("They met", "German", "de"),
        ("They met", "tlh", "en"),
        ("They met", "", "en"),
        ("Они встретились", "de", "ru"),
    ],
)
def test_the_letters_of_a_text_outvote_its_label(text: str, stated: str, code: str) -> None:
    assert names.language_of(text, stated) == code


def test_spans_limit_the_search_and_their_order_is_that_of_the_telling() -> None:
    from timeline.model import Span

    text = "3. März 2025. Kein Text: 4. März 2025. 5. März 2025."
    found = languages.tag(text, "de", spans=[Span(39, len(text)), Span(0, 13)])
    assert [t.text for t in found] == ["5. März 2025", "3. März 2025"]


PIECES = st.sampled_from(
    ["3", "31", "2021", "1.", "-", "bis", "März", "Mai", "Montag", ",", "den", "im", "Jahr", "/", ".", "de", "марта",
     "года", "в", "по", "年", "3月", "日", "至", "三十", "二〇二五", "٣", "مارس", "عام", "1991", "9999", "0", " ", "²"]
)  # fmt: skip


@given(
    st.one_of(st.text(max_size=100), st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES).map(" ".join)),
    st.sampled_from(sorted(names.known())),
    st.one_of(st.none(), st.dates()),
)
def test_no_text_breaks_it_and_every_span_gives_its_words(text: str, language: str, published: date | None) -> None:
    last = 0
    for t in languages.tag(text, language, published=published):
        assert text[t.start : t.end] == t.text
        assert t.start >= last
        last = t.end
        assert bounds(t.edtf) == (t.earliest, t.latest)


UNITS = {
    "de": ["3. ", "Montag ", "3.3.", "März ", "1 bis ", "Montag, den 3", "3"],
    "es": ["3 de ", "3 al 3 ", "marzo de "],
    "ru": ["3 ", "по ", "3 марта", "2021 "],
    "ar": ["3 ", "كانون ", "من عام "],
    "zh": ["3", "三", "3月", "2025年", "十"],
}


@pytest.mark.parametrize(("language", "unit"), [(code, unit) for code, units in UNITS.items() for unit in units])
def test_hostile_text_takes_linear_time(language: str, unit: str) -> None:
    def seconds(size: int) -> float:
        """The shortest of three runs: the machine does other things too."""
        text, taken = unit * (size // len(unit)), []
        for _ in range(3):
            begun = time.process_time()
            languages.tag(text, language, published=PUBLISHED)
            taken.append(time.process_time() - begun)
        return min(taken)

    seconds(1_000)
    small, large = seconds(10_000), seconds(40_000)
    assert large < 0.1 + 10 * small
    assert large < 2
