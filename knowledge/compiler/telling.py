"""The clause that a date belongs to, as pieces that make a sentence of their own.

Each shape of clause is told in its own way: a dropped subject is supplied, "who had died" becomes
what its noun did, "Born in Kiel" gets its "was", "leaving Kiel" its tense.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from knowledge.compiler.clause_subjects import Subjects, is_plural
from knowledge.compiler.clauses import Chunk, Clause, Sentence, Shape, subject_range
from knowledge.compiler.date_groups import DateGroup
from knowledge.compiler.noun_events import TELLING, NounEvent, noun_event
from knowledge.compiler.tokens import (
    DATE,
    DETERMINERS,
    PREPOSITIONS,
    finite_verb,
    is_adverb,
    may_be_verb,
)
from knowledge.compiler.verb_forms import (
    HAVE,
    PAST_BE,
    Form,
    form,
    is_participle,
    past_of_gerund,
    past_of_participle,
)
from knowledge.compiler.wording import Piece, Words
from knowledge.model import Span

_INTRANSITIVE = frozenset(
    "died arrived returned moved escaped fled settled resigned retired travelled traveled emigrated"
    " sailed landed studied lived worked graduated served remained retreated marched surrendered"
    " succeeded failed ended appeared emerged continued competed played married collapsed departed"
    " reigned ruled vanished disappeared stayed participated won lost sank burst burned".split()
)
_KEPT_ASIDES = frozenset("including among with along together both all".split())


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells a date: its pieces, without and with what may follow, and its verb.

    `clause` is the clause's index in the sentence; none for a noun event or a whole sentence.
    `sentence` is where the whole sentence stands. `certain` is false where no clean clause was found and the whole sentence stands in.
    """

    pieces: list[Piece]
    longer: list[Piece]
    verb: str
    clause: int | None
    certain: bool
    until_when: bool = False
    sentence: Span = Span(0, 0)


class _Place(NamedTuple):
    token: int
    chunk: int
    clause: int


