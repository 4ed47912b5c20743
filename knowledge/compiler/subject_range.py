"""Which words before a verb are its subject."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.compiler.tokens import (
    DATE,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUN_SUBJECTS,
    Token,
    finite_verb,
    is_adverb,
    is_preposition,
    may_be_verb,
)
from knowledge.compiler.verb_forms import is_participle

_MARKS = frozenset(",;:–—")
NUMBERS = frozenset("two three four five six seven eight nine ten eleven twelve several".split())
"""How many they are, before a noun for several: "their two children"."""


def subject_range(tokens: Sequence[Token], start: int, verb: int) -> tuple[int, int] | None:
    """Return the range of tokens before a verb that name its subject, fronted phrases left out."""
    begin = start
    fronted = start < verb and (
        is_preposition(tokens, start)
        or tokens[start].word == DATE
        or is_adverb(tokens[start].word)
        or _leads_to_date(tokens, start)
    )
    for at in range(start, verb):
        word = tokens[at].word
        opens = at == begin and (is_adverb(word) or word in _MARKS)
        if opens or (word == DATE and fronted and not tokens[at].inner):
            begin = at + 1
    stop = verb
    while stop > begin and (is_adverb(tokens[stop - 1].word)):
        stop -= 1
    for at in range(begin, stop):
        is_numeral = tokens[at].word == "i" and at > 0 and tokens[at - 1].capital
        if tokens[at].word in PRONOUN_SUBJECTS and not tokens[at].inner and not is_numeral:
            return at, at + 1
    accords = begin + 1 < stop and tokens[begin].word == "according"
    out_of = begin + 1 < stop and (tokens[begin].word, tokens[begin + 1].word) == ("out", "of")
    if accords or out_of or (begin < stop and is_preposition(tokens, begin)):
        return _subject_after_preposition(tokens, begin, stop)
    return (begin, stop) if begin < stop else None


def _leads_to_date(tokens: Sequence[Token], start: int) -> bool:
    """Whether "the night of §" or "two days later, on §" begins there."""
    return any(
        tokens[at].word == DATE for at in range(start, min(start + 3, len(tokens)))
    ) and tokens[start].word in ("the", "early", "late")


def _subject_after_preposition(
    tokens: Sequence[Token], begin: int, stop: int
) -> tuple[int, int] | None:
    """Return the subject in "At the congress Kern": the last run that begins a new noun phrase."""
    for at in range(stop - 1, begin + 1, -1):
        before = tokens[at - 1].word
        if tokens[at].word in ("the", "a", "an") and before not in PREPOSITIONS:
            return at, stop
        if tokens[at].word in NUMBERS and tokens[at - 1].capital and before not in PREPOSITIONS:
            return at, stop  # "At Hut Cove two more men died"
        begins = tokens[at].capital and not tokens[at - 1].capital
        if begins and before not in PREPOSITIONS and before not in ("a", "an", "the"):
            return (at, stop) if before not in DETERMINERS else None
    return None


def is_only_described(tokens: Sequence[Token], at: int, verb: int, stop: int) -> bool:
    """Whether the only verb of ", to a text that Kern had written" stands behind "that"."""
    if not any(tokens[i].word in ("that", "which", "who", "whom") for i in range(at + 1, verb)):
        return False
    if any(may_be_verb(tokens, i) for i in range(at + 1, verb) if tokens[i - 1].word != "that"):
        return False
    behind = verb + 1
    while behind < stop and (is_adverb(tokens[behind].word) or is_participle(tokens[behind].word)):
        behind += 1
    return finite_verb(tokens, behind, stop) is None


def acts_behind_aside(tokens: Sequence[Token], start: int, comma: int) -> bool:
    """Whether "Kern, who had fled, was caught" begins there: a name, "who ...", a verb."""
    if comma + 1 >= len(tokens) or tokens[comma].word != "," or tokens[comma + 1].word != "who":
        return False
    if not all(token.capital for token in tokens[start:comma]):
        return False
    closing = next((i for i in range(comma + 2, len(tokens)) if tokens[i].word in _MARKS), None)
    if closing is None or tokens[closing].word != "," or closing + 2 > len(tokens):
        return False
    return may_be_verb(tokens, closing + 1)
