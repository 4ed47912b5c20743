"""What the compiler has found in an article, before it is written as the entries of a pack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from knowledge.compiler.cast import Cast
from knowledge.compiler.found_event import FoundEvent
from knowledge.model import Span


class FoundPassage(NamedTuple):
    """A paragraph of prose, or a part of a very long one, and where it stands in the file."""

    text: str
    section: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Compiled:
    """What is found in one article.

    `doubts` has one text an event: why it is uncertain, in a sentence, or nothing. `title`, `hash`
    and `url` are the article's.
    """

    title: str
    hash: str
    url: str
    cast: Cast
    events: tuple[FoundEvent, ...]
    doubts: tuple[str, ...]
    passages: tuple[FoundPassage, ...]
