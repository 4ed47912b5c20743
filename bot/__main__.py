"""The command `daybook`: a chat on the console, or one of the subcommands in bot/cli."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import click

from bot.errors import EXIT_BROKEN, EXIT_CONFIGURATION, ConfigurationError, UserError

SUBCOMMANDS = {
    "ask": "Ask one question, or one a line from standard input with -",
    "backup": "Write a backup of the state to a file",
    "build": "Build packs into a knowledge file",
    "check": "Name every complaint about packs",
    "compile": "Compile articles into a pack",
    "dates": "Print the dates that the compiler reads in an article",
    "doctor": "Look over the installation and name the cure for each finding",
    "invite": "Print the links that add the bot to a server or group",
    "restore": "Put a backup in the place of the state",
    "review": "Look over what the compiler found, and put it right",
    "serve": "Run the bot on Discord and Telegram",
    "status": "Count the daily posts by what became of them",
}
"""Subcommands and what they do; the module of each is imported when it is called."""


WITHOUT_CYCLES = frozenset({"compile", "dates"})
"""What these make of articles holds no cycles, so that the collector would find nothing."""


class LazyGroup(click.Group):
    """A group that imports a subcommand when it is called, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the subcommands."""
        return list(SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a subcommand by its name."""
        if cmd_name not in SUBCOMMANDS:
            return None
        return _imported(cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(SUBCOMMANDS.items()))


def _imported(name: str) -> click.Command:
    """Import a subcommand. Modules are never garbage: they are not looked through for it again."""
    gc.disable()
    command: click.Command = import_module(f"bot.cli.{name}").command
    gc.freeze()
    if name not in WITHOUT_CYCLES:
        gc.enable()
    return command


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="daybook-bot", prog_name="daybook")
@click.pass_context
def cli(context: click.Context) -> None:
    """Look up what happened on a day and who somebody was, in sources of your choice.

    Without a command: a chat on the console, or one answer a line where input is a pipe.
    """
    if context.invoked_subcommand is None:
        from bot.cli import chat  # imported when called, as the subcommands are

        chat.chat()


def main() -> None:
    """Run the command; a wrong setting ends with 78, wrong input with 1, each with its sentence."""
    _use_utf8()
    try:
        cli()
    except ConfigurationError as error:
        click.echo(error.message, err=True)
        sys.exit(EXIT_CONFIGURATION)
    except UserError as error:
        click.echo(error.message, err=True)
        sys.exit(EXIT_BROKEN)


def _use_utf8() -> None:
    """Write UTF-8 whatever the locale says, so that no name can stop an answer."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
