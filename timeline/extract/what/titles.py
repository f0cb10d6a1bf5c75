"""One line per happening in the present tense, as a chronology prints it, made from the event's own parts.

Of these the first that can be made: both sides of a symmetric kind ("A meets B"); the article's own clause where its
verb names the happening and the line is short enough; the kind's verb phrase between its actors ("A accuses B"); the
clause cut short; the event noun with what belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from timeline.extract.what import voice
from timeline.extract.what.lexicon import words
from timeline.model import Modality, Participation, Place, Role
from timeline.reference.wording import listed, plural

if TYPE_CHECKING:
    from spacy.tokens import Token

    from timeline.extract.what.clauses import Clause
    from timeline.extract.what.detection import Finding

MAX_LENGTH = 100
_IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}
_LEAD = {Modality.PLANNED: "Planned: ", Modality.DENIED: "Denied: ", Modality.HYPOTHETICAL: "Possible: "}
_SIDE = frozenset({"relcl", "advcl", "appos", "parataxis"})
# What a short noun phrase leaves out.
_SKIP = _SIDE | {"acl", "cc", "conj"}
# A name that ends in a common noun of several ("Chechen refugees", "police") or begins with one ("Leaders of ASEAN").
_SEVERAL = re.compile(
    r"\b(people|police|men|women|children|[a-z]+[^isu]s)$|^([A-Za-z-]+ )?[A-Za-z]+[^isu]s (of|in|from) "
    r"|(?i:gun|police|militia|service|tribes|fisher|fire|business|congress|guards)(wo)?men$"
)
_NO_END = frozenset({"ADP", "DET", "CCONJ", "PUNCT", "SCONJ"})
_PLURALS = frozenset({"we", "they", "i", "you", "these", "those", "police", "people"})

# The names of the actors that a noun or pronoun stands for, none or several.
Namer = Callable[["Token"], Sequence[str]]


def title_of(
    finding: Finding, actors: Sequence[Participation], place: Place | None, modality: Modality, name: Namer
) -> str:
    """At most 100 characters, never saying more than the text.

    `name` gives the names of the actors that a noun or pronoun stands for.
    """
    lead = _LEAD.get(modality, "")
    line = _line(finding, actors, name, MAX_LENGTH - len(lead))
    if place is not None and not _says(line, place):
        where = _where(place, finding)
        line += where if len(line) + len(where) <= MAX_LENGTH else ""
    return clip(lead + line[:1].upper() + line[1:])


def _says(line: str, place: Place) -> bool:
    """Whether a line names a place already, by its name or its words: "U.S." has lost its stop at the line's end."""
    return any(words in line for words in (place.name, place.words.rstrip(".") or place.name))


def _where(place: Place, finding: Finding) -> str:
    """ " in Moscow", " in the Gaza Strip" where the sentence has the article."""
    article = "the " if f" the {place.name}" in finding.sentence.slice.text else ""
    return f" in {article}{place.name}"


def _line(finding: Finding, actors: Sequence[Participation], name: Namer, room: int) -> str:
    doers = [p.actor.name for p in actors if p.role is not Role.TARGET]
    others = [p.actor.name for p in actors if p.role is Role.TARGET]
    phrase = finding.kind.title
    if finding.kind.symmetric and phrase and len(doers + others) > 1:
        names = doers + others
        return f"{names[0]} {_agreeing(phrase, names[:1])} {listed(names[1:])}"
    own = (
        tidy(_clause(finding.clause, name, finding.refused))
        if finding.clause is not None and not _merely_there(finding.clause)
        else ""
    )
    named = _named_subject(finding.clause, name)
    if own and named and not finding.nominal and len(own) <= room:
        return own
    if doers and others and phrase:
        return f"{listed(doers)} {_agreeing(phrase, doers)} {listed(others)}"
    return own if own and (named or not finding.nominal) else tidy(_phrase(finding.head)) or own


def _merely_there(clause: Clause) -> bool:
    """ "there was an attack": the noun says it all."""
    return clause.verb.lemma_ == "be" and any(c.dep_ == "expl" for c in clause.verb.children)


def _named_subject(clause: Clause | None, name: Namer) -> bool:
    """Whether the clause has a subject that is no bare pronoun."""
    subjects = _subjects(clause) if clause is not None else ()
    return bool(subjects) and all(s.pos_ != "PRON" or name(s) for s in subjects)


def _subjects(clause: Clause) -> tuple[Token, ...]:
    return clause.objects if clause.passive else clause.doers


def clip(line: str, length: int = MAX_LENGTH) -> str:
    """The line cut at a word, with an ellipsis, when it is too long; quotation marks that it opens are closed."""
    line = tidy(line)
    if len(line) + line.count('"') % 2 > length:
        line = line[: length - 2].rsplit(" ", 1)[0].rstrip(" ,;:-") + "…"
    return f'{line}"' if line.count('"') % 2 else line


def tidy(line: str) -> str:
    """The line without what leaving words out leaves behind: double spaces and commas, brackets empty or left open."""
    line = re.sub(r"\(\s*\)|\[\s*\]|\([^()]*$", "", line)
    line = re.sub(r"\s+", " ", line)
    line = re.sub(r"\s+([,;:.!?%)])", r"\1", line)
    line = re.sub(r",[\s,]*,", ",", line)
    return line.strip(" ,;:.-–—")


