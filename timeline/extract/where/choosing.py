"""Which place a name means: what its sentence says beside it, what the article called so before, the countries that the
article speaks of and their neighbours, and at last the size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from timeline.extract.where.lexicon import divided, is_water, without_kind, words
from timeline.extract.where.naming import Beside, Name
from timeline.extract.who import Cast, Mention
from timeline.model import Place, PlaceExactness
from timeline.model.actor import fold
from timeline.reference import countries, places, regions
from timeline.reference.places import PlaceEntry
from timeline.reference.regions import Region

# In powers of ten of people: a place in a country that the article speaks of gains ten times its people at least, a
# hundred times where that is a fifth of all that it says about countries, and four times more where it is all; one in a
# neighbour of such a country thirty times, unless another is in such a country itself; a capital three times.
_SPOKEN, _OFTEN, _ALWAYS = 1.0, 5.0, 0.6
_NEIGHBOUR = 1.5
_CAPITAL = 0.5


@dataclass(slots=True)
class Context:
    """What the article tells about its places: how often it names each country, by which words, and what a name that
    it explained once ("Paris, Texas") means from then on."""

    spoken: Counter[str] = field(default_factory=Counter)
    by_words: dict[str, Counter[str]] = field(default_factory=dict)
    senses: dict[str, Place] = field(default_factory=dict)

    @classmethod
    def of(cls, cast: Cast, names: Iterable[Name]) -> Context:
        """From names of actors of a country, countries and states beside places, and places of one country only."""
        context = cls()
        for mention in cast.mentions:
            if mention.actor is not None and mention.actor.country and _names(mention):
                context._speak(mention.actor.country, fold(mention.words))
        for name in names:
            if country := name.beside.country or (name.beside.region.country if name.beside.region else ""):
                context._speak(country, f"beside {name.key}")
            elif len(homes := {e.country for e in places.lookup(name.bare)}) == 1 and "" not in homes:
                context._speak(homes.pop(), name.key)
        return context

    def _speak(self, country: str, words_: str) -> None:
        self.spoken[country] += 1
        self.by_words.setdefault(words_, Counter())[country] += 1

    def share(self, country: str, name: str) -> float:
        """The part (0 to 1) of a country in the countries that the article, but for the name itself (folded), names."""
        own = self.by_words.get(name, Counter())
        return max(self.spoken[country] - own[country], 0) / max(self.spoken.total() - own.total(), 1)

    def borders(self, country: str, name: str) -> bool:
        """Whether a neighbour of a country is among them."""
        return any(self.share(neighbour, name) for neighbour in countries.neighbours(country))


def _names(mention: Mention) -> bool:
    """Whether words are a name of their own, no pronoun or description that was led to an actor."""
    root = mention.sentence.block.doc[mention.head]
    return root.pos_ == "PROPN" or countries.lookup(mention.words) is not None


def choose(name: Name, context: Context) -> Place | None:
    """The place that words of an article name, None where they name none."""
    meant = context.senses.get(name.key)
    if name.seat and not name.explained and (meant is None or meant.country == name.seat):
        return None
    if not name.explained and meant is not None:
        return replace(meant, words=name.words, span=name.span, reason=f"as elsewhere in the article: {meant.reason}")
    ways = (_river, _country_or_region, _town, _water, _composed, _unknown)
    place = next(filter(None, (way(name, context) for way in ways)), None)
    if place is not None and name.explained and place.exactness is not PlaceExactness.COUNTRY:
        context.senses.setdefault(name.key, place)
    return place


def _river(name: Name, _context: Context) -> Place | None:
    """ "the Jordan", "the Jordan River"."""
    bare = name.bare
    river = bare.removesuffix(" River").removesuffix(" river").removeprefix("River ")
    if river == bare and not (name.article and bare in words("rivers")):
        return None
    return _place(f"{river} River", "", PlaceExactness.AREA, name, "a river")


def _country_or_region(name: Name, context: Context) -> Place | None:
    bare, beside = name.bare, name.beside
    match = countries.lookup(bare)
    country = match.country if match is not None and match.how == "name" else None
    region = regions.lookup(bare, beside=True) if bare[:1].isupper() else None
    if beside.region is not None or (beside.country and country is None):
        of_it = region is not None and region.country == beside.country and not _own_town(bare, beside.country)
        listed = (
            regions.lookup(bare) if beside.region and not places.in_region(places.lookup(bare), beside.region) else None
        )
        chosen = region if of_it else listed
        return _region(chosen, name) if chosen is not None else None
    if country is not None and places.part_of(bare, country) is None:
        if region is not None and _is_state(region, country, name, context):
            return _region(region, name)
        return _place(country.name, country.iso3, PlaceExactness.COUNTRY, name, "a country")
    alone = regions.lookup(bare) or (
        region if region is not None and name.called in words("called", "states") else None
    )
    return _region(alone, name) if alone is not None else None


def _own_town(bare: str, country: str) -> bool:
    return any(e.country == country and fold(e.name) == fold(bare) for e in places.lookup(bare))


def _is_state(region: Region, country: countries.Country, name: Name, context: Context) -> bool:
    """Whether a name of a state and a country is the state's: nothing else in the article speaks for the country."""
    if name.beside.country == region.country:
        return True
    if context.share(country.iso3, name.key):
        return False
    called = name.called in words("called", "states")
    return called or (context.share(region.country, name.key) > 0 and not context.borders(country.iso3, name.key))


