"""Whom a sentence is about, carried on from the ones before it: what "he" goes on with."""

from __future__ import annotations

import re

from knowledge.compiler.cast import PRONOUN_OF, Cast, NamedPlace
from knowledge.compiler.chunks import RELATIVES
from knowledge.compiler.described import Described
from knowledge.compiler.subject_range import subject_range
from knowledge.compiler.tokens import Token, finite_verb, tokenize
from knowledge.compiler.verb_forms import BE, is_participle
from knowledge.model import Span
from knowledge.readers.article import Article

_HIM = re.compile(r"\bhim\b|\bher(?=[.,;]| (?:to|in|on|at|for|from|with|as|and|into)\b)")
_TOPIC_HEAD = 160
"""Characters of a sentence in which its subject and verb are looked for."""
_SUBORDINATE = re.compile(
    r"(?:After|When|While|Before|Although|Though|Because|Since|As|If|Once|Until|Whereas)\s[^,]*\b"
    r"(?:was|were|had|did|could|would|[a-z]+ed|came|went|took|left|broke|fell|became|began|met|won"
    r"|lost|made|gave|saw|sent|rose|led|held|brought|heard|sold|fled)\b"
)
_DESCRIBED = re.compile(
    r"(?:(?:On|In|At|By|After)\s[^,.;]{1,30}?,?\s)?(?:[Tt]he)\s((?:[a-z]+\s)?[a-z]+)"
    r"\s(?:[a-z]+ed|was|had|did|wrote|left|gave|became|went|took|withdrew|made|spoke|began|told)\b"
)
_DONE_BY = re.compile(r"\bby\s(?:the\s)?(?:[A-ZÀ-Þ]\w+\s){0,2}$")
_KILLED = re.compile(r"\b(?:died|drowned|was killed|was shot|was executed)\b")
_LEADING = re.compile(r"(?:He|She)\b")
_REMEMBERS = re.compile(r", (?:he|she) [a-z]+,")
_JOINT = re.compile(r"(?:; |, and |, but |, while )")
KIN_BEFORE = re.compile(
    r"\b(?:[Tt]heir|[Hh]is|[Hh]er)\s(?:[a-z]+\s)?(?:daughter|son|brother|sister|child),?\s"
    r"(?:the\s[a-z]+\s)?$"
)
_NEAR = 4
_FORGOTTEN = 2
"""Sentences about things behind which "he" means again whom the article is about."""
_LONGEST_LEAD = 30
_GOVERNED = re.compile(
    r"\b(?:of|with|by|to|for|from|under|against)\s(?:the\s)?(?:[A-ZÀ-Þ]\w+\s){0,2}$"
)