def third_person(lemma: str) -> str:
    """The present tense with he, she or it: "meet" to "meets"."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if re.search(r"(s|x|z|ch|sh|o)$", lemma):
        return lemma + "es"
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "ies"
    return lemma + "s"


def _agreeing(phrase: str, names: Sequence[str]) -> str:
    """A verb phrase of one ("visits") as it is for several ("visit")."""
    if len(names) == 1 and not _SEVERAL.search(names[0]):
        return phrase
    return plural(phrase)


def _clause(clause: Clause, name: Namer, refused: bool) -> str:
    """The clause in the article's words, its verb in the present tense, up to the first side clause."""
    verb, subjects = clause.verb, _subjects(clause)
    subject = listed([_called(s, name) or tidy(_phrase(s)) for s in subjects]) if subjects else ""
    several = _several(subjects, subject, name)
    if clause.passive or voice.is_opposed(verb):
        predicate = f"{'are' if several else 'is'} {verb.text.lower()}"
    elif refused:
        predicate = f"{'refuse' if several else 'refuses'} to {verb.lemma_}"
    elif verb.tag_.startswith("VB"):
        predicate = verb.lemma_ if several or not subject else third_person(verb.lemma_.lower())
    else:
        predicate = verb.text
    rest = _rest(verb, lambda t: () if listed(named := name(t)) == subject else named)
    return f"{subject} {predicate} {rest}".strip()


def _called(noun: Token, name: Namer) -> str:
    """The name of whom a noun stands for, also where it stands beside it: "an attorney, Jane Doe"."""
    return listed(name(noun) or next((named for c in noun.children if c.dep_ == "appos" and (named := name(c))), ()))


def _several(subjects: Sequence[Token], subject: str, name: Namer) -> bool:
    if len(subjects) != 1:
        return len(subjects) > 1
    only = subjects[0]
    if named := name(only):
        if len(named) > 1:
            return True
        described = only.pos_ == "NOUN" and subject == only.text
        return bool(_SEVERAL.search(subject.lower() if described else subject))
    number = only.like_num and only.lower_ not in ("one", "1")
    return number or only.tag_ in ("NNS", "NNPS") or only.lower_ in _PLURALS


def _rest(verb: Token, name: Namer) -> str:
    """The words after the verb that belong to it, without dates, up to the first side clause; what is said, if it
    stands before the verb that says so."""
    kept: list[Token] = []
    doers = {t.i for c in verb.children if c.dep_ in voice.SUBJECTS and c.i > verb.i for t in c.subtree}
    for token in verb.doc[verb.i + 1 : verb.right_edge.i + 1]:
        if _is_date(token) or token.i in doers:
            continue
        if not _kept(token, verb):
            break
        kept.append(token)
    while kept and _hangs_loose(kept[-1]):
        kept.pop()
    said = _said_before(verb) if not kept else ()
    return f": {_joined(said, name)}" if said else _joined(kept, name)


def _hangs_loose(last: Token) -> bool:
    """Whether a line cannot end with a word: "the deal reached" told of a day that is left out."""
    participle = last.dep_ == "acl" and last.tag_ in ("VBN", "VBD")
    bare = participle and not any(child.dep_ in ("aux", "auxpass") for child in last.children)
    return bare or (last.pos_ in _NO_END and last.dep_ != "prt")


def _said_before(verb: Token) -> Sequence[Token]:
    """ "There was dust everywhere," he said: the words before the verb that it reports."""
    if verb.lemma_.lower() not in words("speech"):
        return ()
    content = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), None)
    if content is None:
        return ()
    own = {t.i for t in content.subtree}
    tokens = [t for t in verb.doc[content.left_edge.i : content.right_edge.i + 1] if t.i in own]
    while tokens and (tokens[0].is_punct or tokens[0].is_quote):
        tokens = tokens[1:]
    return tokens


def _joined(tokens: Iterable[Token], name: Namer) -> str:
    """The tokens' text, pronouns that stand for an actor replaced by its name."""
    parts = []
    for token in tokens:
        stands = token.pos_ == "PRON" and token.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass")
        known = listed(name(token)) if stands else ""
        parts.append(f"{known}{token.whitespace_}" if known else token.text_with_ws)
    return "".join(parts).strip()


def _is_date(token: Token) -> bool:
    """A date that says when, or the preposition before one; not an age ("fourteen-year-old")."""
    if token.ent_type_ in ("DATE", "TIME"):
        return not any(a.pos_ == "ADJ" and a.lemma_ == "old" for a in (token, *token.ancestors))
    return token.dep_ == "prep" and any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in token.children)


def _kept(token: Token, verb: Token) -> bool:
    """Whether a token belongs to the short form: under the verb without a side clause between."""
    if token.text == ":" and verb.lemma_.lower() not in words("speech"):
        return False
    for step in (token, *token.ancestors):
        if step == verb:
            return True
        if (step.dep_ in _SIDE and not _is_bare_name(step)) or (step.dep_ == "conj" and step.pos_ in ("VERB", "AUX")):
            return False
    return False


def _is_bare_name(token: Token) -> bool:
    """ "In the capital, Nairobi": what stands beside a noun and is its name, without more words."""
    beside = token.dep_ == "appos" and token.pos_ == "PROPN" and token.head.pos_ == "NOUN"
    return beside and all(child.dep_ in ("compound", "det") or child.text == "," for child in token.children)


def _phrase(noun: Token) -> str:
    """A noun phrase without its side clauses."""
    kept = [t for t in noun.subtree if not any(a.dep_ in _SKIP and a != noun for a in _path(t, noun))]
    text = "".join(t.text_with_ws for t in kept).strip()
    return re.sub(r"^(The|the|a|A|an|An)\s+", "", text)


def _path(token: Token, top: Token) -> list[Token]:
    steps = [token]
    while steps[-1] != top and steps[-1].head != steps[-1]:
        steps.append(steps[-1].head)
    return steps
