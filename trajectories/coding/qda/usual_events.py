"""What teams call the events that the analysis knows by name."""

from __future__ import annotations

from trajectories.coding.qda.names import folded, slug

EVENTS = {
    "departure": ("ausreise", "abreise", "emigration", "departure", "left", "left the country",
                  "datum der ausreise", "ausgereist", "ausreisedatum", "flucht", "wegzug", "auswanderung",
                  "выезд", "отъезд", "эмиграция"),
}  # fmt: skip


def usual_event(name: str) -> str:
    """The event that a usual name stands for; empty for another name."""
    return next((kind for kind, words in EVENTS.items() if folded(name) in words), "")


def event_called(name: str) -> str:
    """The event a name stands for, or the name itself as a code.

    >>> event_called("Ausreise"), event_called("Erste Verhaftung")
    ('departure', 'erste_verhaftung')
    """
    return usual_event(name) or slug(name)
