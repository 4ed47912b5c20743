"""A sentence into chunks: cut where a clause can begin, each with the verb that it has.

There is no grammar of English here, only what past narration needs. A sentence is cut at commas
and stronger marks, at "and" before a verb, at "who", "after", "while"; each chunk is then looked
at by itself. One pass over the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from knowledge.compiler.subject_range import acts_behind_aside, is_only_described, subject_range
from knowledge.compiler.tokens import (
    COORDINATORS,
    DATE,
    PREPOSITIONS,
    PRONOUN_SUBJECTS,
    Token,
    finite_verb,
    is_adverb,
    is_preposition,
    may_be_verb,
)
from knowledge.compiler.verb_forms import BE, Form, form, is_participle

SUBORDINATORS = frozenset(
    "when while because although though whereas once if unless whilst".split()
)
TIME_WORDS = frozenset("after before until till since as".split())
"""Prepositions that also open a clause: "after the war", "after he left"."""
RELATIVES = frozenset("who whom whose which where".split())
_HARD = frozenset(";:")
_DASHES = frozenset("–—")
MARKS = frozenset(",;:–—")


_OPENERS = MARKS | COORDINATORS | SUBORDINATORS | TIME_WORDS | RELATIVES | {"that"}
"""Words with which a chunk can begin; others begin one only in certain company."""


class Shape(StrEnum):
    """What a clause is in its sentence."""

    MAIN = "main"
    VERB_PHRASE = "verb phrase"
    """It has no subject of its own: "and left on 5 May"."""
    RELATIVE = "relative"
    SUBORDINATE = "subordinate"
    GERUND = "gerund"
    """ "leaving Kiel on 5 May", "after leaving Kiel"."""
    PARTICIPLE = "participle"
    """ "Born in Kiel on 3 May", "built in 1811"."""
    PHRASE = "phrase"


@dataclass(slots=True)
class Chunk:
    """Tokens from `start` up to `stop`: a mark, a word that opens it, and what it says.

    `lead` is behind mark and opener, `content` behind the adverbs that follow there. `comma` says
    that a mark comes first, `hard` that it is stronger than a comma, `coordinated` that "and" or
    "but" follows.
    """

    start: int
    stop: int
    lead: int
    content: int
    opener: str
    shape: Shape
    verb: int | None
    has_subject: bool
    comma: bool = False
    hard: bool = False
    coordinated: bool = False


def chunks_of(tokens: Sequence[Token]) -> list[Chunk]:
    """Return a sentence's chunks, in order; together they hold all its tokens."""
    starts = [i for i in range(len(tokens)) if i == 0 or _begins_chunk(tokens, i)]
    merged = [
        start
        for at, start in enumerate(starts)
        if at == 0 or any(tokens[i].word not in MARKS for i in range(starts[at - 1], start))
    ]
    return [_chunk(tokens, start, stop) for start, stop in pairwise([*merged, len(tokens)])]


def _begins_chunk(tokens: Sequence[Token], at: int) -> bool:
    token, word = tokens[at], tokens[at].word
    if token.inner or (
        word not in _OPENERS
        and tokens[at - 1].word != DATE
        and form(word) is not Form.FINITE
        and not (at + 1 < len(tokens) and tokens[at + 1].word in ("which", "whom"))
    ):
        return False
    if word in MARKS:
        return word not in _DASHES or _stands_free(tokens, at)
    before = tokens[at - 1].word
    if before in MARKS or before in COORDINATORS:
        return False
    if word in COORDINATORS:
        following = tokens[at + 1].word if at + 1 < len(tokens) else ""
        return (
            following == ","
            or (word == "but" and following != "also")
            or (_joins_clauses(tokens, at))
        )
    if word in SUBORDINATORS:
        return finite_verb(tokens, at + 1, _end_of_reach(tokens, at + 1)) is not None or (
            at + 1 < len(tokens) and form(tokens[at + 1].word) is not Form.NONE
        )
    if word in TIME_WORDS:
        return _opens_clause(tokens, at)
    if word in RELATIVES:
        governed = before in PREPOSITIONS and before not in ("before", "after")
        return not (token.capital or governed)
    if _ends_restrictive(tokens, at):
        return True
    if word == "that":
        return (
            at + 1 < len(tokens)
            and may_be_verb(tokens, at + 1)
            and form(before) is Form.NONE
            and before not in PREPOSITIONS
        )
    if word in PREPOSITIONS and at + 1 < len(tokens):
        return tokens[at + 1].word in ("which", "whom") and before not in MARKS
    return False


