"""docs/articles.md shows commands that run, one after another, and say what it shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from processes import PATIENCE, ROOT, Daybook

DOCUMENT = (ROOT / "docs" / "articles.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL)


def shown(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


def commands() -> list[tuple[str, list[str]]]:
    """Return every command that is shown, with the lines that are shown of its output."""
    found: list[tuple[str, list[str]]] = []
    for block in shown("console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


@pytest.fixture(scope="module")
def told(daybook: Daybook, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Run the commands in a folder with the article in it, and the edits once they are shown."""
    folder = tmp_path_factory.mktemp("oberbach")
    (folder / "oberbach.wiki").write_text(shown("wikitext")[0], "utf-8")
    program = folder / "daybook"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m bot "$@"\n', "utf-8")
    program.chmod(0o755)
    environment = daybook.environment(PYTHONPATH=str(ROOT), DAYBOOK_PACKS="")
    environment["PATH"] = f"{folder}{os.pathsep}{environment['PATH']}"
    outputs = []
    for command, _ in commands():
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert (done.returncode, done.stderr) == (0, ""), command
        outputs.append(done.stdout)
        if "review" in command:
            (folder / "oberbach.edits.toml").write_text(shown("toml")[0], "utf-8")
    return outputs


@pytest.mark.parametrize("number", range(len(commands())), ids=lambda n: commands()[n][0])
def test_a_command_says_what_is_shown(number: int, told: list[str]) -> None:
    lines = told[number].splitlines()
    assert [line for line in commands()[number][1] if line not in lines] == []


def test_the_edits_meet_entries(daybook: Daybook, told: list[str], tmp_path: Path) -> None:
    article = tmp_path / "oberbach.wiki"
    article.write_text(shown("wikitext")[0], "utf-8")
    pack = tmp_path / "oberbach.jsonl"
    daybook("compile", str(article), "--title", "Oberbach", "--output", str(pack))
    (tmp_path / "oberbach.edits.toml").write_text(shown("toml")[0], "utf-8")
    ended = daybook("check", str(pack))
    assert (ended.code, ended.err) == (0, "")


def test_the_answers_come_from_the_article(told: list[str]) -> None:
    answers = [
        text for (command, _), text in zip(commands(), told, strict=True) if " ask " in command
    ]
    assert len(answers) == 3
    assert all("Source: Oberbach" in answer for answer in answers)
    assert "Clara Venn" in answers[-1]
