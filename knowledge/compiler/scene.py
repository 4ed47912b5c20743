"""The words of an article with whom they name: what descriptions and relations are read from."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.compiler.asides import (
    FRONTED,
    described_by_owner,
    named_before_aside,
    tells_of_former_and_latter,
)
from knowledge.compiler.cast import PRONOUN_OF, Pronoun
from knowledge.compiler.first_verb import first_verb, is_kin, is_verb, main_clauses, role_before
from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.name_runs import OWNS
from knowledge.compiler.named_words import NamedWords
from knowledge.compiler.people_words import PLURAL_KIN
from knowledge.compiler.words import Words

_SUBJECTS = {Pronoun.HE: {"he"}, Pronoun.SHE: {"she"}}
_OF_MARRIAGE = frozenset(
    {"wife", "husband", "married", "marriage", "couple", "wed", "wedding", "divorced"}
)

_PREPOSITIONS = frozenset("against of with for to from under on upon between".split())

FARTHEST_HIS = 4
"""Words from "His" to a name that it belongs to: "His former assistant, General Kern"."""

FARTHEST_HIM = 9
"""Words from "him" to "his" in a clause where either may be meant by the second."""


class Scene(NamedWords):
    """An article's words, the names in them, and whom each sentence is about."""

    def __init__(
        self,
        texts: Sequence[Words | None],
        mentioned: Sequence[Mentioned],
        subject: Identity | None,
    ) -> None:
        """Take the names in; whom a sentence is about is worked out when it is asked for."""
        super().__init__(texts, mentioned, subject)
        self._topics: dict[tuple[int, int], Identity | None] = {}
        self._hands_over: dict[tuple[int, int], Identity] = {}

    def topic(self, block: int, index: int) -> Identity | None:
        """Return whom the sentence of a word is about: the person before its verb, or "he"."""
        words = self.words(block)
        first, last = words.sentence(index)
        key = (block, first)
        if key not in self._topics:
            self._topics[key] = None  # while it is worked out
            self._topics[key] = self._find_topic(block, words, first, last)
        return self._topics[key]

    def whose(self, block: int, index: int, apart: Identity | None = None) -> Identity | None:
        """Return whom "he", "she", "his" or "her" at a word means; None where it is unsure.

        `apart` is somebody who cannot be meant.
        """
        words = self.words(block)
        word = words.words[index].lower()
        pronoun = PRONOUN_OF.get(word)
        if pronoun is None:
            return None
        before = self.ending(block, index - 1) if index else None
        both = "both" in words.words[max(0, index - 8) : index]
        if before is not None and words.words[index - 1] == "and" and before.who.is_person:
            owners = self.kin_of.get((block, before.shape.first), ())
            if both and len(owners) == 1:
                return owners[0]  # "both his brother Karl and his cousin"
            return before.who if self.agrees(before.who, pronoun) else None
        first, _ = words.sentence(index)
        is_owner = word in {"his", "her"}
        if is_owner:
            aside = (
                named_before_aside(self, block, index - 2)
                if words.words[index - 1] == "and"
                else None
            )
            if aside is not None and self.agrees(aside, pronoun):
                return aside  # "Kern, a retired captain, and his wife"
            apart = apart or described_by_owner(self, block, index)
        if (is_owner and self._is_parallel(words, first, index)) or (
            not is_owner and self._is_behind_front(words, first, index)
        ):
            return self.carried(block, first, pronoun)
        named = self._candidates(block, first, index, pronoun, apart, kin=is_owner)
        clause = words.words[max(first, index - FARTHEST_HIM) : index]
        if is_owner and word == "his" and named and "him" in clause and ";" not in clause:
            return None  # "Kern chose him over his brother": nothing says whose
        if len(named) > 1:
            known = [who for who in named if self.pronouns.get(who) is pronoun]
            return known[0] if len(known) == 1 and not is_owner else None
        if not named:
            verb = first_verb(words, first, index)
            if verb < index and role_before(words, first, verb):
                told = self.bearer(words.words[verb - 1].lower(), block, verb - 1)
                return told if self.agrees(told, pronoun) else None  # "the old king and his bride"
            who = self.carried(block, first, pronoun)
            return None if is_owner and self._is_kin_of_subject(block, first, who, pronoun) else who
        is_owner_only = all(
            words.words[mention.shape.last] in OWNS
            for mention in self.between(block, first, index)
            if mention.who is named[0]
        )
        earlier = any(words.words[at].lower() in _SUBJECTS[pronoun] for at in range(first, index))
        if not (is_owner_only or earlier):
            return named[0]
        carried = self.carried(block, first, pronoun)
        if earlier and not is_owner:
            return carried  # "She was trained by Kern, whom she married"
        is_plain = carried is None and not earlier
        return named[0] if is_plain or carried is named[0] else None

    def carried(self, block: int, first: int, pronoun: Pronoun | None) -> Identity | None:
        """Return whom a sentence goes on to tell of, that names nobody itself.

        Somebody who was named as a relative of another hands over to that other: behind "Her
        sister, Peggy, ran as well" an encyclopedia goes on about its subject.
        """
        words = self.words(block)
        if first > 0:
            earlier, _ = words.sentence(first - 1)
            topic = self.topic(block, earlier)
            topic = self._hands_over.get((block, earlier), topic)
            if topic is not None and self.agrees(topic, pronoun):
                return topic
            named = self._candidates(block, earlier, first, pronoun, None, kin=True)
            verb = first_verb(words, earlier, first)
            if verb < first and role_before(words, earlier, verb):
                return None  # "the king founded it when Kern was named": told of the king
            if len(named) == 1:
                return named[0]
            parents = self._parents_before(block, earlier, first) if len(named) > 1 else ()
            told = [who for who in parents if self.agrees(who, pronoun)]
            if len(told) == 1:
                return told[0]  # "They had two children: Jan and Ane. Her husband died"
            if named and self.subject not in named:
                return None
        return self.subject if self.agrees(self.subject, pronoun) else None

    def is_rivalled(self, block: int, index: int, who: Identity) -> bool:
        """Whether the sentence before names somebody else whom "he" could mean as well."""
        words = self.words(block)
        pronoun = PRONOUN_OF.get(words.words[index].lower())
        first, _ = words.sentence(index)
        if pronoun is None or first == 0:
            return False
        earlier, _ = words.sentence(first - 1)
        if pronoun is Pronoun.HE and "him" in words.words[earlier:first]:
            return True  # "A guard stabbed him. He died": the guard or the other
        unclear = self.unclear.get(block, ())
        if any(words.starts[earlier] <= start < words.starts[index] for start in unclear):
            return True  # a surname that several bear
        others = (*self.people(block, earlier, first), *self.people(block, first, index))
        return any(other is not who and self.agrees(other, pronoun) for other in others)

    def couple(self, block: int, index: int) -> tuple[Identity, ...]:
        """Return the two people whom "they", "their" or "the couple" at a word means; or none."""
        words = self.words(block)
        first, _ = words.sentence(index)
        for mention in self.between(block, first, index):
            owners = self.kin_of.get((block, mention.shape.first), ())
            near = words.words[max(first, mention.shape.first - FARTHEST_HIM) : mention.shape.first]
            if len(owners) == 1 and not {"husband", "wife"}.isdisjoint(near):
                return mention.who, owners[0]  # "with her husband, Kern, and their children"
        married = self._married(block, first, index)
        if married:
            return married
        of_two = self._parents_before(block, first, index)
        if of_two:
            return of_two
        named = self.people(block, first, index)
        if len(named) == 2:
            return tuple(named)
        if named or first == 0:
            return ()
        earlier, _ = words.sentence(first - 1)
        if tells_of_former_and_latter(words, earlier):
            return self.couple(block, earlier)
        married = self._married(block, earlier, first)
        if married:
            return married
        of_two = self._parents_before(block, earlier, first)
        if of_two:
            return of_two
        before = self.people(block, earlier, first)
        unclear = self.unclear.get(block, ())
        if any(words.starts[earlier] <= start < words.starts[first] for start in unclear):
            return ()  # "She married Otto, the son of Kern": which Otto is unclear
        if self._are_kin(block, earlier, first, before):
            return ()  # "She lived with her son Jan. The couple ..."
        topic = self.topic(block, first - 1)
        if len(before) == 1 and topic is not None and topic is not before[0]:
            before.insert(0, topic)
        elif len(before) == 1 and self.subject is not None and self.subject is not before[0]:
            before.insert(0, self.subject)
        elif not before and earlier > 0:
            return self.couple(block, earlier)
        return tuple(before) if len(before) == 2 else ()

    def _parents_before(self, block: int, first: int, index: int) -> tuple[Identity, ...]:
        """Return whom "their" before it meant in "Their son Jan was born, and their daughter"."""
        owners = [
            self.kin_of.get((block, mention.shape.first), ())
            for mention in self.between(block, first, index)
            if mention.who.is_person
        ]
        if owners and len(owners[-1]) == 2 and all(some == owners[-1] for some in owners):
            return owners[-1]
        return ()

    def _is_kin_of_subject(
        self, block: int, first: int, who: Identity | None, pronoun: Pronoun
    ) -> bool:
        """Whether the sentence before tells of the subject's son: "his" may be either's."""
        if first == 0 or who is None or who is self.subject:
            return False
        earlier, _ = self.words(block).sentence(first - 1)
        return self.agrees(self.subject, pronoun) and any(
            mention.who is who and self.subject in self.kin_of.get((block, mention.shape.first), ())
            for mention in self.between(block, earlier, first)
        )

    def _are_kin(self, block: int, first: int, last: int, named: Sequence[Identity]) -> bool:
        """Whether one of those named in a sentence is said there to be a relative of another."""
        owners = (
            self.kin_of.get((block, mention.shape.first), ())
            for mention in self.between(block, first, last)
        )
        told = self.topic(block, first)
        return any(who in named or who is told for some in owners for who in some)

    def _married(self, block: int, first: int, last: int) -> tuple[Identity, ...]:
        """Return two people of a sentence who are married, one of them perhaps "he" or "she"."""
        words = self.words(block)
        named = self.people(block, first, last)
        for who in named:
            for other in self.spouses.get(who, ()):
                if other in named:
                    return who, other
        topic = self.topic(block, first)
        told = list(dict.fromkeys([*named, *([topic] if topic is not None else [])]))
        near = {word.lower() for word in words.words[first:last]}
        opening = words.words[first].lower()
        if not told and opening in {"his", "her"} and words.words[first + 1] in {"husband", "wife"}:
            whose = self.carried(block, first, PRONOUN_OF[opening])
            told = [whose] if whose is not None else []  # "Her husband died. Their nephew ..."
        for who in told:
            spouses = self.spouses.get(who, ())
            if topic in spouses or (len(told) == 1 and not near.isdisjoint(_OF_MARRIAGE)):
                spouse = topic if topic in spouses else self._spouse(block, who, last)
                if spouse is not None:
                    return who, spouse
        return ()

    def _candidates(
        self,
        block: int,
        first: int,
        last: int,
        pronoun: Pronoun | None,
        apart: Identity | None,
        *,
        kin: bool,
    ) -> list[Identity]:
        """Return who is named between two words and agrees; with `kin`, for relatives whose."""
        found: dict[Identity, None] = {}
        for mention in self.between(block, first, last):
            who = mention.who
            owners = self.kin_of.get((block, mention.shape.first), ()) if kin else ()
            if len(owners) == 1 and self.agrees(owners[0], pronoun):
                # "Stefan, cousin of Casimir, and his son": nothing says whose
                behind = self.people(block, mention.shape.last, last)
                who = who if owners[0] in behind else owners[0]
            if who is not apart and self.agrees(who, pronoun):
                found[who] = None
        return list(found)

    @staticmethod
    def _is_parallel(words: Words, first: int, index: int) -> bool:
        """Whether "his sister" goes on with a sentence that began with "His brother Anton"."""
        texts = words.words
        same = texts[first].lower() == texts[index].lower() and first != index
        return same and is_kin(texts, first + 1) and is_kin(texts, index + 1)

    @staticmethod
    def _is_behind_front(words: Words, first: int, index: int) -> bool:
        """Whether only a phrase stands before "he": "The third son of Kern, he went to sea"."""
        if index == first or words.words[index - 1] != ",":
            return False
        return first_verb(words, first, index) == index

    def _spouse(self, block: int, who: Identity, before: int) -> Identity | None:
        """Return the spouse of somebody, the one last named before a word if there are several."""
        spouses = self.spouses.get(who, ())
        if len(spouses) == 1:
            return spouses[0]
        for at in range(block, -1, -1):
            for mention in reversed(self.mentions.get(at, [])):
                if mention.who in spouses and (at < block or mention.shape.first < before):
                    return mention.who
        return None

    def _find_topic(self, block: int, words: Words, first: int, last: int) -> Identity | None:
        verb = first_verb(words, first, last)
        for begin in main_clauses(words, first, last, verb):
            mention = self.beginning(block, begin)
            is_told = mention is not None and is_verb(words, mention.shape.last, last)
            if mention is not None and is_told and mention.who.is_person:
                return mention.who  # "When Kern came to Ebbing, Brandt was in Salz"
        before_verb = words.words[verb - 1].lower() if verb > first else ""
        if before_verb in {"he", "she"}:
            return self.carried(block, first, PRONOUN_OF[before_verb])
        if words.words[first].lower() in FRONTED and "," in words.words[first:verb]:
            begin = words.words.index(",", first)
            topic = self._subject_between(block, words, begin, verb, last)
            if topic is not None:
                return topic
        topic = self._subject_between(block, words, first, verb, last)
        if topic is None and words.words[first].lower() in FRONTED:
            for at in range(verb, last - 1):  # "When war was declared, he"
                if words.words[at] == "," and words.words[at + 1] in {"he", "she"}:
                    return self.carried(block, first, PRONOUN_OF[words.words[at + 1]])
        return topic

    def _subject_between(
        self, block: int, words: Words, first: int, verb: int, last: int
    ) -> Identity | None:
        opening = words.words[first].lower()
        begin, _ = words.sentence(first)
        is_unnamed = words.words[first + 1 : first + 2] and (
            not is_kin(words.words, first + 1) or words.words[first + 1] in PLURAL_KIN
        )
        is_of_him = opening in {"his", "her"} and begin == first and is_unnamed
        # "His pupils included Kern", "Her siblings included Kern": it tells of him, of her
        named = self.between(block, first, verb)
        if is_of_him and (not named or named[0].shape.first > first + FARTHEST_HIS):
            return self.carried(block, first, PRONOUN_OF[opening])
        for mention in named:
            start = mention.shape.first - len(mention.shape.titles)
            is_object = opening in FRONTED and words.words[start - 1] in _PREPOSITIONS
            if is_object and start - 1 > first:
                continue  # "When war against Kern was declared, he ..."
            after = words.words[mention.shape.last] if mention.shape.last < last else ""
            if mention.who.is_person and after not in OWNS:
                owners = self.kin_of.get((block, mention.shape.first), ())
                if not owners and opening in {"his", "her"} and begin == first:
                    owner = self.carried(block, begin, PRONOUN_OF[opening])
                    owners = (owner,) if owner is not None and owner is not mention.who else ()
                if len(owners) == 1 and owners[0].is_person:
                    self._hands_over[block, begin] = owners[0]
                return mention.who
        for at in range(first, min(verb + 1, last)):
            word = words.words[at].lower()
            is_his = word in {"his", "her"} and not is_kin(words.words, at + 1)
            if word in {"he", "she"} or (is_his and at > first):
                return self.carried(block, begin, PRONOUN_OF[word])  # "Among his pupils were"
        if verb < last and role_before(words, first, verb):
            return self.bearer(words.words[verb - 1].lower(), block, verb - 1)
        for at in range(verb + 1, min(verb + 3, last)):
            pronoun = PRONOUN_OF.get(words.words[at].lower())
            if pronoun is not None:  # "A scholarship took him to Ebbing"
                return self.carried(block, begin, pronoun)
        return None

    def forget_topics(self) -> None:
        """Work out anew whom each sentence is about: more is known of who is he and who she."""
        self._topics.clear()
        self._hands_over.clear()
