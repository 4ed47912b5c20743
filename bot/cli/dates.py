"""`daybook dates`: the date expressions of an article, to see why an event is missing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import msgspec

from bot.errors import UserError
from knowledge.compiler.date_explanation import explain
from knowledge.compiler.dates import find_dates
from knowledge.readers.article import Article
from knowledge.readers.reading import LARGEST_FILE, Refusal, read_article


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--explain", "explained", is_flag=True, help="Say of each why it was read so.")
def command(file: Path, explained: bool) -> None:
    """Print the dates of FILE, an article, as JSON Lines: one expression a line, in order.

    Offsets count the Unicode code points of the file, decoded as UTF-8.
    """
    article = _article(file)
    if explained:
        for line in explain(article):
            click.echo(line)
        return
    lines = [msgspec.json.encode(entry).decode() for entry in date_entries(article)]
    click.echo("".join(f"{line}\n" for line in lines), nl=False)


def _article(file: Path) -> Article:
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise UserError(f"{file} can't be read: {error.strerror}.") from error
    article = read_article(data, file.name)
    if isinstance(article, Refusal):
        raise UserError(article.sentence)
    return article


def date_entries(article: Article) -> Iterator[dict[str, Any]]:
    """Yield the dates of an article as CONTRACTS has them, with offsets in its file."""
    for found in find_dates(article):
        block = article.blocks[found.block]
        start, stop = block.span(found.start, found.stop)
        yield {
            "start": start,
            "end": stop,
            "text": block.text[found.start : found.stop],
            "value": str(found.date),
            "precision": found.date.precision.value,
            "range": found.range,
            "use": found.use.value,
            "alternative": None if found.alternative is None else str(found.alternative),
        }
