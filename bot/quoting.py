"""What an imported article says in its own words, where the library has no answer of its own.

Events and entities are what the compiler understood of an article; its passages are all of it. A
question that none of them answers may be answered by a sentence, which is told as what it is: the
source's words, with their section.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.command import Invocation, Request
from bot.found import ENOUGH, NEARLY_ALL, good
from bot.life import is_of_a_life
from bot.reply import Heading, Item, Note, Outcome, Part, Reply
from bot.wishes import Wishes, read_wishes
from bot.wording import quoted as shown
from knowledge.finder import Wish
from knowledge.model import Entity, Quotation
from knowledge.names import fold
from knowledge.store import Store

MOST_QUOTED = 3
"""Sentences of an answer; the rest is for /search."""

MOST_LOOKED_AT = 12

IN_ITS_WORDS = "The library has that only in the words of its source:"

_SUBJECTS = ("name", "query", "text")
"""The options that say what a command is asked about."""

_NEVER = frozenset({"onthisday", "timeline", "random", "help", "start", "privacy", "sources"})


def answer_in_quotations(store: Store, request: Request, reading: Invocation) -> Reply | None:
    """Return sentences of passages that answer, where there are; nothing else."""
    if reading.command in _NEVER or not store.has_passages:
        return None
    typed = next((reading.options[name] for name in _SUBJECTS if reading.options.get(name)), "")
    is_name = reading.command == "whowas"
    text = typed if is_name or request.command else request.text
    asked = read_wishes(text or typed, request, store)
    found = best_quotations(store, asked, NEARLY_ALL if is_name else ENOUGH)
    if not found:
        return None
    title = shown(typed) if is_name else found[0].passage.citation.source.title
    heading: list[Part] = [Heading(title)] if is_name else []
    parts = (*heading, Note(IN_ITS_WORDS), *map(quotation_item, found))
    return Reply(Outcome.FOUND, reading.command, parts, title)


def best_quotations(store: Store, asked: Wishes, enough: float = ENOUGH) -> list[Quotation]:
    """Return the sentences that say most of what is asked, best first; none where none does.

    A name alone is no question, and a birth or death is one person's own.
    """
    if not store.has_passages or not asked.words or is_of_a_life(asked):
        return []
    found = good(store.find_quotations(_required(asked), MOST_LOOKED_AT), enough)
    return [row.quotation for row in found][:MOST_QUOTED]


def _required(asked: Wishes) -> tuple[Wish, ...]:
    """Return the wishes with every name required, whole: what others did answers nothing."""
    return tuple(
        replace(wish, required=True, words=(), synonyms=()) if wish.keys else wish
        for wish in asked.wishes
    )


def introductions(store: Store, entries: Sequence[Entity]) -> list[Quotation]:
    """Return the first sentences in which passages name an entity that its pack hardly explains.

    A first mention says who somebody is more often than a later one.
    """
    if not store.has_passages or any(entry.text for entry in entries):
        return []
    names = [name for entry in entries for name in (entry.name, *entry.aliases)]
    whole = [name for name in dict.fromkeys(names) if len(fold(name).split()) > 1] or names[:1]
    return store.quotations_naming(whole, MOST_QUOTED)


def quotation_item(quotation: Quotation) -> Item:
    """Return a sentence of a passage as an item."""
    passage = quotation.passage
    return Item(id=passage.key, text=quotation.sentence, citation=passage.citation)
