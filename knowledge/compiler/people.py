"""The cast of an article: who and what it names, who is the same, and who each of them is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from knowledge.compiler.accounts import genders
from knowledge.compiler.cast import Cast, FoundEntity, FoundRelation, NamedPlace
from knowledge.compiler.deeds import add_deeds
from knowledge.compiler.descriptions import describe, read_accounts, read_kin
from knowledge.compiler.found_date import FoundDate
from knowledge.compiler.identities import gather
from knowledge.compiler.identity import Identity
from knowledge.compiler.life_dates import read_lives
from knowledge.compiler.name_kinds import kinds_of
from knowledge.compiler.name_shapes import find_shapes, read_vocabulary, read_words
from knowledge.compiler.people_words import KIN
from knowledge.compiler.relations import (
    add_opposites,
    read_deeds,
    settle_children,
    settle_spouses,
    spouses,
)
from knowledge.compiler.scene import Scene
from knowledge.readers.article import Article


def find_cast(article: Article, dates: Sequence[FoundDate]) -> Cast:
    """Return who and what an article names, where, and which one it is about."""
    texts = read_words(article)
    vocabulary = read_vocabulary(texts)
    shapes = find_shapes(article, texts, vocabulary)
    kinds = kinds_of(shapes, texts, vocabulary)
    mentioned, subject = gather(shapes, kinds, texts, article)
    order = list(dict.fromkeys(mention.who for mention in mentioned))
    if subject is not None and subject not in order:
        order.append(subject)
    index = {who: place for place, who in enumerate(order)}
    for who in order:
        who.name = usual_name(who, article.title if who is subject else "")
    counts = Counter(mention.who for mention in mentioned)
    sections: dict[Identity, tuple[str, ...]] = {}
    for mention in mentioned:
        sections.setdefault(mention.who, article.blocks[mention.shape.block].section)
    scene = Scene(texts, mentioned, subject)
    scene.vote_on_pronouns()
    first = read_kin(scene)
    read_deeds(scene, first)
    scene.pronouns.update(genders(scene, first))
    scene.spouses = spouses(first)
    scene.vote_on_pronouns()
    accounts = read_accounts(scene, vocabulary)
    read_deeds(scene, accounts)
    scene.pronouns.update(genders(scene, accounts))
    settle_children(scene, accounts)
    add_opposites(scene, accounts)
    settle_spouses(scene, accounts)
    add_deeds(scene, accounts)
    kin = {
        who: any(kind in KIN for kind, _ in relations)
        for who, relations in accounts.relations.items()
    }
    lives = read_lives(article, scene, dates, kin)
    descriptions = {who: describe(accounts.said.get(who, [])) for who in order}
    entities = tuple(
        FoundEntity(
            kind=who.kind,
            name=who.name,
            aliases=aliases(who),
            born=lives[who].born if who in lives else None,
            died=lives[who].died if who in lives else None,
            description=descriptions[who][0],
            pronoun=scene.pronouns.get(who),
            relations=tuple(
                FoundRelation(kind, index[to])
                for kind, to in accounts.relations.get(who, ())
                if to in index
            ),
            mentions=counts[who],
            section=sections.get(who, ()),
        )
        for who in order
    )
    named = tuple(
        NamedPlace(m.shape.block, m.shape.start, m.shape.stop, index[m.who]) for m in mentioned
    )
    return Cast(entities, named, index[subject] if subject is not None else None)


def usual_name(who: Identity, title: str) -> str:
    """Return the name that somebody or something goes by in an article."""
    plain = title.partition(" (")[0]
    if title and (plain in who.forms or not who.full or who.bears(plain)):
        return plain
    if who.full:
        return max(who.full, key=lambda form: (form[1:2] != ".", who.full[form], "." not in form))
    noble = [form for form in who.titled if form.startswith(("Lord ", "Lady "))]
    if noble and len(noble[0].split()) == 2:
        return noble[0]
    return max(who.forms, key=lambda form: (who.forms[form], len(form)), default=plain)


def aliases(who: Identity) -> tuple[str, ...]:
    """Return the other forms of a name that the article uses, most frequent first."""
    forms = [form for form, _ in who.forms.most_common()]
    forms += [*who.nicknames, *who.others, *who.titled]
    return tuple(form for form in dict.fromkeys(forms) if form != who.name)
