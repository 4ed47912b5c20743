"""What a person types and the names that are known: one entity, several, or none.

Names are compared word by word, in Latin letters without marks. A word may be misspelt; how much
is forgiven grows with its length, and likely slips (a doubled letter, a vowel for a vowel, "k" for
"c") cost less than others, so that "mercador" finds Mercader while "levin" doesn't find Lenin. The
costs and budgets were set on tests/cases/names.toml, which holds names to find and to refuse.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple, Protocol

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import OSA

LONGEST_QUERY = 200
"""Characters of a query that are looked at; no name is longer."""

KEPT = 512
"""Queries whose answers are kept."""

KEPT_WORDS = 4096
"""Words of which the costs of letters too many or too few are kept."""

MOST_WORDS = 12
"""Words of a query that are looked at."""

_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_POSSESSIVE = re.compile(r"['’]s\b")
_DROPPED = str.maketrans("", "", "'’‘`´ʼʹʺ.")


def fold(text: str) -> str:
    """Return text as it is compared: Latin letters and digits, lower case, words by one space.

    >>> fold("José Ibáñez"), fold("Чехов"), fold("J. Bērziņš")
    ('jose ibanez', 'chekhov', 'j berzins')
    """
    normal = unicodedata.normalize("NFKC", text[: LONGEST_QUERY * 4])[: LONGEST_QUERY * 4]
    plain = anyascii(normal).casefold().translate(_DROPPED)
    return _NOT_A_WORD.sub(" ", plain).strip()


def slug(text: str) -> str:
    """Return text as part of an id: lower-case Latin letters, digits and hyphens."""
    return fold(text).replace(" ", "-")


class KnownName(NamedTuple):
    """An entity as the index knows it; `names` begins with the usual one."""

    key: str
    is_person: bool
    weight: int
    mentions: int
    names: tuple[str, ...]


class Fit(IntEnum):
    """How a query sits in a name, best first; a better fit goes before a likelier person."""

    WHOLE = 0
    """The query is the name, or says all of it."""
    SURNAME = 1
    """A person's name, shortened, with the surname; a thing's without what stands in brackets."""
    PART = 2
    """Other words of a name: a first name, a word of a title."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What a typed name means.

    `found` holds keys of entities, the likeliest first: one, several who share the name, or none.
    `exact` says that nothing had to be forgiven, `fit` how the words sit in the first one's name.
    `of_people` says that all who were found are people. `nearest` are keys to offer where none was.
    """

    found: tuple[str, ...] = ()
    exact: bool = True
    nearest: tuple[str, ...] = ()
    fit: Fit = Fit.PART
    of_people: bool = False


class NameIndex(Protocol):
    """Finds entities by name. A larger index can take this one's place."""

    def find(self, text: str, *, forgiving: bool = True) -> NameMatch:
        """Return what a typed name means; unless `forgiving`, without a slip."""
        ...

    def knows(self, word: str) -> bool:
        """Whether a folded word stands in a name."""
        ...


FitAndCost = tuple[Fit, float]


class _Name(NamedTuple):
    entity: int
    words: tuple[str, ...]
    last: frozenset[str]
    """The words of the last name: two where it is hyphenated."""
    without_bracket: bool = False
    """Whether it is short for a name such as "The Kid (film)", and what is called so goes first."""


_ARTICLES = frozenset({"the", "a", "an", "of", "and", "la", "le", "der", "die", "das"})
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "prof", "professor"}
    | {"general", "marshal", "colonel", "captain", "comrade", "president", "king", "queen"}
    | {"prince", "princess", "tsar", "czar", "emperor", "empress", "father", "mother", "pope"}
    | {"saint", "st", "the", "young", "old"}
)


