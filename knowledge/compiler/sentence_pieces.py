"""A sentence's chunks as pieces of its text, from which tellings are put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.compiler.chunks import Chunk, Shape
from knowledge.compiler.clause_subjects import Subjects
from knowledge.compiler.clauses import Clause, Sentence
from knowledge.compiler.tokens import DATE, DETERMINERS, PREPOSITIONS
from knowledge.compiler.wording import Piece, Words
from knowledge.model import Span

_SMALL_WORDS = PREPOSITIONS | DETERMINERS | {DATE, ","}
_TIMES = frozenset("day night morning evening week month year".split())
_SHORT = 3
"""Words of "the very day"."""
_DETERMINED = 2
"""Words of "a sentence"."""
_LONGEST_PAIR = 7
_LONGEST_PLACE = 4
"""Words of "in New South Wales"."""
_KEPT_ASIDES = frozenset("including among with along together both all".split())


@dataclass(frozen=True, slots=True)
class Telling:
    """What tells a date: its pieces, without and with what may follow, and its verb.

    `clause` is the clause's index in the sentence; none for a noun event or a whole sentence.
    `certain` is false where no clean clause was found and the sentence stands in for it. `sentence`
    is where that stands, `part` what of it lies between semicolons and holds the date.
    `until_when` says that the date bounds one state and begins what is told, `keeps_date` that
    its words stay in the sentence.
    """

    pieces: list[Piece]
    longer: list[Piece]
    verb: str
    clause: int | None
    certain: bool
    until_when: bool = False
    keeps_date: bool = False
    sentence: Span | None = None
    part: Span | None = None


class Place(NamedTuple):
    """Where a date stands in its sentence: the indices of its token, chunk and clause."""

    token: int
    chunk: int
    clause: int


class SentencePieces:
    """Pieces of one sentence."""

    def __init__(self, sentence: Sentence, subjects: Subjects) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.chunks = sentence.chunks
        self.clauses = sentence.clauses
        self.subjects = subjects

    def _kept_chunks(self, clause: Clause, place: Place) -> list[int]:
        """Return the chunks of a clause that are told: none behind the date with another one."""
        verb_chunk = self.sentence.chunk_of(clause.verb)
        subject_chunk = self.sentence.chunk_of(clause.subject[0]) if clause.subject else verb_chunk
        kept: list[int] = []
        described = self._describing_chunks(subject_chunk, verb_chunk)
        for index in sorted({*clause.chunks, *described}):
            if index < subject_chunk and self._only_says_when(index):
                continue
            if index in described:
                kept.append(index)
                continue
            between = subject_chunk < index < verb_chunk
            if between and not (
                self._is_kept_aside(index)
                or (index == place.chunk and self._says_more_than_when(index))
            ):
                continue
            if index > verb_chunk and self.chunks[index].hard and index != place.chunk:
                break
            if index > max(verb_chunk, place.chunk) and self._leads_to_date(index, clause):
                break
            if index > max(verb_chunk, place.chunk) and self.chunks[index].opener:
                break  # "when Hungary" of "when Hungary, Slovakia and Romania joined"
            if index > max(verb_chunk, place.chunk) and self._is_described_behind(index):
                break
            kept.append(index)
        return kept

    def _only_says_when(self, index: int) -> bool:
        """Whether ", the day" of ", the day after the troops had come, she" is a chunk."""
        chunk = self.chunks[index]
        words = [token.word for token in self.tokens[chunk.content : chunk.stop]]
        return chunk.comma and words[:1] == ["the"] and words[-1] in _TIMES and len(words) <= _SHORT

    def _describing_chunks(self, subject: int, verb: int) -> set[int]:
        """Return the chunks of "The house | where he was born | was sold" that say which it is."""
        if verb != subject + 2 or self._has_date(subject + 1):
            return set()
        chunk = self.chunks[subject + 1]
        restricts = chunk.shape is Shape.RELATIVE and not chunk.comma
        return {subject + 1} if restricts and not self.chunks[verb].comma else set()

    def _is_kept_aside(self, index: int) -> bool:
        """Whether an aside between subject and verb is told: it names members of the subject."""
        chunk = self.chunks[index]
        if chunk.content >= chunk.stop:
            return False
        words = self.tokens[chunk.content : chunk.stop]
        is_place = words[0].word in ("in", "at", "near") and len(words) <= _LONGEST_PLACE
        names = [token.word for token in words if not token.capital]
        if names == ["and"] and len(words) <= _LONGEST_PAIR:
            return True  # "Twins, John and Mabel, were born"
        if words[0].inner and words[0].word in ('"', "“"):
            return True  # "The first single, "Ballast", came out"
        if names == ["the"] and words[0].word == "the" and len(words) <= _LONGEST_PLACE:
            return True  # "Its first steamer, the Aurora, was launched"
        named = is_place and len(words) > 1 and all(token.capital for token in words[1:])
        return named or words[0].word in _KEPT_ASIDES

    def _is_described_behind(self, index: int) -> bool:
        """Whether ", a sentence" says nothing without the "which" that follows."""
        chunk = self.chunks[index]
        following = self.chunks[index + 1] if index + 1 < len(self.chunks) else None
        is_short = chunk.comma and chunk.stop - chunk.content == _DETERMINED
        return (
            is_short
            and self.tokens[chunk.content].word in ("a", "an")
            and following is not None
            and following.shape is Shape.RELATIVE
            and not following.comma
        )

    def _says_more_than_when(self, index: int) -> bool:
        """Whether "meeting at Topeka on §" stands in a chunk, and not "on §" alone."""
        chunk = self.chunks[index]
        first = self.tokens[min(chunk.content, chunk.stop - 1)].word
        said = [
            token.word
            for token in self.tokens[chunk.content : chunk.stop]
            if token.word not in _SMALL_WORDS
        ]
        return first.endswith("ing") and len(said) > 1

    def _leads_to_date(self, index: int, clause: Clause) -> bool:
        """Whether a chunk has another date, or opens a phrase that has one."""
        if self._has_date(index):
            return True
        later = [other for other in clause.chunks if other > index]
        chunk = self.chunks[index]
        first = self.tokens[chunk.content].word if chunk.content < chunk.stop else ""
        goes_on = chunk.coordinated or (chunk.comma and first in ("the", "his", "her", "their"))
        return goes_on and any(self._has_date(other) for other in later)

    def _has_date(self, index: int) -> bool:
        chunk = self.chunks[index]
        return any(self.tokens[i].word == DATE for i in range(chunk.start, chunk.stop))

    def _runs(self, chunks: list[int]) -> list[Span]:
        """Return the spans of chunks in order, neighbours as one, without the first mark."""
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
                start = start if not spans else self._behind_marks(chunk)
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

    def _behind_marks(self, chunk: Chunk) -> int:
        at = chunk.start
        while at < chunk.stop - 1 and self.tokens[at].word in ",;:–—":
            at += 1
        return at


def insert(pieces: Sequence[Piece], at: int, inserted: Sequence[Piece]) -> list[Piece]:
    """Return pieces with others put in at an offset; at the end where none holds it."""
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
