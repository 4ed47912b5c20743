"""Births and deaths from life dates in brackets.

"Olga Brandt (1883–1941)", "X (born 3 May 1811 in Kiel; died 9 June 1880)", "(Lysvik, 1790 –
Karlsborg, 14 November 1866)". "(r. 1702–1711)" is a reign, and no birth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.compiler.cast import NamedPlace
from knowledge.compiler.found_date import FoundDate, Use
from knowledge.compiler.references import References
from knowledge.model import HistoricalDate, InvalidDateError, Qualifier

_BORN = re.compile(r"\b(?:born|b\.|née|né|\*|geb\.)(?:\s|$)|\*\s*$", re.IGNORECASE)
_DIED = re.compile(
    r"(?:\b(?:died|d\.|killed|executed|assassinated|murdered|death)(?:\s|$)|†)", re.IGNORECASE
)
_REIGN = re.compile(
    r"\b(?:(?:r|fl|m|div)\.\s|(?:ruled|reigned|reign|flourished|active|in office|served|term|king"
    r"|queen|president|tenure|pontificate|papacy|married|divorced|episcopate|governed|since|season"
    r"|seasons)\b)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"(?:\b(?:in|at|near)\s+)?(?P<place>[A-ZÀ-Þ][^();–—\d]*?)(?:\son)?[\s,]*$")
_PLACE_BEHIND = re.compile(
    r"^[,\s]*(?:\b(?:in|at|near)\s+)?(?P<place>[A-ZÀ-Þ][^();–—\d]*?)\s*(?=[();–—,]|$)"
)
_LONGEST = 320
_LONGEST_OTHER_NAME = 70
_OTHER_NAME = re.compile(r"\W*(?:\w+ )?(?:née|né|born|known as|called)\W*")
_POST_NOMINALS = re.compile(r"(?:,? (?:[A-Z]{2,6}|PhD|Bt\.?|Jr\.?|Sr\.?))+(?=,? ?$)")
"""Orders and degrees behind a name: "Ada Crane, DBE, FRS (1902–1983)"."""
_SHORTEST_LIFE = 12
"""Years; a shorter span in brackets is more often what somebody did than their life."""
_DASH = re.compile(r"\s*[–—-]\s*")
_ONLY_END = re.compile(r"\(\s*(?:\?)?\s*[–—-]\s*$")
_BARE = re.compile(r"\(\s*(?:c\.|ca\.|circa|about)?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """A birth or a death: whose it is, when, in words, and where it is stated in its block."""

    person: int
    date: HistoricalDate
    kind: str
    text: str
    start: int
    stop: int
    confidence: float


@dataclass(frozen=True, slots=True)
class _Bracket:
    """A bracket behind a name: its offsets, where the name begins, and whose it is."""

    start: int
    stop: int
    name: int
    person: int


def life_events(
    references: References, block: int, dates: Sequence[FoundDate]
) -> tuple[list[LifeEvent], set[int]]:
    """Return the births and deaths in a block's brackets, and the starts of the dates they use.

    A date in such a bracket that is no birth and no death (a reign) is used up all the same.
    """
    text = references.article.blocks[block].text
    found: list[LifeEvent] = []
    used: set[int] = set()
    for bracket in _brackets(references, block, text, dates):
        inside = [d for d in dates if bracket.start <= d.start < bracket.stop and d.use is Use.TEXT]
        events = _read(references, text, bracket, inside)
        if events is not None:
            found += events
            used |= {d.start for d in inside}
    return found, used


def _brackets(
    references: References, block: int, text: str, dates: Sequence[FoundDate]
) -> list[_Bracket]:
    """Return the brackets that hold dates and stand right behind a person's name."""
    brackets: list[_Bracket] = []
    for date in dates:
        if brackets and brackets[-1].start <= date.start < brackets[-1].stop:
            continue
        start = _opening(text, date.start)
        if start is None:
            continue
        stop = _closing(text, start)
        if stop is None:
            continue
        name = _name_before(references, block, text, start)
        if name is not None:
            brackets.append(_Bracket(start, stop, name.start, name.entity))
    return brackets


def _opening(text: str, at: int) -> int | None:
    """Return where the bracket opens that an offset stands in; none where it stands in none."""
    floor = max(0, at - _LONGEST)
    stop = at
    while (opening := text.rfind("(", floor, stop)) >= 0:
        if text.count("(", opening, at) > text.count(")", opening, at):
            return opening
        stop = opening
    return None


