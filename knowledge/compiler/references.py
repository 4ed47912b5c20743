"""Whom "he", "his wife" and "the city" mean at a place of the article, where that is plain.

The habit of encyclopedias decides: a pronoun goes on with the subject of the sentence before; where
that is nobody, with the article's subject. What is known of somebody's pronoun must agree.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from knowledge.compiler.cast import Cast, FoundEntity, NamedPlace, Pronoun
from knowledge.compiler.people_words import is_role
from knowledge.compiler.sentence_spans import sentence_spans
from knowledge.compiler.subject_range import subject_range
from knowledge.compiler.tokens import COORDINATORS, PREPOSITIONS, finite_verb, tokenize
from knowledge.compiler.verb_forms import BE
from knowledge.model import EntityKind, Span
from knowledge.readers.article import Article, Role

_PRONOUN_OF = {
    "he": Pronoun.HE,
    "him": Pronoun.HE,
    "his": Pronoun.HE,
    "himself": Pronoun.HE,
    "she": Pronoun.SHE,
    "her": Pronoun.SHE,
    "hers": Pronoun.SHE,
    "herself": Pronoun.SHE,
}
PERSONAL = frozenset(_PRONOUN_OF)
_SPOUSE = re.compile(
    r"\b(?:his wife|her husband|the couple|their (?:son|daughter|children))\b", re.IGNORECASE
)
_PERSONAL = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_MARRIED = frozenset({"wife", "husband", "spouse"})
_WORDS = re.compile(r"[^\W\d_]+")
_HIM = re.compile(r"\bhim\b|\bher(?=[.,;]| (?:to|in|on|at|for|from|with|as|and|into)\b)")
_CHILDREN = {"boy": Pronoun.HE, "girl": Pronoun.SHE}
_AGES = frozenset("young younger future old elderly ageing aging ailing exiled deposed".split())
_DEFINED = re.compile(
    r"\b(?:was|is|were|are) (?:an?|the|one of the) ([^,.;:()]*?)(?=[,.;:()]|\s(?:of|in|on|at|by|for"
    r"|with|from|who|which|that|to|known|and the)\b|$)"
)
_REACH = 3000
"""Characters back in which a pronoun or "the miller" can have been introduced."""
_SHIP_REACH = 4
"""Sentences back in which the ship that "she" means was named."""
_TOPIC_HEAD = 160
"""Characters of a sentence in which its subject and verb are looked for."""

_GENERIC = {
    EntityKind.PLACE: (
        "city town village port settlement municipality borough suburb commune capital"
    ),
    EntityKind.ORGANISATION: (
        "club company party band school league union bank society order team group orchestra"
        " newspaper firm association federation organisation organization college university"
        " institute academy museum theatre theater ensemble congregation regiment army"
    ),
    EntityKind.WORK: (
        "book novel film opera play song album work painting symphony poem ballet newspaper"
        " magazine journal series musical"
    ),
    EntityKind.SHIP: "ship vessel frigate liner steamer schooner yacht submarine destroyer cruiser",
    EntityKind.TREATY: "treaty agreement pact convention",
    EntityKind.BATTLE: "battle siege",
    EntityKind.TRIAL: "trial",
    EntityKind.EVENT: "war strike flood expedition congress games revolt rebellion",
}
_GENERIC_WORDS = {kind: frozenset(words.split()) for kind, words in _GENERIC.items()}


def _opening_entity(article: Article, cast: Cast) -> int | None:
    """Return whom the article's first sentence begins with, where the cast knows no subject."""
    first = next((i for i, block in enumerate(article.blocks) if block.role is Role.PROSE), None)
    if first is None or article.blocks[first].section:
        return None
    place = next((place for place in cast.named if place.block == first), None)
    return place.entity if place is not None and place.start <= _OPENING else None


_LONE_NAME = re.compile(
    r"(?<![\w'’\"“-])(?<![A-ZÀ-Þ]\. )([A-ZÀ-Þ][^\W\d_]+)(?!\w|[-–]\w| [A-ZÀ-Þ])"
)
_CAPITAL_BEFORE = re.compile(r"(?<!\w)([A-ZÀ-Þ](?:\w+|\.)?)\s$")
_OPENING_WORDS = PREPOSITIONS | COORDINATORS | frozenset("when while although though".split())
_NUMERAL = re.compile(r"[IVX]+")
_SUBORDINATE = re.compile(
    r"(?:After|When|While|Before|Although|Though|Because|Since|As|If|Once|Until|Whereas)\s[^,]*\b"
    r"(?:was|were|had|did|could|would|[a-z]+ed)\b"
)
_DONE_BY = re.compile(r"\bby\s(?:the\s)?(?:[A-ZÀ-Þ]\w+\s){0,2}$")
_JOINT = re.compile(r"(?:; |, and |, but |, while )")
_NEAR = 4
_LONGEST_LEAD = 30
_GOVERNED = re.compile(
    r"\b(?:of|with|by|to|for|from|under|against)\s(?:the\s)?(?:[A-ZÀ-Þ]\w+\s){0,2}$"
)
_OPENING = len("The Honourable Sir ")
"""Where the name that an article is about begins at the latest."""


