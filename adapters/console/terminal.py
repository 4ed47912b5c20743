"""The chat on a terminal: history, completion, colours, and long answers by the page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.styles import Style as TerminalStyle
from wcwidth import wrap

from adapters.console.render import Line, Style, lines
from bot.answer import Answerer
from bot.reply import Reply

ITEMS_A_PAGE = 12
WIDEST = 110
"""Columns beyond which lines are hard to read."""

SHORTEST_TO_COMPLETE = 2

STYLES = TerminalStyle.from_dict(
    {
        Style.HEADING: "bold",
        Style.FACT: "",
        Style.NOTE: "",
        Style.CHOICE: "ansicyan",
        Style.SOURCE: "ansigray",
    }
)

_MORE = frozenset({"more", "m"})
_END = frozenset({"exit", "quit", "bye"})


class LibraryCompleter(Completer):
    """Completes commands at the beginning of a line, and names of the library behind "who was"."""

    def __init__(self, answerer: Answerer) -> None:
        """Complete from this library."""
        self._answerer = answerer

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,
    ) -> Iterable[Completion]:
        """Yield what may stand where the cursor is."""
        text = document.text_before_cursor
        if text.startswith("/") and " " not in text:
            for command in self._answerer.commands.values():
                if f"/{command.name}".startswith(text):
                    yield Completion(
                        f"/{command.name} ", -len(text), f"/{command.name}", command.help
                    )
            return
        typed = text.rpartition(" ")[2]
        if len(typed) >= SHORTEST_TO_COMPLETE:
            for name in self._answerer.store.suggest(typed, limit=12):
                yield Completion(name, -len(typed))


def talk(answer: Callable[[str], Reply], answerer: Answerer, history: Path) -> None:
    """Ask and answer until the person ends it with Ctrl-D, Ctrl-C or "exit"."""
    session: PromptSession[str] = PromptSession(
        history=_history(history),
        completer=LibraryCompleter(answerer),
        complete_while_typing=False,
        auto_suggest=AutoSuggestFromHistory(),
    )
    titles = ", ".join(pack.title for pack in answerer.store.pack_summaries)
    print_formatted_text(
        f"Daybook knows: {titles or 'nothing yet'}. /help says how to ask, Tab completes,"
        " Ctrl-D ends."
    )
    reply: Reply | None = None
    shown = 0
    while True:
        try:
            text = session.prompt("> ").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if text.casefold() in _END:
            return
        if not text:
            continue
        if reply is not None and text.casefold() in _MORE and shown >= len(reply.items):
            _show([Line("That was all.", Style.NOTE)])
            continue
        if reply is None or text.casefold() not in _MORE:
            reply, shown = answer(text), 0
        _show(page(reply, shown))
        shown += ITEMS_A_PAGE


def page(reply: Reply, first: int) -> list[Line]:
    """Return a page of an answer, and how many facts are left."""
    drawn = lines(reply, first, ITEMS_A_PAGE)
    left = len(reply.items) - first - ITEMS_A_PAGE
    if left > 0:
        drawn.append(Line(f'{left} more; type "more".', Style.CHOICE))
    return drawn


def wrapped(line: Line, width: int) -> list[str]:
    """Return a line wrapped to a width in columns, what follows standing in."""
    hang = min(line.hang, width // 2)
    return wrap(line.text, width, subsequent_indent=" " * hang) or [""]


def _show(drawn: Iterable[Line]) -> None:
    width = min(shutil.get_terminal_size().columns, WIDEST)
    print_formatted_text()
    for line in drawn:
        for text in wrapped(line, width):
            print_formatted_text(FormattedText([(f"class:{line.style}", text)]), style=STYLES)
    print_formatted_text()


def _history(path: Path) -> History:
    """Return the history kept in a file that only its owner can read, or in memory."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(path)
