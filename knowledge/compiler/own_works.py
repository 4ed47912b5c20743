"""Works that a life tells of without saying whose they are: "A quintet was played at Kiel"."""

from __future__ import annotations

import re

_MADE = re.compile(
    r"(?:An?|The) (?:[^.;:]|No\. ){3,90}? (?:was|were) (?:[a-z]+ly )?"
    r"(?:first |soon |then )?(?:played"
    r"|performed|heard|published|printed|written|begun|finished|completed|premiered|premièred|broadcast"
    r"|recorded|sung|staged|exhibited|shown at|composed|sketched|painted|serialised|serialized)\b"
)
_BY = re.compile(r"\bby (?:the [a-z]+ )?[A-ZÀ-Þ]")
_WORK = re.compile(
    r"\b(?:symphony|concerto|quartet|quintet|trio|sonata|overture|cantata|opera|song|songs|suite"
    r"|mass|requiem|oratorio|ballet|elegy|score|movement|finale|work|book|novel|poem|poems|play"
    r"|story|essay|thesis|paper|article|painting|portrait|picture|fresco|statue|sculpture|film"
    r"|album|edition|volume|memoir|memoirs|study|treatise|piece|comedy|tragedy|results)\b",
    re.IGNORECASE,
)


def is_own_work(text: str) -> bool:
    """Whether a work was made, shown or played that only who the article is about can have made.

    >>> is_own_work("A Piano Quintet was played at Kiel.")
    True
    >>> is_own_work("A portrait was painted by Otto Kern.")
    False
    """
    match = _MADE.match(text)
    if match is None or _WORK.search(match[0]) is None:
        return False
    return _BY.search(text, match.end() - 1) is None