class References:
    """Who is meant by what, in one article with its cast."""

    def __init__(self, article: Article, cast: Cast) -> None:
        self.article = article
        subject = cast.subject if cast.subject is not None else _opening_entity(article, cast)
        self.cast = replace(cast, subject=subject)
        self._topics: dict[tuple[int, int], int | None] = {}
        self._own_topics: dict[tuple[int, int], int | str] = {}
        self._sentences: dict[int, list[Span]] = {}
        self._named: dict[int, list[NamedPlace]] = {}
        self._completed: dict[int, list[NamedPlace]] = {}
        for place in cast.named:
            self._named.setdefault(place.block, []).append(place)

    @cached_property
    def subject(self) -> FoundEntity | None:
        """Return the entity that the article is about."""
        return None if self.cast.subject is None else self.cast.entities[self.cast.subject]

    @cached_property
    def title(self) -> str:
        """Return the article's title where the cast has no entity for it, else nothing."""
        return "" if self.cast.subject is not None else self.article.title.partition(" (")[0]

    def spouse(self, person: int) -> int | None:
        """Return who is married to a person, if the cast knows of just one."""
        entities = self.cast.entities
        found = {
            other
            for other, entity in enumerate(entities)
            if any(r.kind in _MARRIED and r.to == person for r in entity.relations)
        } | {r.to for r in entities[person].relations if r.kind in _MARRIED}
        return found.pop() if len(found) == 1 else None

    def sentences(self, block: int) -> list[Span]:
        """Return the spans of a block's sentences."""
        if block not in self._sentences:
            self._sentences[block] = sentence_spans(self.article.blocks[block].text)
        return self._sentences[block]

    def is_person(self, entity: int) -> bool:
        """Whether an entity is a person."""
        return self.cast.entities[entity].kind is EntityKind.PERSON

    def named(self, block: int, start: int, stop: int) -> list[NamedPlace]:
        """Return the places in text[start:stop] of a block where entities are named, in order."""
        places = self._places(block)
        first = bisect_left(places, start, key=lambda place: place.start)
        found = []
        for place in places[first:]:
            if place.start >= stop:
                break
            if place.stop <= stop:
                found.append(place)
        return found

    def _places(self, block: int) -> list[NamedPlace]:
        """Return where a block names somebody, and where a surname alone stands that is theirs."""
        if block not in self._completed:
            known = self._named.get(block, [])
            taken = [range(place.start, place.stop) for place in known]
            text = self.article.blocks[block].text
            added = []
            for match in _LONE_NAME.finditer(text):
                entity = self._surnames.get(match[1], self._last_bearer(match, known))
                if entity is None or any(match.start() in one for one in taken):
                    continue
                before = _CAPITAL_BEFORE.search(text, max(0, match.start() - 24), match.start())
                if before and before[1].lower() not in _OPENING_WORDS:
                    continue  # a first name, a title: somebody else's surname
                added.append(NamedPlace(block, match.start(1), match.end(1), entity))
            self._completed[block] = sorted([*known, *added], key=lambda place: place.start)
        return self._completed[block]

    @cached_property
    def _spouse_name(self) -> tuple[str, int | None]:
        """Return the surname of the article's subject's wife or husband, and who that is."""
        subject = self.cast.subject
        other = self.spouse(subject) if subject is not None else None
        if subject is None or other is None:
            return "", None
        name = self.cast.entities[other].name
        shared = self.cast.entities[subject].name.endswith(f" {name.rsplit(' ', 1)[-1]}")
        return ("", None) if shared or " " not in name else (name.rsplit(" ", 1)[-1], other)

    def _last_bearer(self, match: re.Match[str], known: Sequence[NamedPlace]) -> int | None:
        """Return who was last named in full by a surname that several bear, in the same block."""
        for place in reversed(known):
            if place.start < match.start() and self.is_person(place.entity):
                name = self.cast.entities[place.entity].name
                if name.endswith(f" {match[1]}"):
                    return place.entity
        surname, spouse = self._spouse_name
        return spouse if match[1] == surname else None

    @cached_property
    def _surnames(self) -> dict[str, int]:
        """Return whose a surname is that stands alone, though others bear it, too.

        It is theirs whom the article calls so; if it calls nobody so, its subject's.
        """
        bearers: dict[str, list[int]] = {}
        for index, entity in enumerate(self.cast.entities):
            for alias in entity.aliases if entity.kind is EntityKind.PERSON else ():
                if " " not in alias and entity.name.endswith(f" {alias}"):
                    bearers.setdefault(alias, []).append(index)
        surnames = {alias: found[0] for alias, found in bearers.items() if len(found) == 1}
        subject = self.cast.subject
        if (
            subject is not None
            and self._is_about_a_person()
            and " " in self.cast.entities[subject].name
        ):
            own = self.cast.entities[subject].name.rsplit(" ", 1)[-1]
            if own not in bearers and not _NUMERAL.fullmatch(own):
                surnames[own] = subject
        return surnames

    def agrees(self, entity: int, word: str) -> bool:
        """Whether an entity can be meant by a pronoun, as far as is known."""
        if not self.is_person(entity):
            is_ship = self.cast.entities[entity].kind is EntityKind.SHIP
            return is_ship and word in ("she", "her") and entity == self.cast.subject
        known = self.cast.entities[entity].pronoun
        return known is None or known is _PRONOUN_OF.get(word, known)

    def who(
        self,
        block: int,
        at: int,
        word: str,
        *,
        is_object: bool = False,
        actor: int | None = None,
    ) -> int | None:
        """Return whom a personal pronoun at an offset means; none where nobody agrees with it.

        `actor` is who acts on an object ("X dismissed him"), and is not meant by it.
        """
        spans = self.sentences(block)
        index = self._sentence_at(spans, at)
        here = self._persons(block, spans[index].start, at)
        before = self._persons(block, *spans[index - 1]) if index else []
        subject = self.cast.subject
        if word in ("she", "her") and (ship := self._ship_before(block, index, at)) is not None:
            return ship
        candidates: list[int | None] = []
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
            candidates += [subject] if subject in here else []
            candidates += reversed(here)
            candidates += [subject] if subject in before else []
        if index:
            candidates.append(self._topic(block, index - 1))
        candidates.append(subject)
        near = spans[max(0, index - 1)].start
        candidates += reversed(self._persons(block, near, at))
        candidates += [
            person
            for person in reversed(self._persons(block, max(0, at - _REACH), near))
            if self.cast.entities[person].pronoun is not None
        ]
        for candidate in candidates:
            if candidate is None or (is_object and candidate == actor):
                continue
            if self.agrees(candidate, word):
                return candidate
        is_ship = word in ("she", "her") and subject is not None and not self.is_person(subject)
        return subject if is_ship else None

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
        found = [
            other
            for other, entity in enumerate(self.cast.entities)
            if any(r.kind == noun and r.to == person for r in entity.relations)
        ]
        return found[0] if len(found) == 1 else None

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
        return None if other is None else (subject, other)

    def described(self, words: list[str]) -> int | None:
        """Return the article's subject where "the" and these words can only mean it."""
        subject = self.subject
        if subject is None or not words:
            return None
        noun = words[-1]
        name = " ".join(subject.name.split()[1:])
        known = {*_WORDS.findall(f"{subject.description} {name}".lower()), *self._lead_words}
        if words[0] in _AGES and subject.kind is EntityKind.PERSON and is_role(noun):
            return self.cast.subject  # "the young officer" of an admiral's life
        if noun in _CHILDREN and subject.pronoun is _CHILDREN[noun]:
            return self.cast.subject
        fits = noun in known or noun in _GENERIC_WORDS.get(subject.kind, ())
        if subject.name.lower().startswith("the ") and noun == subject.name.lower().split()[-1]:
            fits = True
        return self.cast.subject if fits else None

    @cached_property
    def _lead_words(self) -> frozenset[str]:
        """Return what the article's first sentence says its subject is: "Danish general"."""
        first = next((i for i, b in enumerate(self.article.blocks) if b.role is Role.PROSE), None)
        if first is None or self.article.blocks[first].section:
            return frozenset()
        start, stop = self.sentences(first)[0]
        said = _DEFINED.search(self.article.blocks[first].text, start, stop)
        return frozenset(_WORDS.findall(said[1].lower())) if said else frozenset()

    def introduced(self, block: int, at: int, noun: str) -> int | None:
        """Return the person whom "the miller" means: the last one called "the miller X" before."""
        if (only := self._titled.get(noun)) is not None and len(only) == 1:
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
            lead = _CAPITAL_BEFORE.search(text, max(0, place.start - 24), place.start)
            for word in {text[place.start : place.stop].split(" ", 1)[0], lead[1] if lead else ""}:
                if is_role(word.lower()):
                    found.setdefault(word.lower(), set()).add(place.entity)
        return found

    def _is_about_a_person(self) -> bool:
        return self.cast.subject is not None and self.is_person(self.cast.subject)

    def _persons(self, block: int, start: int, stop: int) -> list[int]:
        return [p.entity for p in self.named(block, start, stop) if self.is_person(p.entity)]

    @staticmethod
    def _sentence_at(spans: list[Span], at: int) -> int:
        return max(0, bisect_right(spans, at, key=lambda span: span.start) - 1)

    def _own_topic_of(self, block: int, index: int) -> int | str:
        """Return a sentence's own topic, asked of it once."""
        key = block, index
        if key not in self._own_topics:
            self._own_topics[key] = self._own_topic(block, self.sentences(block)[index])
        return self._own_topics[key]

    def _topic(self, block: int, index: int) -> int | None:
        """Return the person whom a sentence is about, carried on from the ones before it.

        Sentences are asked backwards, only as far as needed, and remembered.
        """
        waiting: list[tuple[int, str]] = []
        topic: int | None = None
        while index >= 0:
            if (block, index) in self._topics:
                topic = self._topics[block, index]
                break
            own = self._own_topic_of(block, index)
            if isinstance(own, int):
                topic = self._topics[block, index] = own
                break
            waiting.append((index, own))
            index -= 1
        for at, pronoun in reversed(waiting):
            if pronoun and (topic is None or not self.agrees(topic, pronoun)):
                subject = self.cast.subject
                topic = subject if subject is not None and self.agrees(subject, pronoun) else topic
            self._topics[block, at] = topic
        return topic

    def _last_to_act(self, block: int, span: Span) -> int | str:
        """Return the subject of the last clause that begins with a name, else ""."""
        text = self.article.blocks[block].text
        for joint in reversed(list(_JOINT.finditer(text, *span))):
            people = self.named(block, joint.end(), min(span.stop, joint.end() + _TOPIC_HEAD))
            first = people[0] if people else None
            if first and first.start - joint.end() < _NEAR and self.is_person(first.entity):
                return first.entity
        return ""

    @staticmethod
    def _main_clause(text: str, start: int, stop: int) -> int:
        """Return where the main clause begins behind "After X had offered to pay, a panel met"."""
        if not _SUBORDINATE.match(text, start, stop):
            return start
        comma = text.find(", ", start, stop)
        return start if comma < 0 else comma + 2

    def _before_aside(self, text: str, block: int, start: int, verb: int) -> NamedPlace | None:
        """Return X of "X, brother of Y, refused": nobody in an aside is what the story is about."""
        before = text[start:verb].rstrip()
        if not before.endswith(","):
            return None
        for place in self.named(block, start, start + len(before)):
            lead = text[max(start, place.start - _LONGEST_LEAD) : place.start]
            if self.is_person(place.entity) and text[place.stop : place.stop + 2] == ", ":
                return None if _GOVERNED.search(lead) else place
        return None

    def _own_topic(self, block: int, span: Span) -> int | str:
        """Return the person who is a sentence's subject, else its subject's pronoun or ""."""
        text = self.article.blocks[block].text
        head = min(span.stop, span.start + _TOPIC_HEAD)
        semicolon = text.find(";", span.start, head)
        head = semicolon if semicolon > 0 else head
        subject_person = self.cast.subject if self._is_about_a_person() else None
        if not self._persons(block, span.start, head):
            if subject_person is not None and _HIM.search(text, *span):
                return subject_person
            return self._last_to_act(block, span)
        tokens = tokenize(text, self._main_clause(text, span.start, head), head, ())
        verb = finite_verb(tokens, 0, len(tokens))
        if verb is None:
            return ""
        subject = subject_range(tokens, 0, verb)
        begin = tokens[subject[0]].start if subject else span.start
        if subject and tokens[subject[0]].word in _PRONOUN_OF:
            return tokens[subject[0]].word
        places = [
            place
            for place in self.named(block, begin, tokens[verb].start)
            if self.is_person(place.entity)
        ]
        plain = [
            place
            for place in places
            if text[place.stop : place.stop + 1] not in ("'", "’")
            and not _GOVERNED.search(
                text, max(span.start, place.start - _LONGEST_LEAD), place.start
            )
        ]
        if aside := self._before_aside(text, block, span.start, tokens[verb].start):
            plain = [aside]
        if plain and subject_person is not None and _HIM.search(text, tokens[verb].stop, span.stop):
            return subject_person  # "the manager benched him": the story goes on with him
        if plain:
            together = " and " in text[plain[0].stop : plain[-1].start]
            return plain[0].entity if together else plain[-1].entity
        if places and tokens[verb].word in BE:
            after = self._persons(block, tokens[verb].stop, head)
            return after[0] if after else places[0].entity
        acting = [p for p in places if not _DONE_BY.search(text, max(0, p.start - 30), p.start)]
        return acting[0].entity if acting else self._last_to_act(block, span)
