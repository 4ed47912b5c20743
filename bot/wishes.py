"""What a question asks for, word by word: names, years, and words with what says the same."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.command import Request
from bot.vocabulary.common_words import COMMON
from bot.vocabulary.senses import AWARD, BEGINNING, BY_WORD, ENDING, PHRASES, known_word
from knowledge.dates import (
    Day,
    Month,
    Range,
    TwoReadings,
    Year,
    first_day_of,
    last_day_of,
    read_date,
)
from knowledge.finder import Order, Wish
from knowledge.model import Entity, EntityKind
from knowledge.names import fold
from knowledge.names_in_text import NameInText, names_in_text
from knowledge.store import Store

MOST_WISHES = 12
"""Words and names of a question that are looked for: it bounds the work."""

LONGEST_DATE = 8
"""Words of a date within a question."""

_WORD = re.compile(r"[^\W_](?:[\w.’'\-–/]*\w)?")
_MONTHS = frozenset(fold(name) for name in month_name if name)
_ORDINALS = dict(
    zip(
        "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th".split(),
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a question asks for, with the `words` of it that are no name and no date, folded.

    `names` holds, for each name in the question, the entities that it may mean. `span` is when, as
    Julian Day Numbers of the first and last day; `order` is which of several are asked for.
    """

    wishes: tuple[Wish, ...] = ()
    names: tuple[tuple[Entity, ...], ...] = ()
    words: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    order: Order = Order.BEST

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Every entity that the names may mean."""
        return tuple(entity for group in self.names for entity in group)


def read_wishes(text: str, request: Request, store: Store) -> Wishes:
    """Return what a question asks for, without the words that only ask."""
    plain = _DECADE.sub(r"19\g<1>0s", in_one_word(text))
    sort = _SORT_ASKED_FOR.match(plain)
    sort_asked_for = fold(sort[1]) if sort else ""
    words = [_ORDINALS.get(word.casefold(), word) for word in _WORD.findall(plain)]
    named = [
        name
        for name in names_in_text(words, store.names, store.is_told, _NOT_NAMES)
        if not "".join(words[name.start : name.stop]).isdigit()  # a year, before a book called so
    ]
    names = tuple(store.entities_with(name.keys) for name in named)
    wishes = [_wish_for(name, entities, words) for name, entities in zip(named, names, strict=True)]
    taken = {position for name in named for position in range(name.start, name.stop)}
    span = None
    for start, stop in _windows(words, taken):
        span = _span(" ".join(words[start:stop]), request)
        if span:
            taken.update(range(start, stop))
            break
    rest = [fold(word) for position, word in enumerate(words) if position not in taken]
    rest = [word for word in dict.fromkeys(rest) if word and word not in COMMON]
    rest = rest[: max(MOST_WISHES - len(wishes), 0)]
    rest = [word if store.is_told(word) else known_word(word) for word in rest]
    things_only = bool(names) and all(
        entity.kind is not EntityKind.PERSON for group in names for entity in group
    )
    names_of_prizes = _names_of_prizes(words)
    asks_for_a_prize = not _PRIZE.isdisjoint(rest) and "prize" in store.event_kinds
    for word in rest:
        is_phase = word in BEGINNING.words or word in ENDING.words
        optional = word == sort_asked_for or (is_phase and (things_only or len(rest) > 1))
        wish = replace(_word_wish(word), optional=optional and len(wishes) > 0)
        if asks_for_a_prize and (word in AWARD.words or "prize" in wish.kinds):
            wish = replace(wish, kinds=frozenset({"prize"}), only_kinds=True)
        if word in names_of_prizes:
            wish = replace(wish, required=True)
        wishes.append(wish)
    if not things_only and all(wish.keys or wish.optional for wish in wishes):
        wishes = [replace(wish, optional=False) for wish in wishes]  # else nothing is asked for
    order = next((_ORDERS[word] for word in map(fold, words) if word in _ORDERS), Order.BEST)
    return Wishes(tuple(wishes[:MOST_WISHES]), names, tuple(rest), span, order)


def _names_of_prizes(words: Sequence[str]) -> set[str]:
    """Return what stands before "prize": who won the peace prize is asked for no other one."""
    folded = [fold(word) for word in words]
    named = {before for before, word in pairwise(folded) if word in ("prize", "prizes")}
    named |= {"nobel"} & set(folded)
    return named - COMMON - _SORTS_OF_PRIZE


_SORTS_OF_PRIZE = frozenset({"first", "second", "last", "same", "big", "whole", "half"})
_PRIZE = frozenset({"prize", "prizes", "nobel"})
_ORDERS = {"first": Order.FIRST, "earliest": Order.FIRST, "last": Order.LAST, "latest": Order.LAST}


def in_one_word(text: str) -> str:
    """Return a text with words that say something only together as one: "came out", published."""
    # folded, for in any case "i" is also the dotless one of Turkish, which casefold() keeps
    return _PHRASE.sub(lambda match: PHRASES[fold(match[0])], text)


_PHRASE = re.compile(rf"\b(?:{'|'.join(sorted(PHRASES, key=len, reverse=True))})\b", re.IGNORECASE)

_DECADE = re.compile(r"\b(?<!\d)['’]?([2-9])0s\b")
"""The 30s, which are those of the twentieth century."""
_SORT_ASKED_FOR = re.compile(
    r"(?:(?:in|to|from|at|on|for|by|with|under|of)\s+)?(?:which|what)\s+([^\W\d_]+)\s+"
    r"(?:did|was|were|does|do|is|are|has|had|have|could|would)\b",
    re.IGNORECASE,
)
"""The noun that a question asks for: "which river" wants a river, whose text may not say so."""

_NOT_NAMES = COMMON | BY_WORD.keys() | set(_ORDINALS.values()) | _MONTHS


def _wish_for(name: NameInText, entities: Sequence[Entity], words: Sequence[str]) -> Wish:
    """Return the wish for a name: a person is required, a thing may be named by its words."""
    if any(entity.kind is EntityKind.PERSON for entity in entities):
        return Wish(keys=name.keys, required=True)
    typed = tuple(
        part
        for word in words[name.start : name.stop]
        for part in fold(word).split()
        if part not in COMMON
    )
    return Wish(keys=name.keys, words=typed)


def _word_wish(word: str) -> Wish:
    senses = BY_WORD.get(word, ())
    return Wish(
        words=(word,),
        synonyms=tuple(sorted({other for sense in senses for other in sense.words} - {word})),
        kinds=frozenset({word}).union(*(sense.kinds for sense in senses)),
    )


def _windows(words: Sequence[str], taken: Set[int]) -> Iterator[tuple[int, int]]:
    """Yield the spans of words that may be a date with a year, the longest first."""
    for length in range(min(LONGEST_DATE, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            positions = range(start, start + length)
            has_number = any(c.isdigit() for position in positions for c in words[position])
            if has_number and taken.isdisjoint(positions):
                yield start, start + length


def _span(text: str, request: Request) -> tuple[int, int] | None:
    reading = read_date(text, request.today, request.order, request.language)
    if isinstance(reading, TwoReadings):
        reading = reading.preferred
    match reading:
        case Year() | Month(_, int()) | Day(_, _, int()):
            return first_day_of(reading), last_day_of(reading)
        case Range(first, last) if first.year is not None and last.year is not None:
            return first_day_of(first), last_day_of(last)
    return None
