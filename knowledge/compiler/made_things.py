"""Forms in -ed that say what was done to a thing: "It became a cantata, sketched in §"."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.compiler.chunks import Chunk, Shape
from knowledge.compiler.noun_before import noun_before
from knowledge.compiler.people_words import is_role
from knowledge.compiler.tokens import DATE, PREPOSITIONS, Token, is_adverb
from knowledge.compiler.verb_forms import PAST_BE, Form, form

_MADE = frozenset(
    "sketched composed completed published printed revised finished performed recorded painted"
    " designed produced released issued premiered commissioned edited".split()
)
DONE_TO_THINGS = frozenset(
    "held fought decided signed published issued released staged performed broadcast delivered"
    " premiered played convened".split()
)
"""Participles of what is done to things, not to people and places."""
_DEEDS = frozenset(
    "peace treaty truce agreement convention accord pact armistice act law charter decree bull"
    " battle war capitulation edict patent contract".split()
)


def is_said_of_a_thing(
    tokens: Sequence[Token], chunk: Chunk, verb: int | None, subject: tuple[int, int] | None
) -> bool:
    """Whether a chunk's form in -ed belongs to the thing before it.

    `verb` and `subject` are those of the main clause before it.
    """
    if _is_of_a_deed(tokens, chunk):
        return True
    behind = tokens[chunk.content + 1].word if chunk.content + 1 < chunk.stop else ""
    if verb is None or (behind != DATE and behind not in PREPOSITIONS):
        return False
    return _is_what_it_was(tokens, verb) or _is_made(tokens, chunk, subject)


def _is_of_a_deed(tokens: Sequence[Token], chunk: Chunk) -> bool:
    """Whether ", signed on §" is said of the peace in "restored by the Peace of Kiel"."""
    if tokens[chunk.content].word not in DONE_TO_THINGS:
        return False
    noun = noun_before(tokens, chunk.start)
    words = [token.word for token in tokens[slice(*noun)]] if noun is not None else []
    return not _DEEDS.isdisjoint(words)


def _is_what_it_was(tokens: Sequence[Token], verb: int) -> bool:
    """Whether ", passed on §" is said of the act in "Its work was the act, passed on §"."""
    if tokens[verb].word not in PAST_BE:
        return False
    at = verb + 1
    while at < len(tokens) and is_adverb(tokens[at].word):
        at += 1
    return at < len(tokens) and tokens[at].word in ("the", "a", "an")


def _is_made(tokens: Sequence[Token], chunk: Chunk, subject: tuple[int, int] | None) -> bool:
    if subject is None or tokens[chunk.content].word not in _MADE:
        return False
    first = tokens[subject[0]]
    return not first.capital or first.word in ("these", "this", "it", "the")


def is_aside(tokens: Sequence[Token], chunks: Sequence[Chunk], index: int) -> bool:
    """Whether a chunk is ", a sealer built at Kiel in §" between a subject and ", was sold"."""
    chunk = chunks[index]
    following = chunks[index + 1] if index + 1 < len(chunks) else None
    if following is None or following.shape is not Shape.VERB_PHRASE:
        return False
    parted = following.comma and not (following.hard or following.coordinated)
    loose = chunk.comma and not (chunk.hard or chunk.coordinated or chunk.opener)
    verb = chunk.verb or 0
    return (
        parted
        and loose
        and tokens[chunk.content].word in ("a", "an")
        and form(tokens[verb].word) is Form.PAST
        and tokens[verb + 1].word in PREPOSITIONS
    )


def who_was_born(
    tokens: Sequence[Token], chunk: Chunk, waiting: tuple[int, int]
) -> tuple[int, int]:
    """Return the drummer of "A concert for the drummer, born in §, was given": no concert is born.

    Of "The doctor of the king, born in §, died" it is the doctor.
    """
    if not chunk.comma or tokens[chunk.content].word != "born":
        return waiting
    near = noun_before(tokens, chunk.start)
    if near is None or near[0] <= waiting[0]:
        return waiting
    said_first = tokens[waiting[0] : near[0]]
    of_people = any(token.capital or is_role(token.word) for token in said_first[1:])
    described = tokens[near[0]].word in ("the", "his", "her", "their")
    return near if described and is_role(tokens[near[1] - 1].word) and not of_people else waiting
