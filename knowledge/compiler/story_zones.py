"""Which blocks of an article tell what happened, by their role and the headings above them."""

from __future__ import annotations

import re

from knowledge.readers.article import Role

STORY_ROLES = frozenset({Role.PROSE, Role.LIST})

_FICTION = re.compile(
    r"^(?:plot|synopsis|plot summary|storyline|story|legend|legends|mythology|fictional .*"
    r"|in fiction|characters)\b",
    re.IGNORECASE,
)
_WORKS = re.compile(
    r"\b(?:discography|filmography|bibliography|selected works|works|publications|releases"
    r"|singles|albums|track listing|awards and nominations|writings|videography|list of works"
    r"|recordings|compositions|episodes|sources|notes"
    r"|further reading|external links|references|citations|see also|categories)\b",
    re.IGNORECASE,
)


def is_story_section(section: tuple[str, ...]) -> bool:
    """Whether prose under these headings tells what happened: no plot, no list of works."""
    return not any(_FICTION.search(heading) for heading in section)


def is_list_of_works(section: tuple[str, ...]) -> bool:
    """Whether lists under these headings name works, releases or sources."""
    return any(_WORKS.search(heading) for heading in section)
