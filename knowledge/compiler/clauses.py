"""A sentence into clauses: what is said of whom, and which clause a date belongs to.

There is no grammar of English here, only what past narration needs. A sentence is cut where a
clause can begin: at commas and stronger marks, at "and" before a verb, at "who", "after", "while".
Each piece has a verb or has none; pieces without a verb belong to a neighbour, and a verb without
a subject takes that of the clause before. One pass over the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.compiler.tokens import (
    COORDINATORS,
    DATE,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUN_SUBJECTS,
    Token,
    finite_verb,
    is_adverb,
    is_preposition,
    may_be_verb,
)
from knowledge.compiler.verb_forms import BE, Form, form, is_participle

SUBORDINATORS = frozenset(
    "when while because although though whereas once if unless whilst".split()
)
TIME_WORDS = frozenset("after before until till since as".split())
"""Prepositions that also open a clause: "after the war", "after he left"."""
RELATIVES = frozenset("who whom whose which where".split())
_HARD = frozenset(";:")
_DASHES = frozenset("–—")
_MARKS = frozenset(",;:–—")


class Shape(StrEnum):
    """What a clause is in its sentence."""

    MAIN = "main"
    VERB_PHRASE = "verb phrase"
    """It has no subject of its own: "and left on 5 May"."""
    RELATIVE = "relative"
    SUBORDINATE = "subordinate"
    GERUND = "gerund"
    """ "leaving Kiel on 5 May", "after leaving Kiel"."""
    PARTICIPLE = "participle"
    """ "Born in Kiel on 3 May", "built in 1811"."""
    PHRASE = "phrase"


@dataclass(slots=True)
class Chunk:
    """Tokens from `start` up to `stop`: a mark, a word that opens it, and what it says.

    `lead` is behind mark and opener, `content` behind the adverbs that follow there. `comma` says
    that a mark comes first, `hard` that it is stronger than a comma, `coordinated` that "and" or
    "but" follows.
    """

    start: int
    stop: int
    lead: int
    content: int
    opener: str
    shape: Shape
    verb: int | None
    has_subject: bool
    comma: bool = False
    hard: bool = False
    coordinated: bool = False


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
    starts = [i for i in range(len(tokens)) if i == 0 or _begins_chunk(tokens, i)]
    merged = [
        start
        for at, start in enumerate(starts)
        if at == 0 or any(tokens[i].word not in _MARKS for i in range(starts[at - 1], start))
    ]
    chunks = [
        _chunk(tokens, start, stop)
        for start, stop in zip(merged, [*merged[1:], len(tokens)], strict=True)
    ]
    sentence = Sentence(tokens, chunks)
    _Assembly(sentence).run()
    return sentence


def _begins_chunk(tokens: Sequence[Token], at: int) -> bool:
    token, word = tokens[at], tokens[at].word
    if token.inner:
        return False
    if word in _MARKS:
        return word not in _DASHES or _stands_free(tokens, at)
    before = tokens[at - 1].word
    if before in _MARKS or before in COORDINATORS:
        return False
    if word in COORDINATORS:
        return _joins_clauses(tokens, at)
    if word in SUBORDINATORS:
        return finite_verb(tokens, at + 1, _end_of_reach(tokens, at + 1)) is not None or (
            at + 1 < len(tokens) and form(tokens[at + 1].word) is not Form.NONE
        )
    if word in TIME_WORDS:
        return _opens_clause(tokens, at)
    if word in RELATIVES:
        return not (before in PREPOSITIONS and before not in ("before", "after"))
    if _ends_restrictive(tokens, at):
        return True
    if word == "that":
        return (
            at + 1 < len(tokens)
            and may_be_verb(tokens, at + 1)
            and form(before) is Form.NONE
            and before not in PREPOSITIONS
        )
    if word in PREPOSITIONS and at + 1 < len(tokens):
        return tokens[at + 1].word in ("which", "whom") and before not in _MARKS
    return False


def _ends_restrictive(tokens: Sequence[Token], at: int) -> bool:
    """Whether the main clause goes on with this verb: "the fire that destroyed Kiel | began"."""
    if not may_be_verb(tokens, at) or not (
        form(tokens[at].word) is Form.FINITE or tokens[at - 1].word == DATE
    ):
        return False
    verbs = 0
    for back in range(at - 1, 0, -1):
        token = tokens[back]
        if token.inner:
            continue
        if token.word in _MARKS or token.word in COORDINATORS or token.word in SUBORDINATORS:
            return False
        if may_be_verb(tokens, back) and not may_be_verb(tokens, back - 1):
            verbs += 1
        if token.word in ("who", "which", "that"):
            own_subject = back + 1 < at and form(tokens[back + 1].word) is Form.NONE
            restrictive = tokens[back - 1].word not in _MARKS and not may_be_verb(tokens, back - 1)
            adjacent = (
                back + 1 == at or may_be_verb(tokens, at - 1) or is_adverb(tokens[at - 1].word)
            )
            return restrictive and verbs == 1 and not own_subject and not adjacent
    return False


def _stands_free(tokens: Sequence[Token], at: int) -> bool:
    """Whether a dash stands between words as a mark, not inside "1911–1915"."""
    token = tokens[at]
    spaced = at + 1 < len(tokens) and tokens[at + 1].start > token.stop
    return spaced or token.word == "—"


def _joins_clauses(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" at `at` stands before a verb or a clause, not before a noun."""
    follow = at + 1
    while follow < len(tokens) and (
        is_adverb(tokens[follow].word) or _is_dated_phrase(tokens, follow)
    ):
        follow += 1
    if follow >= len(tokens) or tokens[follow].inner:
        return False
    if tokens[at - 1].word == DATE and at + 1 < len(tokens):
        if tokens[at + 1].word == DATE:
            return False
        if _is_said_of_another_day(tokens, at):
            return True
    if may_be_verb(tokens, at - 1):  # "was tried and convicted", "founded and led"
        return False
    passive = form(tokens[follow].word) is Form.PARTICIPLE or _before_by(tokens, follow)
    if may_be_verb(tokens, follow) or (passive and not tokens[follow].capital):
        return True
    if tokens[follow].word in PRONOUN_SUBJECTS or tokens[follow].word in RELATIVES:
        return True
    end = _end_of_reach(tokens, follow)
    if tokens[at + 1].word in ("his", "her", "their", "its") and tokens[at - 1].capital:
        return False  # "X and his wife"
    begin = next(
        (
            i + 1
            for i in range(at - 1, -1, -1)
            if tokens[i].word in _HARD or tokens[i].word == "," or tokens[i].word in SUBORDINATORS
        ),
        0,
    )
    if finite_verb(tokens, begin, at) is None:
        return False
    verb = finite_verb(tokens, follow, end)
    return verb is not None and _has_subject(tokens, follow, verb)