def _ends_restrictive(tokens: Sequence[Token], at: int) -> bool:
    """Whether the main clause goes on with this verb: "the fire that destroyed Kiel | began"."""
    plain = form(tokens[at].word) is Form.FINITE or tokens[at - 1].word == DATE
    if not plain or not may_be_verb(tokens, at):
        return False
    verbs = 0
    for back in range(at - 1, 0, -1):
        token = tokens[back]
        if token.inner:
            continue
        if token.word in MARKS or token.word in COORDINATORS or token.word in SUBORDINATORS:
            return False
        if may_be_verb(tokens, back) and not may_be_verb(tokens, back - 1):
            verbs += 1
        if token.word == "where" and back > 0 and tokens[back - 1].word not in MARKS:
            return verbs == 1 and tokens[at].word in BE
        if token.word in ("who", "which", "that"):
            own_subject = back + 1 < at and form(tokens[back + 1].word) is Form.NONE
            restrictive = tokens[back - 1].word not in MARKS and not may_be_verb(tokens, back - 1)
            adjacent = (
                back + 1 == at or may_be_verb(tokens, at - 1) or is_adverb(tokens[at - 1].word)
            )
            return restrictive and verbs == 1 and not own_subject and not adjacent
    return False


def _stands_free(tokens: Sequence[Token], at: int) -> bool:
    """Whether a dash stands between words as a mark, not inside "1911–1915"."""
    token = tokens[at]
    spaced = at + 1 < len(tokens) and tokens[at + 1].start > token.stop
    return spaced or token.word == "—"


