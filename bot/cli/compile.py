"""`daybook compile`: articles into a pack."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import click
import msgspec

from bot.errors import UserError
from knowledge.compiler.compile import compile_file
from knowledge.compiler.compiled import Compiled
from knowledge.compiler.pack_entries import pack_entries
from knowledge.packs.file_names import SUFFIXES
from knowledge.readers.reading import Refusal
from knowledge.whole_file import write_whole

MOST_JOBS = 64


@click.command()
@click.argument("articles", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--title", help="The article's title, where the file doesn't tell it.")
@click.option("--url", default="", help="Where the article was read; sources name it.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="PACK",
    help="The file to write, such as village.jsonl; standard output unless given.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, MOST_JOBS),
    help="Articles that are compiled at once; one a processor unless given.",
)
def command(
    articles: tuple[Path, ...], title: str | None, url: str, output: Path | None, jobs: int | None
) -> None:
    """Compile ARTICLES, files or folders of files, into one pack of JSON Lines.

    Plain text, wikitext, HTML and Markdown are read. What can't be read is named in a sentence,
    the rest is compiled, and the exit code is 1.
    """
    if output is not None and output.suffix != ".jsonl":
        raise click.UsageError(f"--output {output} must end in .jsonl, as such packs do.")
    if url and not url.startswith(("http://", "https://")):
        raise click.UsageError("--url must begin with http:// or https://.")
    files = _files_of(articles, output)
    if len(files) > 1 and (title or url):
        raise click.UsageError("--title and --url are for one article.")
    found: list[Compiled] = []
    refused = not files
    if not files:
        click.echo("There is no article to compile: the folder holds no file.", err=True)
    for result in _results(files, title, url, jobs or os.cpu_count() or 1):
        if isinstance(result, Refusal):
            click.echo(result.sentence, err=True)
            refused = True
        else:
            found.append(result)
    if found:
        _write(found, output)
    sys.exit(1 if refused else 0)


def _files_of(articles: Sequence[Path], output: Path | None) -> list[Path]:
    """Return the files, and of a folder those in it, in the order of their names, each once.

    Of a folder, hidden files and packs are none of the articles.
    """
    files: dict[Path, None] = {}
    for path in articles:
        if path.is_dir():
            inside = (file for file in sorted(path.iterdir()) if _is_article(file))
            files |= dict.fromkeys(inside)
        else:
            files[path] = None
    return [file for file in files if output is None or file.absolute() != output.absolute()]


def _is_article(file: Path) -> bool:
    return file.is_file() and not file.name.startswith(".") and file.suffix not in SUFFIXES


def _results(
    files: Sequence[Path], title: str | None, url: str, jobs: int
) -> Iterator[Compiled | Refusal]:
    """Yield what becomes of each file, in their order, with a progress bar on a terminal."""
    compile_one = partial(compile_file, title=title, url=url)
    with ExitStack() as stack:
        if min(jobs, len(files)) > 1:
            from concurrent.futures import ProcessPoolExecutor  # one file does without

            pool = stack.enter_context(ProcessPoolExecutor(min(jobs, len(files))))
            results: Iterable[Compiled | Refusal] = pool.map(compile_one, files)
        else:
            results = map(compile_one, files)
        bar = click.progressbar(
            results,
            length=len(files),
            label="Compiling",
            file=sys.stderr,
            hidden=len(files) == 1 or not sys.stderr.isatty(),
        )
        yield from stack.enter_context(bar)


def _write(found: Sequence[Compiled], output: Path | None) -> None:
    """Write the pack: to standard output, or beside its place and then renamed."""
    name = output.stem if output is not None and len(found) > 1 else ""
    entries = pack_entries(found, name)
    lines = b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)
    if output is None:
        sys.stdout.buffer.write(lines)
        return
    try:
        write_whole(output, lines)
    except OSError as error:
        raise UserError(f"{output} can't be written: {error.strerror}") from None
