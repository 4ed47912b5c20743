"""Lists of references that no heading announces: several citations in a row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.readers.article import Block, Role
from knowledge.readers.citations import LONGEST_CITATION, looks_like_citation
from knowledge.readers.zones import Zone, zone_of

LEAST_IN_A_ROW = 3
"""Fewer citations in a row may be a sentence that names a book."""

_PUBLISHED = re.compile(
    r"\bISBN\b|\bdoi:|\bpp?\. ?\d|\b(?:Press|Publishers?|Publishing|Verlag)\b|\b[Rr]etrieved\b"
    r"|[A-Z][a-z]+: [A-Z]|^[\"\u201c]?[A-Z][\w'\u2019-]+, [A-Z]"
)
"""A sign that a list is of sources and not of somebody's works: page, publisher, author first."""


def with_reference_lists(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the blocks, those that stand among citations marked as references."""
    found = list(blocks)
    begin = 0
    for index in range(len(blocks) + 1):
        if index < len(blocks) and _is_entry(blocks[index]):
            continue
        if index - begin >= LEAST_IN_A_ROW:
            for entry in range(begin, index):
                found[entry] = replace(found[entry], role=Role.REFERENCE)
        begin = index + 1
    return tuple(found)


def _is_entry(block: Block) -> bool:
    if block.role not in (Role.LIST, Role.PROSE) or zone_of(block.section) is not Zone.BODY:
        return False
    text = block.text
    if len(text) > LONGEST_CITATION:
        return False
    return _PUBLISHED.search(text) is not None and looks_like_citation(text)
