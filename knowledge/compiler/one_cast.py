"""The casts of several articles as one: who is named in two of them is one entity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.compiler.cast import Cast, FoundEntity, FoundRelation
from knowledge.same_entity import Identity, is_same


@dataclass(frozen=True, slots=True)
class OneCast:
    """All entities, and for each article the place here of every entity of its own cast.

    `article` says for each entity which article it is cited from. The relations of the entities
    lead to places here. `subjects` are the places of those whom an article is about.
    """

    entities: tuple[FoundEntity, ...]
    article: tuple[int, ...]
    places: tuple[tuple[int, ...], ...]
    subjects: frozenset[int]


@dataclass(slots=True)
class _Member:
    identity: Identity
    accounts: list[tuple[int, FoundEntity]]


def one_cast(casts: Sequence[Cast]) -> OneCast:
    """Join casts. An article keeps its own people apart, so two of one article stay two."""
    members: list[_Member] = []
    named: dict[str, dict[int, None]] = defaultdict(dict)
    places: list[tuple[int, ...]] = []
    for number, cast in enumerate(casts):
        own: list[int] = []
        for entity in cast.entities:
            identity = Identity.made(
                entity.kind, (entity.name, *entity.aliases), entity.born, entity.died
            )
            place = _place_of(identity, number, members, named)
            if place is None:
                place = len(members)
                members.append(_Member(identity, []))
            member = members[place]
            member.accounts.append((number, entity))
            member.identity = member.identity.joined(identity)
            own.append(place)
            for name in identity.whole_names:
                named[name][place] = None
        places.append(tuple(own))
    return OneCast(
        entities=tuple(_joined(member.accounts, places) for member in members),
        article=tuple(_best_account(member.accounts)[0] for member in members),
        places=tuple(places),
        subjects=frozenset(
            own[cast.subject]
            for own, cast in zip(places, casts, strict=True)
            if cast.subject is not None
        ),
    )


def _place_of(
    identity: Identity,
    article: int,
    members: Sequence[_Member],
    named: dict[str, dict[int, None]],
) -> int | None:
    """Return the place of an entity of another article that this one is, if there is one."""
    for name in identity.whole_names:
        for place in named.get(name, ()):
            member = members[place]
            is_own = any(number == article for number, _ in member.accounts)
            if not is_own and is_same(identity, member.identity):
                return place
    return None


def _joined(
    accounts: Sequence[tuple[int, FoundEntity]], places: Sequence[tuple[int, ...]]
) -> FoundEntity:
    """Return what several articles say of an entity as one account, the best one's words first."""
    best = _best_account(accounts)[1]
    others = [entity for _, entity in accounts]
    names = (name for entity in others for name in (entity.name, *entity.aliases))
    relations = dict.fromkeys(
        FoundRelation(relation.kind, places[number][relation.to])
        for number, entity in accounts
        for relation in entity.relations
    )
    return replace(
        best,
        aliases=tuple(name for name in dict.fromkeys(names) if name != best.name),
        born=next((entity.born for entity in (best, *others) if entity.born), None),
        died=next((entity.died for entity in (best, *others) if entity.died), None),
        relations=tuple(relations),
        mentions=sum(entity.mentions for entity in others),
        confidence=max(entity.confidence for entity in others),
    )


def _best_account(accounts: Sequence[tuple[int, FoundEntity]]) -> tuple[int, FoundEntity]:
    """Return the account that describes the entity and names it most often."""
    return max(accounts, key=lambda account: (bool(account[1].description), account[1].mentions))
