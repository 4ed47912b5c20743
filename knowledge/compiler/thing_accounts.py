"""What an article says that its places, bodies and works are: "Ellby is a town in Varnia"."""

from __future__ import annotations

from knowledge.compiler.accounts import Account, Accounts, Rank, past_bracket
from knowledge.compiler.identity import Mentioned
from knowledge.compiler.phrase_text import clear_end, written_out
from knowledge.compiler.scene import Scene
from knowledge.compiler.words import Words

SHORTEST_ACCOUNT, LONGEST_ACCOUNT = 2, 30
"""Words of what is told of a thing."""

_ENDS = frozenset({",", ".", ";", ":", "(", ")", "—", "–", "!", "?"})
_CLAUSES = frozenset({"which", "that", "where", "when", "and", "but", "who", "while", "whose"})


def read_things(scene: Scene, accounts: Accounts) -> None:
    """Note what "was a ..." and ", a ..." behind a thing's name say that it is."""
    for block, mentions in scene.mentions.items():
        words = scene.words(block)
        for mention in mentions:
            if mention.who.is_person or mention.shape.heading:
                continue
            account = _read(scene, block, words, mention)
            if account is not None:
                accounts.said[mention.who].append(account)


def _read(scene: Scene, block: int, words: Words, mention: Mentioned) -> Account | None:
    texts = words.words
    at = past_bracket(words, mention.shape.last)
    _, last = words.sentence(mention.shape.first)
    following = texts[at + 1 : at + 2]
    if at >= last or following not in (["a"], ["an"], ["the"]):
        return None
    if texts[at] in {"was", "is", "were"}:
        rank = Rank.WAS
    elif texts[at] == "," and following != ["the"]:
        rank = Rank.BEHIND
    else:
        return None
    first = at + 2
    end = first
    while end < last and texts[end] not in _ENDS and texts[end] not in _CLAUSES:
        end += 1
    if rank is Rank.BEHIND and (end >= last or texts[end] not in {",", ".", ";", ")"}):
        return None
    end = clear_end(scene, block, first, end)
    if not SHORTEST_ACCOUNT <= end - first <= LONGEST_ACCOUNT:
        return None
    text = written_out(scene, block, first, end)
    return Account(
        rank, text[:1].upper() + text[1:], block, mention.shape.start, words.stops[end - 1]
    )
