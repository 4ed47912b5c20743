"""The command itself: its script, version and help, and how little a start imports."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
from importlib.metadata import version
from pathlib import Path

import pytest
from command_lines import ONLY_POLAR
from processes import PATIENCE, ROOT, Daybook

from bot.__main__ import SUBCOMMANDS


def test_daybook_is_the_same_as_python_m_bot(daybook: Daybook) -> None:
    script = Path(sysconfig.get_path("scripts")) / "daybook"
    assert script.is_file(), "install the project into the environment that runs the tests"
    for arguments in (["ask", "--json", "17 March"], ["--version"], ["ask"]):
        done = subprocess.run(
            [script, *arguments],
            capture_output=True,
            cwd=ROOT,
            env=daybook.environment(**ONLY_POLAR),
            timeout=PATIENCE,
            check=False,
        )
        module = daybook(*arguments, **ONLY_POLAR)
        assert (done.returncode, done.stdout.decode()) == (module.code, module.out)


def test_version_is_that_of_the_distribution(daybook: Daybook) -> None:
    done = daybook("--version")
    assert done.code == 0
    assert done.out.split() == ["daybook,", "version", version("daybook-bot")]


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_lists_every_subcommand_with_what_it_does(daybook: Daybook, option: str) -> None:
    done = daybook(option, COLUMNS="200")
    assert (done.code, done.err) == (0, "")
    for name, what in SUBCOMMANDS.items():
        assert any(line.split() == [name, *what.split()] for line in done.lines)


@pytest.mark.parametrize("name", SUBCOMMANDS)
def test_every_subcommand_has_help_of_its_own(daybook: Daybook, name: str) -> None:
    done = daybook(name, "--help")
    assert (done.code, done.err) == (0, "")
    assert f"bot {name}" in done.lines[0] or f"daybook {name}" in done.lines[0]


def test_a_start_imports_no_library_of_a_platform(daybook: Daybook) -> None:
    code = (
        "import sys\nsys.argv = ['daybook', 'ask', '17 March']\n"
        "from bot.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({'discord', 'telegram', 'prompt_toolkit', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        cwd=ROOT,
        env=daybook.environment(**ONLY_POLAR),
        timeout=PATIENCE,
        check=False,
    )
    assert done.stdout.decode().splitlines()[-1] == "[]"
