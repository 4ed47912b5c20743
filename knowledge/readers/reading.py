"""A file's bytes in, an Article out, or a sentence that says why not."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from knowledge.readers.article import Article
from knowledge.readers.plain_text import read_plain_text

LARGEST_FILE = 16 * 1024 * 1024
"""Bytes; the longest article of Wikipedia has under 1 MB of wikitext, its page some 3 MB."""


def _title_of(name: str) -> str:
    """Return the words of a file's name, for an article that says nowhere what it is called."""
    return " ".join(re.sub(r"[-_+]", " ", PurePath(name).stem).split())


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file can't be read, in one sentence that says what to do."""

    sentence: str


def read_article(
    data: bytes, name: str, *, title: str | None = None, url: str = ""
) -> Article | Refusal:
    """Return the article in a file, or why there is none.

    `name` is the file's name; its ending and the content tell the format. `title` and `url` are
    the article's, where the operator gives them.
    """
    if len(data) > LARGEST_FILE:
        return Refusal(f"{name} is larger than 16 MiB; give one article a file.")
    try:
        source = data.decode()
    except UnicodeDecodeError as error:
        return Refusal(f"{name} is not UTF-8 (byte {error.start}); save it as UTF-8.")
    article = read_plain_text(source, _title_of(name))
    return replace(
        article,
        title=title or article.title,
        url=url or article.url,
        hash=f"sha256:{hashlib.sha256(data).hexdigest()}",
    )
