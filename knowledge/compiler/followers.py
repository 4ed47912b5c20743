"""What follows a clause in its sentence and may be told with it."""

from __future__ import annotations

from knowledge.compiler.chunks import Shape
from knowledge.compiler.odd_tellings import OddTellings
from knowledge.compiler.sentence_pieces import Place
from knowledge.compiler.wording import Piece
from knowledge.model import Span


class Followers(OddTellings):
    """The words behind a clause that say what came of it, why, who it was."""

    def _followers(self, place: Place) -> list[Piece]:
        """Return what follows the clause in its sentence and may be told with it.

        These are clauses without a date that hang on it: what came of it, why, who it was. Verbs
        that follow are dated by a date at the head of the sentence only.
        """
        clause = self.clauses[place.clause]
        last = max(clause.chunks)
        fronted = place.token < clause.verb
        pieces: list[Piece] = []
        told: int | None = None
        for index in range(last + 1, len(self.chunks)):
            if self._has_date(index):
                break
            following = self.sentence.clause_of(index)
            if following is None and not self._quotes(index):
                break
            other = self.clauses[following if following is not None else place.clause]
            goes_on = fronted and (
                self.chunks[index].coordinated
                or (following is not None and following == told)
                or (other.subject == clause.subject and self._is_of_a_list(index))
            )
            told = following
            if other.shape in (Shape.MAIN, Shape.VERB_PHRASE) and not goes_on:
                break
            if self._begins_another(index):
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

    def _is_of_a_list(self, index: int) -> bool:
        """Whether ", passed four" goes on with "and touched third", of no other date."""
        for chunk in range(index, len(self.chunks)):
            clause = self.sentence.clause_of(chunk)
            if self._has_date(chunk) or clause is None or self.chunks[chunk].hard:
                return False
            if self.chunks[chunk].coordinated:
                return True
            if self.clauses[clause].shape is not Shape.VERB_PHRASE:
                return False
        return False

    def _begins_another(self, index: int) -> bool:
        """Whether "and Kern" of "was declared and Kern, who had fled, was caught" is a chunk."""
        chunk = self.chunks[index]
        behind = self.chunks[index + 1].shape if index + 1 < len(self.chunks) else None
        named = chunk.shape is Shape.PHRASE and chunk.coordinated and self._names(index)
        return named and behind is Shape.RELATIVE

    def _names(self, index: int) -> bool:
        """Whether a chunk is nothing but a name: "killed her master, | Otto Kern"."""
        chunk = self.chunks[index]
        words = self.tokens[chunk.content : chunk.stop]
        return all(token.capital or token.word in ".,;" for token in words)

    def _quotes(self, index: int) -> bool:
        """Whether a chunk is a colon and a whole quotation."""
        chunk = self.chunks[index]
        return (
            self.tokens[chunk.start].word == ":"
            and chunk.content < chunk.stop
            and self.tokens[chunk.content].inner
            and self.tokens[chunk.content].word in ('"', "“", "«")
        )
