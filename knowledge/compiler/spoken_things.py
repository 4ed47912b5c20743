"""What "it" means in a clause: the thing that was spoken of, in words that stand on their own."""

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
from knowledge.compiler.verb_forms import base
from knowledge.compiler.verb_groups import verb_group_stop
from knowledge.compiler.wording import Piece, Words, possessive
from knowledge.model import EntityKind, Span

_PLURAL_HEAD = re.compile(
    r"(?:[a-z]{2,}[^su]s|people|men|women|children|police|troops|two|three|four|five|six|seven|eight|nine|ten)$"
)
_LONGEST_LEAD = 12
_HAPPENINGS = frozenset({EntityKind.EVENT, EntityKind.BATTLE, EntityKind.TRIAL, EntityKind.TREATY})
_GOVERNED = re.compile(
    r"\b(?:in|during|after|at|before|since|under|by|from)\s(?:the\s)?$", re.IGNORECASE
)
_LEAST_AIM = 4
_FARTHEST = 3
"""Sentences back in which "it" can have been named."""
_PARTED = frozenset(
    base(word)
    for word in (
        "sent handed gave turned brought took put called carried set drew filled laid threw gave"
        " cut blew tore held made wrote built worked shut closed broke"
    ).split()
)
_PARTICLES = frozenset("in up out off over down".split())
NO_ANTECEDENT = frozenset("he she they it him her them there this that who which".split())


def is_plural(subject: str) -> bool:
    """Whether a subject takes "were": "they", "Kern and Brandt", "the rebels"."""
    head = re.split(
        r"\s(?:of|in|from|at|under|led|with|over|for|to|on|by|against|between|about)\s",
        subject,
        maxsplit=1,
    )[0]
    last = head.rsplit(" ", 2)
    if " and " not in head and last[-1][:1].isupper() and last[0].lower() != "the":
        return False  # "their son Thomas"
    return (
        subject.lower() in ("they", "these", "many", "some", "most")
        or " and " in head
        or bool(_PLURAL_HEAD.search(head))
    )


class SpokenThings:
    """The things that one sentence and those before it speak of."""

    def __init__(
        self,
        references: References,
        block: int,
        sentence: Sentence,
        earlier: Callable[[int], Sentence | None],
    ) -> None:
        self.references = references
        self.block = block
        self.tokens = sentence.tokens
        self.sentence = sentence
        self._earlier = earlier
        self._text = references.article.blocks[block].text

    @cached_property
    def before(self) -> Sentence | None:
        """Return the sentence before this one, taken apart when it is first asked for."""
        return self._earlier(1)

    def span(self, tokens: tuple[int, int]) -> Span:
        """Return the offsets of a range of tokens."""
        return Span(self.tokens[tokens[0]].start, self.tokens[tokens[1] - 1].stop)

    def text(self, tokens: tuple[int, int]) -> str:
        """Return the words of a range of tokens as the article has them."""
        span = self.span(tokens)
        return self._text[span.start : span.stop]

    def _named(self, entity: int, *, owner: bool = False) -> Words:
        name = self.references.cast.entities[entity].name
        return Words(possessive(name) if owner else name, (entity,))

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
            if kind in _HAPPENINGS and _GOVERNED.search(
                self._text, max(0, place.start - _LONGEST_LEAD), place.start
            ):
                continue  # "In the Civil War it declared for Parliament"
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

    def _spoken_of(self, back: int = 1) -> Piece | None:
        """Return the thing that the sentence before is about, if it is about one.

        Where that is "it" again, the sentence before that says what it is.
        """
        sentence = self.before if back == 1 else self._earlier(back)
        if sentence is None:
            return None
        subjects = [c.subject for c in sentence.clauses if c.shape is Shape.MAIN and c.subject]
        if not subjects:
            return None
        tokens = sentence.tokens
        if tokens[subjects[0][0]].word == "it" and back < _FARTHEST:
            return self._spoken_of(back + 1) or self._acted_on(back + 1)
        first = self._as_thing(tokens, subjects[0])
        if first is not None or self._is_about_a_thing or tokens[subjects[-1][0]].word != "the":
            return first
        return self._as_thing(tokens, subjects[-1])  # "She was proposed; the prize went to X. It"

    @property
    def _is_about_a_thing(self) -> bool:
        subject = self.references.subject
        return subject is not None and subject.kind is not EntityKind.PERSON

    def _acted_on(self, back: int) -> Piece | None:
        """Return the last thing that was acted on in a sentence before this one."""
        sentence = self._earlier(back)
        return self._object_of(sentence, len(sentence.tokens)) if sentence is not None else None

    def object_before(self, verb: int) -> Piece | None:
        """Return the last thing that a verb before this one acted on, for "it" as an object."""
        found = self._object_of(self.sentence, verb)
        if found is None and self.before is not None:
            found = self._object_of(self.before, len(self.before.tokens))
            found = found or self._aim_of(self.before.tokens)
        return found

    def _aim_of(self, tokens: list[Token]) -> Words | None:
        """Return the ministry of "He was called upon to form a ministry.", where that ends it."""
        last = len(tokens) - 1 if tokens[-1].word == "." else len(tokens)
        at = last - 2
        if at < _LEAST_AIM or tokens[at].word not in ("a", "an") or tokens[at - 2].word != "to":
            return None
        return Words(f"the {tokens[at + 1].word}")

    def _object_of(self, sentence: Sentence, before: int) -> Piece | None:
        tokens = sentence.tokens
        for clause in reversed(sentence.clauses):
            if clause.verb >= before or clause.shape is Shape.RELATIVE:
                continue
            if clause.shape is Shape.GERUND and sentence is not self.sentence:
                continue
            begin = verb_group_stop(tokens, clause.verb)
            parted = begin < len(tokens) and tokens[begin].word in _PARTICLES
            if parted and base(tokens[begin - 1].word) in _PARTED:
                begin += 1  # "sent in his resignation"; but "sat in the second row"
            behind = tokens[begin + 1].word if begin + 1 < len(tokens) else ""
            if behind in DETERMINERS and tokens[begin].word in ("him", "her", "them", "us"):
                begin += 1  # "offered him the ministry"
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
            if first.word == "the" and stop - begin == 2:
                subject = self.references.described([tokens[begin + 1].word])
                if subject is not None:
                    return self._named(subject)
            rest = self._text[first.stop : tokens[stop - 1].stop]
            if first.word in PERSONAL:
                return Span(first.start, tokens[stop - 1].stop)
            return Words(f"the{rest}")
        return None

    @staticmethod
    def _ends_object(tokens: list[Token], at: int) -> bool:
        word = tokens[at].word
        if word == "." and tokens[at - 1].word in ("no", "nos", "op", "st", "vol"):
            return False
        ends = word in PREPOSITIONS and word != "of"
        return ends or word in (DATE, "and", "but", "who", "which", "that", ",", ";", ".", ":", "(")

    def _as_thing(self, tokens: list[Token], subject: tuple[int, int]) -> Piece | None:
        """Return a subject that "it" can mean: no person, no pronoun, no plural."""
        begin, stop = subject
        while begin < stop and (is_adverb(tokens[begin].word) or tokens[begin].word == ","):
            begin += 1
        if begin >= stop or tokens[begin].word in NO_ANTECEDENT | PREPOSITIONS:
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
        if not places and stop - begin == 1 and begin == 0 and tokens[0].word.isalpha():
            return None  # "Plague reached the town": no thing that "it" goes on with
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
