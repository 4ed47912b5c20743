"""The clause that a date belongs to, as pieces that make a sentence of their own.

Each shape of clause is told in its own way: a dropped subject is supplied, "who had died" becomes
what its noun did, "Born in Kiel" gets its "was", "leaving Kiel" its tense.
"""

from __future__ import annotations

from dataclasses import replace

from knowledge.compiler.chunks import Chunk, Shape
from knowledge.compiler.clauses import Clause
from knowledge.compiler.date_groups import DateGroup
from knowledge.compiler.followers import Followers
from knowledge.compiler.noun_before import noun_before
from knowledge.compiler.noun_events import noun_event
from knowledge.compiler.sentence_pieces import Place, Telling, insert
from knowledge.compiler.spoken_things import is_plural
from knowledge.compiler.subject_range import subject_range
from knowledge.compiler.tokens import (
    COORDINATORS,
    DATE,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUN_SUBJECTS,
    is_adverb,
    may_be_verb,
)
from knowledge.compiler.verb_forms import PAST_BE, is_participle, past_of_gerund, past_of_participle
from knowledge.compiler.verb_groups import (
    INTRANSITIVE,
    main_verb,
    plain_past,
    shared_auxiliary,
    verb_group_stop,
)
from knowledge.compiler.wording import Piece, Words
from knowledge.model import Span

_OPENERS = frozenset("that who which whom when where while because if as what how".split())
"""Words behind which a verb has a subject of its own."""


