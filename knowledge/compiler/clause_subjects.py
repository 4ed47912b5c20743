"""Who or what a clause's subject is, in words that stand on their own."""

from __future__ import annotations

import re

from knowledge.compiler.chunks import Shape
from knowledge.compiler.named_places import PERSONAL
from knowledge.compiler.people_words import is_role
from knowledge.compiler.spoken_things import NO_ANTECEDENT, SpokenThings, is_plural
from knowledge.compiler.tokens import DATE, DETERMINERS, PREPOSITIONS, Token
from knowledge.compiler.wording import Piece, Words, possessive
from knowledge.model import EntityKind, HistoricalDate, Span

_PAIRS = ("the couple", "the two", "both", "the pair", "the brothers", "the sisters")
_PARTING = frozenset("divorced separated divorce wed".split())
_FARTHEST_MANY = 3
"""Sentences back in which those can be named who are "they" in each one behind it."""
_GROUPS = frozenset("club team side band group crew choir orchestra company squad".split())
"""Nouns that "they" goes on with, in the same sentence."""
_LONGEST_OWNER = 40
_OWNED = re.compile(r"['’]s?$")
_TITLE = re.compile(r"(?!The )[A-ZÀ-Þ][\w’']*(?: [A-ZÀ-Þ][\w’']*)+")