def _is_said_of_another_day(tokens: Sequence[Token], at: int) -> bool:
    """Whether "and" stands between two dated phrases: "became judge on § and president on §"."""
    reach = _end_of_reach(tokens, at + 1)
    return any(tokens[i].word == DATE for i in range(at + 2, reach))


def _before_by(tokens: Sequence[Token], at: int) -> bool:
    """Whether a participle stands before "by": "and ratified by the Diet"."""
    by = at + 1 < len(tokens) and tokens[at + 1].word == "by"
    return by and form(tokens[at].word) is Form.PAST


def _is_dated_phrase(tokens: Sequence[Token], at: int) -> bool:
    """Whether a token belongs to "on §", "in early §", "on the night of §"."""
    if tokens[at].word == DATE:
        return True
    for ahead in range(at, min(at + 5, len(tokens))):
        if tokens[ahead].word == DATE:
            return tokens[at].word in PREPOSITIONS or ahead - at <= 1 or tokens[at].word in _TIMES
    return False


_TIMES = frozenset("the night morning evening afternoon early late mid day".split())


def _end_of_reach(tokens: Sequence[Token], start: int) -> int:
    """Return where the clause that begins at `start` must have shown its verb."""
    for at in range(start, len(tokens)):
        word = tokens[at].word
        if not tokens[at].inner and (word in _MARKS or (at > start and word in RELATIVES)):
            return at
    return len(tokens)


