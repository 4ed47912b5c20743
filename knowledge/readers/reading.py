"""A file's bytes in, an Article out, or a sentence that says why not."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from knowledge.readers.article import Article
from knowledge.readers.decoding import UnreadableError, decode
from knowledge.readers.formats import HTML_ENDINGS, looks_like_html, reader_for
from knowledge.readers.reference_lists import with_reference_lists

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes; the longest article of Wikipedia has under 1 MB of wikitext, its page some 5 MB."""

_PACKED_ENDINGS = frozenset(
    [".gz", ".bz2", ".zst", ".xz", ".zip", ".7z", ".rar", ".tar", ".tgz", ".zim"]
)


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
        source = decode(data, may_declare=ending in HTML_ENDINGS or looks_like_html(data))
        article = reader_for(ending, source)(source, title_of_file(path))
    except UnreadableError as error:
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


def title_of_file(path: PurePath) -> str:
    """Return the words of a file's name, for an article that says nowhere what it is called."""
    return " ".join(re.sub(r"[-_+]", " ", path.stem).split())
