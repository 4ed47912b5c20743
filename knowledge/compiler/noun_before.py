"""The noun phrase that ends where a relative clause or a participle begins."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.compiler.chunks import MARKS
from knowledge.compiler.tokens import (
    COORDINATORS,
    DATE,
    PREPOSITIONS,
    PRONOUN_SUBJECTS,
    Token,
    may_be_verb,
)
from knowledge.compiler.verb_forms import DO, Form, form

_DETERMINED = frozenset("the a an his her its their this these those".split())
_BEFORE_NOUNS = frozenset("of over under all both half many such round".split())
"""Words before a determiner that belong to the same phrase: "all the boats"."""


def noun_before(tokens: Sequence[Token], stop: int) -> tuple[int, int] | None:
    """Return the noun phrase that ends where a relative clause begins."""
    stop = _before_date(tokens, stop)
    begin = stop
    while begin > 0:
        begin = _before_bracket(tokens, begin)
        token = tokens[begin - 1]
        word = token.word
        if word in MARKS and not token.inner:
            break
        if word == DATE or word in PRONOUN_SUBJECTS or may_be_verb(tokens, begin - 1):
            break
        counts = begin > 1 and f"{tokens[begin - 2].word} {word}" == "of over"
        if word in PREPOSITIONS and word != "of" and not counts:
            if not (_is_of_a_name(tokens, begin, stop) or _is_built_for(tokens, begin, stop)):
                break
            begin -= 1
            continue
        if word in DO or (form(word) is Form.GERUND and _opens_aside(tokens, begin - 1)):
            break
        in_title = begin < stop and tokens[begin].capital and token.capital
        begins = begin < stop and _begins_noun(tokens, begin) and word not in _BEFORE_NOUNS
        if begins and not in_title:  # "The Girl Who Lost Her Hat" goes on
            break
        if word in COORDINATORS and not (tokens[begin].capital if begin < stop else False):
            break
        begin -= 1
    title = begin > 1 and tokens[begin - 1].capital and tokens[begin - 1].word in PREPOSITIONS
    if title and tokens[begin - 2].word in MARKS:
        begin -= 1  # "his memoirs, From the Mill Race"
    if begin < stop and _is_of_a_phrase(tokens, begin, stop):
        return None
    return _whole_place(tokens, begin, stop) if begin < stop else None


def _is_of_a_phrase(tokens: Sequence[Token], begin: int, stop: int) -> bool:
    """Whether "board" of "with troops on board, sunk on §" is all that was found: no noun."""
    bare = stop - begin == 1 and not tokens[begin].capital and begin > 0
    return bare and tokens[begin - 1].word in ("on", "at", "by") and tokens[begin].word.isalpha()


def _is_of_a_name(tokens: Sequence[Token], begin: int, stop: int) -> bool:
    """Whether "on" belongs to a name: "the Royal Commission on the Press"."""
    at = begin - 1
    inside = tokens[at].word in ("on", "for", "against") and at > 0
    return (
        inside
        and tokens[stop - 1].capital
        and tokens[at - 1].word in _BODIES
        and (tokens[at - 1].capital)
    )


def _is_built_for(tokens: Sequence[Token], begin: int, stop: int) -> bool:
    """Whether "to" belongs to what was built: "a temple to Juno, which was dedicated"."""
    at = begin - 1
    named = all(token.capital for token in tokens[begin:stop])
    return named and at > 0 and tokens[at].word == "to" and tokens[at - 1].word in _MONUMENTS


_MONUMENTS = frozenset(
    "temple altar shrine chapel church monument memorial statue obelisk fountain plaque".split()
)
_BODIES = frozenset(
    "commission committee board council conference inquiry convention congress society institute"
    " ministry department court association campaign fund union league act bill report".split()
)


def _whole_place(tokens: Sequence[Token], begin: int, stop: int) -> tuple[int, int]:
    """Return "Camp Ford" of "Camp Ford, near Tyler, Texas", "Kiel, Ohio" from "Ohio"."""
    at = begin
    if not all(token.capital for token in tokens[begin:stop]):
        return begin, stop
    while at > 1 and tokens[at - 1].word == "," and tokens[at - 2].capital:
        at -= 2
        while at > 0 and tokens[at - 1].capital:
            at -= 1
        lies = at > 1 and tokens[at - 1].word in ("near", "outside", "off")
        if lies and tokens[at - 2].word == ",":
            return noun_before(tokens, at - 2) or (begin, stop)
        if at > 0 and tokens[at - 1].word in ("in", "at", "to", "from", "near"):
            return at, stop
    return begin, stop


def _before_date(tokens: Sequence[Token], stop: int) -> int:
    """Return where a noun ends in "a treaty on §, which was ratified": before the date."""
    at = stop
    if at > 1 and tokens[at - 1].word == DATE:
        at -= 1
        while at > 1 and tokens[at - 1].word in ("on", "in", "the"):
            at -= 1
    return at


def _before_bracket(tokens: Sequence[Token], stop: int) -> int:
    """Return where a bracket that ends before `stop` begins; `stop` where none ends there."""
    begin = stop
    if begin > 1 and tokens[begin - 1].word == ")" and tokens[begin - 1].inner:
        while begin > 1 and tokens[begin - 1].inner:
            begin -= 1
    return begin


def _opens_aside(tokens: Sequence[Token], at: int) -> bool:
    """Whether a gerund begins its chunk: "using boats that had been built"."""
    return at == 0 or tokens[at - 1].word in MARKS


def _begins_noun(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun phrase can't go on before this word: "his brother", "the boats"."""
    return tokens[at].word in _DETERMINED
