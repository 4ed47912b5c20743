"""An Article in, all that a pack will hold of it out: the order of the compiler's steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from knowledge.compiler.compiled import Compiled, FoundPassage
from knowledge.compiler.dates import find_dates
from knowledge.compiler.doubts import doubts_of
from knowledge.compiler.events import find_events
from knowledge.compiler.pack_text import paragraphs
from knowledge.compiler.people import find_cast
from knowledge.names import fold
from knowledge.readers.article import Article, Role
from knowledge.readers.reading import Refusal, read_article_file, title_of_file


def compile_article(article: Article) -> Compiled:
    """Find an article's dates, then who and what it names, then what happened."""
    dates = find_dates(article)
    cast = find_cast(article, dates)
    events = tuple(find_events(article, dates, cast))
    return Compiled(
        title=article.title,
        hash=article.hash,
        url=article.url,
        cast=cast,
        events=events,
        doubts=doubts_of(events, dates, article),
        passages=tuple(_passages(article)),
    )


def compile_file(path: Path, title: str | None = None, url: str = "") -> Compiled | Refusal:
    """Read and compile one file. What can't be read is refused in a sentence, never raised."""
    if not path.is_file():
        return Refusal(f"{path.name} is no file; give the file that the article was saved to.")
    try:
        article = read_article_file(path, title=title, url=url)
    except OSError as error:
        return Refusal(f"{path.name} can't be read: {error.strerror}.")
    if isinstance(article, Refusal):
        return article
    compiled = compile_article(article)
    if title is None and article.title == title_of_file(path):
        return replace(compiled, title=_found_title(compiled))
    return compiled


def _found_title(compiled: Compiled) -> str:
    """Return what an article is called that bears only a file's name: whom it is about, if known.

    A file's name that says the same is kept: "Otto Kern.txt", but not "kern.txt" or "Page 2.txt".
    """
    subject = compiled.cast.subject
    if subject is None:
        return compiled.title
    name = compiled.cast.entities[subject].name
    is_named = not {fold(word) for word in name.split()}.isdisjoint(
        fold(word) for word in compiled.title.split()
    )
    return compiled.title if is_named and not compiled.title[:1].islower() else name


_TOLD = frozenset({Role.PROSE, Role.LIST, Role.QUOTE})
"""What a reader reads of an article; its tables, notes and lists of literature are looked up."""


def _passages(article: Article) -> Iterator[FoundPassage]:
    for block in article.blocks:
        if block.role in _TOLD and block.text:
            for start, stop in paragraphs(block.text):
                text = block.text[start:stop].strip()
                yield FoundPassage(text, block.section, block.span(start, stop))
