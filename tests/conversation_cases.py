"""The conversations in tests/conversations as cases: a typed line, and what must be answered."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
FOLDER = ROOT / "conversations"


@dataclass(frozen=True)
class Setting:
    """What is asked, and when: built-in packs (none given: all), packs to add, and the moment."""

    name: str
    now: str
    packs: str | None = None
    knowledge: tuple[Path, ...] = ()

    @property
    def environment(self) -> dict[str, str]:
        """The variables that a process takes the packs from."""
        added = ":".join(map(str, self.knowledge))
        variables = {} if self.packs is None else {"DAYBOOK_PACKS": self.packs}
        return variables | ({"DAYBOOK_KNOWLEDGE": added} if added else {})


@dataclass(frozen=True)
class Case:
    """A typed line, and facts that must and must not be in the answer."""

    ask: str
    setting: Setting
    expected: Mapping[str, Any] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The case's name in a report."""
        return f"{self.setting.name}: {self.ask[:60]!a}"

    def faults(self, answer: Mapping[str, Any]) -> list[str]:
        """Return what is wrong with an answer as `daybook ask --json` gives it."""
        return list(self._faults(answer))

    def _faults(self, answer: Mapping[str, Any]) -> Iterator[str]:
        text = plain(answer["text"])
        outcome = self.expected.get("outcome")
        if outcome and answer["outcome"] != outcome:
            yield f"the outcome is {answer['outcome']}, not {outcome}"
        titles = self.expected.get("title")
        if titles and answer["title"] not in titles.split("|"):
            yield f"{answer['title']} is answered, not {titles}"
        for fact in self.expected.get("must", ()):
            if not any(plain(form) in text for form in fact.split("|")):
                yield f"{fact!r} is missing"
        for error in self.expected.get("must_not", ()):
            # as a word of its own: "7 November" isn't in "1927 November"
            begin = r"(?<!\w)" if error[0].isalnum() else ""
            if re.search(begin + re.escape(plain(error)), text):
                yield f"{error!r} is told"
        for name in self.expected.get("choices", ()):
            if not any(name in choice for choice in answer["choices"]):
                yield f"{name!r} is not offered"


def plain(text: str) -> str:
    """Return a text in small letters with single spaces, as facts are compared."""
    return " ".join(text.split()).casefold()


def conversations() -> list[Case]:
    """Return every case of every file."""
    return [case for path in sorted(FOLDER.glob("*.toml")) for case in cases_of(path)]


def cases_of(path: Path) -> Iterator[Case]:
    """Yield the cases of a file."""
    content = tomllib.loads(path.read_text("utf-8"))
    knowledge = tuple(ROOT / "packs" / name for name in content.get("knowledge", ()))
    setting = Setting(path.stem, content["now"], content.get("packs"), knowledge)
    for case in content["case"]:
        if "ask_repeat" in case:
            part, times = case["ask_repeat"]
            yield Case(part * times, setting, case)
        else:
            yield Case(case["ask"], setting, case)