class Teller(Followers):
    """Tells the dates of one sentence."""

    def tell(self, group: DateGroup) -> Telling:
        """Return the telling of a date of this sentence."""
        token = next(
            i for i, t in enumerate(self.tokens) if t.word == DATE and t.start >= group.start
        )
        whole = Span(self.tokens[0].start, self.tokens[-1].stop)
        self.date = group.date
        return replace(self._tell(token), sentence=whole, part=self._part(token))

    def _part(self, token: int) -> Span:
        """Return the part of the sentence between semicolons in which a date stands."""
        chunk = last = self.sentence.chunk_of(token)
        while chunk > 0 and not self.chunks[chunk].hard:
            chunk -= 1
        while last + 1 < len(self.chunks) and not self.chunks[last + 1].hard:
            last += 1
        begin = min(self._behind_marks(self.chunks[chunk]), token)
        return Span(self.tokens[begin].start, self.tokens[self.chunks[last].stop - 1].stop)

    def _tell(self, token: int) -> Telling:
        chunk = self.sentence.chunk_of(token)
        if (event := noun_event(self.tokens, token, self.chunks[chunk].start)) is not None:
            return self._noun(event, token, chunk)
        if (bracketed := self._bracketed(token)) is not None:
            return bracketed
        clause = self.sentence.clause_of(chunk)
        if clause is None:
            return self._whole(None, token)
        place = Place(token, chunk, clause)
        if (when := self._when_clause(place)) is not None:
            return self._of_clause(
                Place(token, self.clauses[when].chunks[0], when), until_when=True
            )
        if (main := self._while(place)) is not None:
            return self._of_clause(main)
        if (headed := self._headed(place)) is not None:
            return replace(self._whole(headed, token), certain=True, keeps_date=True)
        if (shared := self._shared(place)) is not None:
            return shared
        if (odd := self._odd(place)) is not None:
            return odd
        if self._is_parted_from_verb(place):
            behind = self._main_behind(token)
            return self._whole(place.clause if behind is None else behind, token)
        return self._of_clause(place)

    def _is_parted_from_verb(self, place: Place) -> bool:
        """Whether a semicolon stands between a date and the verb that it was taken to have.

        What follows the semicolon then has a verb of its own, that wasn't found.
        """
        verb = self.sentence.chunk_of(self.clauses[place.clause].verb)
        part = next(
            (
                index
                for index in range(place.chunk, verb, -1)
                if self.tokens[self.chunks[index].start].word == ";"
            ),
            None,
        )
        if part is None:
            return False
        return any(may_be_verb(self.tokens, at) for at in range(place.token, len(self.tokens)))

    def _of_clause(self, place: Place, *, until_when: bool = False) -> Telling:
        clause = self.clauses[place.clause]
        match clause.shape:
            case Shape.RELATIVE:
                pieces = self._relative(clause, place)
            case Shape.GERUND:
                pieces = self._gerund(clause)
            case Shape.PARTICIPLE:
                pieces = self._participle(clause, place)
            case Shape.VERB_PHRASE:
                pieces = self._verb_phrase(clause, place)
            case _:
                pieces = self._main(clause, place)
        if pieces is None:
            return self._whole(place.clause, place.token)
        pieces = self._with_object(clause, pieces)
        told_to = max((piece.stop for piece in pieces if isinstance(piece, Span)), default=0)
        is_cut = told_to < self.tokens[self.chunks[max(clause.chunks)].stop - 1].start
        longer = [] if is_cut else self._followers(place)
        verb = self.tokens[clause.verb].word
        return (
            Telling(
                pieces,
                [*pieces, *longer],
                main_verb(self.tokens, clause.verb),
                place.clause,
                True,
                until_when,
            )
            if verb
            else self._whole(place.clause, place.token)
        )

    def _whole(self, clause: int | None, token: int) -> Telling:
        """Tell a part of the sentence as it stands, where no clean clause can be cut out of it."""
        part = self._part(token)
        verbs = (self.tokens[other.verb].start for other in self.clauses)
        if not any(part.start <= verb < part.stop for verb in verbs):
            part = Span(self.tokens[0].start, self.tokens[-1].stop)
        pieces: list[Piece] = [part]
        verb = main_verb(self.tokens, self.clauses[clause].verb) if clause is not None else ""
        for other in self.clauses:
            if other.shape is not Shape.MAIN or other.subject is None:
                continue
            if part.start <= self.subjects.span(other.subject).start < part.stop:
                pieces = self._with_subject([part], other.subject, [])
                break
        return Telling(pieces, pieces, verb, clause, False)

    def _main(self, clause: Clause, place: Place) -> list[Piece] | None:
        kept = self._without_noun_before_pronoun(clause, self._kept_chunks(clause, place))
        runs = self._runs(kept)
        if clause.shape is Shape.SUBORDINATE and (
            clause.subject is None
            or self._holds_another_verb(clause, self.chunks[clause.chunks[0]])
            or self._has_verb_and_date(clause.subject)
        ):
            return None
        if clause.subject is None:
            return list(runs)
        return self._with_subject(runs, clause.subject, plain_past(self.tokens, clause))

    def _part_of(self, clause: Clause, runs: list[Span]) -> list[Piece] | None:
        """Tell "a history, the first volume of which appeared on §" of a volume of the history."""
        opening = clause.chunks[0]
        if clause.opener not in ("of which", "of whom") or clause.subject is None or not opening:
            return None
        before = self.chunks[opening - 1]
        part = clause.subject
        if not before.comma or part[0] != before.content or self.tokens[part[0]].word != "the":
            return None
        whole = noun_before(self.tokens, before.start)
        if whole is None:
            return None
        of = "of"
        if self.tokens[whole[0]].word == "the" and whole[1] - whole[0] > 1:
            of, whole = "of the", (whole[0] + 1, whole[1])
        of_whole = [self.subjects.span(part), Words(of), *self.subjects.pieces(whole)]
        return [*of_whole, *self._replaced(runs, plain_past(self.tokens, clause))]

    def _without_noun_before_pronoun(self, clause: Clause, kept: list[int]) -> list[int]:
        """Leave out what "he" is said to be before it: "The third of his name, he won"."""
        if clause.subject is None or self.tokens[clause.subject[0]].word not in PRONOUN_SUBJECTS:
            return kept
        own = self.sentence.chunk_of(clause.subject[0])
        first = self.tokens[self.chunks[kept[0]].content].word if kept else ""
        if first not in ("the", "a", "an") or any(self._has_date(c) for c in kept if c < own):
            return kept
        return [chunk for chunk in kept if chunk >= own]

    def _verb_phrase(self, clause: Clause, place: Place) -> list[Piece] | None:
        if clause.subject is None:
            return None
        if self._is_reported(clause):
            return None
        kept = self._kept_chunks(clause, place)
        runs = self._runs(kept)
        auxiliary = shared_auxiliary(self.sentence, clause)
        if not auxiliary and self._goes_on_passive(clause):
            auxiliary = "were" if is_plural(self.subjects.text(clause.subject)) else "was"
        pieces: list[Piece] = [*self.subjects.pieces(clause.subject)]
        if not auxiliary:
            return [*pieces, *runs]
        verb = self.tokens[clause.verb].start
        return [*pieces, *insert(runs, verb, [Words(auxiliary)])]

    def _goes_on_passive(self, clause: Clause) -> bool:
        """Whether "and ratified at Kiel on §" goes on with "a peace, signed on §"."""
        parent = self.clauses[clause.parent] if clause.parent is not None else None
        word = self.tokens[clause.verb].word
        behind = self.tokens[clause.verb + 1].word if clause.verb + 1 < len(self.tokens) else ""
        return (
            parent is not None
            and parent.shape is Shape.PARTICIPLE
            and is_participle(word)
            and word not in INTRANSITIVE
            and (behind == DATE or behind in PREPOSITIONS)
        )

    def _aside_chunks(self, clause: Clause, place: Place) -> list[int]:
        """Return the chunks of an aside: none behind its date that goes on with something else.

        "a son, Otto, born on 3 May, and a daughter": the daughter is no part of it.
        """
        kept: list[int] = []
        for index in sorted(clause.chunks):
            chunk = self.chunks[index]
            says = chunk.content < chunk.stop
            as_what = says and chunk.comma and self.tokens[chunk.content].word == "as"
            goes_on = chunk.coordinated or self._has_date(index) or as_what
            if index > place.chunk and goes_on:
                break
            kept.append(index)
        return kept

    def _has_verb_and_date(self, words: tuple[int, int]) -> bool:
        """Whether a subject is none: "When the harvest failed in § the price of salt | rose"."""
        inside = range(*words)
        return any(self.tokens[at].word == DATE for at in inside) and any(
            may_be_verb(self.tokens, at) for at in inside
        )

    def _nearest(self, clause: Clause, subject: tuple[int, int]) -> tuple[int, int]:
        """Return whom "he" means in "since Kern had caught a fever, of which he died"."""
        parent = self.clauses[clause.parent] if clause.parent is not None else None
        if parent is None or parent.shape is not Shape.SUBORDINATE or parent.subject is None:
            return subject
        is_pronoun = self.tokens[subject[0]].word in ("he", "she")
        named = self.tokens[parent.subject[0]].capital
        return parent.subject if is_pronoun and named else subject

    def _is_reported(self, clause: Clause) -> bool:
        """Whether a verb stands behind "records that ...", whose subject is not its own."""
        parent = clause
        while parent.shape is Shape.VERB_PHRASE and parent.parent is not None:
            parent = self.clauses[parent.parent]
        behind = parent.verb + 1
        said = self.tokens[behind].word if behind < clause.verb else ""
        return said in ("that", "whether") and parent is not clause

    def _relative(self, clause: Clause, place: Place) -> list[Piece] | None:
        if clause.subject is None:
            return None
        chunk = self.chunks[clause.chunks[0]]
        if self._holds_another_verb(clause, chunk):
            return None
        runs = self._runs(self._aside_chunks(clause, place))
        if (told := self._part_of(clause, runs)) is not None:
            return told
        opener = clause.opener
        antecedent = self.subjects.pieces(clause.subject, not_subject=True)
        if opener == "who" and (person := self.subjects.owner_in(clause.subject)) is not None:
            antecedent = [person]
        own = chunk.content < clause.verb and not all(
            is_adverb(self.tokens[i].word)
            or self.tokens[i].word == DATE
            or self.tokens[i].word in PREPOSITIONS
            or self.tokens[i].word in (",", "the")
            for i in range(chunk.content, clause.verb)
        )
        if opener == "whose":
            owner = self.subjects.owner(clause.subject)
            return [*owner, *self._replaced(runs, plain_past(self.tokens, clause))]
        if opener in ("who", "which", "that") and not own:
            return [*antecedent, *self._replaced(runs, plain_past(self.tokens, clause))]
        subject = subject_range(self.tokens, chunk.content, clause.verb)
        if subject is None:
            return None
        edits = plain_past(self.tokens, clause)
        nearest = self._nearest(clause, subject)
        if nearest == subject:
            told = self._with_subject(runs, subject, edits)
        else:
            without = self._replaced(runs, [(self.subjects.span(subject), ""), *edits])
            told = [*self.subjects.pieces(nearest), *without]
        behind = self.tokens[chunk.stop - 1].stop
        if opener == "where":
            at = None if self._says_where(chunk) else self.subjects.place(clause.subject)
            where: list[Piece] = [at] if at else []
            return insert(told, behind, where)
        if " " in opener:
            return insert(told, behind, [Words(opener.split()[0]), *antecedent])
        after = verb_group_stop(self.tokens, clause.verb)
        return insert(told, self.tokens[after - 1].stop, antecedent)

    def _says_where(self, chunk: Chunk) -> bool:
        """Whether "where his ship was sunk off Kiel" has a place of its own."""
        return any(
            self.tokens[at].word in ("off", "near", "in", "at") and self.tokens[at + 1].capital
            for at in range(chunk.content, chunk.stop - 1)
        )

    def _holds_another_verb(self, clause: Clause, chunk: Chunk) -> bool:
        """Whether "the terms which he took to the king were refused" is one chunk with both verbs.

        Then no clean cut is known, and the sentence is told as it stands.
        """
        begin = verb_group_stop(self.tokens, clause.verb)
        if any(self.tokens[at].word in _OPENERS for at in range(chunk.content, clause.verb)):
            return True
        own_subject = self.tokens[chunk.content].word in PRONOUN_SUBJECTS
        if own_subject and any(
            may_be_verb(self.tokens, at) for at in range(chunk.content + 1, clause.verb)
        ):
            return True
        dated = False
        for at in range(begin, chunk.stop):
            token = self.tokens[at]
            dated = dated or token.word == DATE
            if token.word in COORDINATORS or token.word in _OPENERS:
                return False
            if token.word in PAST_BE and not token.inner:
                return True
            if at + 1 < chunk.stop and may_be_verb(self.tokens, at):
                follower = self.tokens[at + 1]
                if dated or follower.word in DETERMINERS or follower.word[0].isdigit():
                    return True
        return False

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

    def _participle(self, clause: Clause, place: Place) -> list[Piece] | None:
        if clause.subject is None:
            return None
        verb = self.tokens[clause.verb]
        first = clause.subject[0]
        if first and self.tokens[first - 1].word in ("and", "or") and clause.parent is not None:
            return None  # "a work for voices and orchestra, sketched in §": which was sketched?
        be = "were" if is_plural(self.subjects.text(clause.subject)) else "was"
        last = self._aside_chunks(clause, place)[-1]
        stop = self.tokens[self.chunks[last].stop - 1].stop
        lead = verb.word if verb.word in INTRANSITIVE else f"{be} {verb.word}"
        return [*self.subjects.pieces(clause.subject), Words(lead), Span(verb.stop, stop)]

    def _with_object(self, clause: Clause, pieces: list[Piece]) -> list[Piece]:
        """Put what was spoken of for the "it" behind a verb: "soldiers closed it"."""
        at = verb_group_stop(self.tokens, clause.verb)
        if at >= len(self.tokens) or self.tokens[at].word != "it":
            return pieces
        thing = self.subjects.object_before(clause.verb) or self.subjects.thing_before(clause.verb)
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