def _closing(text: str, start: int) -> int | None:
    depth = 0
    for index in range(start, min(len(text), start + _LONGEST)):
        if text[index] in "([":
            depth += 1
        elif text[index] in ")]":
            depth -= 1
            if depth == 0:
                return index + 1
    return None


def _name_before(references: References, block: int, text: str, start: int) -> NamedPlace | None:
    """Return the person's name before a bracket, a "née X" between them left out."""
    window = references.named(block, max(0, start - 90), start)
    people = [place for place in window if references.is_person(place.entity)]
    if not people:
        return None
    last = people[-1]
    gap = _POST_NOMINALS.sub("", text[last.stop : start])
    if gap.strip(" '’\"”,") == "":
        behind_alias = len(people) > 1 and _OTHER_NAME.fullmatch(text[people[-2].stop : last.start])
        return people[-2] if behind_alias else last
    is_other_name = len(gap) <= _LONGEST_OTHER_NAME and not re.search(r"[.;()]", gap)
    if is_other_name and re.search(r"\b(?:née|né|known as|called|born)\b", gap):
        return last
    return None


def _read(
    references: References, text: str, bracket: _Bracket, dates: Sequence[FoundDate]
) -> list[LifeEvent] | None:
    """Return the events of a bracket; none at all where it holds something else than a life."""
    inside = text[bracket.start + 1 : bracket.stop - 1]
    name = references.cast.entities[bracket.person].name
    if _REIGN.search(inside):
        return [] if len(dates) and not (_BORN.search(inside) or _DIED.search(inside)) else None
    events: list[LifeEvent] = []
    previous = bracket.start + 1
    for position, date in enumerate(dates):
        lead = text[previous : date.start]
        kind = _kind(text, bracket, lead, dates, position)
        if kind is None:
            return None
        event = _event(text, bracket, date, kind, lead, name, dates, position)
        if event is not None:
            events.append(event)
        previous = date.stop
    return events


def _kind(
    text: str, bracket: _Bracket, lead: str, dates: Sequence[FoundDate], position: int
) -> str | None:
    if _DIED.search(lead):
        return "death"
    if _BORN.search(lead):
        return "birth"
    date = dates[position]
    if position == 0 and _ONLY_END.search(text[bracket.start : date.start]):
        return "death"
    if len(dates) == 3 and re.search(r"\bor\s*$", text[dates[0].stop : dates[1].start]):
        if not re.search(r"[–—-]", text[dates[1].stop : dates[2].start]):
            return None
        return "birth" if position < 2 else "death"  # "14 May or 2 June 1861 – 9 October 1937"
    if len(dates) == 2:
        between = text[dates[0].stop : dates[1].start]
        if dates[1].date.last_year - dates[0].date.year < _SHORTEST_LIFE:
            return None
        if re.search(r"[–—-]|\bto\b", between) and len(between) < 80:
            return "birth" if position == 0 else "death"
        return None
    if len(dates) == 1 and re.match(r"\s*[–—-]\s*(?:\)|present)", text[date.stop : bracket.stop]):
        return "birth"
    return None


def _event(
    text: str,
    bracket: _Bracket,
    date: FoundDate,
    kind: str,
    lead: str,
    name: str,
    dates: Sequence[FoundDate],
    position: int,
) -> LifeEvent | None:
    qualifier = date.qualifier
    if qualifier in (Qualifier.FROM, Qualifier.BETWEEN):
        qualifier = Qualifier.ON
    if re.search(r"\b(?:c\.|ca\.|circa|about)\s*$", lead):
        qualifier = Qualifier.ABOUT
    try:
        when = HistoricalDate(date.date, None, date.calendar, False, qualifier)
    except InvalidDateError:
        return None
    following = dates[position + 1].start if position + 1 < len(dates) else bracket.stop - 1
    behind = _PLACE_BEHIND.match(text[date.stop : following])
    before = _PLACE.search(_DASH.split(lead)[-1].lstrip(" ,;([")) if lead.strip(" ,;–—-") else None
    place = ""
    if behind:
        place = behind["place"]
    elif before and not _BORN.fullmatch(before["place"] + " "):
        place = _BORN.sub("", _DIED.sub("", before["place"])).strip(" ,")
    place = place if place[:1].isupper() and len(place) < 60 else ""
    if re.search(r"\b(?:aged?|O\.S|N\.S)\b", place) or "née" in lead or "né " in lead:
        place = ""
    verb = "was born" if kind == "birth" else "died"
    return LifeEvent(
        bracket.person,
        when,
        kind,
        f"{name} {verb}{f' in {place}' if place else ''}.",
        bracket.name,
        bracket.stop,
        date.confidence * 0.98,
    )