def _opens_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether "after" or "as" opens a clause: a gerund follows, or a subject and its verb."""
    if at + 1 >= len(tokens):
        return False
    following = tokens[at + 1]
    if tokens[at].word == "as":
        return following.word in PRONOUN_SUBJECTS
    if form(following.word) is Form.GERUND and not following.capital:
        return True
    end = next(
        (
            i
            for i in range(at + 1, len(tokens))
            if not tokens[i].inner
            and (
                tokens[i].word in _MARKS
                or tokens[i].word in RELATIVES
                or tokens[i].word in TIME_WORDS
            )
        ),
        len(tokens),
    )
    verb = finite_verb(tokens, at + 1, end)
    if verb is None or tokens[at + 1].word in (DATE, "then"):
        return False
    opens = at == 0 or tokens[at - 1].word in _MARKS
    if opens and finite_verb(tokens, end, len(tokens)) is None and at == 0:
        return False  # "After a quarrel with the bishop he left": the only verb is the main one
    return all(
        tokens[i].word not in COORDINATORS or not tokens[i + 1 : i + 2] or tokens[i + 1].capital
        for i in range(at + 1, verb)
    )


def _has_subject(tokens: Sequence[Token], start: int, verb: int) -> bool:
    return subject_range(tokens, start, verb) is not None


def subject_range(tokens: Sequence[Token], start: int, verb: int) -> tuple[int, int] | None:
    """Return the range of tokens before a verb that name its subject, fronted phrases left out."""
    begin = start
    fronted = start < verb and (
        is_preposition(tokens, start)
        or tokens[start].word == DATE
        or is_adverb(tokens[start].word)
        or _leads_to_date(tokens, start)
    )
    for at in range(start, verb):
        word = tokens[at].word
        opens = at == begin and (is_adverb(word) or word in _MARKS)
        if opens or (word == DATE and fronted and not tokens[at].inner):
            begin = at + 1
    stop = verb
    while stop > begin and (is_adverb(tokens[stop - 1].word)):
        stop -= 1
    for at in range(begin, stop):
        if tokens[at].word in PRONOUN_SUBJECTS and not tokens[at].inner:
            return at, at + 1
    if begin < stop and is_preposition(tokens, begin):
        return _subject_after_preposition(tokens, begin, stop)
    return (begin, stop) if begin < stop else None


def _leads_to_date(tokens: Sequence[Token], start: int) -> bool:
    """Whether "the night of §" or "two days later, on §" begins there."""
    return any(
        tokens[at].word == DATE for at in range(start, min(start + 3, len(tokens)))
    ) and tokens[start].word in ("the", "early", "late")


def _subject_after_preposition(
    tokens: Sequence[Token], begin: int, stop: int
) -> tuple[int, int] | None:
    """Return the subject in "At the congress Kern": the last run that begins a new noun phrase."""
    for at in range(stop - 1, begin + 1, -1):
        before = tokens[at - 1].word
        if tokens[at].word in ("the", "a", "an") and before not in PREPOSITIONS:
            return at, stop
        if tokens[at].capital and not tokens[at - 1].capital and before not in PREPOSITIONS:
            return (at, stop) if before not in DETERMINERS else None
    return None


def _chunk(tokens: Sequence[Token], start: int, stop: int) -> Chunk:
    """Read a chunk: its mark, what opens it, and what verb it has."""
    at = start
    while at < stop and tokens[at].word in _MARKS:
        at += 1
    chunk = Chunk(start, stop, at, at, "", Shape.PHRASE, None, False)
    chunk.comma = at > start
    chunk.hard = any(tokens[i].word in _HARD for i in range(start, at))
    if at < stop and tokens[at].word in COORDINATORS:
        chunk.coordinated = True
        at += 1
        if at < stop and tokens[at].word == "then":
            at += 1
    if at >= stop:
        return chunk
    chunk.content = chunk.lead = at
    if _open_relative(tokens, chunk):
        return chunk
    word = tokens[at].word
    if word in SUBORDINATORS or (word in TIME_WORDS and _opens_clause(tokens, at)):
        chunk.opener = word
        at += 1
    chunk.lead = min(at, stop - 1)
    while at < stop - 1 and is_adverb(tokens[at].word) and tokens[at].word != "only":
        at += 1
    chunk.content = min(at, stop - 1)
    _find_verb(tokens, chunk)
    return chunk


def _open_relative(tokens: Sequence[Token], chunk: Chunk) -> bool:
    """Read "who ...", "which ...", "in which ...", "that ..." where one begins here."""
    at = chunk.content
    word = tokens[at].word
    following = tokens[at + 1].word if at + 1 < chunk.stop else ""
    plain = word in RELATIVES or (word == "that" and not chunk.comma)
    if not plain and not (word in PREPOSITIONS and following in ("which", "whom")):
        return False
    chunk.opener = word if plain else f"{word} {following}"
    at += 1 if plain else 2
    chunk.content = chunk.lead = min(at, chunk.stop - 1)
    chunk.verb = finite_verb(tokens, at, chunk.stop)
    if chunk.verb is None and at < chunk.stop and word != "whom":
        chunk.verb = at  # a verb in the present tense: what is, not what happened
    if chunk.verb is not None:
        chunk.shape = Shape.RELATIVE
    return True


def _find_verb(tokens: Sequence[Token], chunk: Chunk) -> None:
    """Find a chunk's verb and what shape of clause it makes."""
    at, stop = chunk.content, chunk.stop
    first = tokens[at]
    kind = form(first.word)
    verb = finite_verb(tokens, at, stop)
    lowercase = not first.inner and (not first.capital or at == 0)
    dependent = bool(chunk.opener) or chunk.comma or at == 0
    dates = tokens[at + 1 : at + 3] if first.word in ("beginning", "starting") else ()
    if any(token.word == DATE for token in dates):
        kind = Form.NONE  # "Beginning in 1923, X led": a preposition in all but name
    if lowercase and kind is Form.GERUND and dependent and not (verb is not None and at == 0):
        chunk.shape, chunk.verb = Shape.GERUND, at
        return
    participle = kind is Form.PARTICIPLE or (kind is Form.PAST and is_participle(first.word))
    if lowercase and participle:
        behind = tokens[at + 1].word if at + 1 < stop else ""
        sole = verb is None or verb == at or (chunk.comma and behind == "by")
        if sole and not chunk.coordinated:
            chunk.shape, chunk.verb = Shape.PARTICIPLE, at
            return
        verb = at if verb is None else verb
    if verb is None:
        return
    chunk.has_subject = _has_subject(tokens, at, verb)
    if not chunk.has_subject and _is_reduced(tokens, at, verb):
        return
    chunk.verb = verb
    chunk.shape = Shape.MAIN if chunk.has_subject else Shape.VERB_PHRASE
    if chunk.opener:
        chunk.shape = Shape.SUBORDINATE


