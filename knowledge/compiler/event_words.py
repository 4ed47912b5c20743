"""Whether "two days after the battle" tells again of what a sentence told: by a word, or its kind.

What "the battle" means need not be told with that word: "he led the left wing against the enemy".
A name in it must have been told, too: "after the death of Orla" is no other's death.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]{4,}")
_NAME = re.compile(
    r"\s(?:(?:the|his|her|its|their|this|that)\s(?:[\w-]+\s){1,2}"
    r"(?:of|at|with|near|in|on|between|against)\s(?:the\s)?)?(?:[A-ZÀ-Þ][\w-]*\s){0,2}"
    r"(?P<name>[A-ZÀ-Þ][\w-]{2,})"
)
"""Whose or where the event was: "Orla's death", "the battle near Karsk"."""

_STEM = 5
_COMMON = frozenset(
    "after before their there which about where while these those other first began begin start"
    " ended taken being later during against between under upon with that this from days week"
    " been were have into over latter former whole next last early late most more than only"
    " also when then some both such what they them".split()
)
_KINDS = """
battle fight fighting fought engagement clash clashed attack attacked assault assaulted storm \
stormed charge charged rout routed beat beaten defeat defeated victory victorious enemy
death died dies dead killed murder murdered assassination assassinated shot execution \
executed hanged beheaded drowned poisoned
wedding married marries marriage wedded
election elected elects polling polls voted
birth born
coronation crowned throne
surrender surrendered capitulation capitulated capitulate
armistice truce ceasefire
fire burned burnt blaze flames
accident crash crashed collided collision derailed
landing landed ashore disembarked
"""
"""A line for each kind of event: the words that tell of it."""

_KIND_OF = {
    word: index for index, kind in enumerate(_KINDS.strip().splitlines()) for word in kind.split()
}
WORDS_OF_A_NAME = 3
"""Words of "after the battle it was thrown ..." that may name the event; the rest tells on."""


def is_told_again(event: str, words: str) -> bool:
    """Whether the event is told with a word that stood beside the day, or is of its kind."""
    name = _NAME.match(event)
    if name is not None and name["name"] not in words:
        return False
    mine = {word[:_STEM].lower() for word in _WORD.findall(event) if word.lower() not in _COMMON}
    if any(word[:_STEM].lower() in mine for word in _WORD.findall(words)):
        return True
    named = event.lower().split()[:WORDS_OF_A_NAME]
    kinds = {_KIND_OF.get(word) for word in named} - {None}
    return any(_KIND_OF.get(word.lower()) in kinds for word in _WORD.findall(words))
