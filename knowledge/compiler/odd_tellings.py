"""Dates that stand in odd places: in nouns, lists, brackets, clefts, behind "until ... when"."""

from __future__ import annotations

from knowledge.compiler.chunks import Chunk, Shape
from knowledge.compiler.clauses import Clause
from knowledge.compiler.noun_events import TELLING, NounEvent
from knowledge.compiler.sentence_pieces import Place, Telling
from knowledge.compiler.shared_tellings import SharedTellings
from knowledge.compiler.spoken_things import is_plural
from knowledge.compiler.subject_range import subject_range
from knowledge.compiler.tokens import DATE, DETERMINERS, PREPOSITIONS, finite_verb, may_be_verb
from knowledge.compiler.verb_forms import PAST_BE, Form, form
from knowledge.compiler.verb_groups import INTRANSITIVE, main_verb, verb_group_stop
from knowledge.compiler.wording import Piece, Words
from knowledge.model import HistoricalDate, Span

_DATED = frozenset(
    "tried heard argued dated decided fought held signed published issued delivered".split()
)
"""Participles that date what a sentence begins with."""


_ONE = frozenset("a an another one".split())
_CHILDREN = frozenset("son daughter child boy girl".split())
_LEAST_OUTLIVED = 2
"""Words of "him until"."""
_OF_RECORDS = frozenset("broken beaten bettered surpassed equalled improved lowered".split())
"""Participles of what is done to records, not to the place or the day that stands before them."""


