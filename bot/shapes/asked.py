"""What every rule works on: a text with its request and library, and the readings it may have."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.command import Invocation, Request
from bot.named import entities_named
from bot.periods import is_date
from bot.vocabulary.common_words import COMMON
from bot.wishes import read_wishes
from knowledge.names import Fit, fold
from knowledge.store import Store

Readings = tuple[Invocation, ...]
"""What a text may ask for, likeliest first; none where the rule knows no such shape."""

BE = r"(?:is|was|were|are|be|been|['’]s)"

PRONOUNS = frozenset("i me you he she it they we this that there here u ya your our my".split())


_ONLY_ASKING = COMMON | PRONOUNS


def shape(*alternatives: str) -> re.Pattern[str]:
    """Return a pattern that matches any of these, in any case."""
    return re.compile("|".join(alternatives), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A text to be understood: as typed, and bare of politeness and of its ending."""

    typed: str
    bare: str
    request: Request
    store: Store

    def is_date(self, text: str) -> bool:
        """Whether a text is a date, or an attempt at one."""
        return is_date(text, self.request)

    def is_name(self, text: str) -> bool:
        """Whether a text means somebody or something in the library, misspelt or not."""
        return bool(entities_named(self.store, text))

    def is_whole_name(self, text: str) -> bool:
        """Whether a text is all of a known name, typed right."""
        match = self.store.names.find(text, forgiving=False)
        return bool(match.found) and match.fit is Fit.WHOLE

    def holds_a_name(self, text: str) -> bool:
        """Whether a known name stands in a text."""
        return bool(read_wishes(text, self.request, self.store).names)

    def is_about_something(self, text: str) -> bool:
        """Whether a word of a text, beyond those that only ask, stands in the library."""
        words = [word for word in fold(text).split() if word not in _ONLY_ASKING]
        is_known = any(self.store.is_told(word) or self.store.names.knows(word) for word in words)
        return is_known or (bool(words) and self.holds_a_name(text))

    def without(self, pattern: re.Pattern[str]) -> Asked:
        """Return the same without the first part that a pattern matches."""
        return replace(self, bare=pattern.sub("", self.bare, count=1))


def is_proper(text: str) -> bool:
    """Whether a text is written as names are, every word with a capital."""
    return all(word[0].isalpha() and not word[0].islower() for word in text.split())


def asks_nothing(name: str, asked: Asked) -> bool:
    """Whether what is asked about is "you", "it" or the like, and nobody's name."""
    first, *rest = name.casefold().split()
    return first in PRONOUNS and not (rest and asked.is_name(name))


# -- readings -------------------------------------------------------------------------------------


def facts(
    query: str, *, strict: bool = False, kinds: Collection[str] = (), is_guess: bool = False
) -> Invocation:
    """Return the look-up of free words; if `strict`, only of what says nearly all of them.

    If `kinds` are given, only events of these kinds answer.
    """
    options = {"query": query} | ({"strict": "yes"} if strict else {})
    options |= {"kinds": ",".join(sorted(kinds))} if kinds else {}
    return Invocation("facts", options, is_guess)


def whowas(name: str) -> Invocation:
    """Return the look-up of a name."""
    return Invocation("whowas", {"name": name})


def onthisday(date: str = "", about: str = "", kinds: Sequence[str] = ()) -> Invocation:
    """Return the look-up of a date, today's where none is given."""
    options = {"date": date, "about": about, "kind": ", ".join(sorted(kinds))}
    return Invocation("onthisday", {name: value for name, value in options.items() if value})


def relation(
    kinds: Sequence[str], of: str, verb: str = "", *, query: str = "", whose: bool = False
) -> Invocation:
    """Return the look-up of who is one of these kinds to somebody; of whose they are if `whose`."""
    options = {"kinds": ",".join(kinds), "of": of, "verb": verb.casefold(), "query": query}
    options |= {"side": "of"} if whose else {}
    return Invocation("relation", {name: value for name, value in options.items() if value})


def name_or_facts(name: str, asked: Asked) -> Readings:
    """Return the look-up of a name; a phrase that is none may describe somebody."""
    if is_property(name, asked):
        return (facts(name, strict=True),)
    leading = _leading_name(name, asked)
    first = (whowas(leading),) if leading else ()
    words = fold(name).split()
    if len(words) > 2 and not COMMON.isdisjoint(words[1:-1]):
        return (whowas(name), *first, facts(name, strict=True))
    return (whowas(name), *first)


_OWNER = shape(r"(?P<owner>.+?)(?:['’]s|s['’])\s+.+")


def owner(text: str) -> str:
    """Return X of "X's wife", or nothing."""
    match = _OWNER.fullmatch(text)
    return match["owner"] if match else ""


def is_property(text: str, asked: Asked) -> bool:
    """Whether a text that is no name asks for something of somebody's: "X's dentist"."""
    return bool(owner(text)) and asked.is_name(owner(text)) and not asked.is_name(text)


BESIDES_NAME = shape(
    r"\s+(?:in|at|from|to|for|during|by|on|as|with|before|after|when|while|according)\b.*"
)
"""What stands behind a name without being of it: "X in the Soviet"."""


def _leading_name(text: str, asked: Asked) -> str:
    """Return what stands before "in the ..." where that is a known name."""
    name = BESIDES_NAME.sub("", text, count=1)
    match = asked.store.names.find(name, forgiving=False)
    return name if name != text and match.found and match.fit is not Fit.PART else ""
