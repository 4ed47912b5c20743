"""Which arguments of an infobox are facts, and under which words a page shows them."""

from __future__ import annotations

import re

_LABELS = {
    "birth date": "Born",
    "birth name": "Birth name",
    "birth place": "Birthplace",
    "death date": "Died",
    "death place": "Place of death",
    "death cause": "Cause of death",
    "date of birth": "Born",
    "date of death": "Died",
    "born": "Born",
    "died": "Died",
    "caption": "Caption",
    "image caption": "Caption",
    "img capt": "Caption",
    "reign": "Reign",
}
"""After Template:Infobox person and its relatives; others show their own name."""

_SETTINGS = re.compile(
    r"image.*|img.*|photo.*|picture.*|logo.*|alt|.* alt|.* size|.*width|.*height|signature.*|map.*"
    r"|pushpin.*|coord.*|lat.*|long.*|url|website|homepage|footnotes|module\d*|embed.*|style.*"
    r"|.*color|.*colour|header.*|above.*|below.*|.* ref|ref|refs|child|nocat|bodyclass|background"
    r"|.*class|.*format|flag.*|symbol.*|seal.*|coat.*|shield.*|blank.*|iso.*|imdb.*|.* id|module.*"
    r"|show.*|hide.*|collapsed|landscape|upright|sound.*|audio.*|caption align|data page.*|dab.*"
)


def label_of(name: str) -> str | None:
    """Return the words before a fact, given its argument's name; none for what is no fact.

    >>> label_of("birth_date")
    'Born'
    """
    words = " ".join(name.replace("_", " ").replace("-", " ").split()).casefold()
    if words in _LABELS:
        return _LABELS[words]
    if not words or _SETTINGS.fullmatch(words):
        return None
    words = re.sub(r" ?\d+$", "", words)
    return words[:1].upper() + words[1:] if words else None
