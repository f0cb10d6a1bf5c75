"""Values made by the hundred thousand are the values that their classes make."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, astuple, fields
from datetime import date

import pytest

from timeline.model import Actor, ActorKind, CountryLink, Event, Modality, Participation, Place, Role, When
from timeline.model.making import maker

WHEN = When("2021-02", date(2021, 2, 1), date(2021, 2, 28), "in February")
PLACE = Place("Monterrey", "MEX", 25.7, -100.3, id="geonames:3995465")
ACTOR = Actor("Ana Lopez", ActorKind.PERSON, "ESP")
PART = Participation(ACTOR, Role.SOURCE)
LINK = CountryLink("ESP", "actor", "actor Ana Lopez")
EVENT = Event(
    "Talks", "Talks began.", WHEN, "CONSULT", "meeting", Modality.ACTUAL, 0.9, (PART,), PLACE, (LINK,), "ab12"
)


@pytest.mark.parametrize("value", [WHEN, PLACE, ACTOR, PART, LINK, EVENT], ids=lambda value: type(value).__name__)
def test_a_value_made_fast_is_the_same_and_as_frozen(value: object) -> None:
    names = [field.name for field in fields(value)]  # type: ignore[arg-type]
    made = maker(type(value))(*(getattr(value, name) for name in names))
    assert type(made) is type(value)
    assert (made, hash(made), repr(made)) == (value, hash(value), repr(value))
    assert astuple(made) == astuple(value)  # type: ignore[call-overload]
    with pytest.raises(FrozenInstanceError):
        setattr(made, names[0], "another")
    with pytest.raises(AttributeError):
        object.__setattr__(made, "another", 1)


def test_a_value_made_fast_has_all_fields() -> None:
    with pytest.raises(TypeError):
        maker(Actor)("Ana Lopez", ActorKind.PERSON)
