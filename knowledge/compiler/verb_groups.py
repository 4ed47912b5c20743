"""A verb with its auxiliaries: what it says, and what it shares with the verb before it."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.compiler.chunks import Shape
from knowledge.compiler.clauses import Clause, Sentence
from knowledge.compiler.people_words import is_role
from knowledge.compiler.tokens import DATE, DETERMINERS, Token, is_adverb
from knowledge.compiler.verb_forms import (
    HAVE,
    PAST_BE,
    Form,
    form,
    is_participle,
    past_of_participle,
)
from knowledge.model import Span

INTRANSITIVE = frozenset(
    "died arrived returned moved escaped fled settled resigned retired travelled traveled emigrated"
    " sailed landed studied lived worked graduated served remained retreated marched surrendered"
    " succeeded failed ended appeared emerged continued competed played married collapsed departed"
    " reigned ruled vanished disappeared stayed participated won lost sank burst burned".split()
)
"""Verbs that have no passive: after "was arrested and", "escaped" needs no "was"."""


def verb_group_stop(tokens: Sequence[Token], verb: int) -> int:
    """Return the token behind a verb with its auxiliaries and participle."""
    at = verb + 1
    if form(tokens[verb].word) is Form.FINITE and tokens[verb].word in PAST_BE | HAVE:
        while at < len(tokens) and (
            is_adverb(tokens[at].word)
            or tokens[at].word == "been"
            or is_participle(tokens[at].word)
        ):
            at += 1
            if is_participle(tokens[at - 1].word) and tokens[at - 1].word != "been":
                break
    return at


def main_verb(tokens: Sequence[Token], verb: int) -> str:
    """Return the word that says what happened: "arrested" of "was arrested"."""
    word = tokens[verb_group_stop(tokens, verb) - 1].word
    return word if is_participle(word) else tokens[verb].word


def plain_past(tokens: Sequence[Token], clause: Clause) -> list[tuple[Span, str]]:
    """Return "had died" as "died" for a clause taken out of its sentence."""
    verb = clause.verb
    if tokens[verb - 1].word == "been" and tokens[verb - 2].word == "having" and verb > 2:
        be = "were" if tokens[verb - 3].word.endswith("s") else "was"
        return [(Span(tokens[verb - 2].start, tokens[verb - 1].stop), be)]
    if clause.shape not in (Shape.RELATIVE, Shape.SUBORDINATE):
        return []
    if tokens[clause.verb].word != "had":
        return []
    at = clause.verb + 1
    while at < len(tokens) and is_adverb(tokens[at].word):
        at += 1
    if at >= len(tokens) or not is_participle(tokens[at].word):
        return []
    past = past_of_participle(tokens[at].word)
    return [
        (Span(tokens[clause.verb].start, tokens[clause.verb + 1].start), ""),
        (Span(tokens[at].start, tokens[at].stop), past),
    ]


def shared_auxiliary(sentence: Sentence, clause: Clause) -> str:
    """Return the "was" that a verb shares with the clause before it, else nothing."""
    tokens = sentence.tokens
    verb = tokens[clause.verb].word
    if form(verb) not in (Form.PAST, Form.PARTICIPLE) or clause.parent is None:
        return ""
    root = sentence.clauses[clause.parent]
    while (
        root.shape is Shape.VERB_PHRASE
        and root.parent is not None
        and (tokens[root.verb].word not in PAST_BE)
    ):
        root = sentence.clauses[root.parent]
    be = root.verb
    if tokens[be].word in HAVE and form(verb) is Form.PARTICIPLE:
        return tokens[be].word
    words = tokens[be].word
    if words in HAVE and be + 1 < len(tokens) and tokens[be + 1].word == "been":
        words += " been"
        be += 1
    elif words not in PAST_BE:
        return ""
    at = be + 1
    while at < len(tokens) and is_adverb(tokens[at].word):
        at += 1
    if at >= len(tokens) or not is_participle(tokens[at].word):
        return ""
    if verb in INTRANSITIVE:
        return ""
    following = tokens[clause.verb + 1] if clause.verb + 1 < len(tokens) else None
    if following is None or form(verb) is Form.PARTICIPLE:
        return words
    if verb == "left" and following.word in ("for", "on", "in", "at", "again", DATE):
        return ""  # "was freed and left for London"
    has_object = following.word in DETERMINERS or following.capital
    return "" if has_object else words


def held_office(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a verb is that of "X was praetor in §": an office without an article, a year."""
    words = [token.word for token in tokens[verb : verb + _LONGEST_OFFICE]]
    if words[0] != "was" or DATE not in words or is_adverb(words[1]):
        return False
    date = words.index(DATE)
    office = words[1 : date - 1]
    return (
        len(office) in (1, 2)
        and words[date - 1] == "in"
        and office[0] not in DETERMINERS
        and is_role(office[-1])
    )


_LONGEST_OFFICE = 5
"""Words of "was curule aedile in §"."""
