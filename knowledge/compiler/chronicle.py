"""Entries of a chronicle that begin with their date: "1842 – enters the cadet school at Kiel"."""

from __future__ import annotations

import re

from knowledge.compiler.date_groups import DateGroup
from knowledge.compiler.references import References
from knowledge.compiler.tokens import DETERMINERS, PREPOSITIONS
from knowledge.compiler.verb_forms import Form, form, is_participle
from knowledge.compiler.wording import Piece, Words
from knowledge.model import Span

_DASH = re.compile(r"\s*[:–—-]\s+|,\s+")
_FIRST_WORDS = re.compile(r"([^\W\d_]+) ([^\W\d_]+)")


def entry_pieces(
    references: References, text: str, span: Span, group: DateGroup
) -> list[Piece] | None:
    """Return an entry with the person whom the article is about as the subject that it leaves out.

    "enters the school" and "promoted to captain" are their deeds; "the bridge is rebuilt" has a
    subject of its own, and gets none.
    """
    subject = references.cast.subject
    dash = _DASH.match(text, group.stop)
    if subject is None or not references.is_person(subject) or dash is None:
        return None
    words = _FIRST_WORDS.match(text, dash.end(), span.stop)
    if words is None or not words[1].islower():
        return None
    first, second = words[1], words[2].lower()
    name = references.cast.entities[subject].name
    rest = Span(dash.end(), span.stop)
    if form(first) in (Form.PAST, Form.PARTICIPLE) and is_participle(first):
        return [Words(f"{name} was", (subject,)), rest]
    if first.endswith("s") and (second in PREPOSITIONS or second in DETERMINERS):
        return [Words(name, (subject,)), rest]
    return None