def _is_reduced(tokens: Sequence[Token], at: int, verb: int) -> bool:
    """Whether "addressed" in ", in a letter addressed to" belongs to the noun before it."""
    return (
        form(tokens[verb].word) is Form.PAST
        and is_preposition(tokens, at)
        and not any(tokens[i].word == DATE for i in range(at, verb))
    )


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
                if other.shape is not Shape.PHRASE or other.hard or other.coordinated
            ),
            None,
        )
        opens_next = (
            (chunk.coordinated or chunk.hard or bool(chunk.opener))
            and ahead is not None
            and not ahead.coordinated
            and not ahead.hard
            and ahead.shape in (Shape.MAIN, Shape.VERB_PHRASE, Shape.PARTICIPLE)
            and not (ahead.shape is Shape.PARTICIPLE and is_preposition(self.tokens, chunk.content))
        )
        if self.last is None or self.pending or opens_next:
            self.pending.append(index)
        else:
            self.clauses[self.last].chunks.append(index)

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
            begin = chunk.content
            if begin >= chunk.stop or is_preposition(self.tokens, begin):
                continue
            word = self.tokens[begin].word
            if word in (DATE, "beginning", "starting") or is_adverb(word):
                continue
            if chunk.opener:
                continue
            return begin, chunk.stop
        return None

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
        later = self.chunks[index + 1 :]
        waiting = self._waiting_subject()
        takes_verb = form(self.tokens[chunk.content].word) is Form.PAST and not chunk.opener
        if waiting is not None and takes_verb:
            verb_follows = any(
                other.shape is Shape.VERB_PHRASE and not other.coordinated for other in later
            )
            if not verb_follows:
                self._add_main(index, waiting)
                return
        in_list = (
            takes_verb
            and self.last is not None
            and waiting is None
            and any(other.coordinated and other.shape is Shape.VERB_PHRASE for other in later)
        )
        if in_list:
            self._verb_phrase(index)
            return
        self._dependent(index, Shape.PARTICIPLE)

    def _dependent(self, index: int, shape: Shape) -> None:
        chunk = self.chunks[index]
        waiting = self._waiting_subject()
        parent = self.last if self.main is None or not chunk.comma else self.main
        subject: tuple[int, int] | None
        if waiting is not None:
            subject = waiting
        elif self.last is None:
            subject = None
        elif shape is Shape.PARTICIPLE and not chunk.opener:
            subject = self._noun_before(chunk.start)
        else:
            subject = self.clauses[parent if parent is not None else self.last].subject
        clause = Clause(shape, [index], chunk.verb or 0, subject, parent, chunk.opener)
        before = self.last
        added = self._add(clause)
        if waiting is not None or before is None:
            clause.parent = None
            self.last = added

    def _relative(self, index: int) -> None:
        chunk = self.chunks[index]
        subject = self._noun_before(chunk.start)
        main = self.clauses[self.last] if self.last is not None else None
        if main is not None and subject is not None and subject[0] == main.verb + 1:
            told_of = self.tokens[subject[0]].word in ("a", "an", "the", "one")
            if self.tokens[main.verb].word in BE and main.subject is not None and told_of:
                subject = main.subject  # "X was a painter who died": X died
        self._add(
            Clause(Shape.RELATIVE, [index], chunk.verb or 0, subject, self.last, chunk.opener)
        )

    def _subordinate(self, index: int) -> None:
        chunk = self.chunks[index]
        subject = subject_range(self.tokens, chunk.content, chunk.verb or 0)
        parent = self.last
        if subject is None and parent is not None:
            subject = self.clauses[parent].subject
        self._add(
            Clause(Shape.SUBORDINATE, [index], chunk.verb or 0, subject, parent, chunk.opener)
        )

    def _noun_before(self, stop: int) -> tuple[int, int] | None:
        """Return the noun phrase that ends where a relative clause begins."""
        begin = stop
        while begin > 0:
            token = self.tokens[begin - 1]
            word = token.word
            if word in _MARKS and not token.inner:
                break
            if word == DATE or word in PRONOUN_SUBJECTS or may_be_verb(self.tokens, begin - 1):
                break
            if word in PREPOSITIONS and word != "of":
                break
            if word in COORDINATORS and not (self.tokens[begin].capital if begin < stop else False):
                break
            begin -= 1
        return (begin, stop) if begin < stop else None

    def _heads_take_the_main_subject(self) -> None:
        """A participle or gerund before its main clause has that clause's subject."""
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
