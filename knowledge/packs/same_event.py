"""Whether two packs tell of one event."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.model import Citation, Event, Mention, Precision
from knowledge.names import fold

SHARED_WORDS = 0.4
"""The share of the shorter text's words that two texts of one event have in common, at least."""

STEM = 5
"""Letters of a word that are compared: "arrested" and "arrests" are one word then."""

SHORTEST_WORD = 4

ONCE = frozenset({"birth", "death"})
"""Kinds of event that nobody has twice."""


def is_same_event(one: Event, other: Event) -> bool:
    """Whether two events of different packs, whose mentions lead to joined entities, are one.

    They are where both stand in one place of one article with one date as it is written there;
    else where they fell on one day, concern the same people and are of one kind or told in like
    words; and a birth or a death of one person, where one date covers the other.
    """
    if one.date.start == other.date.start and _share_a_place(one.citation, other.citation):
        return True  # also where a person concluded that the date is Old Style
    if one.kind in ONCE and other.kind in ONCE:
        is_of_one = _first(one.people) == _first(other.people) != ""
        return one.kind == other.kind and is_of_one and _overlap_in_time(one, other)
    if (one.date.first_day, one.date.precision) != (other.date.first_day, other.date.precision):
        return False
    if one.date.precision is not Precision.DAY or not _share_people(one, other):
        return False
    is_of_one_kind = one.kind == other.kind != "event"
    return is_of_one_kind or _have_like_words(one, other)


def _overlap_in_time(one: Event, other: Event) -> bool:
    return one.date.first_day <= other.date.last_day and other.date.first_day <= one.date.last_day


def _share_a_place(one: Citation, other: Citation) -> bool:
    """Whether two citations, of one file by its hash, overlap."""
    if not one.source.hash or one.source.hash != other.source.hash:
        return False
    return any(a.start < b.stop and b.start < a.stop for a in one.spans for b in other.spans)


def _share_people(one: Event, other: Event) -> bool:
    """Whether the first person of one is among those of the other; nobody is among nobody."""
    names, other_names = _whom(one.people), _whom(other.people)
    if not names or not other_names:
        return not names and not other_names
    return _first(one.people) in other_names or _first(other.people) in names


def _whom(people: Iterable[Mention]) -> set[str]:
    return {_who(mention) for mention in people}


def _first(people: tuple[Mention, ...]) -> str:
    return _who(people[0]) if people else ""


def _who(mention: Mention) -> str:
    return mention.key or fold(mention.name)


def _have_like_words(one: Event, other: Event) -> bool:
    """Whether the texts share much, besides the names of the people."""
    names = {word for mention in (*one.people, *other.people) for word in _stems(mention.name)}
    words, other_words = _stems(one.text) - names, _stems(other.text) - names
    shortest = min(len(words), len(other_words))
    return bool(shortest) and len(words & other_words) >= SHARED_WORDS * shortest


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in fold(text).split() if len(word) >= SHORTEST_WORD}