class Topics(Described):
    """The topics of one article's sentences."""

    def __init__(self, article: Article, cast: Cast) -> None:
        super().__init__(article, cast)
        self._topics: dict[tuple[int, int], int | None] = {}
        self._own_topics: dict[tuple[int, int], int | str] = {}

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
        silent = 0
        if waiting and topic is not None and not self._goes_on_with(block, index, topic):
            topic = self.cast.subject
        for at, pronoun in reversed(waiting):
            silent = 0 if pronoun else silent + 1
            if silent == _FORGOTTEN and self._is_about_a_person():
                topic = self.cast.subject  # nothing was said of that other one for a while
            if pronoun and (topic is None or not self.agrees(topic, pronoun)):
                subject = self.cast.subject
                topic = subject if subject is not None and self.agrees(subject, pronoun) else topic
            self._topics[block, at] = topic
        return topic

    def _goes_on_with(self, block: int, index: int, topic: int) -> bool:
        """Whether the sentence behind one about somebody can be about them without naming them.

        Behind "Their son Otto plays for Kiel" only one that begins with "He" is.
        """
        subject = self.cast.subject
        if subject is None or topic == subject or not self._is_about_a_person():
            return True
        spans = self.sentences(block)
        text = self.article.blocks[block].text
        return self.starts_with_pronoun(text, spans[index + 1].start) or not any(
            place.entity == topic and KIN_BEFORE.search(text, spans[index].start, place.start)
            for place in self.named(block, *spans[index])
        )

    @staticmethod
    def starts_with_pronoun(text: str, start: int) -> bool:
        """Whether a sentence begins with "He" or "She"."""
        return text.startswith(("He ", "She "), start)

    def _last_to_act(self, block: int, span: Span) -> int | str:
        """Return the subject of the last clause that begins with a name, else ""."""
        text = self.article.blocks[block].text
        for joint in reversed(list(_JOINT.finditer(text, *span))):
            people = self.named(block, joint.end(), min(span.stop, joint.end() + _TOPIC_HEAD))
            first = people[0] if people else None
            if first is None or _REMEMBERS.match(text, first.stop):
                continue  # "; Kern, she remembered, said nothing"
            if first.start - joint.end() < _NEAR and self.is_person(first.entity):
                return first.entity
        return ""

    def _is_about_the_described(self, text: str, start: int, stop: int) -> bool:
        """Whether "the composer" does what a sentence tells, of a composer's life."""
        match = _DESCRIBED.match(text, start, stop)
        return match is not None and self.described(match[1].split()) is not None

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

    @staticmethod
    def _is_governed(text: str, start: int, place: NamedPlace) -> bool:
        """Whether "of" or "with" stands before a name of the sentence that begins at `start`."""
        return bool(_GOVERNED.search(text, max(start, place.start - _LONGEST_LEAD), place.start))

    @staticmethod
    def _main_verb(tokens: list[Token]) -> int | None:
        """Return a sentence's verb: before ", which was opened", where one stands there."""
        for at in range(1, len(tokens)):
            if tokens[at].word in RELATIVES and tokens[at - 1].word == ",":
                verb = finite_verb(tokens, 0, at)
                return finite_verb(tokens, 0, len(tokens)) if verb is None else verb
        return finite_verb(tokens, 0, len(tokens))

    def _own_topic(self, block: int, span: Span) -> int | str:
        """Return the person who is a sentence's subject, else its subject's pronoun or ""."""
        text = self.article.blocks[block].text
        head = min(span.stop, span.start + _TOPIC_HEAD)
        semicolon = text.find(";", span.start, head)
        head = semicolon if semicolon > 0 else head
        if semicolon > 0 and _KILLED.search(text, span.start, semicolon):
            survivor = self._last_to_act(block, span)
            if survivor != "":
                return survivor  # "X was killed; Y escaped. He ..."
        subject_person = self.cast.subject if self._is_about_a_person() else None
        if not self._persons(block, span.start, head):
            if subject_person is not None and (
                _HIM.search(text, *span) or self._is_about_the_described(text, span.start, head)
            ):
                return subject_person
            pronoun = _LEADING.match(text, *span)
            return pronoun[0].lower() if pronoun else self._last_to_act(block, span)
        tokens = tokenize(text, self._main_clause(text, span.start, head), head, ())
        verb = self._main_verb(tokens)
        if verb is None:
            return ""
        subject = subject_range(tokens, 0, verb)
        begin = tokens[subject[0]].start if subject else span.start
        if subject and tokens[subject[0]].word in PRONOUN_OF:
            kin = next(
                (
                    place.entity
                    for place in self.named(block, begin, tokens[verb].start)
                    if self.is_person(place.entity)
                    and KIN_BEFORE.search(text, span.start, place.start)
                ),
                None,
            )
            if kin is not None:
                return kin
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
            and not self._is_governed(text, span.start, place)
        ]
        if aside := self._before_aside(text, block, span.start, tokens[verb].start):
            plain = [aside]
        if plain and subject_person is not None and _HIM.search(text, tokens[verb].stop, span.stop):
            return subject_person  # "the manager benched him": the story goes on with him
        if plain:
            together = " and " in text[plain[0].stop : plain[-1].start]
            return plain[0].entity if together else plain[-1].entity
        if places and tokens[verb].word in BE:
            done = verb + 1 < len(tokens) and is_participle(tokens[verb + 1].word)
            after = [] if done else self._persons(block, tokens[verb].stop, head)
            if after or not _DONE_BY.search(text, max(0, places[0].start - 30), places[0].start):
                return after[0] if after else places[0].entity
        acting = [p for p in places if not _DONE_BY.search(text, max(0, p.start - 30), p.start)]
        if subject_person is not None:  # "A letter of X reports": the story goes on as it was
            acting = [p for p in acting if not self._is_governed(text, span.start, p)]
        return acting[0].entity if acting else self._last_to_act(block, span)
