"""The clauses of a sentence: whose verb is whose, and which clause a date belongs to.

Chunks without a verb belong to a neighbour; a verb without a subject takes that of the clause
before; "who", "built in" and "leaving" hang on what they describe.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import takewhile

from knowledge.compiler.chunks import Chunk, Shape, chunks_of
from knowledge.compiler.made_things import (
    DONE_TO_THINGS,
    is_aside,
    is_said_of_a_thing,
    who_was_born,
)
from knowledge.compiler.noun_before import noun_before
from knowledge.compiler.subject_range import subject_range
from knowledge.compiler.tokens import (
    ARRIVING,
    DATE,
    PREPOSITIONS,
    Token,
    is_adverb,
    is_preposition,
)
from knowledge.compiler.verb_forms import BE, Form, form

_ASIDES = (Shape.PHRASE, Shape.GERUND, Shape.PARTICIPLE, Shape.RELATIVE)
"""Shapes of chunks that can stand between a subject and its verb."""
_CASES = frozenset({"v", "vs", "case", "trial"})
"""Words by which a case at law is known: "Rex v. Jones, tried at Kiel on §"."""


@dataclass(slots=True)
class Clause:
    """A clause: its chunks (indices, in order), its verb and its subject (ranges of tokens).

    `parent` is the clause that it hangs on. `subject` of a relative clause is what it describes;
    of a verb phrase, a participle or a gerund it is its parent's.
    """

    shape: Shape
    chunks: list[int]
    verb: int
    subject: tuple[int, int] | None
    parent: int | None = None
    opener: str = ""


@dataclass(slots=True)
class Sentence:
    """A sentence taken apart; `clause_of` leads from a chunk to its clause."""

    tokens: list[Token]
    chunks: list[Chunk]
    clauses: list[Clause] = field(default_factory=list)

    def chunk_of(self, token: int) -> int:
        """Return the index of the chunk that holds a token."""
        return next(i for i, chunk in enumerate(self.chunks) if token < chunk.stop)

    def clause_of(self, chunk: int) -> int | None:
        """Return the index of the clause that a chunk belongs to."""
        return next((i for i, clause in enumerate(self.clauses) if chunk in clause.chunks), None)


def take_apart(tokens: list[Token]) -> Sentence:
    """Return a sentence's chunks and clauses."""
    sentence = Sentence(tokens, chunks_of(tokens))
    _Assembly(sentence).run()
    return sentence