class WordIndex:
    """A name index in memory, for some ten thousand names."""

    def __init__(self, known: Iterable[KnownName]) -> None:
        """Take the names in; some 5 microseconds a name."""
        self._entities = list(known)
        self._names: list[_Name] = []
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._run_together: dict[str, tuple[str, str]] = {}
        for entity, item in enumerate(self._entities):
            for name in dict.fromkeys(item.names):
                self._add(entity, name)
                plain = name.partition(" (")[0]
                if plain != name and " " in plain and not item.is_person:
                    self._add(entity, plain, without_bracket=True)
        self._words = list(self._by_word)
        # one question asks for the same words in several readings
        self._found = lru_cache(maxsize=KEPT)(self._find)
        self._near = lru_cache(maxsize=KEPT)(self._near_words)

    def _add(self, entity: int, name: str, *, without_bracket: bool = False) -> None:
        words = tuple(fold(_POSSESSIVE.sub("", name)).split())
        if not words:
            return
        plain = re.sub(r"\s*\(.*", "", name).strip() or name
        last = frozenset(fold(plain.split()[-1]).split()) or frozenset(words[-1:])
        number = len(self._names)
        self._names.append(_Name(entity, words, last, without_bracket))
        for word in set(words):
            self._by_word[word].append(number)
        for pair in pairwise(words):
            self._run_together["".join(pair)] = pair

    def knows(self, word: str) -> bool:
        """Whether a folded word stands in a name."""
        return word in self._by_word

    def find(self, text: str, *, forgiving: bool = True) -> NameMatch:
        """Return what a typed name means; see the module for what is forgiven."""
        return self._found(text[:LONGEST_QUERY], forgiving)

    def _find(self, text: str, forgiving: bool) -> NameMatch:
        words = fold(text).split()[:MOST_WORDS]
        if all(len(word) == 1 or word in _ARTICLES for word in words):
            return NameMatch(exact=False)
        readings = self._readings(words, fold(_POSSESSIVE.sub("", text)).split()[:MOST_WORDS])
        exact: list[tuple[Fit, list[int]]] = []
        for reading in readings:
            as_typed = {word: {word: 0.0} if word in self._by_word else {} for word in reading}
            fits = self._fits(reading, as_typed)
            found = self._choose(fits, len(reading))
            # what is found only without a title, as "king", is less than what has the whole name
            if found and (not exact or "the" in words):
                exact.append((fits[found[0]][0], found))
        if exact:  # of readings with equal fit the first: as it was typed
            fit, found = min(exact, key=lambda one: one[0])
            return self._match(found, fit, exact=True)
        if not forgiving:
            return NameMatch(exact=False)
        fits = {}
        for reading in readings:
            fits = self._fits_forgiving(reading)
            found = self._choose(fits, len(reading))
            # a misspelt first name alone, or word of a title, is too little to answer with somebody
            if found and (len(reading) > 1 or fits[found[0]][0] is not Fit.PART):
                return self._match(found, fits[found[0]][0], exact=False)
        nearest = dict.fromkeys([*self._choose(fits, len(words)), *self._nearest(words)])
        return NameMatch(exact=False, nearest=self._keys(nearest)[:MOST_OFFERED])

    def _readings(self, *ways: list[str]) -> list[list[str]]:
        """Return what the words may be, once each: as typed, parted otherwise, without a title."""
        readings: dict[tuple[str, ...], None] = {}
        for words in ways:
            parted = self._parted(words)
            for reading in (words, parted, _without_titles(words), _without_titles(parted)):
                if reading:
                    readings.setdefault(tuple(reading))
        return [list(reading) for reading in readings]

    def _parted(self, words: list[str]) -> list[str]:
        """Return the words parted as known names part them: "vangogh", "Kristiania Fjord", "JRR".

        A word that is known stays as it is.
        """
        parted: list[str] = []
        rest = list(words)
        while rest:
            word = rest.pop(0)
            if word in self._by_word:
                parted.append(word)
            elif rest and word + rest[0] in self._by_word:
                parted.append(word + rest.pop(0))
            elif word in self._run_together:
                parted += self._run_together[word]
            elif len(word) <= MOST_INITIALS and len(words) > 1 and word.isalpha():
                parted += word
            else:
                parted.append(word)
        return parted

    def _match(self, found: Sequence[int], fit: Fit, *, exact: bool) -> NameMatch:
        people = all(self._entities[entity].is_person for entity in found)
        return NameMatch(self._keys(found), exact, fit=fit, of_people=people)

    def _keys(self, entities: Iterable[int]) -> tuple[str, ...]:
        return tuple(self._entities[entity].key for entity in entities)

    def _fits_forgiving(self, words: Sequence[str]) -> dict[int, FitAndCost]:
        """Return the entities that misspelt words may mean.

        A word is forgiven more when another one of the name is typed right, and then it is measured
        by the longer of the two words, else by the shorter: "Lennon" alone isn't Lenin.
        """
        known = [word for word in words if len(word) >= 3 and word in self._by_word]
        near = {
            word: self._near(word, FORGIVEN_BESIDE if set(known) - {word} else 0.0)
            for word in words
        }
        return self._fits(words, near)

    def _near_words(self, word: str, extra: float) -> dict[str, float]:
        """Return the known words that this one may be a slip for, each with its cost."""
        if len(word) == 1:
            return {word: 0.0} if word in self._by_word else {}
        most = _budget(len(word) + (1 if extra else 0)) + extra
        measure = max if extra else min
        close = process.extract(
            word,
            self._words,
            scorer=OSA.distance,
            score_cutoff=min(int((most - CHEAPEST_SLIP) / SAME_SOUND) + 1, MOST_EDITS),
            limit=MOST_CANDIDATES,
        )
        costs = {known: slip_cost(word, known) for known, _, _ in close}
        return {
            known: cost
            for known, cost in costs.items()
            if cost == 0 or cost <= _budget(measure(len(word), len(known))) + extra
        }

    def _fits(
        self, words: Sequence[str], near: dict[str, dict[str, float]]
    ) -> dict[int, FitAndCost]:
        """Return, for each entity that the words may mean, its best fit and what it cost."""
        candidates: set[int] | None = None
        for word in words:
            if len(word) == 1 and len(words) > 1:
                continue  # an initial narrows nothing down; _cost looks at it
            names = {number for known in near[word] for number in self._by_word[known]}
            candidates = names if candidates is None else candidates & names
        fits: dict[int, FitAndCost] = {}
        for number in candidates or ():
            name = self._names[number]
            cost = _cost(words, name.words, near)
            if cost is not None:
                fit = (self._fit(words, name, near), cost)
                fits[name.entity] = min(fits.get(name.entity, fit), fit)
        return fits

    def _fit(self, words: Sequence[str], name: _Name, near: dict[str, dict[str, float]]) -> Fit:
        matched = {known for word in words for known in near[word]}
        if all(word in matched or word in _ARTICLES for word in name.words):
            is_bare = len(name.words) == 2 and name.words[0] in _ARTICLES - set(words)
            if is_bare:  # "The Times" is a paper, and "times" isn't
                return Fit.PART
            return Fit.SURNAME if name.without_bracket else Fit.WHOLE
        if self._entities[name.entity].is_person and name.last & matched:
            return Fit.SURNAME
        return Fit.PART

    def _choose(self, fits: dict[int, FitAndCost], words: int) -> list[int]:
        """Return the entities that fit best, the likeliest first.

        A single word that is all of one name and the surname in another may mean either.
        """
        cheapest = min((cost for _, cost in fits.values()), default=0.0)
        close = {
            entity: fit for entity, (fit, cost) in fits.items() if cost <= cheapest + SAME_COST
        }
        best = min(close.values(), default=Fit.PART)
        accepted = {best}
        if best is Fit.WHOLE and words == 1:
            accepted.add(Fit.SURNAME)
        chosen = [entity for entity, fit in close.items() if fit in accepted]
        return sorted(chosen, key=lambda entity: (close[entity], *self._likelihood(entity)))

    def _likelihood(self, entity: int) -> tuple[int, int, str]:
        item = self._entities[entity]
        return -item.weight, -item.mentions, item.names[0]

    def _nearest(self, words: Sequence[str]) -> list[int]:
        """Return a few entities to offer for a name that nobody bears, by their last names."""
        distances: dict[int, float] = {}
        for word in words:
            if len(word) < SHORTEST_TO_OFFER:
                continue
            aside = 0.0 if word == words[-1] else 0.2  # the last word is mostly the last name
            close = process.extract(
                word,
                self._words,
                scorer=OSA.normalized_similarity,
                score_cutoff=SIMILAR_ENOUGH_TO_OFFER,
                limit=MOST_CANDIDATES,
            )
            for known, similarity, _ in close:
                for number in self._by_word[known]:
                    name = self._names[number]
                    if known in name.last:
                        distance = 1.0 - similarity + aside
                        distances[name.entity] = min(distances.get(name.entity, 1.0), distance)
        return sorted(distances, key=lambda entity: (distances[entity], *self._likelihood(entity)))


