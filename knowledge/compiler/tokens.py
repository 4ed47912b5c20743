"""A sentence in words, with every date expression as one word, and the verbs among them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from knowledge.compiler.verb_forms import (
    BE,
    DO,
    HAVE,
    MODALS,
    PRESENT,
    Form,
    form,
    is_participle,
)
from knowledge.model import Span

DATE = "§"
"""The word that stands for a date expression, whatever its own words are."""

DETERMINERS = frozenset(
    "the a an this these those his her its their our my your some any every no another"
    " other such several many most more two three four five six seven eight nine ten".split()
)
PREPOSITIONS = frozenset(
    "of in on at by for with from to into onto upon under over between among amongst against"
    " through throughout during without within about after before since until till toward towards"
    " across along around behind beyond despite except like near off per via than as following"
    " inside outside above below beneath beside besides alongside circa amid including".split()
)
COORDINATORS = frozenset("and but or yet nor".split())
PRONOUN_SUBJECTS = frozenset("he she they it we i".split())
ADVERBS = frozenset(
    "also then later again soon finally there thus eventually never not instead even only first"
    " once twice still already just twice afterwards thereafter subsequently too both either all"
    " themselves himself herself itself ever often always together alone almost nearly now so"
    " formally officially meanwhile however".split()
)
ARRIVING = frozenset(
    "arrived travelled traveled moved returned escaped ended increased opened closed died passed"
    " stood won lost sailed marched crossed stopped lived profited grew rose fell went came left"
    " fled".split()
)
"""Verbs that stand before "by" without being passive."""

_WORD = re.compile(r"\d[\d,.:]*\d|[^\W_]+(?:[-’'][^\W_]+)*|[^\w\s]")
_OPENING = {"(": ")", "[": "]", "“": "”", "«": "»", "„": "“"}


class Token(NamedTuple):
    """A word or mark: offsets in the block's text, the word in lower case, and what it stands in.

    `inner` is true inside brackets and quotation marks, these included.
    """

    start: int
    stop: int
    word: str
    inner: bool
    capital: bool


def tokenize(text: str, start: int, stop: int, dates: Sequence[Span]) -> list[Token]:
    """Return the tokens of text[start:stop]; each of `dates`, in order, becomes one token."""
    tokens: list[Token] = []
    at = start
    for date in [*dates, Span(stop, stop)]:
        tokens += [
            Token(*match.span(), (word := match[0]).lower(), False, word[0].isupper())
            for match in _WORD.finditer(text, at, date.start)
        ]
        if date.stop > date.start:
            tokens.append(Token(date.start, date.stop, DATE, False, False))
        at = date.stop
    if any(mark in text[start:stop] for mark in '"([“«„'):
        _mark_inner(tokens)
    return tokens


def _mark_inner(tokens: list[Token]) -> None:
    """Mark what stands in brackets and quotation marks; one without its other half is no mark."""
    closing: list[tuple[str, int]] = []
    inside: list[tuple[int, int]] = []
    for at, token in enumerate(tokens):
        word = token.word
        if closing and word == closing[-1][0]:
            inside.append((closing.pop()[1], at))
        elif word == '"':
            closing.append((word, at))
        elif word in _OPENING:
            closing.append((_OPENING[word], at))
    inside += [(at, len(tokens) - 1) for mark, at in closing if mark in "”»"]
    for first, last in inside:
        for at in range(first, last + 1):
            if not tokens[at].inner:
                tokens[at] = tokens[at]._replace(inner=True)


_NO_ADVERBS = frozenset(
    "family assembly ally rally italy july reply supply monopoly anomaly bully belly butterfly"
    " jelly folly melancholy homily lily sally emily sicily gully".split()
)
"""Nouns and names in -ly."""


def is_adverb(word: str) -> bool:
    """Whether a word may stand between a subject and its verb."""
    return word in ADVERBS or (word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS)


def is_preposition(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at `at` is a preposition; "over 200 people" and "some" begin with none."""
    counts = at + 1 < len(tokens) and tokens[at + 1].word[0].isdigit()
    return tokens[at].word in PREPOSITIONS and not (
        counts and tokens[at].word in ("over", "about", "under", "around", "near")
    )


