"""Writes the conversation that README shows: real questions, asked of the real program.

    python scripts/readme_conversation.py README.md

What stands between the two marks is replaced. A test runs the same questions and compares.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

BEGIN = "<!-- conversation: made by scripts/readme_conversation.py -->"
END = "<!-- end of conversation -->"

NOW = "2026-08-20"

QUESTIONS = (
    "what happened on 21 august 1940?",
    "who was kamenev",
    "who killed trotsky?",
    "when was trotsky elected chairman of the petrograd soviet",
    "how old was Esteban Volkov when he died?",
    "when did the red cross win the peace prize?",
    "who was trotsky's dentist",
    "31 June",
)

COLUMNS = 96
HANGING = 4
MOST_LINES = 6
"""Lines of an answer that README shows; what is left out is counted."""


def conversation() -> str:
    """Return the questions with their answers as README shows them."""
    exchanges = [f"> {question}\n\n{shown(answer(question))}" for question in QUESTIONS]
    return "```console\n$ daybook\n" + "\n\n".join(exchanges) + "\n```"


def answer(question: str) -> str:
    """Return what the program says, on a fixed day and with the built-in packs alone."""
    with tempfile.TemporaryDirectory() as home:
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        done = subprocess.run(
            [sys.executable, "-m", "bot", "ask", "--now", NOW, question],
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
            env={**kept, "HOME": home, "XDG_CACHE_HOME": home, "PYTHONUTF8": "1"},
            cwd=Path(__file__).resolve().parents[1],
        )
    return done.stdout.strip()


def shown(text: str) -> str:
    """Return an answer in lines of a readable width; of a long one the beginning and the end."""
    lines = text.split("\n")
    left = len(lines) - MOST_LINES
    if left > 1:
        lines[MOST_LINES - 1 : -1] = [f"... {left} more lines"]
    return "\n".join(wrapped(line) for line in lines)


def wrapped(line: str) -> str:
    """Return a line broken at words; what follows stands in, as the chat shows it."""
    begin = len(line) - len(line.lstrip())
    return "\n".join(
        textwrap.wrap(
            line,
            COLUMNS,
            subsequent_indent=" " * (begin + HANGING),
            drop_whitespace=True,
            replace_whitespace=False,
        )
    )


def with_conversation(readme: str) -> str:
    """Return README with the conversation as the program answers now."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{conversation()}\n{END}{after}"


def main() -> None:
    """Rewrite the conversation in the file that is named."""
    path = Path(sys.argv[1])
    path.write_text(with_conversation(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
