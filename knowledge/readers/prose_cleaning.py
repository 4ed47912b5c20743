"""What damaged plain text holds that is not to be read: remains of markup, leaked citations."""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.readers.block_text import BlockText
from knowledge.readers.text_lines import Line

_REMAINS = re.compile(
    r"'{2,5}"
    r"|(?<=\S)\[(?:\d{1,3}|[a-z]|(?:note|nb|n) ?\d{1,2}|citation needed|edit|clarification needed"
    r"|who\?|when\?|better source needed|page needed|dubious)\]"
    r"| ?\(\s*[,;]*\s*\)|(?<=[,;]);|(?<=[,;]) ;"
)


class Part(NamedTuple):
    """A stretch of a paragraph: of its account, or a citation that leaked into it."""

    start: int
    stop: int
    is_citation: bool = False


class Cleaner:
    """Gathers the clean text of stretches of one plain text."""

    def __init__(self, source: str) -> None:
        """Take the whole text; what is certain of it only as a whole is found out here."""
        self._source = source

    def gather(self, start: int, stop: int) -> BlockText:
        """Return the text of a stretch without what remained of markup."""
        text = BlockText(self._source)
        at = start
        for match in _REMAINS.finditer(self._source, start, stop):
            text.copy(at, match.start())
            at = match.end()
        text.copy(at, stop)
        return text

    def parts(self, start: int, stop: int) -> list[Part]:
        """Return a paragraph's parts in order, citations apart from the account."""
        return [Part(start, stop)]

    def is_broken_by_citation(self, last: Line, line: Line) -> bool:
        """Whether two lines of one group are joined by a citation that broke the paragraph."""
        return False
