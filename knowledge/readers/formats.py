"""Which format an article is in: what its file's ending and its first letters tell.

Readers are imported when a file of their format comes, so that plain text starts fast.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice

from knowledge.readers.article import Article

Reader = Callable[[str, str], Article]
"""Takes the decoded file and the title that its name suggests."""

HTML_ENDINGS = frozenset([".html", ".htm", ".xhtml"])
_WIKI_ENDINGS = frozenset([".wiki", ".wikitext", ".mediawiki", ".mw"])
_MARKDOWN_ENDINGS = frozenset([".md", ".markdown", ".mdown", ".mkd"])
_PLAIN_ENDINGS = frozenset([".txt", ".text"])

_HTML = re.compile(
    r"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_WIKITEXT = re.compile(r"\[\[[^\[\]\n|]{1,200}(?:\|[^\[\]\n]{1,200})?\]\]|\{\{[^{}\n|]{1,80}[|}]")
_MARKDOWN = re.compile(r"^#{1,6} \S|\]\(https?://|^\[\^\w+\]:", re.MULTILINE)
_REDIRECT = re.compile(
    r"\ufeff?\s{0,50}#REDIRECT(?:ION)?\s{0,5}:?\s{0,5}\[\[([^\]\n|#]{1,255})", re.IGNORECASE
)
SNIFFED = 200_000
"""Letters in which a file without a telling name shows its format."""

SIGNS_OF_FORMAT = 3


def looks_like_html(data: bytes) -> bool:
    """Whether a file begins as a web page does."""
    return _HTML.match(data[:2000].decode("utf-8", "replace").removeprefix("\ufeff")) is not None


def is_export(source: str) -> bool:
    """Whether a file is MediaWiki's XML."""
    return "<mediawiki" in source[:2000]


def redirect_target(source: str) -> str | None:
    """Return the title that a page of a wiki only leads to, if it does nothing else."""
    match = _REDIRECT.match(source)
    return match[1].strip() if match else None


def reader_for(ending: str, source: str) -> Reader:
    """Return what reads a decoded file whose name has a certain ending, in lower case."""
    if is_export(source):
        from knowledge.readers.wiki_export import read_export

        return read_export
    if ending in HTML_ENDINGS or _HTML.match(source.removeprefix("\ufeff")):
        from knowledge.readers.html import read_html

        return read_html
    beginning = source[:SNIFFED]
    is_markdown = ending in _MARKDOWN_ENDINGS
    is_wiki = ending in _WIKI_ENDINGS or redirect_target(source) or _has_signs(_WIKITEXT, beginning)
    if is_wiki and not is_markdown:
        from knowledge.readers.wikitext import read_page

        return read_page
    if is_markdown or (ending not in _PLAIN_ENDINGS and _has_signs(_MARKDOWN, beginning)):
        from knowledge.readers.markdown import read_markdown

        return read_markdown
    from knowledge.readers.plain_text import read_plain_text

    return read_plain_text


def _has_signs(pattern: re.Pattern[str], text: str) -> bool:
    return sum(1 for _ in islice(pattern.finditer(text), SIGNS_OF_FORMAT)) == SIGNS_OF_FORMAT
