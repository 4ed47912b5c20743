"""One sentence on who somebody is, of all that the article says."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.compiler.accounts import Account, Accounts, Rank
from knowledge.compiler.appositions import read_before, read_behind, read_link, read_title
from knowledge.compiler.kin_of import read_children_listed, read_elder
from knowledge.compiler.name_shapes import Vocabulary
from knowledge.compiler.one_of import read_and_other, read_one_of
from knowledge.compiler.scene import Scene
from knowledge.compiler.who_was import read_fronted, read_he_was, read_was, read_was_name

LONGEST_DESCRIPTION = 290
"""Letters of a description, its full stop not counted; packs allow 300."""


def read_accounts(scene: Scene, vocabulary: Vocabulary) -> Accounts:
    """Return what the article says that each of its people is."""
    accounts = Accounts(owners=scene.kin_of)
    for noun in ("children", "sons", "daughters", "son", "daughter"):
        for block, index in scene.places.get(noun, ()):
            read_children_listed(scene, block, scene.words(block), index, accounts)
    for block, mentions in scene.mentions.items():
        words = scene.words(block)
        for place, mention in enumerate(mentions):
            if not mention.who.is_person or mention.shape.heading:
                continue
            read_before(scene, block, words, place, accounts)
            read_title(block, words, mention, accounts)
            read_behind(scene, block, words, place, accounts)
            read_was(scene, block, words, mention, accounts)
            read_was_name(scene, block, words, place, accounts)
            read_one_of(scene, block, words, place, vocabulary, accounts)
            read_and_other(scene, block, words, place, accounts)
            read_link(block, mention, accounts)
    read_he_was(scene, accounts)
    read_fronted(scene, accounts)
    return accounts


def read_kin(scene: Scene) -> Accounts:
    """Return only what stands beside names, and what the subject is: enough for he and she."""
    accounts = Accounts(owners=scene.kin_of)
    for block, mentions in scene.mentions.items():
        words = scene.words(block)
        for place, mention in enumerate(mentions):
            if mention.who.is_person and not mention.shape.heading:
                read_before(scene, block, words, place, accounts)
                read_behind(scene, block, words, place, accounts)
                read_was_name(scene, block, words, place, accounts)
                if mention.who is scene.subject:
                    read_was(scene, block, words, mention, accounts)  # "the king" is he
    for word in ("elder", "younger", "eldest", "youngest"):
        for block, index in scene.places.get(word, ()):
            read_elder(scene, block, scene.words(block), index, accounts)
    return accounts


def describe(said: Sequence[Account]) -> tuple[str, Account | None]:
    """Return one sentence of what is said of somebody, and where the best of it stands.

    What somebody is and whose goes together: "Painter, husband of Ilse Brandt."
    """
    if not said:
        return "", None
    best = min(said, key=lambda account: account.rank)
    parts = [best]
    other = [account for account in said if account.is_relation is not best.is_relation]
    if other and (best.rank is not Rank.WAS or best.is_relation):
        parts.append(min(other, key=lambda account: account.rank))
    parts.sort(key=lambda account: account.is_relation)
    text = parts[0].text
    if len(parts) > 1:
        joined = f"{text}, {parts[1].text[:1].lower()}{parts[1].text[1:]}"
        if len(joined) < LONGEST_DESCRIPTION:
            text = joined
    return text.rstrip(".") + ".", best
