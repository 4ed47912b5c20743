"""What an article's box of facts says that others are to its subject: "Spouse: Ilse Kern"."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.compiler.accounts import Accounts, Rank, past_bracket
from knowledge.compiler.identity import Mentioned
from knowledge.compiler.people_words import KIN
from knowledge.compiler.relation_sides import say
from knowledge.compiler.scene import Scene
from knowledge.compiler.words import Words
from knowledge.readers.article import Article, Block, Role

_KINDS = {
    **dict.fromkeys(("spouse", "spouses", "spouse(s)", "husband", "wife", "consort"), "spouse"),
    **dict.fromkeys(("children", "child", "issue"), "child"),
    **dict.fromkeys(("doctoral advisor", "doctoral advisors", "academic advisors"), "teacher"),
    **dict.fromkeys(("teacher", "teachers", "doctoral adviser", "mentor"), "teacher"),
    **dict.fromkeys(("doctoral students", "notable students", "pupils", "students"), "pupil"),
    **dict.fromkeys(("coach", "coaches", "coached by", "trainer"), "coach"),
    **dict.fromkeys(("predecessor", "preceded by"), "predecessor"),
    **dict.fromkeys(("successor", "succeeded by"), "successor"),
    **dict.fromkeys(("father", "mother", "partner", "manager"), ""),
    **dict.fromkeys(("relatives", "relations", "family", "parents", "parent", "siblings"), ""),
}
"""What those are whom a line names; nothing where its label or a bracket behind a name says it."""


def read_box(article: Article, scene: Scene, accounts: Accounts) -> None:
    """Note the relations that the lines of the box give; they are all its subject's."""
    subject = scene.subject
    if subject is None or not subject.is_person:
        return
    for block, found in enumerate(article.blocks):
        label = _label(found) if scene.mentions.get(block) else ""
        if label not in _KINDS:
            continue
        words = scene.words(block)
        for mention in _named(scene, block, words):
            kind = _kind(label, words, mention)
            if kind and mention.who is not subject:
                accounts.relate(mention.who, kind, subject)
                say(accounts, mention.who, kind, subject, Rank.DID, mention)


def _label(block: Block) -> str:
    """Return what a line of a box begins with; nothing for any other block."""
    if block.role is Role.FACT:
        return block.text.partition(":")[0].strip().lower()
    cells = block.text.split(" | ")
    return cells[0].strip().lower() if block.role is Role.TABLE and len(cells) == 2 else ""


def _named(scene: Scene, block: int, words: Words) -> Iterator[Mentioned]:
    """Yield the people whom a line lists, not those within what is said of them."""
    for mention in scene.mentions[block]:
        first = mention.shape.first - len(mention.shape.titles)
        before = words.words[first - 1] if first else ""
        if mention.who.is_person and before in {":", "|", ",", ";", "and", ")", "&"}:
            yield mention


def _kind(label: str, words: Words, mention: Mentioned) -> str:
    last = mention.shape.last
    end = past_bracket(words, last)
    inside = [word.lower() for word in words.words[last + 1 : max(last, end - 1)]]
    kin = next((word for word in inside if word in KIN), "")
    if label in {"relatives", "relations", "family", "parents", "parent", "siblings"}:
        return kin if len(inside) == 1 else ""
    return _KINDS[label] or label
