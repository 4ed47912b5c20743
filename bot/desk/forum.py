"""A forum's post as an admin words it: the title of its threads, and the tags that they carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.errors import UserError
from bot.wording import quoted

LONGEST_TITLE = 70
"""Characters. Discord's limit is 100 with the day, which stands behind it:
https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel."""

MOST_TAGS = 5
"""Of a thread, says the same page."""

_NOTHING = frozenset({"none", "no", "off"})


@dataclass(frozen=True, slots=True)
class Forum:
    """What a forum has to choose from: its tags' numbers by name, and whether one is needed."""

    tags: Mapping[str, int] = field(default_factory=dict)
    needs_tag: bool = False


def read_title(typed: str) -> str:
    """Return the title that threads get before the day, nothing for "none".

    Raises UserError for one that is too long.
    """
    title = " ".join(typed.split())
    if title.casefold() in _NOTHING:
        return ""
    if len(title) > LONGEST_TITLE:
        raise UserError(
            f"A title may have {LONGEST_TITLE} characters, this one has {len(title)}: the day"
            " stands behind it."
        )
    return title


def read_tags(typed: str, forum: Forum) -> tuple[int, ...]:
    """Return the numbers of tags that are named, parted by commas; none for "none".

    Raises UserError for a name that the forum's tags don't have, and for too many.
    """
    if typed.strip().casefold() in _NOTHING:
        return ()
    by_name = {name.casefold(): number for name, number in forum.tags.items()}
    found: dict[int, None] = {}
    for name in filter(None, (part.strip() for part in typed.split(","))):
        number = by_name.get(name.casefold())
        if number is None:
            raise UserError(f'"{quoted(name)}" is no tag of this forum. {_tags_in_words(forum)}')
        found[number] = None
    if len(found) > MOST_TAGS:
        raise UserError(f"A post in a forum may have {MOST_TAGS} tags, not {len(found)}.")
    return tuple(found)


def check_tag(tags: tuple[int, ...], forum: Forum) -> None:
    """Raise UserError where the forum takes no post without a tag and none is chosen."""
    if forum.needs_tag and not set(tags) & set(forum.tags.values()):
        raise UserError(
            "This forum takes no post without a tag, so nothing was set. Name one with tags:."
            f" {_tags_in_words(forum)}"
        )


def _tags_in_words(forum: Forum) -> str:
    if not forum.tags:
        return "It has none."
    return f"It has: {', '.join(quoted(name) for name in forum.tags)}."
