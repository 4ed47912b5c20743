"""Whom "he", "his wife" and "the city" mean at a place of the article, where that is plain.

The habit of encyclopedias decides: a pronoun goes on with the subject of the sentence before; where
that is nobody, with the article's subject. What is known of somebody's pronoun must agree.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from knowledge.compiler.cast import PRONOUN_OF, Pronoun
from knowledge.compiler.lifetimes import may_be_meant
from knowledge.compiler.named_places import CAPITAL_BEFORE
from knowledge.compiler.people_words import is_role
from knowledge.compiler.topics import KIN_BEFORE, Topics
from knowledge.model import EntityKind, HistoricalDate, Span

_SPOUSE = re.compile(
    r"\b(?:his wife|her husband|the couple|their (?:son|daughter|children))\b", re.IGNORECASE
)
_PERSONAL = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_WOMEN = frozenset("sister daughter mother wife aunt niece granddaughter widow".split())
_CLOSE = frozenset("son daughter brother sister".split())
_REACH = 3000
"""Characters back in which a pronoun or "the miller" can have been introduced."""
_FRONTED = re.compile(r"(?:In|At|On|With|After|Before|During|Despite|Through|By|For|To)\s[^,;]*$")
_BURIED = re.compile(r"\s(?:was|is)\s(?:buried|interred|cremated|laid)\b")
_DIED = re.compile(r"\b(?:died|drowned|was killed|was shot)\b")
_KIN_BEHIND = re.compile(r"\s+(?:[a-z]+\s)?(?:father|mother|parents|brother|sister|siblings)\b")
_KIN_OF = re.compile(
    r", (?:[a-z]+ ){0,4}(?:daughter|son|sister|brother|widow|wife|niece|cousin) of "
    r"(?:the )?(?:[a-z]+ ){0,2}$"
)
_LONGEST_KIN = 60
_BORE = re.compile(r"\b(?:bore|borne)\s$")
_LONGEST_BORE = 7
_DONE_BY_NAME = re.compile(r"\bby\s(?:[a-zA-ZÀ-Þ]\w+\s)?$")
_SHIP_REACH = 4
"""Sentences back in which the ship that "she" means was named."""


class References(Topics):
    """Who is meant by what, in one article with its cast."""

    def who(
        self,
        block: int,
        at: int,
        word: str,
        *,
        is_object: bool = False,
        actor: int | None = None,
        when: HistoricalDate | None = None,
    ) -> int | None:
        """Return whom a personal pronoun at an offset means; none where nobody agrees with it.

        `actor` is who acts on an object ("X dismissed him"), and is not meant by it. `when` is the
        day that is told: who was dead or unborn then does nothing.
        """
        spans = self.sentences(block)
        index = self._sentence_at(spans, at)
        here = self._persons(block, spans[index].start, at)
        before = self._persons(block, *spans[index - 1]) if index else []
        subject = self.cast.subject
        text = self.article.blocks[block].text
        if word in ("she", "her") and (ship := self._ship_before(block, index, at)) is not None:
            return ship
        candidates: list[int | None] = []
        if not here and word in ("his", "her") and not is_object:
            candidates.append(self._named_behind(block, index, at))
        if here and (own := self._topic(block, index)) in here:
            candidates.append(own)
        if (
            here
            and word in ("his", "her")
            and not is_object
            and self._own_topic_of(block, index) == ""
        ):
            first = self.named(block, spans[index].start, at)[0].start
            if not _PERSONAL.search(self.article.blocks[block].text, spans[index].start, first):
                candidates += reversed(here)
        if is_object:
            if actor is not None and _BORE.search(text, max(0, at - _LONGEST_BORE), at):
                candidates.append(self.spouse(actor))
            candidates += [subject] if subject in here else []
            candidates += self._parents_last(block, spans[index].start, at)
            candidates += [subject] if subject in before else []
        if subject in here and not is_object:
            candidates.append(subject)
        if index and self._is_told_of_another(block, index - 1, word):
            told = self._topic(block, index - 1)
            candidates += [person for person in reversed(before) if person != told]
        elif index:
            topic = self._topic(block, index - 1)
            if (
                topic is None
                or at == spans[index].start
                or self._goes_on_with(block, index - 1, topic)
            ):
                candidates.append(topic)
        candidates.append(subject)
        near = spans[max(0, index - 1)].start
        candidates += reversed(self._persons(block, near, at))
        candidates += [
            person
            for person in reversed(self._persons(block, max(0, at - _REACH), near))
            if self.cast.entities[person].pronoun is not None
        ]
        candidates = self._likelier_first(candidates, word)
        if (agent := self._agent_before(block, spans[index].start, at, word)) is not None:
            candidates.insert(0, agent)
        of_kin = not is_object and _KIN_BEHIND.match(
            self.article.blocks[block].text, at + len(word)
        )
        for candidate in candidates:
            if candidate is None or (is_object and candidate == actor):
                continue
            if of_kin and candidate not in here and self.is_close_kin(candidate, block, at):
                continue  # a child's brother would be called the subject's son
            if when is not None and not self._lives(candidate, block, at, word, when):
                continue
            if self.agrees(candidate, word):
                return candidate
        is_ship = word in ("she", "her") and self._may_be_she()
        return subject if is_ship else None

    def _likelier_first(self, candidates: list[int | None], word: str) -> list[int | None]:
        """Return whom a pronoun may mean, in the life of a woman those last who may be men.

        "She" is rarely somebody of whom no "she" was ever said, where it is the subject's word.
        """
        subject = self.cast.subject
        about = self.subject
        if about is None or about.pronoun is not Pronoun.SHE or word not in ("she", "her"):
            return candidates
        sure = [
            person
            for person in candidates
            if person is not None and (person == subject or self._is_woman(person))
        ]
        return [*sure, *candidates]

    def _is_woman(self, person: int) -> bool:
        """Whether the text calls somebody "she", or a sister, daughter or wife."""
        entity = self.cast.entities[person]
        return entity.pronoun is Pronoun.SHE or any(r.kind in _WOMEN for r in entity.relations)

    def _parents_last(self, block: int, start: int, at: int) -> list[int]:
        """Return whom "her" may mean, the last named first: of "Ada, daughter of Otto", Ada."""
        text = self.article.blocks[block].text
        places = [p for p in self.named(block, start, at) if self.is_person(p.entity)]
        told: list[int] = []
        aside: list[int] = []
        for place in reversed(places):
            lead = text[max(start, place.start - _LONGEST_KIN) : place.start]
            (aside if _KIN_OF.search(lead) else told).append(place.entity)
        return [*told, *aside]

    def _agent_before(self, block: int, start: int, at: int, word: str) -> int | None:
        """Return X of "It was unveiled by X on 3 May; she": who acts in the part before."""
        text = self.article.blocks[block].text
        if word not in ("he", "she") or not text[start:at].endswith("; "):
            return None
        if _BURIED.match(text, at + len(word)) and _DIED.search(text, start, at):
            here = self._persons(block, start, at)
            return here[-1] if here and self.agrees(here[-1], word) else None
        if self._own_topic_at(block, start) != "":
            return None
        agents = [
            place.entity
            for place in self.named(block, start, at)
            if self.is_person(place.entity) and _DONE_BY_NAME.search(text, start, place.start)
        ]
        return agents[0] if len(agents) == 1 else None

    def _named_behind(self, block: int, index: int, at: int) -> int | None:
        """Return X of "In a letter to her sister X complained": the subject that follows."""
        span = self.sentences(block)[index]
        if not _FRONTED.match(self.article.blocks[block].text, span.start, at):
            return None
        own = self._own_topic_of(block, index)
        first = next(
            (p for p in self.named(block, at, span.stop) if self.is_person(p.entity)), None
        )
        return own if isinstance(own, int) and first is not None and first.entity == own else None

    def is_topic(self, block: int, at: int, person: int) -> bool:
        """Whether a sentence named somebody before an offset, and is about them."""
        spans = self.sentences(block)
        index = self._sentence_at(spans, at)
        named = person in self._persons(block, spans[index].start, at)
        return named and self._own_topic_of(block, index) == person

    def _own_topic_at(self, block: int, start: int) -> int | str:
        return self._own_topic_of(block, self._sentence_at(self.sentences(block), start))

    def _is_told_of_another(self, block: int, index: int, word: str) -> bool:
        """Whether a sentence goes on with "he", so that "she" in the next is somebody else."""
        own = self._own_topic_of(block, index)
        return (
            isinstance(own, str) and own != "" and PRONOUN_OF.get(own) is not PRONOUN_OF.get(word)
        )

    def _lives(self, person: int, block: int, at: int, word: str, when: HistoricalDate) -> bool:
        """Whether somebody can have done or had what is told of a day, as far as is known."""
        text = self.article.blocks[block].text
        return may_be_meant(self.cast.entities[person], word, text[at + len(word) :][:60], when)

    def is_close_kin(self, person: int, block: int, at: int) -> bool:
        """Whether somebody is a child, brother or sister of the person whom the article is about.

        What is known says it, or the words before their name: "Their daughter X was born".
        """
        if person in self._close_kin:
            return True
        text = self.article.blocks[block].text
        return any(
            place.entity == person
            and KIN_BEFORE.search(text, max(0, place.start - 60), place.start)
            for place in self.named(block, max(0, at - _REACH), at)
        )

    @cached_property
    def _close_kin(self) -> frozenset[int]:
        """Return the children, brothers and sisters of the person whom the article is about."""
        return frozenset(
            other
            for other, entity in enumerate(self.cast.entities)
            if any(r.to == self.cast.subject and r.kind in _CLOSE for r in entity.relations)
        )

    def _may_be_she(self) -> bool:
        """Whether the article is about a ship, a country or a town."""
        about = self.subject
        return about is not None and about.kind in (EntityKind.SHIP, EntityKind.PLACE)

    def _ship_before(self, block: int, index: int, at: int) -> int | None:
        """Return the ship that "she" means: the last one named before, if no woman is since."""
        if self.subject is not None and self.subject.pronoun is Pronoun.SHE:
            return None
        start = self.sentences(block)[max(0, index - _SHIP_REACH)].start
        for place in reversed(self.named(block, start, at)):
            entity = self.cast.entities[place.entity]
            if entity.kind is EntityKind.SHIP:
                return place.entity
            if entity.pronoun is Pronoun.SHE:
                return None
        return None

    def relative(self, person: int, noun: str) -> int | None:
        """Return who is a person's "father" or "deputy", if the cast knows of just one."""
        found = self._relatives.get((noun, person), ())
        return found[0] if len(found) == 1 else None

    @cached_property
    def _relatives(self) -> dict[tuple[str, int], list[int]]:
        found: dict[tuple[str, int], list[int]] = {}
        for index, entity in enumerate(self.cast.entities):
            for relation in entity.relations:
                found.setdefault((relation.kind, relation.to), []).append(index)
        return found

    def is_spoken_of(self, block: int, start: int, stop: int) -> bool:
        """Whether text[start:stop] of a block names the article's subject, or means it."""
        subject = self.cast.subject
        if subject is None or not self._is_about_a_person():
            return False
        text = self.article.blocks[block].text
        return any(place.entity == subject for place in self.named(block, start, stop)) or any(
            self.who(block, match.start(), match[0].lower()) == subject
            for match in _PERSONAL.finditer(text, start, stop)
        )

    def pair(self, block: int, at: int) -> tuple[int, int] | None:
        """Return the two people that "they" or "the couple" means; none where there aren't two."""
        spans = self.sentences(block)
        index = self._sentence_at(spans, at)
        own = list(dict.fromkeys(self._persons(block, spans[index].start, at)))
        if len(own) == 2:
            return own[0], own[1]
        for before in range(index - 1, max(-1, index - 3), -1):
            text = self.article.blocks[block].text
            people = list(
                dict.fromkeys(
                    place.entity
                    for place in self.named(block, *spans[before])
                    if self.is_person(place.entity)
                    and text[place.stop : place.stop + 1] not in "'’"
                )
            )
            topic = self._topic(block, before)
            by_pronoun = self._own_topic_of(block, before) in ("he", "she")
            if topic is not None and topic not in people and (by_pronoun or len(people) == 1):
                people = [topic, *people[:1]]  # "He met X, the sister of Y. They ..."
            elif (
                len(people) == 1
                and (subject := self.cast.subject) is not None
                and subject != people[0]
                and topic == people[0]
                and self.is_person(subject)
            ):
                people = [subject, people[0]]
            if len(people) == 2:
                return people[0], people[1]
            if len(people) > 2:
                return None
        return None

    def spouses(self, block: int, at: int) -> tuple[int, int] | None:
        """Return the article's subject and their spouse, where the text just spoke of both."""
        subject = self.cast.subject
        if subject is None or not self._is_about_a_person():
            return None
        spans = self.sentences(block)
        index = self._sentence_at(spans, at)
        begin = spans[max(0, index - 3)].start
        if not _SPOUSE.search(self.article.blocks[block].text, begin, at):
            return None
        other = self.spouse(subject)
        if other is None:  # of several, the one who was named last
            near = reversed(self._persons(block, begin, at))
            other = next((one for one in near if one in self.spouses_of(subject)), None)
        return None if other is None else (subject, other)

    def introduced(self, block: int, at: int, noun: str) -> int | None:
        """Return the person whom "the miller" means: the last one called "the miller X" before."""
        only = self._titled.get(noun) if is_role(noun) else None
        if only is not None and len(only) == 1:
            return next(iter(only))
        text = self.article.blocks[block].text
        for place in reversed(self.named(block, max(0, at - _REACH), at)):
            if not self.is_person(place.entity):
                continue
            before = f" {text[max(0, place.start - len(noun) - 2) : place.stop]} ".lower()
            behind = re.match(r",\s+(?:a|an|the|then)\s+([^,.;()]{1,60})", text[place.stop : at])
            if f" {noun} " in before or (behind and noun in behind[1].split()):
                return place.entity
        return None

    @cached_property
    def _titled(self) -> dict[str, set[int]]:
        """Return who is called "Marshal X" in the article, by the word in lower case."""
        found: dict[str, set[int]] = {}
        for place in self.cast.named:
            if not self.is_person(place.entity):
                continue
            text = self.article.blocks[place.block].text
            lead = CAPITAL_BEFORE.search(text, max(0, place.start - 24), place.start)
            for word in {text[place.start : place.stop].split(" ", 1)[0], lead[1] if lead else ""}:
                if is_role(word.lower()):
                    found.setdefault(word.lower(), set()).add(place.entity)
        return found

    @staticmethod
    def _sentence_at(spans: list[Span], at: int) -> int:
        return max(0, bisect_right(spans, at, key=lambda span: span.start) - 1)
