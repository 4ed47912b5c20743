"""The command as a real process, with a home and a cache of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

PATIENCE = 20
"""Seconds after which a process that should have ended is given up."""


@dataclass(frozen=True)
class Ended:
    """A process that has ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of its output."""
        return self.out.splitlines()


@dataclass(frozen=True)
class Daybook:
    """The command `daybook`, run as `python -m bot`; calling it waits until it has ended."""

    home: Path

    def environment(self, **more: str) -> dict[str, str]:
        """Return an environment in which nothing of this machine's settings is left."""
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        return {
            **kept,
            "HOME": str(self.home),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
            "PYTHONWARNINGS": "error",
            **more,
        }

    def command(self, *arguments: str) -> list[str]:
        """Return the words that start it."""
        return [sys.executable, "-m", "bot", *arguments]

    def __call__(self, *arguments: str, stdin: str | bytes = b"", **more: str) -> Ended:
        done = subprocess.run(
            self.command(*arguments),
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=ROOT,
            env=self.environment(**more),
            timeout=PATIENCE,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