class OddTellings(SharedTellings):
    """Tellings of dates that no clause simply has; `date` is the one that is being told."""

    date: HistoricalDate | None = None

    def _noun(self, event: NounEvent, token: int, chunk: int) -> Telling:
        tokens = self.tokens
        if event.possessive:
            owner = self.subjects.owner_of(event.owner)
        else:
            owner = self.subjects.pieces(event.owner)
        told = event.words
        rest = event.rest
        if told == "died" and event.possessive:
            owner = self._whose_death(event.owner, chunk) or owner
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

    def _whose_death(self, owner: tuple[int, int], chunk: int) -> list[Piece] | None:
        """Return X of "X served him until his death in 1898", where he is known to live on."""
        clause = self.sentence.clause_of(chunk)
        subject = self.clauses[clause].subject if clause is not None else None
        if subject is None or owner[1] - owner[0] != 1 or self.date is None:
            return None
        other = self.subjects.survivor_of(owner[0], subject, self.date)
        return None if other is None else [other]

    def _when_clause(self, place: Place) -> int | None:
        """Return the clause behind "until 1765, when", which tells what happened then."""
        chunk = self.chunks[place.chunk]
        if chunk.stop - 1 != place.token or place.chunk + 1 >= len(self.chunks):
            return None
        following = self.sentence.clause_of(place.chunk + 1)
        if following is None or self.clauses[following].opener != "when":
            return None
        before = self.tokens[place.token - 1].word if place.token else ""
        return following if before in ("until", "till", "to", "before") else None

    def _while(self, place: Place) -> Place | None:
        """Return the main clause of "While imprisoned in § he married", of the same date."""
        clause = self.clauses[place.clause]
        heads = clause.shape in (Shape.PARTICIPLE, Shape.GERUND) and clause.parent is not None
        if not heads or clause.opener not in ("while", "when", "whilst") or place.chunk:
            return None
        parent = clause.parent or 0
        self.clauses[parent].chunks.insert(0, place.chunk)
        return Place(place.token, place.chunk, parent)

    def _headed(self, place: Place) -> int | None:
        """Return the main clause of "In his last letter, dated §, Kern asked for money".

        The date is that of the letter, the trial or the battle with which the sentence begins.
        """
        clause = self.clauses[place.clause]
        first = self.chunks[0]
        if clause.shape is not Shape.PARTICIPLE or self.tokens[clause.verb].word not in _DATED:
            return None
        if self._is_done_to_somebody(clause):
            return None
        if place.chunk != 1 or self.tokens[first.content].word not in ("in", "at", "during", "by"):
            return None
        return self._main_behind(place.token)

    def _is_done_to_somebody(self, clause: Clause) -> bool:
        """Whether a participle is that of who follows: "At Kiel, tried on §, he was acquitted"."""
        follows = clause.subject is not None and clause.subject[0] > clause.verb
        return follows and self.tokens[clause.verb].word in ("tried", "heard", "held")

    def _main_behind(self, token: int) -> int | None:
        """Return the first main clause whose verb stands behind a word."""
        return next(
            (
                index
                for index, other in enumerate(self.clauses)
                if other.shape is Shape.MAIN and other.verb > token and other.subject
            ),
            None,
        )

    def _odd(self, place: Place) -> Telling | None:
        """Return the telling of a date in one of the places that follow, else none."""
        return (
            self._cleft(place)
            or self._outlived(place)
            or self._of_several(place)
            or self._child_of_several(place)
            or self._elliptic(place)
            or self._listed(place)
        )

    def _outlived(self, place: Place) -> Telling | None:
        """Tell "Ilse survived him until §" as "Ilse died": she did so as long as she lived."""
        clause = self.clauses[place.clause]
        verb = clause.verb
        if clause.subject is None or self.tokens[verb].word not in ("survived", "outlived"):
            return None
        said = [token.word for token in self.tokens[verb + 1 : place.token]]
        if said[-1:] == ["the"]:
            said.pop()
        if len(said) < _LEAST_OUTLIVED or said[-1] not in ("until", "till"):
            return None
        whom = self.tokens[verb + 1]
        if not (whom.word in ("him", "her", "them", "his") or whom.capital):
            return None
        pieces: list[Piece] = [*self.subjects.pieces(clause.subject), Words("died")]
        return Telling(pieces, pieces, "died", place.clause, True, True)

    def _of_several(self, place: Place) -> Telling | None:
        """Tell "Two men died: the cook X on §, and Y on §" of each who is listed."""
        opening = place.chunk
        while opening > 0 and not self.chunks[opening].hard:
            opening -= 1
        chunk = self.chunks[place.chunk]
        clause = self.clauses[place.clause]
        if self.tokens[self.chunks[opening].start].word != ":" or clause.subject is None:
            return None
        if chunk.shape is not Shape.PHRASE or self.tokens[clause.verb].word not in INTRANSITIVE:
            return None
        if clause.verb > self.chunks[opening].start or not is_plural(
            self.subjects.text(clause.subject)
        ):
            return None
        stop = self._before_dates(place.token)
        named = self.tokens[chunk.content : stop]
        if not named or not named[-1].capital or named[0].word in PREPOSITIONS:
            return None
        verb = Span(self.tokens[clause.verb].start, self.tokens[clause.verb].stop)
        behind = Span(self.tokens[place.token].start, self.tokens[chunk.stop - 1].stop)
        pieces: list[Piece] = [*self.subjects.pieces((chunk.content, stop)), verb, behind]
        following = self.chunks[place.chunk + 1] if place.chunk + 1 < len(self.chunks) else None
        if following is not None and self.tokens[following.content].word in ("of", "from", "at"):
            last = self.tokens[following.stop - 1].stop
            pieces.append(Span(self.tokens[following.content].start, last))
        return Telling(pieces, pieces, self.tokens[clause.verb].word, place.clause, True)

    def _child_of_several(self, place: Place) -> Telling | None:
        """Tell one birth of "She bore him a son, Nils, on § and a daughter, Eva, on §"."""
        clause, tokens = self.clauses[place.clause], self.tokens
        begin, stop = clause.verb + 1, self.chunks[max(clause.chunks)].stop
        if clause.subject is None or tokens[clause.verb].word not in ("bore", "had"):
            return None
        children = [
            at
            for at in range(begin, stop - 1)
            if tokens[at].word in _ONE and tokens[at + 1].word in _CHILDREN
        ]
        own = [at for at in children if at < place.token]
        several = len(children) > 1 and any(t.word == DATE for t in tokens[begin : children[-1]])
        if not own or not several or any(t.word == DATE for t in tokens[own[-1] : place.token]):
            return None
        lead = Span(tokens[clause.verb].start, tokens[children[0] - 1].stop)
        child = Span(tokens[own[-1]].start, tokens[place.token].stop)
        pieces: list[Piece] = [*self.subjects.pieces(clause.subject), lead, child]
        return Telling(pieces, pieces, tokens[clause.verb].word, place.clause, True)

    def _cleft(self, place: Place) -> Telling | None:
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
        return Telling(pieces, pieces, main_verb(self.tokens, verb), place.clause, True, True)

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
        if verb in _OF_RECORDS and (record := self._record(first)) is not None:
            noun = record
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
            lead = verb if verb in INTRANSITIVE else f"{be} {verb}"
            pieces = [*noun, Words(lead), rest]
        return Telling(pieces, pieces, verb, None, True)

    def _record(self, bracket: int) -> list[Piece] | None:
        """Return the record of "100 metres: 10.9, Kiel, § (broken on §)": what the entry tells."""
        head = next((at for at in range(bracket) if self.tokens[at].word in (":", ",")), None)
        if not head or any(may_be_verb(self.tokens, at) for at in range(bracket - 1)):
            return None
        named = Span(self.tokens[0].start, self.tokens[head - 1].stop)
        return [Words("The record,"), named, Words(",")]

    def _before_dates(self, at: int) -> int:
        """Return the index behind the noun before "on §" or "in Kiel, on §"."""
        while at > 1 and self.tokens[at - 1].word in (DATE, ",", "on", "in"):
            at -= 1
        return at

    def _elliptic(self, place: Place) -> Telling | None:
        """Tell "became professor on §, and rector in §": the verb is said once for both."""
        opening = self._coordinated_phrase(place.chunk)
        if opening is None:
            return None
        chunk = self.chunks[opening]
        main = self.clauses[place.clause]
        pieces: list[Piece]
        while main.parent is not None and main.shape not in (Shape.MAIN, Shape.VERB_PHRASE):
            main = self.clauses[main.parent]
        if main.subject is None or chunk.start < main.verb:
            return None
        if (other := self._same_of_another(main, chunk, place)) is not None:
            return other
        first = next((c for c in main.chunks if self._has_date(c)), None)
        if first is None or opening <= first:
            return None
        said = range(chunk.content, self.chunks[place.chunk].stop)
        if all(self.tokens[i].word in PREPOSITIONS | {DATE, ",", ".", "the"} for i in said):
            return None  # "from § to §, and again from § to §": nothing but another date
        if told := self._told_by_noun(chunk, place.token):
            pieces = [*self.subjects.pieces(main.subject), Words(told)]
            return Telling(pieces, pieces, told.split()[-1], place.clause, True)
        stop = verb_group_stop(self.tokens, main.verb)
        verb = Span(self.tokens[main.verb].start, self.tokens[stop - 1].stop)
        rest = Span(
            self.tokens[chunk.content].start, self.tokens[self.chunks[place.chunk].stop - 1].stop
        )
        word = self.tokens[main.verb].word
        if self.tokens[chunk.content].word in DETERMINERS and word in INTRANSITIVE:
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
        return Telling(pieces, pieces, main_verb(self.tokens, main.verb), place.clause, True)

    def _same_of_another(self, main: Clause, chunk: Chunk, place: Place) -> Telling | None:
        """Tell "died in 1971 and his sister on §" as "his sister died": a verb with no object."""
        tokens = self.tokens
        if tokens[main.verb].word not in INTRANSITIVE:
            return None
        stop = next(
            (
                i
                for i in range(chunk.content, chunk.stop)
                if tokens[i].word in (*PREPOSITIONS, DATE)
            ),
            chunk.stop,
        )
        words = tokens[chunk.content : stop]
        if not words or stop > place.token:
            return None
        owned = words[0].word in ("his", "her", "their")
        if not (owned or all(token.capital for token in words)):
            return None
        verb = Span(tokens[main.verb].start, tokens[main.verb].stop)
        pieces: list[Piece] = [
            *self.subjects.pieces((chunk.content, stop)),
            verb,
            Span(tokens[stop].start, tokens[self.chunks[place.chunk].stop - 1].stop),
        ]
        return Telling(pieces, pieces, tokens[main.verb].word, place.clause, True)

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

    def _listed(self, place: Place) -> Telling | None:
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
        stop = verb_group_stop(self.tokens, clause.verb)
        pieces: list[Piece] = [
            *self.subjects.pieces(clause.subject),
            Span(self.tokens[clause.verb].start, self.tokens[stop - 1].stop),
            Span(
                self.tokens[chunk.content].start,
                self.tokens[self.chunks[place.chunk].stop - 1].stop,
            ),
        ]
        return Telling(pieces, pieces, main_verb(self.tokens, clause.verb), place.clause, True)

    def _is_loose_phrase(self, index: int) -> bool:
        """Whether a chunk goes on with the phrase before: a name, or "on §"."""
        chunk = self.chunks[index]
        if chunk.shape is not Shape.PHRASE or chunk.content + 1 >= chunk.stop:
            return False
        first = self.tokens[chunk.content]
        dated = first.word in PREPOSITIONS and self.tokens[chunk.content + 1].word == DATE
        return dated or (first.capital and not self._has_date(index))
