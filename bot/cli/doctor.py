"""`daybook doctor`: a look over the installation, a line for each finding with its cure."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from bot.cli.session import cache_folder
from bot.config import Config, load_config
from bot.errors import EXIT_BROKEN, EXIT_CONFIGURATION, ConfigurationError, UserError
from knowledge.library import FaultyPacksError, open_library


class Finding(NamedTuple):
    """One thing that was looked at."""

    is_well: bool
    text: str
    is_setting: bool = False
    is_warning: bool = False

    @property
    def exit_code(self) -> int:
        """What the command ends with on account of this."""
        return 0 if self.is_well else EXIT_CONFIGURATION if self.is_setting else EXIT_BROKEN

    def __str__(self) -> str:
        """Return the line that is printed."""
        word = "warning" if self.is_warning else "ok" if self.is_well else "wrong"
        return f"{word}: {self.text}"


@click.command()
@click.option("--online", is_flag=True, help="Ask each platform whose token is set, too.")
def command(online: bool) -> None:
    """Look over the installation; ends with 1 where something is wrong, 78 if it is a setting."""
    findings = list(examine())
    if online:
        findings += examine_platforms()
    for finding in findings:
        click.echo(str(finding))
    sys.exit(max(finding.exit_code for finding in findings))


def examine() -> Iterator[Finding]:
    """Yield what was found, in the order in which it matters."""
    yield Finding(True, f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}")
    yield _full_text()
    try:
        config = load_config(os.environ)
    except ConfigurationError as error:
        yield Finding(False, f"{error.message} Correct the variable or unset it.", is_setting=True)
        return
    zone = config.zone or "not set; the console takes the machine's zone"
    yield Finding(True, f"DAYBOOK_ZONE: {zone}")
    yield from _settings(config)
    yield _cache(cache_folder())
    yield from _library(config)


def examine_platforms() -> Iterator[Finding]:
    """Yield what each platform says of the bot; nothing where a wrong setting was found before."""
    from bot.cli.platforms import PLATFORMS, look  # offline, nothing of a platform is needed

    try:
        config = load_config(os.environ)
    except ConfigurationError:
        return
    for place in PLATFORMS:
        if place.settings(config) is None:
            yield Finding(True, f"{place.variable}: not set")
            continue
        try:
            identity = look(place, config)
        except UserError as error:
            is_setting = isinstance(error, ConfigurationError)
            yield Finding(False, error.message, is_setting=is_setting)
            continue
        yield Finding(True, f"{place.title}: the bot is {identity.name}")
        for remark in identity.remarks:
            yield Finding(remark.is_well, f"{place.title}: {remark.text}")


def _settings(config: Config) -> Iterator[Finding]:
    """Yield what serve is told to do; a secret is only said to be there."""
    for warning in config.warnings:
        yield Finding(True, warning, is_warning=True)
    if config.http:
        yield Finding(True, f"DAYBOOK_HTTP: health and metrics at {config.http}")


def _full_text() -> Finding:
    try:
        with sqlite3.connect(":memory:") as connection:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
    except sqlite3.Error:
        return Finding(
            False, "SQLite lacks its full-text module FTS5; install a Python that has it"
        )
    return Finding(True, "SQLite has full-text search")


def _cache(folder: Path) -> Finding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return Finding(
            False,
            f"the cache folder {folder} can't be written ({error.strerror}), so each start builds"
            " the library anew in memory; make it writable, or set DAYBOOK_PACKS to nothing and"
            " DAYBOOK_KNOWLEDGE to a file made by daybook build",
        )
    return Finding(True, f"built knowledge files are kept in {folder}")


def _library(config: Config) -> Iterator[Finding]:
    if not config.packs:
        yield Finding(
            False, "the library is empty; unset DAYBOOK_PACKS or set DAYBOOK_KNOWLEDGE to a pack"
        )
        return
    try:
        store = open_library(config.packs, cache_folder())
    except FaultyPacksError as error:
        for complaint in error.complaints:
            yield Finding(False, f"{complaint}; correct the pack")
        return
    for pack in store.pack_summaries:
        yield Finding(True, f"pack {pack.id}: {pack.events} events, {pack.entities} entities")
