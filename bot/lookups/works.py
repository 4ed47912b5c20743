"""Books, films and the like: by somebody, or about somebody or something."""

from __future__ import annotations

from bot.command import Options, Request
from bot.items import brief_item
from bot.lookups.relation import who_is, whose
from bot.named import entities_named
from bot.nothing_told import nothing_told
from bot.reply import Heading, Note, Outcome, Part, Reply
from bot.same_person import is_same_person
from bot.vocabulary.works import MAKERS, SORTS_OF_WORK, SUBJECTS, WORKS
from bot.wishes import Wishes
from knowledge.finder import Wish
from knowledge.model import Entity, EntityKind
from knowledge.names import fold
from knowledge.store import Store

NAME = "search"

MOST_FOUND = 40


def answer(store: Store, request: Request, options: Options) -> Reply:
    """Return the works `by` somebody or `about` something, of one `sort` where it is named."""
    name = options.get("by") or options["about"]
    named = entities_named(store, name)
    sort = options.get("sort", "")
    find = _by if options.get("by") else _about
    for entity in named:
        same = [other for other in named if other is entity or is_same_person(entity, other)]
        works = [work for one in same for work in find(store, one)]
        fitting = [work for work in works if _is_of_sort(work, sort)]
        if works:
            return _told(entity, fitting or works, sort if fitting else "", options)
    asked = Wishes(names=(named,))
    return nothing_told(store, NAME, asked, request.language)


def _told(entity: Entity, works: list[Entity], sort: str, options: Options) -> Reply:
    preposition = "by" if options.get("by") else "about"
    what = f"{sort.capitalize() or 'Works'} {preposition} {entity.name}"
    parts: list[Part] = [Heading(what)]
    if options.get("sort") and not sort:
        parts.append(Note(f"None of these is said to be of the sort asked for: {options['sort']}."))
    parts += [brief_item(work) for work in works]
    return Reply(Outcome.FOUND, NAME, tuple(parts), what)


def _by(store: Store, entity: Entity) -> list[Entity]:
    made = [work for _, work in whose(store, entity, MAKERS)]
    made += [work for _, work in who_is(store, entity, WORKS)]
    return _works(made)


def _about(store: Store, entity: Entity) -> list[Entity]:
    """Return works that are said to be about it, then those whose entry names it."""
    related = [work for _, work in who_is(store, entity, SUBJECTS)]
    by = {work.key for work in _by(store, entity)}
    asked = (Wish(keys=(entity.key,), required=True),)
    naming = [found.entity for found in store.find_entities(asked, MOST_FOUND)]
    return [work for work in _works(related + naming) if work.key not in by]


def _works(entities: list[Entity]) -> list[Entity]:
    once = {entity.key: entity for entity in entities if entity.kind is EntityKind.WORK}
    return list(once.values())


def _is_of_sort(work: Entity, sort: str) -> bool:
    words = SORTS_OF_WORK.get(sort)
    if words is None:
        return True
    return not words.isdisjoint(fold(f"{work.name} {work.description}").split())
