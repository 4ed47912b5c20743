"""What an article says happened, and when: one event for each dated statement.

The order of the work: the dates of a block in groups; life dates in brackets; of every other date
its sentence, its clause, and whether something happened then; the clause as a sentence of its own;
accounts of one event joined.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.compiler.cast import Cast
from knowledge.compiler.chronicle import entry_pieces
from knowledge.compiler.chunks import Shape
from knowledge.compiler.clause_subjects import Subjects
from knowledge.compiler.clauses import Sentence, take_apart
from knowledge.compiler.date_groups import DateGroup, group_dates, is_day
from knowledge.compiler.date_roles import Role
from knowledge.compiler.event_kinds import kind_of, tone_of
from knowledge.compiler.fact_events import fact, lesser_fact
from knowledge.compiler.found_date import FoundDate, Use
from knowledge.compiler.found_event import FoundEvent
from knowledge.compiler.life_events import LifeEvent, life_events
from knowledge.compiler.list_entries import (
    entry_telling,
    is_bare_entry,
    keeps_records,
    kind_of_entries,
    names_at_most_the_subject,
    with_entries,
)
from knowledge.compiler.merging import goes_on, merge
from knowledge.compiler.own_works import is_own_work
from knowledge.compiler.references import References
from knowledge.compiler.sentence_pieces import Telling
from knowledge.compiler.shortening import write_short
from knowledge.compiler.story import reading
from knowledge.compiler.story_zones import STORY_ROLES, is_list_of_works, is_story_section
from knowledge.compiler.telling import Teller
from knowledge.compiler.tokens import tokenize
from knowledge.compiler.weight import weight_of
from knowledge.compiler.wording import Writer
from knowledge.model import EntityKind, HistoricalDate, Qualifier, Span
from knowledge.readers.article import Article, Block
from knowledge.readers.article import Role as BlockRole

LEAST_CERTAIN = 0.3
"""Below this confidence of being an event at all, a date is none."""


_LONGEST_BOX = 12
"""Lines of a box above an office's days in which it is looked for."""
_UNTIL = re.compile(r"\b(?:until|till)\s+(?:the\s+)?$")


_OF_THE_DEAD = re.compile(r"The (?:coffin|body|ashes|remains|funeral)(?! of\b)[^.;]* (?:was|were) ")
"""What begins an event of whom the story just told the death of."""
_SAID = re.compile(r"\S+(?: \S+){0,3} (?:wrote|said|stated|declared|argued|replied|noted)\.")
"""What is left where a quotation was: "In 1925 X wrote:" tells nothing but a year."""


def find_events(article: Article, dates: Sequence[FoundDate], cast: Cast) -> tuple[FoundEvent, ...]:
    """Return the events that an article tells, in the order of the text.

    `dates` and `cast` are what `find_dates` and `find_cast` made of the same article.
    """
    references = References(article, cast)
    by_block: dict[int, list[FoundDate]] = {}
    for date in dates:
        by_block.setdefault(date.block, []).append(date)
    openings = _openings(article)
    found: list[FoundEvent] = []
    entries: list[FoundEvent] = []
    for index, in_block in by_block.items():
        reader = _BlockReader(references, index, in_block, opens_section=index in openings)
        found += reader.events()
        entries += reader.entries
    return tuple(merge(with_entries(found, entries), cast))


def _openings(article: Article) -> set[int]:
    """Return the blocks that open a section: the first prose under each heading."""
    openings = set()
    seen: set[tuple[str, ...]] = set()
    for index, block in enumerate(article.blocks):
        if block.role is BlockRole.PROSE and block.section not in seen:
            seen.add(block.section)
            openings.add(index)
    return openings


