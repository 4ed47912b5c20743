"""/sources: what the library holds and where it is from."""

from __future__ import annotations

from bot.command import Command, Options, Request
from bot.reply import Heading, Item, Note, Outcome, Part, Reply
from knowledge.model import Citation, Source
from knowledge.store import PackSummary, Store

NAME = "sources"


def command(store: Store) -> Command:
    """Return the command for a library."""
    return Command(
        name=NAME,
        help="What the library holds, and where it is from",
        answer=lambda request, options: answer(store, request, options),
        example=f"/{NAME}",
    )


def answer(store: Store, request: Request, options: Options) -> Reply:
    """Return every pack with its sources."""
    packs = store.pack_summaries
    parts: list[Part] = [Heading("Sources")]
    if not packs:
        parts.append(Note("The library is empty. Add packs with DAYBOOK_KNOWLEDGE."))
    parts += [_pack(pack) for pack in packs]
    return Reply(Outcome.FOUND, NAME, tuple(parts), "Sources", names_sources=False)


def _pack(pack: PackSummary) -> Item:
    counted = f"{pack.events} events, {pack.entities} people and things."
    sources = " ".join(_source(source) for source in pack.sources)
    terms = f"Wording: {pack.licence.rstrip('.')}." if pack.licence else ""
    text = " ".join(filter(None, (pack.description, counted, sources, terms)))
    citation = Citation(pack.sources[0]) if pack.sources else None
    return Item(id=pack.id, label=pack.title, text=text, citation=citation)


def _source(source: Source) -> str:
    details = (source.author, source.publisher, source.revision, source.licence, source.url)
    named = ", ".join(filter(None, details))
    return f"From: {source.title} ({named})." if named else f"From: {source.title}."
