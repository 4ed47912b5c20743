"""The cast of an article: who and what it names, who is the same, and who each of them is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from knowledge.compiler.accounts import Accounts, bearers, genders
from knowledge.compiler.article_subject import boxed_name, says_nothing
from knowledge.compiler.box_relations import read_box
from knowledge.compiler.cast import Cast, FoundEntity, FoundRelation, NamedPlace
from knowledge.compiler.deeds import add_deeds
from knowledge.compiler.descriptions import describe, read_accounts, read_kin
from knowledge.compiler.found_date import FoundDate
from knowledge.compiler.identities import gather
from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.life_dates import read_lives
from knowledge.compiler.link_authors import link_authors
from knowledge.compiler.married_names import join_married_names
from knowledge.compiler.name_kinds import kinds_of
from knowledge.compiler.name_shapes import (
    Shape,
    Vocabulary,
    find_shapes,
    read_vocabulary,
    read_words,
)
from knowledge.compiler.noun_kinds import noun_kind
from knowledge.compiler.pronoun_votes import vote_on_pronouns
from knowledge.compiler.relation_sides import (
    add_opposites,
    relate_families,
    settle_children,
    settle_spouses,
    spouses,
)
from knowledge.compiler.relations import read_deeds
from knowledge.compiler.scene import Scene
from knowledge.compiler.thing_accounts import read_things
from knowledge.compiler.words import is_numeral
from knowledge.model import EntityKind
from knowledge.readers.article import Article

SURE, LIKELY, UNSURE = 0.95, 0.8, 0.6
"""How sure it is that somebody is a person, or a thing of its kind, and no other than named."""


def find_cast(article: Article, dates: Sequence[FoundDate]) -> Cast:
    """Return who and what an article names, where, and which one it is about.

    `dates` are those of the article, as `find_dates` returns them: life dates are among them.
    """
    texts = read_words(article)
    vocabulary = read_vocabulary(texts)
    shapes = find_shapes(article, texts, vocabulary)
    kinds = kinds_of(shapes, texts, vocabulary)
    mentioned, subject = gather(shapes, kinds, texts, article)
    order = list(dict.fromkeys(mention.who for mention in mentioned))
    if subject is not None and subject not in order:
        order.append(subject)
    for who in order:
        who.name = usual_name(who, _title_for(who, article, shapes) if who is subject else "")
    scene = Scene(texts, mentioned, subject)
    scene.unclear = _unclear(shapes, kinds, mentioned)
    accounts = _accounts(article, scene, vocabulary, mentioned)
    named_still = {mention.who for mention in mentioned}
    order = [who for who in order if who in named_still or who is subject]
    lives = read_lives(article, scene, dates, accounts.relations)
    index = {who: place for place, who in enumerate(order)}
    counts = Counter(mention.who for mention in mentioned)
    sections: dict[Identity, tuple[str, ...]] = {}
    for mention in mentioned:
        sections.setdefault(mention.who, article.blocks[mention.shape.block].section)
    entities: list[FoundEntity] = []
    for who in order:
        description, best = describe(accounts.said.get(who, []))
        told = best if best is not None and best.block >= 0 else None
        block = article.blocks[told.block] if told is not None else None
        entities.append(
            FoundEntity(
                kind=who.kind,
                name=who.name,
                aliases=aliases(who),
                born=lives[who].born if who in lives else None,
                died=lives[who].died if who in lives else None,
                description=description,
                pronoun=scene.pronouns.get(who),
                relations=tuple(
                    FoundRelation(kind, index[to])
                    for kind, to in accounts.relations.get(who, ())
                    if to in index
                ),
                mentions=counts[who],
                section=block.section if block is not None else sections.get(who, ()),
                statement=block.span(told.start, told.stop) if block and told else None,
                confidence=_how_sure(who, counts[who], is_told=told is not None),
            )
        )
    named = [
        NamedPlace(m.shape.block, m.shape.start, m.shape.stop, index[m.who]) for m in mentioned
    ]
    known = {form for who in order for form in (who.name, *aliases(who))}
    for name, place in link_authors(article):
        if name not in known and not any(who.is_person and who.bears(name) for who in order):
            known.add(name)
            named.append(place._replace(entity=len(entities)))
            section = article.blocks[place.block].section
            entities.append(
                FoundEntity(EntityKind.PERSON, name, mentions=1, section=section, confidence=UNSURE)
            )
    return Cast(
        tuple(entities), tuple(sorted(named)), index[subject] if subject is not None else None
    )


def _accounts(
    article: Article, scene: Scene, vocabulary: Vocabulary, mentioned: Sequence[Mentioned]
) -> Accounts:
    """Return all that is said of everybody: read once to tell he from she, then again with that."""
    vote_on_pronouns(scene)
    first = read_kin(scene)
    scene.pronouns.update(genders(scene, first))
    scene.forget_topics()
    read_box(article, scene, first)
    read_deeds(scene, first)
    scene.pronouns.update(genders(scene, first))
    scene.spouses = spouses(first)
    join_married_names(mentioned, first.relations, scene.subject)
    vote_on_pronouns(scene)
    scene.bearers = bearers(scene, first)
    scene.kin_of.clear()
    accounts = read_accounts(scene, vocabulary)
    read_box(article, scene, accounts)
    read_deeds(scene, accounts)
    scene.pronouns.update(genders(scene, accounts))
    settle_children(scene, accounts)
    add_opposites(scene, accounts)
    settle_spouses(scene, accounts)
    relate_families(scene, accounts)
    settle_spouses(scene, accounts)
    add_opposites(scene, accounts)
    add_deeds(scene, accounts)
    read_things(scene, accounts)
    return accounts


def _how_sure(who: Identity, mentions: int, *, is_told: bool) -> float:
    """Return how sure it is that somebody is who the cast says; by how much speaks for it."""
    if is_told or mentions > 1:
        return SURE
    if who.is_person:
        return LIKELY if who.full else UNSURE
    noun = noun_kind(who.name.split())
    return SURE if noun is not None and not noun[1] else UNSURE


def _unclear(
    shapes: Sequence[Shape], kinds: Mapping[str, EntityKind | None], mentioned: Sequence[Mentioned]
) -> dict[int, list[int]]:
    """Return where people are named by what several bear, by block: offsets in its text."""
    clear = {id(mention.shape) for mention in mentioned}
    found: dict[int, list[int]] = {}
    for shape in shapes:
        if kinds.get(shape.key) is EntityKind.PERSON and id(shape) not in clear:
            found.setdefault(shape.block, []).append(shape.start)
    return found


def _title_for(who: Identity, article: Article, shapes: Sequence[Shape]) -> str:
    """Return the subject's name as the title has it, or the box where the title is a file's.

    Where the box is silent too it is empty, and the name is the text's.
    """
    boxed = boxed_name(article)
    plain = article.title.partition(" (")[0]
    is_named = plain in who.forms or who.bears(plain)
    if boxed and not is_named and who.bears(boxed):
        return boxed
    return (
        "" if who.forms and not is_named and says_nothing(article.title, shapes) else article.title
    )


def usual_name(who: Identity, title: str) -> str:
    """Return the name that somebody or something goes by in an article."""
    plain = title.partition(" (")[0]
    if title and (plain in who.forms or not who.full or who.bears(plain)):
        return plain
    ruling = [form for form in who.full if is_numeral(form.split()[1])]
    if ruling:
        return max(ruling, key=len)
    if who.full:
        return max(who.full, key=lambda form: (form[1:2] != ".", who.full[form], "." not in form))
    linked = [" ".join(name.words) for name in who.names if name.is_full]
    linked = [name for name in linked if name not in who.others]  # "Ilse, née Brandt"
    if linked and who.is_person:
        return linked[0]
    noble = [form for form in who.titled if form.startswith(("Lord ", "Lady "))]
    if noble and len(noble[0].split()) == 2:
        return noble[0]
    return max(who.forms, key=lambda form: (who.forms[form], len(form)), default=plain)


def aliases(who: Identity) -> tuple[str, ...]:
    """Return the other forms of a name that the article uses, most frequent first."""
    forms = [form for form, _ in who.forms.most_common()]
    forms += [*who.nicknames, *who.others, *who.titled]
    return tuple(form for form in dict.fromkeys(forms) if form != who.name)
