"""Quotes are found where the article has them, and nowhere else, in linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.extract.llm.locating import Words
from timeline.model import Span

_TEXT = st.text(alphabet="ab AB.\n\t“\"’'-–é中文\u00a0", max_size=80)


def plain(text: str) -> str:
    return " ".join(text.translate(str.maketrans("“’–", "\"'-")).split())


@given(_TEXT, st.data())
def test_what_is_found_says_what_was_looked_for(text: str, data: st.DataObject) -> None:
    words = data.draw(st.one_of(_TEXT, st.sampled_from(text.split() or ["a"])))
    found = Words(text, [Span(0, len(text))]).find(words)
    if found is not None:
        assert plain(found.of(text)) == plain(words) != ""
    elif plain(words):
        assert f" {plain(words)} " not in f" {plain(text)} "


@given(_TEXT, st.integers(0, 80), st.integers(0, 80))
def test_only_what_was_shown_is_searched(text: str, first: int, last: int) -> None:
    shown = Span(*sorted((min(first, len(text)), min(last, len(text)))))
    words = Words(text, [shown])
    for word in set(text.split()):
        assert all(shown.covers(each) for each in words.all(word))


def test_words_do_not_run_from_one_shown_part_into_the_next() -> None:
    text = "Putin met Xi.\n\nMacron met Scholz."
    words = Words(text, [Span(0, 13), Span(15, 33)])
    assert words.find("met Xi") == Span(6, 12)
    assert words.find("Xi. Macron") is None
    assert words.find("met", Span(15, 33)) == Span(22, 25)
    assert words.find("met", Span(30, 33)) == Span(6, 9)


@pytest.mark.parametrize("piece", ["a ", "ab ab ", " \n", "'", "中"])
def test_the_time_is_linear_for_hostile_texts(piece: str) -> None:
    text = piece * 30_000
    before = time.process_time()
    words = Words(text, [Span(0, len(text))])
    for _ in range(20):
        assert words.find(piece * 400 + "b") is None
    assert time.process_time() - before < 2


def test_scripts_without_spaces_are_quoted_inside_a_run() -> None:
    text = "普京周二在莫斯科会见敏昂莱。"
    assert Words(text, [Span(0, len(text))]).find("会见") == Span(8, 10)