def may_be_verb(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at `at` can be the finite verb of its clause, by itself and the word before.

    "the armed rebels", "of combined forces" and "the town founded by settlers" have no verb; nor
    has a word with a capital, inside a sentence, or one inside brackets.
    """
    token = tokens[at]
    if token.inner or (token.capital and at > 0):
        return False
    word = token.word
    shape = form(word)
    if at == 0 and shape is Form.PAST:
        return False  # "Continued fighting ...", "Founded in ...": no clause begins with its verb
    if shape not in (Form.FINITE, Form.PAST):
        return word in PRESENT and not _follows_noun_maker(tokens, at)
    if word in MODALS or word in HAVE or word in DO or word in BE:
        return not _follows_noun_maker(tokens, at) or word in BE
    if _follows_noun_maker(tokens, at):
        return False
    if shape is Form.PAST or is_participle(word):
        following = tokens[at + 1].word if at + 1 < len(tokens) else ""
        return following != "by" or word in ARRIVING
    return True


def _follows_noun_maker(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word before makes this one a noun or an adjective: "the", "of", "Kiel's"."""
    before = at - 1
    if before >= 0 and is_adverb(tokens[before].word) and tokens[before].word.endswith("ly"):
        before -= 1
    if before < 0:
        return False
    word = tokens[before].word
    if word in ("this", "that", "these", "those", "which", "who") and _opens(tokens, before):
        return False
    if word in DETERMINERS or word.endswith(("'s", "’s", "s'", "s’")):
        return not word.isdigit() and word not in _COUNTING_SUBJECTS
    return word in PREPOSITIONS and word not in ("following", "near", "off", "over", "under")


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word begins its clause: "This escalated", but "in this combined form"."""
    return at == 0 or tokens[at - 1].word in (",", ";", ":", "and", "but")


_COUNTING_SUBJECTS = frozenset("some many most several two three four five six seven".split())
"""Words that can be a subject by themselves: "many were killed", "most left"."""


def finite_verb(tokens: Sequence[Token], start: int, stop: int) -> int | None:
    """Return the index of the finite verb among tokens[start:stop].

    A form that may be a participle gives way to a later verb: in "the army led by X and raised in
    Y defeated" it is "defeated"; in "the bridge built in § collapsed", "collapsed".
    """
    candidate = None
    absolute = start < stop and tokens[start].word == "with"
    for at in range(start, stop):
        if not may_be_verb(tokens, at):
            continue
        word = tokens[at].word
        if word in PRESENT and (candidate is not None or _tells_what_is(tokens, start, at)):
            continue  # "hit two home runs", "what is now the museum was opened"
        if form(word) is Form.FINITE or word in PRESENT:
            compared = candidate is not None and any(
                tokens[i].word in ("than", "what", "how") for i in range(candidate, at)
            )
            return candidate if compared else at
        if absolute and form(word) is Form.PAST and tokens[at - 1].word not in PRONOUN_SUBJECTS:
            continue  # "with both armies defeated": no verb of a clause
        if candidate is None:
            candidate = at
        elif not (at > 0 and tokens[at - 1].word in COORDINATORS):
            return _later_of(tokens, candidate, at)
    return candidate


def _tells_what_is(tokens: Sequence[Token], start: int, at: int) -> bool:
    return at > start and tokens[at - 1].word in ("what", "which", "that", "who", "as")


def _later_of(tokens: Sequence[Token], first: int, second: int) -> int:
    """Of two forms that may be participles, return the one that is the verb.

    Something that a verb acts on stands right behind it: "captured the town held by", so the
    first is the verb if a determiner or a name follows it, else the second is.
    """
    follower = tokens[first + 1]
    is_object = follower.word in DETERMINERS or follower.capital
    return first if is_object and first + 1 != second else second
