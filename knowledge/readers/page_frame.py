"""What frames the text of a saved page: title and menu at the top, categories at the end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from knowledge.readers.outline import years_of_heading
from knowledge.readers.plain_headings import LONGEST_HEADING, is_usual_heading
from knowledge.readers.text_lines import Group

_FURNITURE = frozenset(
    name.strip()
    for name in """
    home|theinfolist|the info list|or:|or|menu|search|contents|jump to navigation|jump to search
    from wikipedia, the free encyclopedia|navigation|main page|read|edit|view history|share|print
    talk|article|toggle the table of contents|skip to content|download as pdf|tools|log in
    create account|about|contact|next|previous|back|advertisement|back to top|table of contents
    edit links|languages|add languages|view source|more|wiki|index|main menu|move to sidebar|hide
    """.replace("\n", "|").split("|")
    if name.strip()
)

_TAIL = re.compile(
    r"[{\[CL\d](?:"
    r"(?<=\{)\{\s{0,3}DEFAULTSORT|(?<=\[)\[Category:|(?<=\nC)ategor(?:y|ies): "
    r"|\d{0,3}s?(?: BC)? (?:births|deaths) (?=\d|Living people|[A-Z])"
    r"|(?<=L)iving people (?=[A-Z]))"
)
"""Wikipedia's categories of people begin with the years of birth and death."""

_SHARE_BEFORE_TAIL = 0.5
"""How much of a file comes before its categories at least."""

SHORT_WORD = 3

_SUBJECT_NAMED_WITHIN = 400
"""Letters at the start of the text in which an article names its subject."""


def tail_start(source: str) -> int:
    """Return where the categories begin that close a page; the text's end where there are none."""
    match = _TAIL.search(source, int(len(source) * _SHARE_BEFORE_TAIL))
    return match.start() if match else len(source)


def title_and_body(source: str, groups: Sequence[Group]) -> tuple[str | None, int]:
    """Return the title that a page begins with, if any, and the index of the text's first group.

    A first line is the title where the text names it again at once; any other may be a heading.
    """
    title: str | None = None
    for position, group in enumerate(groups):
        lines = [source[line.start : line.stop] for line in group.lines]
        lines = [line for line in lines if line.strip(" \t|•·*").casefold() not in _FURNITURE]
        if title is None and len(lines) == 1 and _names_subject(lines[0], source, groups, position):
            title = " ".join(lines[0].split())
        elif lines:
            return title, position
    return title, len(groups)


def _names_subject(line: str, source: str, groups: Sequence[Group], position: int) -> bool:
    ends_sentence = line.endswith((".", "!", ":", ";", ","))
    if len(line) > LONGEST_HEADING or ends_sentence or years_of_heading(line):
        return False
    words = [word for word in _plain(line).split() if len(word) > SHORT_WORD]
    if not words or is_usual_heading(line):
        return False
    for group in groups[position + 1 :]:
        if group.stop - group.start > LONGEST_HEADING:
            text = _plain(source[group.start : group.start + _SUBJECT_NAMED_WITHIN])
            return sum(word in text for word in words) * 2 > len(words)
    return False


def _plain(text: str) -> str:
    """Return words without marks and case, parted by spaces."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    kept = (c for c in letters if unicodedata.category(c) != "Mn")
    return "".join(c if c.isalnum() else " " for c in kept)
