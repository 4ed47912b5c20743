"""Whether a text that was cut out of a sentence is a sentence itself."""

from __future__ import annotations

import re

from knowledge.compiler.tokens import Token, is_adverb, may_be_verb, tokenize
from knowledge.compiler.verb_forms import BE, DO, HAVE, MODALS, PRESENT, Form, form

_PRONOUN_HEAD = re.compile(r"(?:It|They|He|She) ([a-z]+)")
_BRACKETS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"))
_AUXILIARIES = BE | DO | HAVE | MODALS
_OPENS_ASIDE = re.compile(
    r"(?:When|While|After|Before|Although|Though|Because|As|If|In|On|At|By|With|From|For|To|Under"
    r"|During|Despite|Following|Of|Off|Among|Near|Within|[A-Z]\w+(?:ed|ing|ly))\b"
)
_PLAIN = re.compile(
    r"(?!(?:It|They|He|She) )[A-ZÀ-Þ][^\s,]* (?:[A-ZÀ-Þ][^\s,()]* )*"
    r"(?:was|were|had|became|left|joined|died|returned|wrote) [^()\[\]“”«»]+$"
)
_ONLY_ASIDE = re.compile(r"(?:In|At|With|By|On) [^,]*\b(?:that|who|which)\b")
"""A text that begins so has a verb in its aside, and needs another one."""
_ONLY_POINTING = re.compile(r"(?:These|This|Those|That|It) \w+\.")
_DANGLING_SUBJECT = re.compile(r"[^,;:]+, (?:was|were|had|would|could)\b")


def is_sentence(text: str) -> bool:
    """Whether a text has a finite verb behind its subject, and both halves of every bracket.

    >>> is_sentence("Otto Kern left Kiel.")
    True
    >>> is_sentence("Peace having been signed at Kiel.")
    False
    """
    if _PLAIN.match(text) and not _OPENS_ASIDE.match(text):
        return True  # most texts; the rest is asked more closely
    if any(text.count(opening) != text.count(closing) for opening, closing in _BRACKETS):
        return False
    head = _PRONOUN_HEAD.match(text)
    if head and not _may_follow_pronoun(head[1]):
        return False  # the clause was cut in the wrong place
    if _ONLY_POINTING.fullmatch(text):
        return False
    tokens = tokenize(text, 0, len(text), ())
    if not tokens or _begins_with_verb(tokens):
        return False
    if _DANGLING_SUBJECT.match(text) and not _OPENS_ASIDE.match(text):
        return False
    verbs = sum(
        may_be_verb(tokens, at) and not _is_nonfinite(tokens, at) for at in range(len(tokens))
    )
    return verbs > (1 if _ONLY_ASIDE.match(text) else 0)


def _may_follow_pronoun(word: str) -> bool:
    return form(word) is not Form.NONE or word in PRESENT or is_adverb(word)


def _begins_with_verb(tokens: list[Token]) -> bool:
    """Whether the text begins "Do not mention", "Was held": a name in capitals may look like it."""
    first = tokens[0].word
    if len(tokens) < 2 or tokens[1].capital:
        return False
    return first in _AUXILIARIES or (
        form(first) is Form.FINITE and (is_adverb(tokens[1].word) or tokens[1].word == "not")
    )


def _is_nonfinite(tokens: list[Token], verb: int) -> bool:
    """Whether a form in -ed goes with "having been" or "being" and is no verb of a sentence."""
    before = verb - 1
    while before >= 0 and is_adverb(tokens[before].word):
        before -= 1
    return (
        form(tokens[verb].word) is Form.PAST
        and before >= 0
        and tokens[before].word in ("been", "being", "having", "be")
    )