class _Assembly:
    """Chunks into clauses, from left to right."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.chunks = sentence.chunks
        self.clauses = sentence.clauses
        self.pending: list[int] = []
        self.main: int | None = None
        self.last: int | None = None

    def run(self) -> None:
        for index, chunk in enumerate(self.chunks):
            if chunk.hard:
                self._close_pending()
            match chunk.shape:
                case Shape.PHRASE:
                    self._phrase(index)
                case Shape.MAIN if self._is_apposition(chunk):
                    self._phrase(index)
                case Shape.MAIN if self._waiting_subject() and is_aside(
                    self.tokens, self.chunks, index
                ):
                    self._dependent(index, Shape.PARTICIPLE)
                case Shape.MAIN:
                    self._add_main(
                        index, subject_range(self.tokens, chunk.content, chunk.verb or 0)
                    )
                case Shape.VERB_PHRASE:
                    self._verb_phrase(index)
                case Shape.PARTICIPLE:
                    self._participle(index)
                case Shape.GERUND:
                    self._dependent(index, Shape.GERUND)
                case Shape.RELATIVE:
                    self._relative(index)
                case Shape.SUBORDINATE:
                    self._subordinate(index)
        self._close_pending()
        self._heads_take_the_main_subject()

    def _is_apposition(self, chunk: Chunk) -> bool:
        """Whether a chunk is ", a journal first published in Paris" behind a finished clause."""
        loose = chunk.comma and not (chunk.hard or chunk.coordinated or chunk.opener)
        return (
            loose
            and self.main is not None
            and not self.pending
            and self.tokens[chunk.content].word in ("a", "an", "one")
            and form(self.tokens[chunk.verb or 0].word) is Form.PAST
        )

    def _close_pending(self) -> None:
        if self.pending and self.last is not None:
            self.clauses[self.last].chunks.extend(self.pending)
            self.pending = []

    def _phrase(self, index: int) -> None:
        chunk = self.chunks[index]
        ahead = next(
            (
                other
                for other in self.chunks[index + 1 :]
                if other.shape not in _ASIDES or other.hard or other.coordinated
            ),
            None,
        )
        if ahead is None:
            behind = self.chunks[index + 1 :]
            ahead = next((other for other in behind if other.shape is Shape.PARTICIPLE), None)
        elif (ahead.hard or ahead.coordinated) and chunk.coordinated:
            between = takewhile(lambda other: other is not ahead, self.chunks[index + 1 :])
            ahead = next((other for other in between if self._is_told(other)), ahead)
        opens_next = (
            (chunk.coordinated or chunk.hard or bool(chunk.opener))
            and ahead is not None
            and not ahead.coordinated
            and not ahead.hard
            and ahead.shape in (Shape.MAIN, Shape.VERB_PHRASE, Shape.PARTICIPLE)
            and not (
                ahead.shape is Shape.PARTICIPLE
                and is_preposition(self.tokens, self._behind_date(chunk))
            )
        )
        if self.last is None or self.pending or opens_next:
            self.pending.append(index)
        elif self._is_behind_naming(chunk):
            self.clauses[self.clauses[self.last].parent or 0].chunks.append(index)
        else:
            self.clauses[self.last].chunks.append(index)

    def _is_behind_naming(self, chunk: Chunk) -> bool:
        """Whether ", on §" follows ", also called Otto": the date is not that of the name."""
        clause = self.clauses[self.last or 0]
        dated = any(token.word == DATE for token in self.tokens[chunk.content : chunk.stop])
        return (
            chunk.comma
            and dated
            and clause.shape is Shape.PARTICIPLE
            and clause.parent is not None
            and self.tokens[clause.verb].word in ("called", "known", "named", "nicknamed")
        )

    def _add(self, clause: Clause) -> int:
        self.clauses.append(clause)
        self.last = len(self.clauses) - 1
        return self.last

    def _add_main(self, index: int, subject: tuple[int, int] | None) -> None:
        chunk = self.chunks[index]
        clause = Clause(Shape.MAIN, [*self.pending, index], chunk.verb or 0, subject, self.main)
        self.pending = []
        self.main = self._add(clause)

    def _waiting_subject(self) -> tuple[int, int] | None:
        """Return the noun phrase among the pending chunks that waits for its verb."""
        for index in self.pending:
            chunk = self.chunks[index]
            begin = self._behind_date(chunk)
            if begin >= chunk.stop or is_preposition(self.tokens, begin):
                continue
            word = self.tokens[begin].word
            if word in (DATE, "beginning", "starting") or is_adverb(word):
                continue
            if chunk.opener:
                continue
            return begin, chunk.stop
        return None

    def _behind_date(self, chunk: Chunk) -> int:
        """Return where the noun begins in "On the evening of § Kern", else where the chunk does."""
        for at in range(chunk.content, chunk.stop - 1):
            following = self.tokens[at + 1]
            if self.tokens[at].word == DATE and (
                following.capital or following.word in ("the", "a", "an")
            ):
                return at + 1
        return chunk.content

    def _verb_phrase(self, index: int) -> None:
        waiting = self._waiting_subject()
        chunk = self.chunks[index]
        if waiting is not None:
            aside = self.clauses[self.last] if self.last is not None else None
            if chunk.coordinated and aside is not None and aside.subject == waiting:
                shape = Shape.PARTICIPLE if aside.shape is Shape.PARTICIPLE else Shape.VERB_PHRASE
                self._add(Clause(shape, [index], chunk.verb or 0, waiting, self.last))
            else:
                self._add_main(index, waiting)
            return
        parent = self.main if chunk.comma and self.main is not None else self.last
        if parent is None:
            self._add_main(index, None)
            return
        subject = self._acting(self.clauses[parent])
        clause = Clause(Shape.VERB_PHRASE, [*self.pending, index], chunk.verb or 0, subject, parent)
        self.pending = []
        added = self._add(clause)
        if self.clauses[parent].shape in (Shape.MAIN, Shape.VERB_PHRASE) and parent == self.main:
            self.main = added

    def _acting(self, clause: Clause) -> tuple[int, int] | None:
        """Return who acts in a clause: in "Kiel, where he died", "he"."""
        if clause.shape is Shape.RELATIVE and clause.opener not in ("who", "that"):
            chunk = self.chunks[clause.chunks[0]]
            return subject_range(self.tokens, chunk.content, clause.verb) or clause.subject
        return clause.subject

    def _participle(self, index: int) -> None:
        """Decide whether a form in -ed is the sentence's verb, a member of a list, or an aside."""
        chunk = self.chunks[index]
        later = list(takewhile(lambda other: not other.hard, self.chunks[index + 1 :]))
        waiting = self._waiting_subject()
        takes_verb = form(self.tokens[chunk.content].word) is Form.PAST and not chunk.opener
        if waiting is not None and takes_verb:
            verb_follows = any(
                other.shape is Shape.VERB_PHRASE and not other.coordinated for other in later
            )
            dated = any(token.word == DATE for token in self.tokens[chunk.content : chunk.stop])
            in_a_row = dated or any(other.coordinated for other in later)
            if (self._is_passive(chunk) or not in_a_row) and any(map(self._is_told, later)):
                verb_follows = True
            if not verb_follows and not self._is_entry(index):
                self._add_main(index, waiting)
                return
        in_list = (
            takes_verb
            and not self._is_said_of_a_thing(chunk)
            and self.last is not None
            and waiting is None
            and any(other.coordinated and other.shape is Shape.VERB_PHRASE for other in later)
        )
        if in_list:
            self._verb_phrase(index)
            return
        self._dependent(index, Shape.PARTICIPLE)

    def _is_entry(self, index: int) -> bool:
        """Whether a sentence is "Aurora (1851), wrecked on §": one comma parts no verb."""
        if self.chunks[index].hard:
            return False
        return index == 1 and self.pending == [0] and len(self.chunks) == index + 1

    def _is_said_of_a_thing(self, chunk: Chunk) -> bool:
        """Whether a form in -ed says what was done to the thing before it, and is no verb."""
        main = self.clauses[self.main] if self.main is not None else None
        verb = main.verb if main is not None else None
        subject = main.subject if main is not None else None
        return is_said_of_a_thing(self.tokens, chunk, verb, subject)

    def _is_passive(self, chunk: Chunk) -> bool:
        """Whether ", led by Kern" is an aside, if a verb follows it: ", set out"."""
        behind = self.tokens[chunk.content + 1].word if chunk.content + 1 < chunk.stop else ""
        return behind in PREPOSITIONS and self.tokens[chunk.content].word not in ARRIVING

    def _is_told(self, chunk: Chunk) -> bool:
        """Whether ", set out on §" can be a sentence's verb."""
        if chunk.shape is not Shape.PARTICIPLE or chunk.coordinated or not chunk.comma:
            return False
        behind = self.tokens[chunk.content + 1].word if chunk.content + 1 < chunk.stop else ""
        is_past = form(self.tokens[chunk.content].word) is Form.PAST
        return is_past and not chunk.opener and behind != "by"

    def _dependent(self, index: int, shape: Shape) -> None:
        chunk = self.chunks[index]
        waiting = self._waiting_subject()
        parent = self.last if self.main is None or not chunk.comma else self.main
        subject: tuple[int, int] | None
        if waiting is not None:
            subject = who_was_born(self.tokens, chunk, waiting)
        elif self.last is None:
            subject = self._thing_before(chunk) if shape is Shape.PARTICIPLE else None
        elif shape is Shape.PARTICIPLE and not chunk.opener:
            subject = self._thing_before(chunk) or noun_before(self.tokens, chunk.start)
            last = self.clauses[self.last]
            if subject is None and last.shape is Shape.PARTICIPLE:
                subject = last.subject  # "the act, introduced on §, passed on §"
        else:
            subject = self.clauses[parent if parent is not None else self.last].subject
        clause = Clause(shape, [index], chunk.verb or 0, subject, parent, chunk.opener)
        before = self.last
        added = self._add(clause)
        if waiting is not None or before is None:
            clause.parent = None
            self.last = added

    def _thing_before(self, chunk: Chunk) -> tuple[int, int] | None:
        """Return the games of "the games in Kiel, held on §": what is done to things, not places.

        At the head of a sentence, too: "In Crane v. Hart, decided on §, he lost".
        """
        done = self.tokens[chunk.content].word
        words = {token.word for token in self.tokens[: chunk.start]}
        in_court = done in ("tried", "heard", "argued") and not words.isdisjoint(_CASES)
        if not chunk.comma or not (in_court or done in DONE_TO_THINGS):
            return None
        noun = noun_before(self.tokens, chunk.start)
        if noun is None or noun[0] < 1 or self.tokens[noun[0]].word == DATE:
            return None
        before = self.tokens[noun[0] - 1].word
        named = all(token.capital for token in self.tokens[noun[0] : noun[1]])
        if before not in ("in", "at", "near") or not named:
            return noun if self.last is None else None
        thing = noun_before(self.tokens, noun[0] - 1)
        if thing is None:
            return noun if self.last is None and noun[1] - noun[0] > 1 else None
        return thing[0], noun[1]

    def _relative(self, index: int) -> None:
        chunk = self.chunks[index]
        subject = noun_before(self.tokens, chunk.start)
        main = self.clauses[self.last] if self.last is not None else None
        if chunk.coordinated and main is not None and main.shape is Shape.RELATIVE:
            subject = main.subject  # "for which X paid and which was opened"
        if (
            main is not None
            and subject is not None
            and (subject[0] == main.verb + 1 or self._is_of_several(main.verb, subject[0]))
        ):
            told_of = self.tokens[subject[0]].word in ("a", "an", "the", "one")
            named = chunk.opener.endswith("whom") and self.tokens[subject[1] - 1].capital
            told_of = told_of and not named
            told_of = told_of or self._is_of_several(main.verb, subject[0])
            if self.tokens[main.verb].word in BE and main.subject is not None and told_of:
                subject = main.subject  # "X was a painter who died": X died
        self._add(
            Clause(Shape.RELATIVE, [index], chunk.verb or 0, subject, self.last, chunk.opener)
        )

    def _is_of_several(self, verb: int, noun: int) -> bool:
        """Whether a noun is the last of "was a physician and politician", before "who"."""
        words = [token.word for token in self.tokens[verb + 1 : noun]]
        several = words[:1] in (["a"], ["an"]) and words[-1:] == ["and"]
        return several and PREPOSITIONS.isdisjoint(words)

    def _subordinate(self, index: int) -> None:
        chunk = self.chunks[index]
        subject = subject_range(self.tokens, chunk.content, chunk.verb or 0)
        parent = self.last
        if subject is None and parent is not None:
            subject = self.clauses[parent].subject
        self._add(
            Clause(Shape.SUBORDINATE, [index], chunk.verb or 0, subject, parent, chunk.opener)
        )

    def _heads_take_the_main_subject(self) -> None:
        """Give a participle or gerund before its main clause that clause's subject."""
        for at, clause in enumerate(self.clauses):
            if clause.subject is None and clause.shape in (Shape.PARTICIPLE, Shape.GERUND):
                following = next(
                    (
                        i
                        for i in range(at + 1, len(self.clauses))
                        if self.clauses[i].shape is Shape.MAIN
                    ),
                    None,
                )
                if following is not None:
                    clause.subject = self.clauses[following].subject
                    clause.parent = following
