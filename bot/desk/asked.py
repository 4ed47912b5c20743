"""What was asked at the desk, once it is known that it may be: all that a decision needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.daily.delivery import Target
from bot.desk.context import may_ping_all, scope_of
from bot.desk.forum import Forum
from knowledge.dates import Order
from knowledge.store import Store


def no_words(code: str) -> str:
    """Return what is said of a refusal where the platform's adapter is not there to explain it."""
    return "the platform refused it."


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with its action and options, by whom, of which place, and when.

    `is_typed` says that it was typed as a text, so that options may have been parted by words.
    `missing` are the permissions that the bot lacks to post there, `forum` what its forum has to
    choose from where it is one, `file` what came with it. `order` is how numeric dates are read
    there, none where nobody chose. `explain` gives the sentence of a refusal's code, `may_ping`
    says whether a role is notified there. `own_zone` is the operator's, for places that chose none.
    """

    action: str
    options: Mapping[str, str]
    target: Target
    user: int
    now: datetime
    store: Store
    is_typed: bool = False
    is_private: bool = False
    is_elsewhere: bool = False
    told_in: int | None = None
    missing: Sequence[str] = ()
    forum: Forum | None = None
    file_name: str = ""
    file: bytes | None = None
    order: Order | None = None
    explain: Callable[[str], str] = no_words
    may_ping: Callable[[int], bool] = may_ping_all
    own_zone: str = "UTC"

    @property
    def scope(self) -> int:
        """What settings and own dates belong to."""
        return scope_of(self.target)

    @property
    def scope_in_words(self) -> str:
        """What settings belong to, in a word."""
        return "server" if self.target.server is not None else "chat"