def _without_titles(words: list[str]) -> list[str]:
    """Return the words without a title before the name: "president Roosevelt"."""
    first = next((i for i, word in enumerate(words) if word not in _TITLES), len(words))
    return [word for word in words[first:] if word != "the"]


def _cost(
    words: Sequence[str], name: Sequence[str], near: dict[str, dict[str, float]]
) -> float | None:
    """Return what must be forgiven to find every word in a name, each in a word of its own."""
    free = list(name)
    total = 0.0
    initials = skipped = 0
    full_words = sum(len(word) > 1 for word in words)
    for word in sorted(words, key=len, reverse=True):
        options = [(near[word][known], known) for known in free if known in near[word]]
        if not options and len(word) == 1:
            options = [(0.0, known) for known in free if known[0] == word and not _is_number(known)]
            is_middle = (initials or full_words > 1) and not skipped and word != words[-1]
            if not options and is_middle and not any(map(_is_initial, free)):
                total += OTHER_INITIAL  # the name leaves out a middle initial that was typed
                skipped += 1
                continue
            initials += 1
        if not options:
            return None
        cost, known = min(options)
        free.remove(known)
        total += cost
    return total


def _is_number(word: str) -> bool:
    """Whether a word is a king's or pope's number, for which no letter stands: "ii"."""
    return len(word) > 1 and set(word) <= set("ivx")


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha()