class _BlockReader:
    """The events of one block."""

    def __init__(
        self,
        references: References,
        index: int,
        dates: Sequence[FoundDate],
        *,
        opens_section: bool,
    ) -> None:
        self.references = references
        self.index = index
        self.block: Block = references.article.blocks[index]
        self.dates = dates
        self.opens_section = opens_section
        self.entries: list[FoundEvent] = []
        """Entries of lists that no verb tells, as "Cup final: Kiel, 3 May 1911"."""
        self._sentences: dict[int, Sentence] = {}

    def events(self) -> list[FoundEvent]:
        block = self.block
        if not is_story_section(block.section):
            return []
        if block.role is BlockRole.FACT:
            return self._facts()
        if block.role not in STORY_ROLES:
            return []
        if block.role is BlockRole.LIST and is_list_of_works(block.section):
            return []
        lives, used = life_events(self.references, self.index, self.dates)
        if block.role is BlockRole.LIST and keeps_records(block.section):
            lives, used = [], set()  # "Most games: 571, Otto Kern (1950–1965)"
        events = [self._life_event(life) for life in lives]
        rest = [date for date in self.dates if date.start not in used]
        groups = [g for g in group_dates(block.text, rest) if g.use is Use.TEXT]
        if groups:
            events += self._statements(groups)
        return sorted(events, key=lambda event: event.statements[0])

    def _facts(self) -> list[FoundEvent]:
        """Return the event of a line of a box of facts, which has one date that counts."""
        text = self.block.text
        group = next((g for g in group_dates(text, self.dates) if g.use is Use.TEXT), None)
        subject = self.references.cast.subject
        name = self.references.title if subject is None else self._name(subject)
        if group is None or not name:
            return []
        told = fact(text, group, name)
        lesser = None
        if told is None and subject is not None and is_day(group):
            lesser = lesser_fact(text, group, name, self._facts_before())
        said = told or lesser
        if said is None:
            return []
        entities: tuple[int, ...] = () if subject is None else (subject,)
        if lesser is not None:
            entities += tuple(p.entity for p in self.references.named(self.index, 0, group.start))
        span = Span(0, len(text))
        event = self._event(
            group.date, said.text, said.kind, span, entities, group.confidence, certain=True
        )
        if lesser is not None:
            self.entries.append(event)
        return [event] if told is not None else []

    def _facts_before(self) -> list[str]:
        """Return the last lines of the box above this one."""
        blocks = self.references.article.blocks
        first = max(0, self.index - _LONGEST_BOX)
        return [b.text for b in blocks[first : self.index] if b.role is BlockRole.FACT]

    def _life_event(self, life: LifeEvent) -> FoundEvent:
        places = self.references.named(self.index, life.start, life.stop)
        in_text = [p.entity for p in places if self._name(p.entity) in life.text]
        return self._event(
            life.date,
            life.text,
            life.kind,
            Span(life.start, life.stop),
            (life.person, *in_text),
            life.confidence,
            certain=True,
        )

    def _statements(self, groups: list[DateGroup]) -> list[FoundEvent]:
        events: list[FoundEvent] = []
        spans = self.references.sentences(self.index)
        at = 0
        for index, span in enumerate(spans):
            inside = []
            while at < len(groups) and groups[at].start < span.stop:
                if groups[at].start >= span.start:
                    inside.append(groups[at])
                at += 1
            if inside:
                events += self._sentence_events(index, inside, groups)
        return events

    def _sentence(self, span: Span, groups: Sequence[DateGroup]) -> Sentence:
        if span.start not in self._sentences:
            marks = [
                Span(g.start, min(g.stop, span.stop))
                for g in groups
                if span.start <= g.start < span.stop
            ]
            self._sentences[span.start] = take_apart(
                tokenize(self.block.text, span.start, span.stop, marks)
            )
        return self._sentences[span.start]

    def _sentence_events(
        self,
        index: int,
        inside: list[DateGroup],
        groups: list[DateGroup],
    ) -> list[FoundEvent]:
        text = self.block.text
        spans = self.references.sentences(self.index)
        span = spans[index]
        sentence = self._sentence(span, groups)
        subjects = Subjects(
            self.references,
            self.index,
            sentence,
            lambda back: self._sentence(spans[index - back], groups) if back <= index else None,
        )
        teller = Teller(sentence, subjects)
        writer = Writer(self.references, self.index, inside)
        events: list[FoundEvent] = []
        for group in inside:
            telling = teller.tell(group)
            in_list = self.block.role is BlockRole.LIST
            pieces = None
            if in_list and group.start == span.start:
                pieces = entry_pieces(self.references, text, span, group)
                if pieces:
                    telling = replace(
                        telling, pieces=pieces, longer=pieces, sentence=None, part=None
                    )
            is_entry = in_list and not pieces and is_bare_entry(sentence, telling)
            if is_entry:
                telling = entry_telling(self.references, self.block, sentence, telling)
            role = reading(text, sentence, group, telling, chronicle=in_list)
            if is_entry and is_day(group) and keeps_records(self.block.section):
                role = Role(0.5)
            if role.sure < LEAST_CERTAIN:
                continue
            drops = role.qualifier is None and not telling.keeps_date
            draft = write_short(writer, telling, group, drop_date=drops)
            if is_entry and names_at_most_the_subject(draft.text, self.references):
                continue
            if not draft.text or (_SAID.fullmatch(draft.text) and not is_day(group)):
                continue
            kind = kind_of(draft.text, telling.verb)
            if is_entry and kind == "event":
                kind = kind_of_entries(self.block.section)
            date = group.date
            if role.qualifier is not None:
                date = replace(date, qualifier=role.qualifier)
            elif date.qualifier is Qualifier.BEFORE and (
                telling.until_when or _UNTIL.search(text[span.start : group.start])
            ):
                date = replace(date, qualifier=Qualifier.ON)
            if events and (joined := goes_on(events[-1], date, draft.text, kind)) is not None:
                people, places, things = self._sorted((*joined.people, *draft.entities))
                things = tuple(dict.fromkeys((*joined.things, *things)))
                places = tuple(dict.fromkeys((*joined.places, *places)))
                events[-1] = replace(joined, people=people, places=places, things=things)
                continue
            confidence = group.confidence * role.sure * (0.8 if draft.dangling else 1.0)
            entities = (*draft.entities, *self._named_in_clause(sentence, telling))
            (self.entries if is_entry else events).append(
                self._event(
                    date, draft.text, kind, span, entities, confidence, certain=telling.certain
                )
            )
        return events

    def _named_in_clause(self, sentence: Sentence, telling: Telling) -> list[int]:
        """Return who and what the whole clause names, told asides or not."""
        if telling.clause is None:
            return []
        found: list[int] = []
        clause = sentence.clauses[telling.clause]
        if clause.shape is Shape.RELATIVE and clause.parent is not None:
            above = sentence.clauses[clause.parent].subject or (0, 1)
            start, stop = sentence.tokens[above[0]].start, sentence.tokens[above[1] - 1].stop
            found += [place.entity for place in self.references.named(self.index, start, stop)]
        subject = sentence.chunk_of(clause.subject[0]) if clause.subject else max(clause.chunks)
        asides = range(subject + 1, sentence.chunk_of(clause.verb))
        for index in dict.fromkeys([*clause.chunks, *asides]):
            chunk = sentence.chunks[index]
            start = sentence.tokens[chunk.start].start
            stop = sentence.tokens[chunk.stop - 1].stop
            found += [place.entity for place in self.references.named(self.index, start, stop)]
        return found

    def _event(
        self,
        date: HistoricalDate,
        text: str,
        kind: str,
        span: Span,
        entities: tuple[int, ...],
        confidence: float,
        *,
        certain: bool,
    ) -> FoundEvent:
        people, places, things = self._sorted(entities)
        subject = self.references.cast.subject
        if subject is not None and subject not in people:
            if not people and (
                self._concerns_subject(span, kind) or self._is_of_the_dead(text, date)
            ):
                people = (subject,)
            elif self.references.is_person(subject) and is_own_work(text):
                people = (subject, *people)
        return FoundEvent(
            date,
            text,
            kind,
            (self.block.span(span.start, span.stop),),
            (self.block.section,),
            weight_of(
                self.references,
                self.index,
                kind,
                people,
                date.precision,
                opens_section=self.opens_section,
                certain=certain,
            ),
            tone_of(text, kind),
            people,
            places,
            things,
            round(confidence, 3),
        )

    def _concerns_subject(self, span: Span, kind: str) -> bool:
        """Whether an event that names nobody concerns the person whom the article is about.

        It does where its sentence speaks of them, and a marriage is theirs anyway.
        """
        about = self.references.subject
        if about is None or about.kind is not EntityKind.PERSON:
            return False
        return kind == "marriage" or self.references.is_spoken_of(self.index, *span)

    def _is_of_the_dead(self, text: str, date: HistoricalDate) -> bool:
        """Whether "The coffin was buried" is told in the year in which the subject died."""
        about = self.references.subject
        died = about.died if about is not None and about.kind is EntityKind.PERSON else None
        is_theirs = died is not None and died.year == date.start.year
        return is_theirs and _OF_THE_DEAD.match(text) is not None

    def _sorted(
        self, entities: tuple[int, ...]
    ) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
        people, places, things = [], [], []
        for entity in dict.fromkeys(entities):
            match self.references.cast.entities[entity].kind:
                case EntityKind.PERSON:
                    people.append(entity)
                case EntityKind.PLACE:
                    places.append(entity)
                case _:
                    things.append(entity)
        return tuple(people), tuple(places), tuple(things)

    def _name(self, entity: int) -> str:
        return self.references.cast.entities[entity].name
