"""People whom only a list of links names: "An interview with Otto Kern", "Salt by Ida Brandt"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.compiler.cast import NamedPlace
from knowledge.compiler.noun_kinds import noun_kind
from knowledge.readers.article import Article, Role

_WORD = r"(?:[A-Z][\w’'-]+|[A-Z]\.)"
_BY = re.compile(
    rf"\b(?:by|with) (?P<name>{_WORD} (?:{_WORD} )?[A-Z][\w’-]+)"
    r"(?= and | from | about | on |[.,;]|$)"
)
"""A name that a word in small letters or the end follows: what goes on in capitals is unclear."""


def link_authors(article: Article) -> Iterator[tuple[str, NamedPlace]]:
    """Yield the names behind "by" and "with" in lists of links and references, and where.

    The entity of each place is 0: whoever takes the name in numbers it. Costs one pass.
    """
    for block, found in enumerate(article.blocks):
        if found.role is not Role.REFERENCE:
            continue
        for match in _BY.finditer(found.text):
            name = match["name"]
            if noun_kind(name.split()) is None:
                yield name, NamedPlace(block, match.start("name"), match.end("name"), 0)