CHEAPEST_SLIP = 0.4
"""A letter doubled or not: the least that a slip costs."""
SAME_COST = 0.3
"""Two readings of a misspelt name whose costs differ by less are both offered."""
OTHER_INITIAL = 0.5
"""A middle initial that the name doesn't have: who has it goes before."""
FORGIVEN_BESIDE = 0.5
"""What a misspelt word is forgiven more when another word of the name is typed right."""
MOST_EDITS = 4
MOST_INITIALS = 3
"""Letters of a word that may be initials: "JRR Tolkien"."""
MOST_CANDIDATES = 24
"""Known words, nearest first, that are weighed for one that was typed: it bounds the work."""
SIMILAR_ENOUGH_TO_OFFER = 0.66
SHORTEST_TO_OFFER = 4
MOST_OFFERED = 3

TRANSPOSITION = 0.7

SAME_SOUND = 0.6
"""A vowel for a vowel, an "h", or a letter that other languages write for the same sound."""

_VOWELS = frozenset("aeiouy")
_SOUNDS = (
    frozenset("ckqgx"),
    frozenset("szxc"),
    frozenset("td"),
    frozenset("bpvwf"),
    frozenset("mn"),
    frozenset("lr"),
    frozenset("jyi"),
    frozenset("jz"),
    frozenset("hg"),
)
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = frozenset(
    pair
    for row in _ROWS
    for left, right in pairwise(row)
    for pair in ((left, right), (right, left))
)


def _budget(length: int) -> float:
    """Return what a word of this length is forgiven; a short word is another word sooner."""
    if length <= 3:
        return 0.0
    if length == 4:
        return 0.65
    if length == 5:
        return 0.8
    if length <= 7:
        return 1.25
    return 1.6 if length <= 9 else 2.2


@cache
def _substitution(left: str, right: str) -> float:
    if left == right:
        return 0.0
    if left in _VOWELS and right in _VOWELS:
        return SAME_SOUND
    if _sound_alike(left, right):
        return SAME_SOUND
    return 0.8 if (left, right) in _NEIGHBOURS else 1.3


@lru_cache(maxsize=KEPT_WORDS)
def _indels(word: str) -> tuple[float, ...]:
    return tuple(
        _indel(letter, word[i - 1 : i] if i else "", word[i + 1 : i + 2])
        for i, letter in enumerate(word)
    )


@cache
def _indel(letter: str, before: str, after: str) -> float:
    """Return the cost of a letter too many or too few between its neighbours."""
    if letter in (before, after):
        return CHEAPEST_SLIP
    if letter == "h" or _sound_alike(letter, before) or _sound_alike(letter, after):
        return SAME_SOUND
    return 0.7 if letter in _VOWELS else 0.9


def _sound_alike(left: str, right: str) -> bool:
    """Whether two letters may be heard as one: the "d" of Brandt."""
    return any(left in sounds and right in sounds for sounds in _SOUNDS)


def slip_cost(typed: str, known: str) -> float:
    """Return how unlikely it is that a known word was typed so: 0 for the same word.

    An optimal string alignment with a cost for each kind of slip. A first letter of another
    sound costs 0.4 more: people rarely miss it. Both words are at most LONGEST_QUERY letters.
    """
    if typed == known:
        return 0.0
    extra, missing = _indels(typed), _indels(known)
    before_last: list[float] = []
    last = [0.0, *accumulate(missing)]
    for i, letter in enumerate(typed):
        row = [last[0] + extra[i]]
        for j, other in enumerate(known):
            best = min(last[j] + _substitution(letter, other), last[j + 1] + extra[i])
            best = min(best, row[j] + missing[j])
            if i and j and letter == known[j - 1] and other == typed[i - 1]:
                best = min(best, before_last[j - 1] + TRANSPOSITION)
            row.append(best)
        before_last, last = last, row
    first_letter = 0.4 if _substitution(typed[0], known[0]) > SAME_SOUND else 0.0
    return last[-1] + first_letter