class Subjects(SpokenThings):
    """The subjects of one sentence; `before` gives the sentence before it, if there is one."""

    def pieces(self, tokens: tuple[int, int], *, not_subject: bool = False) -> list[Piece]:
        """Return the pieces that name a subject; its own span where that is good as it stands.

        `not_subject` says that the words were no subject in their sentence: of "her pupil Lucy
        Strand" the name is enough.
        """
        span = self.span(tokens)
        words = self.text(tokens)
        plain = words.lower()
        if plain in _PAIRS:
            return [self._pair(span) or span]
        if plain == "they":
            return [self._couple(span) if self._are_a_couple(tokens[1]) else self._many(span)]
        if plain in ("the former", "the latter"):
            pair = self.references.pair(self.block, self.tokens[0].start)
            return [self._named(pair[plain == "the latter"])] if pair else [span]
        if plain == "it":
            return [self._it(tokens[0], span)]
        if plain in ("this", "these", "that"):
            return [self._spoken_of() or span]
        if apposed := self._apposed_name(tokens):
            return [apposed]
        if plain.startswith("its ") and not not_subject:
            return self._of_it(tokens, span)
        if plain in ("his wife", "her husband"):
            who = self.references.who(self.block, span.start, plain.split()[0])
            spouse = self.references.spouse(who) if who is not None else None
            if spouse is not None:
                return [self._named(spouse)]
        if plain.startswith(("his ", "her ", "their ", "its ")) and not_subject:
            places = self.references.named(self.block, *span)
            if places and places[-1].stop == span.stop:
                return [Span(places[-1].start, span.stop)]
        named = self._described(tokens, span)
        if named == span and (name := self._name_behind(tokens)) is not None:
            return [Span(span.start, name), Words(",")]
        if named == span and (described := self._apposed_to(tokens)) is not None:
            return [described]
        return [named]

    def _of_it(self, tokens: tuple[int, int], span: Span) -> list[Piece]:
        """Return "the ministry's bill" for "its bill", where it is plain what "it" means."""
        its = Span(span.start, self.tokens[tokens[0]].stop)
        owner = self._it(tokens[0], its)
        if not isinstance(owner, Words) or len(owner.text) > _LONGEST_OWNER:
            return [span]
        return [Words(possessive(owner.text), owner.entities), Span(its.stop, span.stop)]

    def owner_in(self, tokens: tuple[int, int]) -> Words | None:
        """Return X of "the chair of X, who had retired": a thing is no "who"."""
        words = [token.word for token in self.tokens[tokens[0] : tokens[1]]]
        if "of" not in words or self.tokens[tokens[0]].capital:
            return None
        head = words[: words.index("of")]
        span = self.span(tokens)
        places = self.references.named(self.block, *span)
        is_thing = not any(is_role(word) or is_plural(word) for word in head)
        if is_thing and places and places[-1].stop == span.stop:
            entity = places[-1].entity
            return self._named(entity) if self.references.is_person(entity) else None
        return None

    def owner(self, tokens: tuple[int, int]) -> list[Piece]:
        """Return "X's" for the noun before "whose"."""
        span = self.span(tokens)
        places = self.references.named(self.block, *span)
        if places:
            return [self._named(places[-1].entity, owner=True)]
        return [Words(possessive(self.text(tokens)))]

    def owner_of(self, tokens: tuple[int, int]) -> list[Piece]:
        """Return who is meant by "his", "Kern's" or "his father's", without the ending."""
        words = self.text(tokens)
        first = self.tokens[tokens[0]]
        if tokens[1] - tokens[0] == 1 and first.word in PERSONAL:
            who = self.references.who(self.block, first.start, first.word)
            return [self._named(who)] if who is not None else [Words(_SUBJECT_OF[first.word])]
        if words.lower() in ("their", "its"):
            pair = self._pair(self.span(tokens)) if words.lower() == "their" else None
            return [pair or self._it(tokens[0], self.span(tokens))]
        span = self.span(tokens)
        match = _OWNED.search(words)
        return [Span(span.start, span.start + match.start()) if match else span]

    def survivor_of(
        self, pronoun: int, subject: tuple[int, int], date: HistoricalDate
    ) -> Words | None:
        """Return the person in a subject, where whom a pronoun means didn't die on a date."""
        first = self.tokens[pronoun]
        who = self.references.who(self.block, first.start, first.word)
        died = self.references.cast.entities[who].died if who is not None else None
        if died is None or died.year == date.start.year:
            return None
        places = self.references.named(self.block, *self.span(subject))
        people = [p.entity for p in places if self.references.agrees(p.entity, first.word)]
        return self._named(people[0]) if people and people[0] != who else None

    def place(self, tokens: tuple[int, int]) -> Words | None:
        """Return "in Kiel" where a noun phrase names one place or school and nothing else."""
        span = self.span(tokens)
        for place in self.references.named(self.block, *span):
            entity = self.references.cast.entities[place.entity]
            whole = place.stop - place.start >= (span.stop - span.start) - 2
            if entity.kind is EntityKind.PLACE and whole:
                return Words(f"in {entity.name}", (place.entity,))
            if entity.kind is EntityKind.ORGANISATION and whole:
                return Words(f"at {entity.name}", (place.entity,))
        return self._place_before_aim(tokens[0])

    def _place_before_aim(self, noun: int) -> Words | None:
        """Return "in Rome" of "went to Rome to announce the victory, where he arrived"."""
        stop = noun - 2
        aims = stop > 1 and self.tokens[stop].word == "to"
        if not aims or self.tokens[noun].word not in DETERMINERS:
            return None
        begin = stop
        while begin > 1 and self.tokens[begin - 1].capital:
            begin -= 1
        if begin == stop or self.tokens[begin - 1].word not in ("to", "into", "in", "at"):
            return None
        span = self.span((begin, stop))
        named = self.references.named(self.block, *span)
        if any(self.references.is_person(place.entity) for place in named):
            return None
        return Words(f"in {self.text((begin, stop))}", tuple(p.entity for p in named))

    def _pair(self, span: Span) -> Words | None:
        pair = self.references.pair(self.block, span.start)
        pair = pair or self.references.spouses(self.block, span.start)
        if pair is None:
            return None
        names = [self.references.cast.entities[entity].name for entity in pair]
        return Words(" and ".join(names), pair)

    def _are_a_couple(self, verb: int) -> bool:
        """Whether "they" are a couple by what they do: "They separated and were divorced"."""
        said = {token.word for token in self.tokens[verb : verb + 6]}
        return not said.isdisjoint(_PARTING)

    def _couple(self, span: Span) -> Piece:
        """Return the two who parted: no child of theirs who was named since is one of them."""
        both = self.references.spouses(self.block, span.start)
        if both is not None:
            return Words(
                " and ".join(self.references.cast.entities[one].name for one in both), both
            )
        found = self._many(span)
        kin = isinstance(found, Words) and any(
            self.references.is_close_kin(one, self.block, span.start) for one in found.entities
        )
        return span if kin else found

    def _many(self, span: Span, back: int = 1) -> Piece:
        """Return whom "they" means: the plural subject of the sentence before, else a pair.

        Where that is "they" again, the sentence before that says who they are.
        """
        if (group := self._group_before(span)) is not None:
            return group
        before = self._earlier(back)
        if before is None:
            return self._pair(span) or span
        tokens = before.tokens
        mains = [c for c in before.clauses if c.shape is Shape.MAIN]
        others = [c for c in reversed(before.clauses) if c.shape is not Shape.MAIN]
        if mains and mains[0].subject and tokens[mains[0].subject[0]].word == "they":
            found = self._many(span, back + 1) if back < _FARTHEST_MANY else span
            if found != span:
                return found
        for clause in [*mains, *others]:
            if clause.subject is None:
                continue
            start, stop = tokens[clause.subject[0]].start, tokens[clause.subject[1] - 1].stop
            words = self._text[start:stop]
            plural = is_plural(words) or tokens[clause.verb].word == "were"
            if _TITLE.fullmatch(words) or self._acts_on_many(tokens, clause.verb):
                continue
            if plural and tokens[clause.subject[0]].word not in NO_ANTECEDENT:
                return Span(start, stop)
        subject = self.references.subject
        is_life = subject is None or subject.kind is EntityKind.PERSON
        return (self._pair(span) if is_life else None) or span

    def _group_before(self, span: Span) -> Words | None:
        """Return "the club" for "led the club to the final, which they lost"."""
        said = [token.word for token in self.tokens if token.stop <= span.start]
        for first, second in zip(reversed(said[:-1]), reversed(said[1:]), strict=True):
            if first == "the" and second in _GROUPS:
                return Words(f"the {second}")
        return None

    @staticmethod
    def _acts_on_many(tokens: list[Token], verb: int) -> bool:
        """Whether "they" may as well be whom a verb acts on: "drove the peasants into revolt"."""
        begin = verb + 1
        stop = begin
        while stop < len(tokens) and (stop == begin or not Subjects._ends_object(tokens, stop)):
            stop += 1
        acted_on = " ".join(token.word for token in tokens[begin:stop])
        return begin < len(tokens) and tokens[begin].word == "the" and is_plural(acted_on)

    def _described(self, tokens: tuple[int, int], span: Span) -> Piece:
        """Return the article's subject for "the city", "the young general"."""
        words = [token.word for token in self.tokens[tokens[0] : tokens[1]]]
        if len(words) not in (2, 3) or words[0] != "the":
            return span
        if any(token.capital for token in self.tokens[tokens[0] + 1 : tokens[1]]):
            return span
        subject = self.references.described(words[1:])
        if subject is not None and (len(words) == 2 or self.references.is_person(subject)):
            return self._named(subject)
        somebody = self.references.introduced(self.block, span.start, words[-1])
        return span if somebody is None else self._named(somebody)

    def _name_behind(self, tokens: tuple[int, int]) -> int | None:
        """Return where the name ends in "the mayor, Otto Kern,", from "the mayor"."""
        begin, stop = tokens
        words = self.tokens[begin:stop]
        owned = words[-2].word.endswith(("'s", "’s")) if len(words) > 1 else False
        if words[0].word not in DETERMINERS and not owned:
            return None
        if words[-1].word == DATE:
            return None  # "A fire on §, Easter Monday, burned"
        if stop + 1 >= len(self.tokens) or self.tokens[stop].word != ",":
            return None
        if not self.tokens[stop + 1].capital:
            return None
        start, end = words[0].start, words[-1].stop
        if not owned and any(
            self.references.is_person(p.entity)
            for p in self.references.named(self.block, start, end)
        ):
            return None
        for at in range(stop + 2, min(stop + 8, len(self.tokens))):
            if self.tokens[at].word in (",", ";"):
                return self.tokens[at - 1].stop
        return None

    def _apposed_to(self, tokens: tuple[int, int]) -> Words | None:
        """Return the person of whom "a man of seventy" is said in "Otto Kern, a man of seventy"."""
        begin = tokens[0]
        first = self.tokens[begin].word
        if begin < 2 or not (first in ("a", "an", "the") or is_role(first)):
            return None
        if self.tokens[begin - 1].word != ",":
            return None
        before = self.tokens[begin - 2]
        for place in self.references.named(self.block, self.tokens[0].start, before.stop):
            if place.stop == before.stop and self.references.is_person(place.entity):
                return self._named(place.entity)
        return None

    def _apposed_name(self, tokens: tuple[int, int]) -> Span | None:
        """Return the name behind "His wife, Margriet," where the phrase itself names nobody."""
        first = self.tokens[tokens[0]]
        if first.word not in ("his", "her", "their", "its"):
            return None
        stop = self.span(tokens).stop
        comma = next(
            (i for i in range(tokens[0], len(self.tokens) - 1) if self.tokens[i].word == ","), None
        )
        if comma is None or self.tokens[comma].start > stop + 1:
            return None
        if self.references.named(self.block, self.span(tokens).start, self.tokens[comma].start):
            return None
        end = next(
            (
                i
                for i in range(comma + 1, len(self.tokens))
                if self.tokens[i].word in (",", ".", "(")
            ),
            None,
        )
        if self.tokens[comma + 1].word in ('"', "“") and self.tokens[comma + 1].inner:
            closing = comma + 2
            while closing + 1 < len(self.tokens) and self.tokens[closing].word not in ('"', "”"):
                closing += 1
            return Span(self.span(tokens).start, self.tokens[closing].stop)
        if end is None or end - comma > 8:
            return None
        begin = self._name_behind_role(comma + 1, end)
        return None if begin is None else Span(self.tokens[begin].start, self.tokens[end - 1].stop)

    def _name_behind_role(self, begin: int, end: int) -> int | None:
        """Return where the name begins in "the botanist Ada Kern", else in "Ada Kern"."""
        at = begin
        if self.tokens[at].word == "the":
            while at < end and not self.tokens[at].capital:
                at += 1
        if self.tokens[begin].capital:
            return begin
        named = at < end and all(token.capital for token in self.tokens[at:end])
        of_place = any(token.word in PREPOSITIONS for token in self.tokens[begin:at])
        has_role = at > begin + 1  # "the Aurora" is a name's own article
        return at if named and has_role and not of_place else None


_SUBJECT_OF = {"his": "he", "her": "she", "him": "he", "he": "he", "she": "she"}
