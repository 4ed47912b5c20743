"""Something that an article says happened, as the compiler's steps hand it on."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model import HistoricalDate, Span, Tone


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """One dated statement, or several that state one event.

    `text` is one sentence that stands on its own. `people`, `places` and `things` are indices in
    `Cast.entities`, most concerned first. `statements` are where it stands, in offsets of the
    file: the best account first, further accounts after it. `sections` has one path a statement.
    `confidence` is that of the date's reading and of its being an event at all, from 0 to 1.
    """

    date: HistoricalDate
    text: str
    kind: str
    statements: tuple[Span, ...]
    sections: tuple[tuple[str, ...], ...]
    weight: int = 2
    tone: Tone = Tone.PLAIN
    people: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    things: tuple[int, ...] = ()
    confidence: float = 1.0