class Teller:
    """Tells the dates of one sentence."""

    def __init__(self, sentence: Sentence, subjects: Subjects, text: str) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.chunks = sentence.chunks
        self.clauses = sentence.clauses
        self.subjects = subjects
        self.text = text

    def tell(self, group: DateGroup) -> Telling:
        """Return the telling of a date of this sentence."""
        whole = Span(self.tokens[0].start, self.tokens[-1].stop)
        return replace(self._tell(group), sentence=whole)

    def _tell(self, group: DateGroup) -> Telling:
        token = next(
            i for i, t in enumerate(self.tokens) if t.word == DATE and t.start >= group.start
        )
        chunk = self.sentence.chunk_of(token)
        if (event := noun_event(self.tokens, token, self.chunks[chunk].start)) is not None:
            return self._noun(event, token, chunk)
        if (bracketed := self._bracketed(token)) is not None:
            return bracketed
        clause = self.sentence.clause_of(chunk)
        if clause is None:
            return self._whole(None)
        place = _Place(token, chunk, clause)
        if (when := self._when_clause(place)) is not None:
            return self._of_clause(
                _Place(token, self.clauses[when].chunks[0], when), until_when=True
            )
        if (main := self._while(place)) is not None:
            return self._of_clause(main)
        if (cleft := self._cleft(place)) is not None:
            return cleft
        if (elliptic := self._elliptic(place)) is not None:
            return elliptic
        if (listed := self._listed(place)) is not None:
            return listed
        return self._of_clause(place)

    # --- the kinds of clause

    def _of_clause(self, place: _Place, *, until_when: bool = False) -> Telling:
        clause = self.clauses[place.clause]
        match clause.shape:
            case Shape.RELATIVE:
                pieces = self._relative(clause)
            case Shape.GERUND:
                pieces = self._gerund(clause)
            case Shape.PARTICIPLE:
                pieces = self._participle(clause)
            case Shape.VERB_PHRASE:
                pieces = self._verb_phrase(clause, place)
            case _:
                pieces = self._main(clause, place)
        if pieces is None:
            return self._whole(place.clause)
        pieces = self._with_object(clause, pieces)
        longer = self._followers(place)
        verb = self.tokens[clause.verb].word
        return (
            Telling(
                pieces,
                [*pieces, *longer],
                self._main_verb(clause.verb),
                place.clause,
                True,
                until_when,
            )
            if verb
            else self._whole(place.clause)
        )

    def _whole(self, clause: int | None) -> Telling:
        span = Span(self.tokens[0].start, self.tokens[-1].stop)
        verb = self._main_verb(self.clauses[clause].verb) if clause is not None else ""
        return Telling([span], [span], verb, clause, False)

    def _main(self, clause: Clause, place: _Place) -> list[Piece] | None:
        kept = self._kept_chunks(clause, place)
        runs = self._runs(kept)
        if clause.subject is None:
            if clause.shape is Shape.SUBORDINATE:
                return None
            return list(runs)
        return self._with_subject(runs, clause.subject, self._plain_past(clause))

    def _verb_phrase(self, clause: Clause, place: _Place) -> list[Piece] | None:
        if clause.subject is None:
            return None
        kept = self._kept_chunks(clause, place)
        runs = self._runs(kept)
        auxiliary = self._shared_auxiliary(clause)
        pieces: list[Piece] = [*self.subjects.pieces(clause.subject)]
        if not auxiliary:
            return [*pieces, *runs]
        verb = self.tokens[clause.verb].start
        return [*pieces, *_insert(runs, verb, Words(auxiliary))]

    def _relative(self, clause: Clause) -> list[Piece] | None:
        if clause.subject is None:
            return None
        chunk = self.chunks[clause.chunks[0]]
        runs = self._runs(clause.chunks)
        opener = clause.opener
        antecedent = self.subjects.pieces(clause.subject, not_subject=True)
        own = chunk.content < clause.verb and not all(
            is_adverb(self.tokens[i].word)
            or self.tokens[i].word == DATE
            or self.tokens[i].word in PREPOSITIONS
            or self.tokens[i].word in ",the"
            for i in range(chunk.content, clause.verb)
        )
        if opener == "whose":
            owner = self.subjects.owner(clause.subject)
            return [*owner, *self._replaced(runs, self._plain_past(clause))]
        if opener in ("who", "which", "that") and not own:
            return [*antecedent, *self._replaced(runs, self._plain_past(clause))]
        subject = self._own_subject(chunk, clause.verb)
        if subject is None:
            return None
        told = self._with_subject(runs, subject, self._plain_past(clause))
        if opener == "where":
            place = self.subjects.place(clause.subject)
            return [*told, Words(f"in {place.text}", place.entities)] if place else told
        after = self._verb_group_stop(clause.verb)
        if " " in opener:
            preposition = Words(opener.split()[0])
            return _insert_many(told, self.tokens[after - 1].stop, [preposition, *antecedent])
        return _insert_many(told, self.tokens[after - 1].stop, antecedent)

    def _gerund(self, clause: Clause) -> list[Piece] | None:
        if clause.subject is None:
            return None
        first = self.tokens[clause.verb]
        rest = clause.verb + 1
        if first.word == "having" and rest < len(self.tokens):
            participle = self.tokens[rest].word
            rest += 1
            past = "was" if participle == "been" else past_of_participle(participle)
        else:
            past = past_of_gerund(first.word)
        if past == "was" and is_plural(self.subjects.text(clause.subject)):
            past = "were"
        stop = self.tokens[self.chunks[clause.chunks[-1]].stop - 1].stop
        begin = self.tokens[rest].start if rest < len(self.tokens) else stop
        return [*self.subjects.pieces(clause.subject), Words(past), Span(begin, max(begin, stop))]

    def _participle(self, clause: Clause) -> list[Piece] | None:
        if clause.subject is None:
            return None
        verb = self.tokens[clause.verb]
        be = "were" if is_plural(self.subjects.text(clause.subject)) else "was"
        stop = self.tokens[self.chunks[clause.chunks[-1]].stop - 1].stop
        lead = verb.word if verb.word in _INTRANSITIVE else f"{be} {verb.word}"
        return [*self.subjects.pieces(clause.subject), Words(lead), Span(verb.stop, stop)]

    def _noun(self, event: NounEvent, token: int, chunk: int) -> Telling:
        tokens = self.tokens
        if event.possessive:
            owner = self.subjects.owner_of(event.owner)
        else:
            owner = self.subjects.pieces(event.owner)
        told = event.words
        rest = event.rest
        if told == "married" and rest[0] < rest[1] and tokens[rest[0]].word in ("to", "with"):
            rest = rest[0] + 1, rest[1]
        pieces: list[Piece] = [*owner, Words(told)]
        stop = tokens[self.chunks[chunk].stop - 1].stop
        if rest[0] < rest[1]:
            pieces.append(Span(tokens[rest[0]].start, tokens[rest[1] - 1].stop))
        behind = token + 1
        if behind < self.chunks[chunk].stop and tokens[behind].word in ("in", "at", "near"):
            pieces.append(Span(tokens[behind].start, stop))
        return Telling(pieces, pieces, told.split()[-1], None, True)

    def _with_object(self, clause: Clause, pieces: list[Piece]) -> list[Piece]:
        """Put what was spoken of for the "it" behind a verb: "soldiers closed it"."""
        at = self._verb_group_stop(clause.verb)
        if at >= len(self.tokens) or self.tokens[at].word != "it":
            return pieces
        thing = self.subjects.object_before(clause.verb)
        if thing is None:
            return pieces
        span = Span(self.tokens[at].start, self.tokens[at].stop)
        out: list[Piece] = []
        for piece in pieces:
            if isinstance(piece, Span) and piece.start <= span.start and span.stop <= piece.stop:
                out += [Span(piece.start, span.start), thing, Span(span.stop, piece.stop)]
            else:
                out.append(piece)
        return [p for p in out if not isinstance(p, Span) or p.stop > p.start]

    # --- special places of a date

    def _when_clause(self, place: _Place) -> int | None:
        """Return the clause behind "until 1765, when", which tells what happened then."""
        chunk = self.chunks[place.chunk]
        if chunk.stop - 1 != place.token or place.chunk + 1 >= len(self.chunks):
            return None
        following = self.sentence.clause_of(place.chunk + 1)
        if following is None or self.clauses[following].opener != "when":
            return None
        before = self.tokens[place.token - 1].word if place.token else ""
        return following if before in ("until", "till", "to", "before") else None

    def _elliptic(self, place: _Place) -> Telling | None:
        """Tell "became professor on §, and rector in §": the verb is said once for both."""
        opening = self._coordinated_phrase(place.chunk)
        if opening is None:
            return None
        chunk = self.chunks[opening]
        main = self.clauses[place.clause]
        pieces: list[Piece]
        while main.parent is not None and main.shape not in (Shape.MAIN, Shape.VERB_PHRASE):
            main = self.clauses[main.parent]
        first = next((c for c in main.chunks if self._has_date(c)), None)
        if first is None or opening <= first or main.subject is None or chunk.start < main.verb:
            return None
        if told := self._told_by_noun(chunk, place.token):
            pieces = [*self.subjects.pieces(main.subject), Words(told)]
            return Telling(pieces, pieces, told.split()[-1], place.clause, True)
        stop = self._verb_group_stop(main.verb)
        verb = Span(self.tokens[main.verb].start, self.tokens[stop - 1].stop)
        rest = Span(
            self.tokens[chunk.content].start, self.tokens[self.chunks[place.chunk].stop - 1].stop
        )
        word = self.tokens[main.verb].word
        if self.tokens[chunk.content].word in DETERMINERS and word in _INTRANSITIVE:
            date = self.tokens[place.token].start
            noun = next(
                (
                    i
                    for i in range(chunk.content, chunk.stop)
                    if self.tokens[i].word in PREPOSITIONS
                ),
                chunk.stop,
            )
            pieces = [Span(rest.start, self.tokens[noun - 1].stop), verb]
            if date >= self.tokens[noun - 1].stop:
                pieces.append(Span(self.tokens[noun].start, rest.stop))
        else:
            pieces = [*self.subjects.pieces(main.subject), verb, rest]
        return Telling(pieces, pieces, self._main_verb(main.verb), place.clause, True)

    def _bracketed(self, token: int) -> Telling | None:
        """Tell "the bridge (opened 1911)": a participle in brackets says what happened to it."""
        tokens = self.tokens
        first = token
        while first > 0 and tokens[first - 1].inner and tokens[first - 1].word not in "([":
            first -= 1
        if first == token or first == 0 or not tokens[token].inner:
            return None
        verb = tokens[first].word
        if form(verb) not in (Form.PAST, Form.PARTICIPLE):
            return None
        begin = stop = self._before_dates(first - 1)
        while begin > 0 and tokens[begin - 1].word not in PREPOSITIONS - {"of"} | {",", ";", DATE}:
            if may_be_verb(tokens, begin - 1):
                break
            begin -= 1
        opens = tokens[begin]
        if begin == stop or not (opens.capital or opens.word in DETERMINERS):
            return None
        noun = self.subjects.pieces((begin, stop), not_subject=True)
        last = token
        while (
            last + 1 < len(tokens) and tokens[last + 1].inner and tokens[last + 1].word not in ")]"
        ):
            last += 1
        rest = Span(tokens[first].stop, tokens[last].stop)
        pieces: list[Piece]
        if verb == "divorced":
            main = self.sentence.clause_of(self.sentence.chunk_of(first - 1))
            subject = self.clauses[main].subject if main is not None else None
            if subject is None:
                return None
            pieces = [*self.subjects.pieces(subject), Words(verb), *noun, rest]
        else:
            be = "were" if is_plural(self.subjects.text((begin, stop))) else "was"
            lead = verb if verb in _INTRANSITIVE else f"{be} {verb}"
            pieces = [*noun, Words(lead), rest]
        return Telling(pieces, pieces, verb, None, True)

    def _before_dates(self, at: int) -> int:
        """Return the index behind the noun before "on §" or "in Kiel, on §"."""
        while at > 1 and self.tokens[at - 1].word in (DATE, ",", "on", "in"):
            at -= 1
        return at

    def _while(self, place: _Place) -> _Place | None:
        """Return the main clause of "While imprisoned in § he married", which the date dates too."""
        clause = self.clauses[place.clause]
        heads = clause.shape in (Shape.PARTICIPLE, Shape.GERUND) and clause.parent is not None
        if not heads or clause.opener not in ("while", "when", "whilst") or place.chunk:
            return None
        parent = clause.parent or 0
        self.clauses[parent].chunks.insert(0, place.chunk)
        return _Place(place.token, place.chunk, parent)

    def _cleft(self, place: _Place) -> Telling | None:
        """Tell "It was not until § that the Academy met" as "the Academy met"."""
        clause = self.clauses[place.clause]
        if clause.subject is None or self.tokens[clause.verb].word not in PAST_BE:
            return None
        if self.tokens[clause.subject[0]].word != "it" or place.token + 2 >= len(self.tokens):
            return None
        if self.tokens[place.token + 1].word != "that":
            return None
        begin = place.token + 2
        index = self.sentence.chunk_of(begin)
        stop = self.chunks[index].stop
        verb = finite_verb(self.tokens, begin, stop)
        if verb is None:
            return None
        span = Span(self.tokens[begin].start, self.tokens[stop - 1].stop)
        subject = subject_range(self.tokens, begin, verb)
        pieces: list[Piece] = self._with_subject([span], subject, []) if subject else [span]
        return Telling(pieces, pieces, self._main_verb(verb), place.clause, True, True)

    def _told_by_noun(self, chunk: Chunk, date: int) -> str:
        """Return the verb of "and eventual death on §", where the noun stands alone."""
        at = date - 1
        while at > chunk.content and self.tokens[at].word in ("on", "in"):
            at -= 1
        return TELLING.get(self.tokens[at].word, "") if at - chunk.content <= 1 else ""

    def _coordinated_phrase(self, chunk: int) -> int | None:
        """Return the chunk that opens "and a second edition, enlarged, in §", from its last one."""
        while chunk >= 0 and self.chunks[chunk].shape is Shape.PHRASE:
            if self.chunks[chunk].coordinated:
                return chunk
            chunk -= 1
            if self._has_date(chunk):
                return None
        return None

    def _listed(self, place: _Place) -> Telling | None:
        """Tell one member of "was married twice: to X on §, to Y on §"."""
        opening = place.chunk
        while opening > 0 and self._is_loose_phrase(opening):
            opening -= 1
        chunk = self.chunks[opening]
        first = self.tokens[chunk.content].word if chunk.content < chunk.stop else ""
        clause = self.clauses[place.clause]
        if chunk.shape is not Shape.PHRASE or first not in PREPOSITIONS or clause.subject is None:
            return None
        alike = [
            c
            for c in clause.chunks
            if self._has_date(c)
            and self.chunks[c].content < self.chunks[c].stop
            and self.tokens[self.chunks[c].content].word == first
        ]
        if len(alike) < 2:
            return None
        stop = self._verb_group_stop(clause.verb)
        pieces: list[Piece] = [
            *self.subjects.pieces(clause.subject),
            Span(self.tokens[clause.verb].start, self.tokens[stop - 1].stop),
            Span(
                self.tokens[chunk.content].start,
                self.tokens[self.chunks[place.chunk].stop - 1].stop,
            ),
        ]
        return Telling(pieces, pieces, self._main_verb(clause.verb), place.clause, True)

    def _is_loose_phrase(self, index: int) -> bool:
        """Whether a chunk goes on with the phrase before: a name, or a date with its preposition."""
        chunk = self.chunks[index]
        if chunk.shape is not Shape.PHRASE or chunk.content + 1 >= chunk.stop:
            return False
        first = self.tokens[chunk.content]
        dated = first.word in PREPOSITIONS and self.tokens[chunk.content + 1].word == DATE
        return dated or (first.capital and not self._has_date(index))

    # --- chunks into pieces

    def _kept_chunks(self, clause: Clause, place: _Place) -> list[int]:
        """Return the chunks of a clause that are told: none with another date behind the own one."""
        verb_chunk = self.sentence.chunk_of(clause.verb)
        subject_chunk = self.sentence.chunk_of(clause.subject[0]) if clause.subject else verb_chunk
        kept: list[int] = []
        for index in sorted(clause.chunks):
            if subject_chunk < index < verb_chunk and not self._is_kept_aside(index):
                continue
            if index > verb_chunk and self.chunks[index].hard and index != place.chunk:
                break
            if index > max(verb_chunk, place.chunk) and self._leads_to_date(index, clause):
                break
            kept.append(index)
        return kept

    def _is_kept_aside(self, index: int) -> bool:
        """Whether an aside between subject and verb is told: it names members of the subject."""
        chunk = self.chunks[index]
        if chunk.content >= chunk.stop:
            return False
        return self.tokens[chunk.content].word in _KEPT_ASIDES

    def _leads_to_date(self, index: int, clause: Clause) -> bool:
        """Whether a chunk has another date, or opens a phrase that has one."""
        if self._has_date(index):
            return True
        later = [other for other in clause.chunks if other > index]
        return self.chunks[index].coordinated and any(self._has_date(other) for other in later)

    def _has_date(self, index: int) -> bool:
        chunk = self.chunks[index]
        return any(self.tokens[i].word == DATE for i in range(chunk.start, chunk.stop))

    def _runs(self, chunks: list[int]) -> list[Span]:
        """Return the spans of chunks in order; neighbours make one span, the first mark is left out."""
        spans: list[Span] = []
        last = -2
        for index in sorted(chunks):
            chunk = self.chunks[index]
            stop = self.tokens[chunk.stop - 1].stop
            if index == last + 1 and spans:
                spans[-1] = Span(spans[-1].start, stop)
            else:
                dependent = chunk.shape in (Shape.GERUND, Shape.PARTICIPLE)
                start = chunk.lead - int(dependent and bool(chunk.opener))
                start = start if not spans else _behind_marks(self, chunk)
                spans.append(Span(self.tokens[min(start, chunk.stop - 1)].start, stop))
            last = index
        return spans

    def _with_subject(
        self, runs: list[Span], subject: tuple[int, int], edits: list[tuple[Span, str]]
    ) -> list[Piece]:
        """Put the resolved subject in its place, or in front where the runs don't hold it."""
        pieces = self.subjects.pieces(subject)
        span = self.subjects.span(subject)
        replaced = self._replaced(runs, edits)
        if pieces == [span]:
            inside = any(run.start <= span.start and span.stop <= run.stop for run in runs)
            return replaced if inside else [*pieces, *replaced]
        out: list[Piece] = []
        placed = False
        for piece in replaced:
            if isinstance(piece, Span) and piece.start <= span.start and span.stop <= piece.stop:
                if span.start > piece.start:
                    out.append(Span(piece.start, span.start))
                out += pieces
                out.append(Span(span.stop, piece.stop))
                placed = True
            else:
                out.append(piece)
        return out if placed else [*pieces, *out]

    def _replaced(self, runs: list[Span], edits: list[tuple[Span, str]]) -> list[Piece]:
        out: list[Piece] = list(runs)
        for span, words in edits:
            parts: list[Piece] = []
            for piece in out:
                if isinstance(piece, Span) and piece.start <= span.start < piece.stop:
                    if span.start > piece.start:
                        parts.append(Span(piece.start, span.start))
                    parts += [Words(words), Span(span.stop, piece.stop)]
                else:
                    parts.append(piece)
            out = parts
        return out

    def _plain_past(self, clause: Clause) -> list[tuple[Span, str]]:
        """Return "had died" as "died" for a clause taken out of its sentence."""
        if clause.shape not in (Shape.RELATIVE, Shape.SUBORDINATE):
            return []
        tokens = self.tokens
        if tokens[clause.verb].word != "had":
            return []
        at = clause.verb + 1
        while at < len(tokens) and is_adverb(tokens[at].word):
            at += 1
        if at >= len(tokens) or not is_participle(tokens[at].word):
            return []
        past = past_of_participle(tokens[at].word)
        return [
            (Span(tokens[clause.verb].start, tokens[clause.verb + 1].start), ""),
            (Span(tokens[at].start, tokens[at].stop), past),
        ]

    def _shared_auxiliary(self, clause: Clause) -> str:
        """Return the "was" that a verb shares with the clause before it, else nothing."""
        verb = self.tokens[clause.verb].word
        if form(verb) not in (Form.PAST, Form.PARTICIPLE) or clause.parent is None:
            return ""
        root = self.clauses[clause.parent]
        while (
            root.shape is Shape.VERB_PHRASE
            and root.parent is not None
            and (self.tokens[root.verb].word not in PAST_BE)
        ):
            root = self.clauses[root.parent]
        be = root.verb
        if self.tokens[be].word in HAVE and form(verb) is Form.PARTICIPLE:
            return self.tokens[be].word
        words = self.tokens[be].word
        if words in HAVE and be + 1 < len(self.tokens) and self.tokens[be + 1].word == "been":
            words += " been"
            be += 1
        elif words not in PAST_BE:
            return ""
        at = be + 1
        while at < len(self.tokens) and is_adverb(self.tokens[at].word):
            at += 1
        if at >= len(self.tokens) or not is_participle(self.tokens[at].word):
            return ""
        if verb in _INTRANSITIVE:
            return ""
        following = self.tokens[clause.verb + 1] if clause.verb + 1 < len(self.tokens) else None
        if following is None or form(verb) is Form.PARTICIPLE:
            return words
        has_object = following.word in DETERMINERS or following.capital
        return "" if has_object else words

    def _verb_group_stop(self, verb: int) -> int:
        """Return the token behind a verb with its auxiliaries and participle."""
        at = verb + 1
        tokens = self.tokens
        if form(tokens[verb].word) is Form.FINITE and tokens[verb].word in PAST_BE | HAVE:
            while at < len(tokens) and (
                is_adverb(tokens[at].word)
                or tokens[at].word == "been"
                or is_participle(tokens[at].word)
            ):
                at += 1
                if is_participle(tokens[at - 1].word) and tokens[at - 1].word != "been":
                    break
        return at

    def _main_verb(self, verb: int) -> str:
        """Return the word that says what happened: "arrested" of "was arrested"."""
        stop = self._verb_group_stop(verb)
        word = self.tokens[stop - 1].word
        return word if is_participle(word) else self.tokens[verb].word

    def _own_subject(self, chunk: Chunk, verb: int) -> tuple[int, int] | None:
        return subject_range(self.tokens, chunk.content, verb)

    def _followers(self, place: _Place) -> list[Piece]:
        """Return what follows the clause in its sentence and may be told with it.

        These are clauses without a date that hang on it: what came of it, why, who it was. Verbs
        that follow are dated by a date at the head of the sentence only.
        """
        clause = self.clauses[place.clause]
        last = max(clause.chunks)
        fronted = place.token < clause.verb
        pieces: list[Piece] = []
        for index in range(last + 1, len(self.chunks)):
            if self._has_date(index):
                break
            following = self.sentence.clause_of(index)
            if following is None and not self._quotes(index):
                break
            other = self.clauses[following if following is not None else place.clause]
            goes_on = self.chunks[index].coordinated and fronted
            if other.shape in (Shape.MAIN, Shape.VERB_PHRASE) and not goes_on:
                break
            if self.chunks[index].hard and not self._quotes(index):
                break
            chunk = self.chunks[index]
            if chunk.shape is Shape.GERUND and chunk.stop - chunk.content <= 1:
                break  # ", stating" before a quotation
            if chunk.shape is Shape.RELATIVE and " " in chunk.opener:
                break  # ", with whom she had two sons": who it is would not be plain
            span = Span(self.tokens[chunk.start].start, self.tokens[chunk.stop - 1].stop)
            if pieces and isinstance(pieces[-1], Span):
                pieces[-1] = Span(pieces[-1].start, span.stop)
            else:
                pieces.append(span)
        return pieces

    def _quotes(self, index: int) -> bool:
        """Whether a chunk is a colon and a whole quotation."""
        chunk = self.chunks[index]
        return (
            self.tokens[chunk.start].word == ":"
            and chunk.content < chunk.stop
            and self.tokens[chunk.content].inner
            and self.tokens[chunk.content].word in ('"', "“", "«")
        )


def _behind_marks(teller: Teller, chunk: Chunk) -> int:
    at = chunk.start
    while at < chunk.stop - 1 and teller.tokens[at].word in ",;:–—":
        at += 1
    return at


def _insert(runs: list[Span], at: int, words: Words) -> list[Piece]:
    return _insert_many(list(runs), at, [words])


def _insert_many(pieces: list[Piece], at: int, inserted: list[Piece]) -> list[Piece]:
    out: list[Piece] = []
    done = False
    for piece in pieces:
        if not done and isinstance(piece, Span) and piece.start <= at <= piece.stop:
            if at > piece.start:
                out.append(Span(piece.start, at))
            out += inserted
            if at < piece.stop:
                out.append(Span(at, piece.stop))
            done = True
        else:
            out.append(piece)
    return out if done else [*out, *inserted]
