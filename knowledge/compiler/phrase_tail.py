"""Where the words that belong to a phrase behind its noun end: "a pilot from Ebbing"."""

from __future__ import annotations

from knowledge.compiler.phrase_owners import ARTICLES
from knowledge.compiler.phrase_text import TAIL_OPENERS
from knowledge.compiler.scene import Scene
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.words import Words

BOUNDS = frozenset('. ; : — – - ( ) [ ] ! ? • * | / " “ ” … „'.split())


_CUTS = frozenset(
    "as when while until before after where because although which though but whom if whereas"
    " so that once than unless".split()
)


def tail_end(scene: Scene, block: int, words: Words, end: int, limit: int) -> int:
    """Return the word after what belongs to a phrase behind its noun."""
    texts = words.words
    if end >= limit:
        return end
    opener = texts[end].lower()
    if not (opener in TAIL_OPENERS or form(opener) in {Form.PAST, Form.PARTICIPLE, Form.GERUND}):
        return end
    at = end
    while at < limit:
        word = texts[at]
        lowered = word.lower()
        if (word in BOUNDS and word != "-") or word == "," or (words.opens[at] and at > end):
            break
        if lowered in _CUTS and at > end and not _is_demonstrative(texts, at):
            following = texts[at + 1].lower() if at + 1 < limit else ""
            if lowered != "as" or following not in ARTICLES:
                break
        if lowered == "and" and at + 1 < limit:
            following = texts[at + 1].lower()
            if form(following) in {Form.FINITE, Form.PAST} or following in {"was", "in", "later"}:
                break
            if following in {"he", "she", "they", "it"}:
                break
            if following in {"his", "her", "their"} and _goes_on(texts, at + 2, limit):
                break  # "who played for Kent and his brother Jan was one as well"
        at += 1
    return at


def _goes_on(texts: list[str], at: int, limit: int) -> bool:
    """Whether a verb follows before the next comma: what stands before it is its subject."""
    for word in texts[at : min(limit, at + FARTHEST_VERB)]:
        if word in BOUNDS or word == ",":
            return False
        if form(word) is Form.FINITE:
            return True
    return False


FARTHEST_VERB = 7
"""Words of the subject of another clause."""


def _is_demonstrative(texts: list[str], at: int) -> bool:
    """Whether "that" stands before a noun: "the organist of that church"."""
    return texts[at] == "that" and texts[at - 1].lower() in TAIL_OPENERS
