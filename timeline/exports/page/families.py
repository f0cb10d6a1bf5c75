"""What the colours of the page stand for: the quad classes of PLOVER, cooperation blue and conflict red."""

from __future__ import annotations

# Class of the style sheet, what the legend says, PLOVER types; in the order of the legend.
FAMILIES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("material-cooperation", "Cooperation in deeds", ("COOPERATE", "AID", "RETREAT")),
    ("verbal-cooperation", "Cooperation in words", ("AGREE", "CONSULT", "SUPPORT", "CONCEDE")),
    ("verbal-conflict", "Conflict in words", ("REQUEST", "ACCUSE", "REJECT", "THREATEN")),
    ("material-conflict", "Conflict in deeds", ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")),
    ("other", "Neither", ("OTHER",)),
)