def _town(name: Name, context: Context) -> Place | None:
    bare, beside = name.bare, name.beside
    entries = places.lookup(bare)
    chosen, reason = _best(entries, name, context)
    if chosen is None:
        return None
    return Place(
        name=_spelt(bare, chosen),
        country=chosen.country or _holder(chosen, beside),
        latitude=chosen.latitude,
        longitude=chosen.longitude,
        exactness=chosen.exactness,
        id=chosen.id,
        words=name.words,
        span=name.span,
        reason=reason,
        region=_region_of(chosen, beside),
    )


def _region_of(entry: PlaceEntry, beside: Beside) -> str:
    """The state or province that a place is or that is named beside it."""
    if entry.exactness is PlaceExactness.REGION and entry.country:
        return entry.name
    return beside.region.name if beside.region is not None else ""


def _holder(entry: PlaceEntry, beside: Beside) -> str:
    """Whose part is meant of a land that lies in several countries: "Indian-administered Kashmir"."""
    return beside.country if divided(entry.name, beside.country) else ""


def _spelt(bare: str, entry: PlaceEntry) -> str:
    """A city as the article spells it, but for capitals; anything else by its own name."""
    if not entry.population or (bare.isupper() and fold(bare) == fold(entry.name)):
        return entry.name
    return bare.title() if bare.isupper() else bare


def _water(name: Name, _context: Context) -> Place | None:
    """A sea or strait that is none of ours: its kind is all that is known."""
    if not is_water(name.bare) or not name.surely:
        return None
    return _place(name.bare, "", PlaceExactness.AREA, name, "a water by its kind")


def _unknown(name: Name, _context: Context) -> Place | None:
    """A place that we do not know, in the country or state beside it."""
    bare, region = name.bare, name.beside.region
    country = region.country if region is not None else name.beside.country
    known = places.lookup(bare)
    if not country or not (name.surely or known) or countries.lookup(bare) or (known and region is None):
        return None
    reason = f"a place in {region.name if region is not None else countries.name_of(country)}"
    place = _place(bare, country, without_kind(bare)[1] or PlaceExactness.CITY, name, reason)
    return replace(place, region=region.name) if region is not None else place


def _best(entries: tuple[PlaceEntry, ...], name: Name, context: Context) -> tuple[PlaceEntry | None, str]:
    beside = name.beside
    if beside.region is not None:
        return next(iter(places.in_region(entries, beside.region)), None), f"in {beside.region.name}, named beside it"
    if beside.country and (there := [e for e in entries if e.country == beside.country]):
        return there[0], f"in {countries.name_of(beside.country)}, named beside it"
    if not entries:
        return None, ""

    shares = {e.country: context.share(e.country, name.key) for e in entries}
    chosen = max(entries, key=lambda e: _likely(e, name, context, shares))
    if len(entries) == 1:
        return chosen, "known by name"
    if shares[chosen.country]:
        return chosen, f"a country of the article: {countries.name_of(chosen.country)}"
    if not any(shares.values()) and context.borders(chosen.country, name.key):
        return chosen, f"a neighbour of a country of the article: {countries.name_of(chosen.country)}"
    return chosen, "the largest of its name" if chosen.population else "what the news calls so"


def _likely(entry: PlaceEntry, name: Name, context: Context, shares: Mapping[str, float]) -> float:
    """How likely one of several places is meant; where its country is spoken of, also by a shorter name than its own
    ("Santiago" in Cuba)."""
    share = shares[entry.country]
    country = countries.all_countries().get(entry.country)
    capital = _CAPITAL if country is not None and fold(country.capital) == fold(entry.name) else 0.0
    if share:
        called = entry.name if entry.population else name.bare
        return places.weight(entry, called) + capital + _SPOKEN + min(1.0, _OFTEN * share) + _ALWAYS * share
    near = not any(shares.values()) and context.borders(entry.country, name.key)
    return places.weight(entry, name.bare) + capital + (_NEIGHBOUR if near else 0.0)


def _composed(name: Name, context: Context) -> Place | None:
    """ "Rakhine State", "Brussels Airport", "northern Myanmar", "Iraqi Kurdistan": after the place inside it."""
    bare = name.bare
    first, _, after = bare.partition(" ")
    if after and first.lower() in words("directions"):
        inner = choose(replace(name, words=after), context)
        return (
            replace(inner, name=bare, exactness=_wider(inner), words=name.words, id="") if inner is not None else None
        )
    match = countries.lookup(first.partition("-")[0])
    if after and match is not None and match.how == "demonym":
        inner = choose(replace(name, words=after, beside=Beside(match.country.iso3), surely=False), context)
        return replace(inner, words=name.words) if inner is not None else None
    rest, kind = without_kind(bare)
    inner = choose(replace(name, words=rest), context) if rest and kind else None
    if inner is None or kind is None or inner.exactness is PlaceExactness.COUNTRY:
        return None
    site = kind is PlaceExactness.SITE
    id_ = inner.id if site else ""
    return replace(inner, name=bare, exactness=kind, id=id_, words=name.words, reason=f"named after {inner.name}")


def _wider(inner: Place) -> PlaceExactness:
    return PlaceExactness.REGION if inner.exactness is PlaceExactness.COUNTRY else inner.exactness


def _region(region: Region, name: Name) -> Place:
    reason = f"a state or province of {countries.name_of(region.country)}"
    place = _place(region.name, region.country, PlaceExactness.REGION, name, reason)
    return replace(place, latitude=region.latitude, longitude=region.longitude, id=region.id, region=region.name)


def _place(name: str, country: str, exactness: PlaceExactness, said: Name, reason: str) -> Place:
    return Place(name, country, exactness=exactness, words=said.words, span=said.span, reason=reason)
