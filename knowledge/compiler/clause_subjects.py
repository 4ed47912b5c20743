"""Who or what a clause's subject is, in words that stand on their own."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

from knowledge.compiler.chunks import Shape
from knowledge.compiler.clauses import Sentence
from knowledge.compiler.named_places import PERSONAL
from knowledge.compiler.people_words import is_role
from knowledge.compiler.references import References
from knowledge.compiler.tokens import DATE, DETERMINERS, PREPOSITIONS, Token, is_adverb
from knowledge.compiler.wording import Piece, Words, possessive
from knowledge.model import EntityKind, Span

_PAIRS = ("the couple", "the two", "both", "the pair", "the brothers", "the sisters")
_OWNED = re.compile(r"['’]s?$")
_PLURAL_HEAD = re.compile(
    r"(?:[a-z]{2,}[^su]s|people|men|women|children|police|troops|two|three|four|five|six|seven|eight|nine|ten)$"
)
_TITLE = re.compile(r"(?!The )[A-ZÀ-Þ][\w’']*(?: [A-ZÀ-Þ][\w’']*)+")
_PARTICLES = frozenset("in up out off over down".split())
_NO_ANTECEDENT = frozenset("he she they it him her them there this that who which".split())


def is_plural(subject: str) -> bool:
    """Whether a subject takes "were": "they", "Kern and Brandt", "the rebels"."""
    head = re.split(
        r"\s(?:of|in|from|at|under|led|with|over|for|to|on|by|against|between|about)\s",
        subject,
        maxsplit=1,
    )[0]
    return (
        subject.lower() in ("they", "these", "many", "some", "most")
        or " and " in head
        or bool(_PLURAL_HEAD.search(head))
    )


class Subjects:
    """The subjects of one sentence; `before` gives the sentence before it, if there is one."""

    def __init__(
        self,
        references: References,
        block: int,
        sentence: Sentence,
        before: Callable[[], Sentence | None],
    ) -> None:
        self.references = references
        self.block = block
        self.tokens = sentence.tokens
        self.sentence = sentence
        self._before = before
        self._text = references.article.blocks[block].text

    @cached_property
    def before(self) -> Sentence | None:
        """Return the sentence before this one, taken apart when it is first asked for."""
        return self._before()

    def span(self, tokens: tuple[int, int]) -> Span:
        """Return the offsets of a range of tokens."""
        return Span(self.tokens[tokens[0]].start, self.tokens[tokens[1] - 1].stop)

    def text(self, tokens: tuple[int, int]) -> str:
        """Return the words of a range of tokens as the article has them."""
        span = self.span(tokens)
        return self._text[span.start : span.stop]

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
            return [self._many(span)]
        if plain in ("the former", "the latter"):
            pair = self.references.pair(self.block, self.tokens[0].start)
            return [self._named(pair[plain == "the latter"])] if pair else [span]
        if plain == "it":
            return [self._it(tokens[0], span)]
        if plain in ("this", "these", "that"):
            return [self._spoken_of() or span]
        if apposed := self._apposed_name(tokens):
            return [apposed]
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

    def place(self, tokens: tuple[int, int]) -> Words | None:
        """Return the place that a noun phrase names, if it names just one place."""
        span = self.span(tokens)
        for place in self.references.named(self.block, *span):
            entity = self.references.cast.entities[place.entity]
            whole = place.stop - place.start >= (span.stop - span.start) - 2
            if entity.kind is EntityKind.PLACE and whole:
                return Words(entity.name, (place.entity,))
        return None

    def _named(self, entity: int, *, owner: bool = False) -> Words:
        name = self.references.cast.entities[entity].name
        return Words(possessive(name) if owner else name, (entity,))

    def _pair(self, span: Span) -> Words | None:
        pair = self.references.pair(self.block, span.start)
        pair = pair or self.references.spouses(self.block, span.start)
        if pair is None:
            return None
        names = [self.references.cast.entities[entity].name for entity in pair]
        return Words(" and ".join(names), pair)

    def _many(self, span: Span) -> Piece:
        """Return whom "they" means: the plural subject of the sentence before, else a pair."""
        if self.before is None:
            return self._pair(span) or span
        tokens = self.before.tokens
        mains = [c for c in self.before.clauses if c.shape is Shape.MAIN]
        others = [c for c in reversed(self.before.clauses) if c.shape is not Shape.MAIN]
        for clause in [*mains, *others]:
            if clause.subject is None:
                continue
            start, stop = tokens[clause.subject[0]].start, tokens[clause.subject[1] - 1].stop
            words = self._text[start:stop]
            plural = is_plural(words) or tokens[clause.verb].word == "were"
            if _TITLE.fullmatch(words) or self._acts_on_many(tokens, clause.verb):
                continue
            if plural and tokens[clause.subject[0]].word not in _NO_ANTECEDENT:
                return Span(start, stop)
        subject = self.references.subject
        is_life = subject is None or subject.kind is EntityKind.PERSON
        return (self._pair(span) if is_life else None) or span

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
        if words[0].word not in DETERMINERS:
            return None
        if stop + 1 >= len(self.tokens) or self.tokens[stop].word != ",":
            return None
        if not self.tokens[stop + 1].capital:
            return None
        start, end = words[0].start, words[-1].stop
        if any(
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
        if self.tokens[begin].word not in ("a", "an") or begin < 2:
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
        if end is None or not self.tokens[comma + 1].capital or end - comma > 8:
            return None
        return Span(self.tokens[comma + 1].start, self.tokens[end - 1].stop)

    # --- "it"

    def _it(self, token: int, span: Span) -> Piece:
        """Return what "it" means: the thing that the story is about, or what was spoken of last."""
        behind = [other.word for other in self.tokens[token + 1 : token + 4]]
        if behind[1:] == ["into", "force"] or behind[:2] == ["took", "effect"]:
            law = self.object_before(token)
            if law is not None:
                return law
        earlier = self.thing_before(token) or self._named_thing(token)
        if earlier is not None:
            return earlier
        if behind[:1] in (["was"], ["is"]) and (acted_on := self.object_before(token)) is not None:
            return acted_on  # "He sent in his resignation. It was accepted."
        subject = self.references.subject
        if subject is not None and subject.kind is not EntityKind.PERSON:
            return self._named(self.references.cast.subject or 0)
        return span

    def _named_thing(self, token: int) -> Words | None:
        """Return the last organisation, work or ship that the sentence names before a word."""
        places = self.references.named(self.block, self.tokens[0].start, self.tokens[token].start)
        for place in reversed(places):
            kind = self.references.cast.entities[place.entity].kind
            if kind not in (EntityKind.PERSON, EntityKind.PLACE):
                return self._named(place.entity)
        return None

    def thing_before(self, token: int) -> Piece | None:
        """Return the last thing before a word that was somebody's or something's subject."""
        for index in range(len(self.sentence.clauses) - 1, -1, -1):
            clause = self.sentence.clauses[index]
            if clause.verb >= token or clause.subject is None or clause.shape is Shape.RELATIVE:
                continue
            if clause.subject[0] >= token:
                continue
            if (found := self._as_thing(self.tokens, clause.subject)) is not None:
                return found
        return self._spoken_of()

    def _spoken_of(self) -> Piece | None:
        """Return the thing that the sentence before is about, if it is about one."""
        if self.before is None:
            return None
        mains = [c for c in self.before.clauses if c.shape is Shape.MAIN and c.subject]
        for clause in mains[:1]:
            if clause.subject is not None:
                return self._as_thing(self.before.tokens, clause.subject)
        return None

    def object_before(self, verb: int) -> Piece | None:
        """Return the last thing that a verb before this one acted on, for "it" as an object."""
        found = self._object_of(self.sentence, verb)
        if found is None and self.before is not None:
            found = self._object_of(self.before, len(self.before.tokens))
        return found

    def _object_of(self, sentence: Sentence, before: int) -> Piece | None:
        tokens = sentence.tokens
        for clause in reversed(sentence.clauses):
            if clause.verb >= before or clause.shape is Shape.RELATIVE:
                continue
            begin = clause.verb + 1
            if begin < len(tokens) and tokens[begin].word in _PARTICLES:
                begin += 1
            if begin >= len(tokens) or tokens[begin].word not in DETERMINERS:
                continue
            stop = begin + 1
            while stop < len(tokens) and not self._ends_object(tokens, stop):
                stop += 1
            if self.references.named(self.block, tokens[begin].start, tokens[stop - 1].stop):
                places = self.references.named(
                    self.block, tokens[begin].start, tokens[stop - 1].stop
                )
                if tokens[begin].capital or self.references.is_person(places[0].entity):
                    continue
            while stop > begin + 1 and tokens[stop - 1].word in PREPOSITIONS:
                stop -= 1
            first = tokens[begin]
            rest = self._text[first.stop : tokens[stop - 1].stop]
            if first.word in PERSONAL:
                return Span(first.start, tokens[stop - 1].stop)
            return Words(f"the{rest}")
        return None

    @staticmethod
    def _ends_object(tokens: list[Token], at: int) -> bool:
        word = tokens[at].word
        ends = word in PREPOSITIONS and word != "of"
        return ends or word in (DATE, "and", "but", "who", "which", "that", ",", ";", ".", ":", "(")

    def _as_thing(self, tokens: list[Token], subject: tuple[int, int]) -> Piece | None:
        """Return a subject that "it" can mean: no person, no pronoun, no plural."""
        begin, stop = subject
        while begin < stop and (is_adverb(tokens[begin].word) or tokens[begin].word == ","):
            begin += 1
        if begin >= stop or tokens[begin].word in _NO_ANTECEDENT | PREPOSITIONS:
            return None
        start, end = tokens[begin].start, tokens[stop - 1].stop
        words = self._text[start:end]
        if tokens[begin].word in PERSONAL or is_plural(words) or "," in words:
            return None
        if any(is_role(token.word) for token in tokens[begin:stop]):
            return None
        places = self.references.named(self.block, start, end)
        if any(self.references.is_person(p.entity) for p in places):
            return None
        if len(places) == 1 and places[0].stop - places[0].start >= len(words) - 4:
            return self._named(places[0].entity)
        lowered = [t.word for t in tokens[begin:stop]]
        if lowered[0] == "the" and len(lowered) == 2:
            described = self.references.described(lowered[1:])
            if described is not None:
                return self._named(described)
        if lowered[0] in ("a", "an"):
            words = "the" + words[len(lowered[0]) :]
        elif not tokens[begin].capital or tokens[begin].word in ("the", "this", "that"):
            words = words[0].lower() + words[1:]
        return Words(words)


_SUBJECT_OF = {"his": "he", "her": "she", "him": "he", "he": "he", "she": "she"}
