"""What a sentence begins with: a noun for a relative, and the verb that ends its subject."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.compiler.people_words import KIN, PLURAL_KIN, is_role
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.words import Words


def is_kin(texts: list[str], at: int) -> bool:
    """Whether a noun for a relative stands at a word, or behind an adjective there."""
    return any(word.lower() in KIN or word.lower() in PLURAL_KIN for word in texts[at : at + 3])


def first_verb(words: Words, first: int, last: int) -> int:
    """Return the first word from one to another that may be a clause's verb; `last` if none is.

    A form in -ed behind "the" or a comma is none: "the exiled writer", "Kern, born in 1811".
    """
    for at in range(first, last):
        word = words.words[at]
        if not word[0].islower():
            continue
        kind = form(word)
        if kind is Form.FINITE:
            return at
        if kind is Form.PAST:
            before = words.words[at - 1].lower() if at > first else ""
            if before not in {"", ",", "the", "a", "an", "his", "her", "and", "(", "their", "its"}:
                return at
    return last


def is_verb(words: Words, at: int, last: int) -> bool:
    """Whether a word behind a name, before the end of its sentence, may be what it does."""
    return at < last and form(words.words[at]) in {Form.FINITE, Form.PAST}


_CONJUNCTIONS = frozenset(
    "when after while although though because since before once until".split()
)
"""What begins a clause that another, of which the sentence tells, comes behind."""


def main_clauses(words: Words, first: int, last: int, verb: int) -> Iterator[int]:
    """Yield where a clause may begin that the sentence goes on with, or that is its main one.

    That is behind the last semicolon of it, or behind the comma that ends "When the war came,".
    """
    texts = words.words
    for at in range(last - 1, first, -1):
        if texts[at] == ";":
            yield at + 1
            break
    if texts[first].lower() in _CONJUNCTIONS:
        for at in range(verb, last - 1):
            if texts[at] == ",":
                yield at + 1


def role_before(words: Words, first: int, verb: int) -> bool:
    """Whether "the king" or "the old king" is what a verb tells of."""
    texts = words.words
    role = texts[verb - 1].lower() if verb > first else ""
    near = [word.lower() for word in texts[max(first, verb - 3) : verb - 1]]
    return "the" in near and role not in KIN and is_role(role)
