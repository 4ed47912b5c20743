"""A file's bytes in, an Article out, or a sentence that says why not."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path, PurePath

from knowledge.readers.article import Article
from knowledge.readers.decoding import UnreadableError, decode
from knowledge.readers.html import read_html
from knowledge.readers.markdown import read_markdown
from knowledge.readers.plain_text import read_plain_text
from knowledge.readers.reference_lists import with_reference_lists
from knowledge.readers.wiki_export import ExportError, is_export, read_export
from knowledge.readers.wikitext import read_wikitext, redirect_target

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes; the longest article of Wikipedia has under 1 MB of wikitext, its page some 5 MB."""

_HTML_ENDINGS = frozenset([".html", ".htm", ".xhtml"])
_WIKI_ENDINGS = frozenset([".wiki", ".wikitext", ".mediawiki", ".mw"])
_MARKDOWN_ENDINGS = frozenset([".md", ".markdown", ".mdown", ".mkd"])
_PACKED_ENDINGS = frozenset(
    [".gz", ".bz2", ".zst", ".xz", ".zip", ".7z", ".rar", ".tar", ".tgz", ".zim"]
)

_HTML = re.compile(
    r"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_WIKITEXT = re.compile(r"\[\[[^\[\]\n|]{1,200}(?:\|[^\[\]\n]{1,200})?\]\]|\{\{[^{}\n|]{1,80}[|}]")
_MARKDOWN = re.compile(r"^#{1,6} \S|\]\(https?://|^\[\^\w+\]:", re.MULTILINE)
SNIFFED = 200_000
"""Letters in which a file without a telling name shows its format."""

SIGNS_OF_FORMAT = 3


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file can't be read, in one sentence that says what to do."""

    sentence: str


def read_article_file(path: Path, *, title: str | None = None, url: str = "") -> Article | Refusal:
    """Return the article in a file on disk, or why there is none; its size is looked at first.

    Raises OSError where the file can't be opened.
    """
    if path.stat().st_size > LARGEST_FILE:
        return Refusal(_too_large(path.name))
    return read_article(path.read_bytes(), path.name, title=title, url=url)


def read_article(
    data: bytes, name: str, *, title: str | None = None, url: str = ""
) -> Article | Refusal:
    """Return the article in a file's bytes, or why there is none.

    `name` is the file's name; its ending and the content tell the format. `title` and `url` are
    the article's, where the operator gives them.
    """
    path = PurePath(name)
    if len(data) > LARGEST_FILE:
        return Refusal(_too_large(path.name))
    ending = path.suffix.casefold()
    if ending in _PACKED_ENDINGS:
        return Refusal(f"{path.name} is packed; unpack it first and give the article's file.")
    try:
        source = decode(data, may_declare=ending in _HTML_ENDINGS or _looks_like_html(data))
        article = _reader_for(ending, source)(source, _title_of(path))
    except (UnreadableError, ExportError) as error:
        return Refusal(f"{path.name} {error}")
    if not article.blocks:
        return Refusal(
            f"{path.name} holds no text that can be read; save the article's text in it."
        )
    return replace(
        article,
        blocks=with_reference_lists(article.blocks),
        title=title or article.title,
        url=url or article.url,
        hash=f"sha256:{hashlib.sha256(data).hexdigest()}",
    )


def _too_large(name: str) -> str:
    return f"{name} is larger than {LARGEST_FILE >> 20} MiB; give one article a file."


def _title_of(path: PurePath) -> str:
    """Return the words of a file's name, for an article that says nowhere what it is called."""
    return " ".join(re.sub(r"[-_+]", " ", path.stem).split())


def _looks_like_html(data: bytes) -> bool:
    return _HTML.match(data[:2000].decode("utf-8", "replace").removeprefix("\ufeff")) is not None


def _reader_for(ending: str, source: str) -> Callable[[str, str], Article]:
    if is_export(source):
        return lambda source, title: read_export(source)
    if ending in _HTML_ENDINGS or _HTML.match(source.removeprefix("\ufeff")):
        return read_html
    if ending in _MARKDOWN_ENDINGS:
        return read_markdown
    beginning = source[:SNIFFED]
    if ending in _WIKI_ENDINGS or redirect_target(source) or _has_signs(_WIKITEXT, beginning):
        return _read_wiki_page
    if ending not in (".txt", ".text") and _has_signs(_MARKDOWN, beginning):
        return read_markdown
    return read_plain_text


def _has_signs(pattern: re.Pattern[str], text: str) -> bool:
    return sum(1 for _ in islice(pattern.finditer(text), SIGNS_OF_FORMAT)) == SIGNS_OF_FORMAT


def _read_wiki_page(source: str, title: str) -> Article:
    target = redirect_target(source)
    if target:
        raise UnreadableError(f"only leads to “{target}”; save that page.")
    return read_wikitext(source, title)
