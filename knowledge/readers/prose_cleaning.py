"""What damaged plain text holds that is not to be read: remains of markup, leaked citations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from knowledge.readers.block_text import SLOPING_MARKS, BlockText
from knowledge.readers.doubled_links import doubled_links
from knowledge.readers.leaked_citations import Leak

_REMAINS = re.compile(
    r"['\[(;\r\n](?:"
    r"(?<=')'{1,4}"
    r"|(?<=\S\[)(?:\d{1,3}|[a-z]|(?:note|nb|n) ?\d{1,2}|citation needed|edit|who\?|when\?|dubious"
    r"|clarification needed|better source needed|page needed)\]"
    r"|(?<=\()\s{0,3}[,;]{0,3}\s{0,3}\)"
    r"|(?<=[,;];)|(?<=[,;] ;)"
    r"|(?:(?<=[^\W\d_]-\n)|(?<=[^\W\d_]-\r)\n?)[ \t]{0,40}(?=[^\W\d_]))"
)
"""Emphasis, reference marks, brackets and semicolons whose words were lost, line ends in words."""

_COLON = re.compile(r":[ \n](?=[A-Z])")
_SPEECH = re.compile(
    r"\b(?:wrote|writes|writing|said|says|saying|stated|states|stating|commented|comments|argued"
    r"|argues|declared|declares|responded|replied|replies|added|adds|testified|acknowledged"
    r"|concluded|concludes|noted|notes|remarked|recalled|recalls|explained|explains|observed"
    r"|observes|proclaimed|announced|asserted|asserts|claimed|claims|warned|insisted|reads|read"
    r"|follows|following|statement|summary|words)$"
)
_OPENER = re.compile(
    r"(?:However|Meanwhile|In|On|At|After|Before|During|When|While|Although|Though|Despite|Due"
    r"|According|Following|From|Until|Since|Nevertheless|Nonetheless|Moreover|Furthermore|Other"
    r"|Later|Afterwards|Soon|Thus|Therefore|Historian|Historians|By)[ ,]"
)
_CAPITALISED = re.compile(r"[A-Z][a-z]*[ ,]")

LONGEST_VERB = 14

DROPPED = " … "
"""Stands for a quotation that is lost, so that the sentence before it ends."""


class Cleaner:
    """Gathers the clean text of stretches of one plain text."""

    def __init__(self, source: str) -> None:
        """Take the whole text; what is certain of it only as a whole is found out here."""
        self._source = source
        self._doubled = doubled_links(source)
        self._cuts = [doubled.cut_start for doubled in self._doubled]

    @property
    def is_mirrored(self) -> bool:
        """Whether the text is a mirror's, with doubled links and lines broken around links."""
        return bool(self._doubled)

    def gather(self, start: int, stop: int, leaks: Sequence[Leak] = ()) -> BlockText:
        """Return the text of a stretch without what remained of markup, and without its leaks."""
        source = self._source
        first, last = bisect_left(self._cuts, start), bisect_left(self._cuts, stop)
        doubled = self._doubled[first:last]
        edits = [(leak.start, leak.stop, "") for leak in leaks]
        edits += [(link.cut_start, link.cut_stop, "") for link in doubled]
        edits += [(*match.span(), "") for match in _REMAINS.finditer(source, start, stop)]
        edits += [(at, at + 1, DROPPED) for at in self._dropped_quotations(start, stop)]
        edits.sort()
        text = BlockText(source)
        at = start
        for begin, end, instead in edits:
            if begin >= at:
                text.copy(at, begin)
                if source[begin] == "'" and end - begin in SLOPING_MARKS:
                    text.switch_italics()
                if instead:
                    text.write(instead, begin, end)
            at = max(at, end)
        text.copy(at, stop)
        for link in doubled:
            text.link_origin(link.link_start, link.link_stop, link.target)
        return text

    def _dropped_quotations(self, start: int, stop: int) -> Iterator[int]:
        """Yield where, behind a colon, a quotation stood once and now the next sentence does."""
        for colon in _COLON.finditer(self._source, start, stop):
            before = self._source[max(start, colon.start() - LONGEST_VERB) : colon.start()]
            speaks = _SPEECH.search(before) and _CAPITALISED.match(self._source, colon.end())
            goes_on = before[-1:].islower() and _OPENER.match(self._source, colon.end())
            if speaks or goes_on:
                yield colon.end() - 1
