"""Births and deaths that share a verb: "X was born on 3 May 1901 and her sister on 9 June 1904"."""

from __future__ import annotations

from knowledge.compiler.chunks import Shape
from knowledge.compiler.clauses import Clause
from knowledge.compiler.people_words import KIN
from knowledge.compiler.sentence_pieces import Place, SentencePieces, Telling
from knowledge.compiler.spoken_things import is_plural
from knowledge.compiler.tokens import ARRIVING, DATE, PREPOSITIONS, may_be_verb
from knowledge.compiler.verb_forms import PAST_BE, is_participle
from knowledge.compiler.verb_groups import INTRANSITIVE, verb_group_stop
from knowledge.compiler.wording import Piece, Words
from knowledge.model import Span

_SHARED = frozenset({"born", "died"})
_CHILDREN = frozenset(KIN) | frozenset(
    "twins triplets elder younger eldest youngest second third".split()
)
_ORDINALS = frozenset("first second third fourth fifth sixth next last".split())
_LEAST_ORDERED = 3
"""Words of "the first tram"."""
_BEFORE_DATE = frozenset("on in early late the , about around".split())
_MARKS = frozenset({",", ";", "and", "but"})


class SharedTellings(SentencePieces):
    """Tellings of a date whose verb is said with an earlier one."""

    def _shared(self, place: Place) -> Telling | None:
        """Tell one of several births or deaths of a clause that says its verb once."""
        clause = self.clauses[place.clause]
        if clause.shape is not Shape.MAIN or clause.subject is None or place.token < clause.verb:
            return None
        stop = verb_group_stop(self.tokens, clause.verb)
        said = self.tokens[stop - 1].word
        if said not in _SHARED:
            if (gapped := self._gapped(place, clause)) is not None:
                return gapped
            return self._first_and_last(place, clause, stop)
        last = self.chunks[max(clause.chunks)].stop
        dates = [
            at
            for at in range(stop, last)
            if self.tokens[at].word == DATE and not self.tokens[at].inner
        ]
        if place.token not in dates:
            return None
        position = dates.index(place.token)
        if position:
            return self._of_another(place, said, dates[position - 1])
        if len(dates) < 2 or self._another(dates[0], dates[1]) is None:
            return None
        first = self.chunks[min(clause.chunks)]
        begin = self.tokens[first.lead].start
        spans = [Span(begin, self.tokens[dates[0]].stop)]
        pieces = self._with_subject(spans, clause.subject, [])
        named = self.subjects.pieces(clause.subject)
        if named != [self.subjects.span(clause.subject)]:
            verb = Span(self.tokens[clause.verb].start, self.tokens[dates[0]].stop)
            pieces = [*named, verb]
        return Telling(pieces, pieces, said, None, True)

    def _gapped(self, place: Place, clause: Clause) -> Telling | None:
        """Tell "The Ada was sunk on §, the Ellen mined on §" of the Ellen: "was" is said once."""
        verb, subject = clause.verb, clause.subject
        parent = self.clauses[clause.parent] if clause.parent is not None else None
        chunk = self.chunks[self.sentence.chunk_of(verb)]
        if parent is None or subject is None or not chunk.comma or chunk.coordinated:
            return None
        if self.tokens[parent.verb].word not in PAST_BE or chunk.hard or chunk.opener:
            return None
        if any(token.word in ("having", "being") for token in self.tokens[slice(*subject)]):
            return None
        passive = is_participle(self.tokens[parent.verb + 1].word)
        word = self.tokens[verb].word
        behind = self.tokens[verb + 1].word if verb + 1 < len(self.tokens) else ""
        if not passive or word in INTRANSITIVE | ARRIVING or not is_participle(word):
            return None
        if behind not in PREPOSITIONS | {DATE} or subject[1] != verb:
            return None
        be = "were" if is_plural(self.subjects.text(subject)) else "was"
        rest = Span(self.tokens[verb].start, self.tokens[place.token].stop)
        pieces: list[Piece] = [*self.subjects.pieces(subject), Words(be), rest]
        return Telling(pieces, pieces, word, place.clause, True)

    def _first_and_last(self, place: Place, clause: Clause, stop: int) -> Telling | None:
        """Tell "The first tram ran on §, the last on §" of the last tram."""
        subject = clause.subject
        at = place.token - 1 if self.tokens[place.token - 1].word in ("on", "in") else place.token
        if subject is None or at < stop + 2 or self.tokens[at - 2].word != "the":
            return None
        ordinals = {self.tokens[subject[0] + 1].word, self.tokens[at - 1].word}
        if subject[1] - subject[0] < _LEAST_ORDERED or not ordinals <= _ORDINALS:
            return None
        dated = any(self.tokens[i].word == DATE for i in range(stop, at - 2))
        if not dated or self.tokens[at - 3].word not in (",", "and"):
            return None
        noun = self.subjects.span((subject[0] + 2, subject[1]))
        which = Span(self.tokens[at - 2].start, self.tokens[at - 1].stop)
        verb = Span(self.tokens[clause.verb].start, self.tokens[stop - 1].stop)
        rest = Span(self.tokens[at].start, self._behind(place.token))
        pieces: list[Piece] = [which, noun, verb, rest]
        return Telling(pieces, pieces, self.tokens[stop - 1].word, None, True)

    def _of_another(self, place: Place, said: str, before: int) -> Telling | None:
        words = self._another(before, place.token)
        if words is None:
            return None
        begin, stop = words
        comma = next((at for at in range(begin, stop) if self.tokens[at].word == ","), stop)
        head = self.subjects.text((begin, comma))
        span = Span(self.tokens[begin].start, self.tokens[stop - 1].stop)
        subject: list[Piece] = self.subjects.pieces((begin, comma)) if comma > begin else [span]
        if subject == [self.subjects.span((begin, comma))]:
            subject = [span, Words(",")] if comma < stop else [span]
        be = "were" if is_plural(head) else "was"
        rest = Span(self.tokens[stop].start, self._behind(place.token))
        verb = f"{be} born" if said == "born" else said
        pieces: list[Piece] = [*subject, Words(verb), rest]
        return Telling(pieces, pieces, said, None, True)

    def _another(self, before: int, date: int) -> tuple[int, int] | None:
        """Return the words between two dates that name another one who was born."""
        begin = before + 1
        while begin < date and self.tokens[begin].word not in _MARKS:
            begin += 1  # "on § in Kiel and his sister on §"
        opens = begin
        while begin < date and self.tokens[begin].word in _MARKS:
            begin += 1
        stop = date
        while stop > begin and self.tokens[stop - 1].word in _BEFORE_DATE:
            stop -= 1
        stop = next((at for at in range(begin + 1, stop) if self._leaves_name(at)), stop)
        words = self.tokens[begin:stop]
        if opens == begin or not words or words[0].word in PREPOSITIONS:
            return None
        if any(may_be_verb(self.tokens, at) for at in range(begin, stop)):
            return None
        kin = any(token.word in _CHILDREN or token.word.rstrip("s") in KIN for token in words)
        return (begin, stop) if kin or all(token.capital for token in words) else None

    def _leaves_name(self, at: int) -> bool:
        """Whether "at Bergen" of "her sister at Bergen on §" begins there."""
        return self.tokens[at].word in PREPOSITIONS - {"of"}

    def _behind(self, date: int) -> int:
        """Return where what is said of a date ends: at a mark or at "and"."""
        at = date + 1
        while at < len(self.tokens) and self.tokens[at].word not in _MARKS:
            at += 1
        return self.tokens[at - 1].stop
