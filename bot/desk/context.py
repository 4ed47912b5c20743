"""Who stands at the desk, and where, as an adapter knows it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from bot.daily.delivery import Target
from bot.desk.forum import Forum
from bot.errors import UserError


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file that came with a question. `load` gives its content.

    `load` reads at most as many bytes as it is told and raises UserError for what is larger or
    can't be had.
    """

    name: str
    size: int
    load: Callable[[int], Awaitable[bytes]]


async def no_other_place(text: str) -> Target:
    """Refuse to find another place than where somebody is."""
    raise UserError("Do this in the place itself; from here I can't reach another one.")


def no_forum(target: Target) -> Forum | None:
    """Return nothing: there are no forums."""
    return None


def may_ping_all(*place_and_role: object) -> bool:
    """Say that a role may be notified: whoever knows better says so."""
    return True


@dataclass(frozen=True, slots=True)
class Context:
    """Who asks, and where. Nothing of it is kept longer than the answer takes.

    `is_admin` is asked when it is needed, and asks the platform: whether this user may administer
    a place now. `find_place` returns the place that a text names, and raises UserError where there
    is none. `forum_of` returns what a forum has to choose from, where a place is one; `may_ping`
    says whether a message of the bot's there notifies a role. `files` are by what the options call
    them; a typed message has one, under "".
    """

    target: Target
    user: int
    is_admin: Callable[[Target], Awaitable[bool]]
    is_private: bool = False
    find_place: Callable[[str], Awaitable[Target]] = no_other_place
    files: Mapping[str, AttachedFile] = field(default_factory=dict)
    forum_of: Callable[[Target], Forum | None] = no_forum
    may_ping: Callable[[Target, int], bool] = may_ping_all

    @property
    def scope(self) -> int:
        """What settings and own dates belong to: the server, or the chat where there is none."""
        return scope_of(self.target)


def scope_of(target: Target) -> int:
    """Return the number of the server of a place, or of its chat where there is none."""
    return target.chat if target.server is None else target.server
