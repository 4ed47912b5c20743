"""The words of an article and the names in them: by block and word."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from knowledge.compiler.cast import Pronoun
from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.sought_words import places_of_words
from knowledge.compiler.words import Words


class NamedWords:
    """An article's words, the names in them, and what is known of those whom they name."""

    def __init__(
        self,
        texts: Sequence[Words | None],
        mentioned: Sequence[Mentioned],
        subject: Identity | None,
    ) -> None:
        self.texts = texts
        self.subject = subject
        self.pronouns: dict[Identity, Pronoun] = {}
        self.spouses: dict[Identity, list[Identity]] = {}
        self.unclear: dict[int, list[int]] = {}
        self.bearers: dict[str, list[tuple[int, int, Identity]]] = {}
        self.kin_of: dict[tuple[int, int], tuple[Identity, ...]] = {}
        self.mentions: dict[int, list[Mentioned]] = defaultdict(list)
        self._firsts: dict[int, list[int]] = {}
        self._begins: dict[tuple[int, int], Mentioned] = {}
        self._ends: dict[tuple[int, int], Mentioned] = {}
        self._elders: dict[tuple[str, ...], Identity] | None = None
        self.places = places_of_words(texts)
        for mention in mentioned:
            shape = mention.shape
            self.mentions[shape.block].append(mention)
            self._begins[shape.block, shape.first - len(shape.titles)] = mention
            self._begins.setdefault((shape.block, shape.first), mention)
            self._ends[shape.block, shape.last] = mention
        for block, mentions in self.mentions.items():
            self._firsts[block] = [mention.shape.first for mention in mentions]

    def words(self, block: int) -> Words:
        """Return the words of a block that names stand in."""
        words = self.texts[block]
        assert words is not None  # noqa: S101 -- only blocks with words are asked for
        return words

    def beginning(self, block: int, index: int) -> Mentioned | None:
        """Return the name that begins with a word, its titles counted or not."""
        return self._begins.get((block, index))

    def ending(self, block: int, index: int) -> Mentioned | None:
        """Return the name whose last word stands before a word."""
        return self._ends.get((block, index))

    def between(self, block: int, first: int, last: int) -> list[Mentioned]:
        """Return the names that begin from one word to before another."""
        firsts = self._firsts.get(block, [])
        return self.mentions[block][bisect_left(firsts, first) : bisect_left(firsts, last)]

    def people(self, block: int, first: int, last: int) -> list[Identity]:
        """Return the people named between two words, in order, each once."""
        named = (mention.who for mention in self.between(block, first, last))
        return list(dict.fromkeys(who for who in named if who.is_person))

    def bearer(self, noun: str, block: int, index: int) -> Identity | None:
        """Return whom "the admiral" at a word means: the only one so called, named before it.

        Of several the only one of the paragraph; None where that is unclear.
        """
        known = self.bearers.get(noun, ())
        here = block, self.words(block).starts[index]
        before = [(at, who) for at, start, who in known if (at, start) < here]
        if before and all(who is before[0][1] for _, _, who in known):
            return before[0][1]
        near = {who for at, who in before if at == block}
        if not near and any(who is self.subject for _, who in before):
            return self.subject  # of two kings the one whom the article is about
        return near.pop() if len(near) == 1 else None

    def elder_of(self, who: Identity) -> Identity | None:
        """Return Otto the Elder for Otto the Younger, if the article names him."""
        younger = next((name.core for name in who.names if name.mark == "younger"), None)
        if younger is None:
            return None
        if self._elders is None:
            everybody = (mention.who for named in self.mentions.values() for mention in named)
            self._elders = {
                name.core: one
                for one in dict.fromkeys(everybody)
                for name in one.names
                if name.mark == "elder"
            }
        return self._elders.get(younger)

    def agrees(self, who: Identity | None, pronoun: Pronoun | None) -> bool:
        """Whether somebody may be meant by "he" or "she", as far as is known; None is either."""
        if who is None or not who.is_person:
            return False
        return pronoun is None or self.pronouns.get(who, pronoun) is pronoun
