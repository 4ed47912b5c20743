"""A bare name, and a name with what is asked of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.labels import by_label
from bot.shapes.asked import Asked, Readings, facts, is_proper, shape, whowas
from bot.vocabulary.common_words import COMMON
from knowledge.names import Fit, fold
from knowledge.store import Store

LONGEST_BARE_NAME = 12
"""Words of a text that may be a bare name."""

LEAST_TO_FORGIVE = 7
"""Letters of a lower-case word that may be a misspelt name: shorter ones are English too often."""

MOST_IN_A_PHRASE = 10
"""Words of a text that, without being a question, may name somebody and what is asked of them."""

MOST_UNKNOWN = 4
"""Words of a text in small letters that may be the name of somebody who isn't known."""

_SMALL_TALK = frozenset(
    "hello hi hey hallo hola yo thanks thank thx you please sorry yes no yeah yep nope ok okay"
    " help more stop start test ping pong well good bad great nice cool wow lol haha bye goodbye"
    " morning evening night welcome bot why what who when where how".split()
)
"""Words that people say to a bot; alone they are nobody's name, though Hello is near to Hell."""

_TALK = COMMON | _SMALL_TALK

_NAME_AND_SORT = shape(
    r"(?P<name>.+?)\s+\(?(?:the\s+)?(?:film|movie|book|novel|song|play|(?:news)?paper|journal"
    r"|series|ship|tanker)\)?"
)


def name_and_sort(asked: Asked) -> Readings:
    """Read "X film", "X (the book)"."""
    match = _NAME_AND_SORT.fullmatch(asked.bare)
    if match is None or asked.is_whole_name(asked.bare):
        return ()
    found = asked.store.names.find(match["name"], forgiving=False)
    if not found.found or found.fit is Fit.PART:
        return ()
    return (whowas(match["name"]),)


def name(asked: Asked) -> Readings:
    """Read a bare name: one that is known, or a text that is written as names are."""
    is_apart = " the " in asked.bare and asked.is_name(asked.bare)
    if is_apart or by_label(asked.store, asked.bare) or _is_bare_name(asked.bare, asked.store):
        return (*phrase(asked), whowas(asked.bare)) if _is_more(asked) else (whowas(asked.bare),)
    return ()


def _is_more(asked: Asked) -> bool:
    """Whether a text that nobody is called by holds a name and more: "X petition"."""
    return not asked.is_name(asked.bare) and asked.holds_a_name(asked.bare)


def _is_bare_name(text: str, store: Store) -> bool:
    words = text.split()
    folded = fold(text).split()
    if not 0 < len(words) <= LONGEST_BARE_NAME or _TALK.issuperset(folded):
        return False
    match = store.names.find(text)
    if match.found and len(words) == 1 and text.islower():
        forgiven = not match.exact and len(text) >= LEAST_TO_FORGIVE
        return forgiven or (match.exact and _is_whole_or_last_name(text, match.found, store))
    if match.found:
        return True
    if is_proper(text) and len(words) <= 3:
        return True
    is_plain = 2 <= len(words) <= MOST_UNKNOWN and text.replace(" ", "").isalpha()
    return is_plain and _TALK.isdisjoint(word for word in folded if word != "of")


def _is_whole_or_last_name(word: str, keys: Sequence[str], store: Store) -> bool:
    """Whether a word is more than a part of these names: "neither" is one of a title's words."""
    names = (fold(one) for entity in store.entities_with(keys) for one in entity.names)
    return any(fold(word) in (one, one.rpartition(" ")[2]) for one in names)


_ASIDE = shape(r"[,;:]\s+(?:what|who|when|where|why|how)")
"""Where a question begins behind a comma: its clauses are read by themselves."""


def phrase(asked: Asked) -> Readings:
    """Read "X's murder", "X hat": a name with what is asked of it, if anything is found."""
    words = asked.bare.split()
    if _ASIDE.search(asked.bare):
        return ()
    if 1 < len(words) <= MOST_IN_A_PHRASE and asked.holds_a_name(asked.bare):
        return (facts(asked.bare, is_guess=True),)
    return ()
