"""Entries of lists that no verb tells: "Cup final: Kiel, 3 May 1911", "Captain, 9 June 1863".

They mostly repeat what the text tells better: one counts only where its day is told nowhere else.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import replace

from knowledge.compiler.chunks import Shape
from knowledge.compiler.clauses import Sentence
from knowledge.compiler.found_event import FoundEvent
from knowledge.compiler.references import References
from knowledge.compiler.sentence_pieces import Telling
from knowledge.compiler.wording import Piece, Words
from knowledge.model import Precision
from knowledge.readers.article import Block

_RECORDS = re.compile(
    r"\b(?:records?|honou?rs?|awards?|decorations?|results?|achievements?|titles|medals?"
    r"|electoral|elections?|ranks?|promotions?|appointments?"
    r"|matches|bests?|statistics|championships|tournaments)\b",
    re.IGNORECASE,
)
_KINDS = tuple(
    (kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for kind, words in (
        ("record", "records?|bests?"),
        ("prize", "honou?rs?|awards?|decorations?|titles|medals?|achievements?"),
        ("vote", "electoral|elections?"),
        ("appointment", "ranks?|promotions?|appointments?"),
    )
)


_MONTHS = frozenset(name.lower() for name in calendar.month_name if name)
_LETTERS = re.compile(r"[^\W\d_]{3,}")


def keeps_records(section: tuple[str, ...]) -> bool:
    """Whether lists under these headings say what was won, reached or held, and when."""
    return any(_RECORDS.search(heading) for heading in section)


def kind_of_entries(section: tuple[str, ...]) -> str:
    """Return the kind of what a list under these headings names, "event" where they don't say.

    >>> kind_of_entries(("Career", "Scottish records"))
    'record'
    """
    for heading in reversed(section):
        for kind, pattern in _KINDS:
            if pattern.search(heading):
                return kind
    return "event"


def is_bare_entry(sentence: Sentence, telling: Telling) -> bool:
    """Whether no verb with a subject tells a date of a list."""
    clause = sentence.clauses[telling.clause] if telling.clause is not None else None
    if clause is None:
        return not telling.certain
    if _has_label(sentence, telling):
        return True
    only = all(other.shape is Shape.PARTICIPLE for other in sentence.clauses)
    return only or (clause.shape is Shape.PARTICIPLE and not telling.certain)


def entry_telling(
    references: References, block: Block, sentence: Sentence, telling: Telling
) -> Telling:
    """Return the telling of an entry with whose it is and its heading in front of it.

    One that tells itself ("Aurora, sunk on §") needs none.
    """
    subject = references.cast.subject
    labelled = _has_label(sentence, telling)
    if subject is None or not references.is_person(subject) or not keeps_records(block.section):
        return telling
    if telling.certain and not labelled:
        return telling
    name = references.cast.entities[subject].name
    lead = Words(f"{name}, {block.section[-1].lower()}:", (subject,))
    said: list[Piece] = [telling.sentence] if labelled and telling.sentence else telling.pieces
    pieces: list[Piece] = [lead, *said]
    return replace(telling, pieces=pieces, longer=pieces, sentence=None, part=None)


def _has_label(sentence: Sentence, telling: Telling) -> bool:
    """Whether a colon stands beside the verb: "Hall of Fame: inducted §", "Fee paid: £9, §"."""
    if telling.clause is None:
        return False
    verb = sentence.clauses[telling.clause].verb
    behind = sentence.tokens[verb + 1 : verb + 2]
    return ":" in (sentence.tokens[verb - 1].word, *(token.word for token in behind))


def names_at_most_the_subject(text: str, references: References) -> bool:
    """Whether an entry is a date and at most the name of whom the article is about."""
    about = references.subject
    known = set(_LETTERS.findall(about.name.lower())) if about is not None else set()
    words = [word for word in _LETTERS.findall(text.lower()) if word not in _MONTHS]
    return not any(word not in known for word in words)


def with_entries(events: Iterable[FoundEvent], entries: Iterable[FoundEvent]) -> list[FoundEvent]:
    """Return the events with those entries whose day no event has, in the order of the text."""
    told = list(events)
    taken = {event.date.start for event in told if event.date.precision is Precision.DAY}
    for entry in entries:
        if entry.date.start not in taken:
            taken.add(entry.date.start)
            told.append(entry)
    return sorted(told, key=lambda event: event.statements[0])
