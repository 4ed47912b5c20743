"""`daybook check`: every complaint about packs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from knowledge.library import FaultyPacksError
from knowledge.packs.merge import read_packs


@click.command()
@click.argument("packs", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def command(packs: tuple[Path, ...]) -> None:
    """Name every complaint about PACKS: file, line, key and what is wrong."""
    try:
        found = read_packs(packs, remark=lambda one: click.echo(one, err=True))
    except FaultyPacksError as error:
        for complaint in error.complaints:
            click.echo(complaint)
        sys.exit(1)
    for pack in found:
        click.echo(f"{pack.id}: {len(pack.events)} events, {len(pack.entities)} entities, all well")