def _joins_clauses(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" at `at` stands before a verb or a clause, not before a noun."""
    follow = at + 1
    while follow < len(tokens) and (
        is_adverb(tokens[follow].word) or _is_dated_phrase(tokens, follow)
    ):
        follow += 1
    if follow >= len(tokens) or tokens[follow].inner:
        return False
    behind = tokens[follow + 1].word if follow + 1 < len(tokens) else ""
    if tokens[follow].word in PREPOSITIONS and behind in ("which", "whom"):
        return True
    if tokens[at - 1].word == DATE and at + 1 < len(tokens):
        if tokens[at + 1].word == DATE:
            return False
        if _is_said_of_another_day(tokens, at):
            return True
    if acts_behind_aside(tokens, follow, _end_of_reach(tokens, follow)):
        return True
    if may_be_verb(tokens, at - 1):  # "was tried and convicted", "founded and led"
        return False
    passive = form(tokens[follow].word) is Form.PARTICIPLE or _before_by(tokens, follow)
    if may_be_verb(tokens, follow) or (passive and not tokens[follow].capital):
        return True
    if tokens[follow].word in PRONOUN_SUBJECTS or tokens[follow].word in RELATIVES:
        return True
    end = _end_of_reach(tokens, follow)
    if tokens[at + 1].word in ("his", "her", "their", "its") and tokens[at - 1].capital:
        return False  # "X and his wife"
    begin = next(
        (
            i + 1
            for i in range(at - 1, -1, -1)
            if tokens[i].word in _HARD or tokens[i].word == "," or tokens[i].word in SUBORDINATORS
        ),
        0,
    )
    if finite_verb(tokens, begin, at) is None:
        return False
    verb = finite_verb(tokens, follow, end)
    return verb is not None and _has_subject(tokens, follow, verb)


def _is_said_of_another_day(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" stands between two dated phrases: "became judge on § and president on §"."""
    reach = _end_of_reach(tokens, at + 1)
    first = at + 1
    while first < reach and tokens[first].word in _BEFORE_DATES:
        first += 1
    if first < reach and tokens[first].word == DATE:
        return False
    return any(tokens[i].word == DATE for i in range(at + 2, reach))


_BEFORE_DATES = frozenset("early late mid in on the again then of spring summer autumn".split())


def _before_by(tokens: Sequence[Token], at: int) -> bool:
    """Whether a participle stands before "by": "and ratified by the Diet"."""
    by = at + 1 < len(tokens) and tokens[at + 1].word == "by"
    return by and form(tokens[at].word) is Form.PAST


def _is_dated_phrase(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token belongs to "on §", "in early §", "on the night of §"."""
    if tokens[at].word == DATE:
        return True
    for ahead in range(at, min(at + 5, len(tokens))):
        if tokens[ahead].word == DATE:
            return tokens[at].word in PREPOSITIONS or ahead - at <= 1 or tokens[at].word in _TIMES
    return False


_TIMES = frozenset("the night morning evening afternoon early late mid day".split())


def _end_of_reach(tokens: Sequence[Token], start: int) -> int:
    """Return where the clause that begins at `start` must have shown its verb."""
    for at in range(start, len(tokens)):
        word = tokens[at].word
        if not tokens[at].inner and (word in MARKS or (at > start and word in RELATIVES)):
            return at
    return len(tokens)


def _opens_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether "after" or "as" opens a clause: a gerund follows, or a subject and its verb."""
    if at + 1 >= len(tokens):
        return False
    following = tokens[at + 1]
    if tokens[at].word == "as":
        return following.word in PRONOUN_SUBJECTS or _is_clause_between_marks(tokens, at)
    if form(following.word) is Form.GERUND and not following.capital:
        return True
    end = next(
        (
            i
            for i in range(at + 1, len(tokens))
            if not tokens[i].inner
            and (
                tokens[i].word in MARKS
                or tokens[i].word in RELATIVES
                or tokens[i].word in TIME_WORDS
            )
        ),
        len(tokens),
    )
    verb = finite_verb(tokens, at + 1, end)
    if verb is None or tokens[at + 1].word in (DATE, "then"):
        return False
    opens = at == 0 or tokens[at - 1].word in MARKS
    if opens and finite_verb(tokens, end, len(tokens)) is None and at == 0:
        return False  # "After a quarrel with the bishop he left": the only verb is the main one
    return all(
        tokens[i].word not in COORDINATORS or not tokens[i + 1 : i + 2] or tokens[i + 1].capital
        for i in range(at + 1, verb)
    )


def _is_clause_between_marks(tokens: Sequence[Token], at: int) -> bool:
    """Whether ", as the losses grew, the admiral ..." has its own verb, and one behind it."""
    if at > 0 and tokens[at - 1].word not in MARKS:
        return False
    end = _end_of_reach(tokens, at + 1)
    verb = finite_verb(tokens, at + 1, end)
    return verb is not None and verb > at + 1 and finite_verb(tokens, end, len(tokens)) is not None


def _has_subject(tokens: Sequence[Token], start: int, verb: int) -> bool:
    return subject_range(tokens, start, verb) is not None


def _chunk(tokens: Sequence[Token], start: int, stop: int) -> Chunk:
    """Read a chunk: its mark, what opens it, and what verb it has."""
    at = start
    while at < stop and tokens[at].word in MARKS:
        at += 1
    chunk = Chunk(start, stop, at, at, "", Shape.PHRASE, None, False)
    chunk.comma = at > start
    chunk.hard = any(tokens[i].word in _HARD for i in range(start, at))
    if at < stop and tokens[at].word in COORDINATORS:
        chunk.coordinated = True
        at += 1
        at += int(at < stop and tokens[at].word == "then")
    if at >= stop:
        return chunk
    chunk.content = chunk.lead = at
    if _open_relative(tokens, chunk):
        return chunk
    word = tokens[at].word
    if word in SUBORDINATORS or (word in TIME_WORDS and _opens_clause(tokens, at)):
        chunk.opener = word
        at += 1
    chunk.lead = min(at, stop - 1)
    while at < stop - 1 and is_adverb(tokens[at].word) and tokens[at].word != "only":
        at += 1
    chunk.content = min(at, stop - 1)
    _find_verb(tokens, chunk)
    return chunk


def _open_relative(tokens: Sequence[Token], chunk: Chunk) -> bool:
    """Read "who ...", "which ...", "in which ...", "that ..." where one begins here."""
    at = chunk.content
    word = tokens[at].word
    following = tokens[at + 1].word if at + 1 < chunk.stop else ""
    plain = word in RELATIVES or (word == "that" and not chunk.comma)
    if not plain and not (word in PREPOSITIONS and following in ("which", "whom")):
        return False
    chunk.opener = word if plain else f"{word} {following}"
    at += 1 if plain else 2
    chunk.content = chunk.lead = min(at, chunk.stop - 1)
    chunk.verb = finite_verb(tokens, at, chunk.stop)
    if chunk.verb is None and at < chunk.stop and word != "whom":
        chunk.verb = at  # a verb in the present tense: what is, not what happened
    if chunk.verb is not None:
        chunk.shape = Shape.RELATIVE
    return True


def _is_degree(tokens: Sequence[Token], start: int, verb: int) -> bool:
    """Whether a verb stands in "in snow so heavy that the race was stopped": in an aside."""
    words = [token.word for token in tokens[start:verb]]
    return "so" in words and "that" in words[words.index("so") :]


def _find_verb(tokens: Sequence[Token], chunk: Chunk) -> None:
    """Find a chunk's verb and what shape of clause it makes."""
    at, stop = chunk.content, chunk.stop
    first = tokens[at]
    kind = form(first.word)
    verb = finite_verb(tokens, at, stop)
    lowercase = not first.inner and (not first.capital or at == 0)
    dependent = bool(chunk.opener) or chunk.comma or at == 0
    begins = first.word in ("beginning", "starting")
    if begins and any(token.word == DATE for token in tokens[at + 1 : at + 3]):
        kind = Form.NONE  # "Beginning in 1923, X led": a preposition in all but name
    has_done = first.word == "having" and at + 1 < stop and is_participle(tokens[at + 1].word)
    alone = verb is None or at > 0 or has_done
    if lowercase and kind is Form.GERUND and dependent and alone:
        chunk.shape, chunk.verb = Shape.GERUND, at
        return
    participle = kind is Form.PARTICIPLE or (kind is Form.PAST and is_participle(first.word))
    if lowercase and participle:
        behind = tokens[at + 1].word if at + 1 < stop else ""
        sole = verb is None or verb == at or (chunk.comma and behind == "by")
        if sole and not chunk.coordinated:
            chunk.shape, chunk.verb = Shape.PARTICIPLE, at
            return
        verb = at if verb is None else verb
    if verb is None:
        return
    if chunk.comma and first.word in PREPOSITIONS and is_only_described(tokens, at, verb, stop):
        return
    chunk.has_subject = _has_subject(tokens, at, verb)
    if not chunk.has_subject and _is_reduced(tokens, at, verb):
        return
    if first.word in PREPOSITIONS and _is_degree(tokens, at, verb):
        return
    chunk.verb = verb
    chunk.shape = Shape.MAIN if chunk.has_subject else Shape.VERB_PHRASE
    if chunk.opener:
        chunk.shape = Shape.SUBORDINATE


def _is_reduced(tokens: Sequence[Token], at: int, verb: int) -> bool:
    """Whether "addressed" in ", in a letter addressed to" belongs to the noun before it."""
    return (
        form(tokens[verb].word) is Form.PAST
        and is_preposition(tokens, at)
        and not any(tokens[i].word == DATE for i in range(at, verb))
    )
