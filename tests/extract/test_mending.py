"""What is told of a noun, and who does it, where the parser takes a name or a clause after it for something else."""

from __future__ import annotations

import pytest

from timeline.extract.text.mending import mend
from timeline.extract.text.parsing import language

# A text, a word of it, the word on which it hangs, and how.
MENDED = [
    (
        "Lavrov visited Myanmar and met the head of its military government, Min Aung Hlaing, in the capital.",
        "Hlaing",
        "government",
        "appos",
    ),
    ("Lavrov met the leader of Syria's new government, Ahmed al-Sharaa, on Monday.", "Sharaa", "government", "appos"),
    ("Police fired at crowds in the capital, Naypyitaw, on Tuesday.", "Naypyitaw", "capital", "appos"),
    ("In the capital, Kyiv, two people were killed by a drone.", "Kyiv", "capital", "appos"),
    ("In the capital, Kyiv, two people were killed by a drone.", "people", "killed", "nsubjpass"),
    ("In the Thai capital, Bangkok, a tower under construction collapsed.", "tower", "collapsed", "nsubj"),
    ("In the capital, Abuja, President Bola Tinubu signed a law on Monday.", "Tinubu", "signed", "nsubj"),
    (
        "Biden demanded that the army free Suu Kyi and Win Myint, who were arrested on Monday.",
        "arrested",
        "Myint",
        "relcl",
    ),
    ("It said that it had won a clear majority in the general election held a day earlier.", "held", "election", "acl"),
]
LEFT = [
    ("The alliance embraced three of its former rivals, the Czech Republic, Hungary and Poland.", "Republic", "rivals"),
    ("In the letter, Netanyahu, a lawyer, said he would resign.", "Netanyahu", "letter"),
    ("It was sold for two dollars, Monday.", "Monday", "dollars"),
    ("Shares fell as soon as trading opened Monday.", "opened", "trading"),
]


@pytest.mark.parametrize(("text", "word", "head", "dep"), MENDED, ids=[f"{row[1]}: {row[0]}" for row in MENDED])
def test_what_a_noun_is_called_and_what_is_told_of_it_hangs_on_it(text: str, word: str, head: str, dep: str) -> None:
    doc = language()(text)
    mend(doc)
    token = next(t for t in doc if t.text == word)
    assert (token.head.text, token.dep_) == (head, dep)


@pytest.mark.parametrize(("text", "word", "noun"), LEFT, ids=[row[0] for row in LEFT])
def test_other_words_stay_where_they_are(text: str, word: str, noun: str) -> None:
    doc = language()(text)
    mend(doc)
    token = next(t for t in doc if t.text == word)
    assert token.head.text != noun


@pytest.mark.parametrize("text", ["", ",", "A,", ", A, B", "In, A, b, C, was", "In the city, Rome"])
def test_a_mended_parse_is_whole(text: str) -> None:
    doc = language()(text)
    roots = [sentence.root.i for sentence in doc.sents]
    mend(doc)
    assert [sentence.root.i for sentence in doc.sents] == roots
    assert all(token.sent.root in (token, *token.ancestors) for token in doc)
