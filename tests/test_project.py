"""What must agree across the project: commands, their help, README; and no stray paths."""

from __future__ import annotations

import ast
import re
import subprocess
from importlib import import_module
from pathlib import Path
from random import Random

import click
import pytest

from bot.__main__ import SUBCOMMANDS
from bot.commands import all_commands
from knowledge.library import open_library

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
POLAR = open_library([ROOT / "tests" / "packs" / "polar-expedition"], None)
COMMANDS = all_commands(POLAR, Random(1))

_FOREIGN = re.compile("/w" + "ork/|(?<!no-emit-)index" + "-url")
"""Paths of one machine, and the addresses of one machine's registry."""


def variables_read() -> set[str]:
    """Return the names of variables that the configuration reads."""
    tree = ast.parse((ROOT / "bot" / "config.py").read_text("utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"[A-Z]+(_[A-Z]+)+", node.value)
    }


def written_files() -> list[Path]:
    """Return the files of the project that git knows or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("no git, or no repository")
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


# -- commands -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_a_subcommand_has_help_for_itself_and_for_each_option(name: str) -> None:
    command: click.Command = import_module(f"bot.cli.{name}").command
    assert command.help
    options = [param for param in command.params if isinstance(param, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_a_subcommand_is_called_as_its_file_is(name: str) -> None:
    assert (ROOT / "bot" / "cli" / f"{name}.py").is_file()
    assert SUBCOMMANDS[name][0].isupper()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_help_and_an_example_that_shows_it(name: str) -> None:
    command = COMMANDS[name]
    assert command.name == name
    assert command.help
    assert command.example.startswith(f"/{name}")
    assert all(option.help for option in command.options)


# -- README and changelog -------------------------------------------------------------------------


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_the_readme_tells_of_every_subcommand(name: str) -> None:
    assert f"daybook {name}" in README


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_tells_of_every_command(name: str) -> None:
    assert f"/{name}" in README


@pytest.mark.parametrize("name", sorted(variables_read()))
def test_the_readme_tells_of_every_variable(name: str) -> None:
    assert name in README


def test_the_variables_are_found() -> None:
    assert {"DAYBOOK_PACKS", "DAYBOOK_KNOWLEDGE", "DAYBOOK_ZONE", "DAYBOOK_LOG"} <= (
        variables_read()
    )


def test_the_changelog_is_there() -> None:
    assert (ROOT / "CHANGELOG.md").read_text("utf-8").strip()


# -- no stray paths -------------------------------------------------------------------------------


def test_no_file_holds_a_path_or_a_registry_of_one_machine() -> None:
    stray = [
        f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
        for path in written_files()
        for line in path.read_bytes().decode("utf-8", "replace").split("\n")
        if _FOREIGN.search(line)
    ]
    assert stray == []


@pytest.mark.parametrize("line", ["cd /w" + "ork/main", "--extra-index" + "-url https://x"])
def test_a_planted_path_is_found(line: str) -> None:
    assert _FOREIGN.search(line)


@pytest.mark.parametrize(
    "line", ["the work/life balance", "--no-emit-index" + "-url", "an index of urls"]
)
def test_a_line_without_one_is_left_alone(line: str) -> None:
    assert not _FOREIGN.search(line)
