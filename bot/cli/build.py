"""`daybook build`: packs into one knowledge file."""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path

import click

from knowledge.build import build
from knowledge.library import FaultyPacksError, fingerprint_of
from knowledge.packs.merge import read_packs
from knowledge.packs.uniting import united


@click.command()
@click.argument("packs", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="KNOWLEDGE",
    help="The file to write; one that is there is replaced.",
)
def command(packs: tuple[Path, ...], output: Path) -> None:
    """Build PACKS, and knowledge files among them, into one knowledge file."""
    try:
        found = read_packs(packs, remark=lambda one: click.echo(one, err=True))
    except FaultyPacksError as error:
        for complaint in error.complaints:
            click.echo(complaint, err=True)
        sys.exit(1)
    found, entities, events = united(found)
    entries = sum(len(pack.events) + len(pack.entities) + len(pack.passages) for pack in found)
    try:
        with click.progressbar(
            length=entries, label="Building", file=sys.stderr, hidden=not sys.stderr.isatty()
        ) as bar:
            build(found, output, fingerprint_of(packs), progress=bar.update)
    except (OSError, sqlite3.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        click.echo(f"{output} can't be written: {reason}", err=True)
        sys.exit(1)
    if entities or events:
        click.echo(
            f"People and things that several packs tell of: {entities}; events: {events}. Each is"
            " told once, as a hand-written pack says it where one does, with every source.",
            err=True,
        )
    click.echo(f"{output}: {len(found)} packs, {entries} entries")
