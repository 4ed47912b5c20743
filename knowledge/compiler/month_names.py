"""Is a month's name without day and year a month? By the words beside it.

"May" is a verb, "March" a walk, "April" and "June" are people, and "the October Revolution" is a
name of something else.
"""

from __future__ import annotations

import re

_PREPOSITION = re.compile(
    r"(?:\b(?:in|by|since|until|till|from|to|of|during|before|after|through|throughout|between"
    r"|around|about|for|early|late|mid|middle|last|next|following|previous|preceding|same|that"
    r"|this|every|each|as|beginning|ending|into|with|one|following)\b|\bmid[-–])\s?$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:\b(?:and|or)\b|[-–—,(/;:])\s?$")
_AFTER_THE = re.compile(r"\b[Tt]he\s(?:[a-z]\w*\s)?$")
_NAMED_BY = re.compile(r"\b[A-ZÀ-Þ][\w'’.-]*\s$")
_OPENERS = re.compile(
    r"\b(?:In|By|Since|Until|From|During|Before|After|Through|Throughout|Between|Early|Late|Mid|That|This|Last|Next"
    r"|Around|About|For|Of|Each|Every|To|Till|As|And|The)\s$"
)
_NAME_NEXT = re.compile(r"[\s-](?:[A-ZÀ-Þ][\w'’]+)")
_EVENT_NEXT = re.compile(
    r"[\s-](?:Revolution|Days|Day|Uprising|Coup|Offensive|Laws|Law|Plot|Movement|Rebellion|Incident"
    r"|Manifesto|Crisis|Constitution|Events|Fourth|Massacre|War|Putsch|Society|Pact|Agreement|Riots"
    r"|Insurrection|Purge|Theses|Treaty|Campaign|Republic|Square|Street|Ball|Hare|Flower|Group|Club)s?\b"
)
_WOMEN = frozenset({"April", "May", "June", "Augusta", "August"})
_VERB_NEXT = re.compile(
    r"\s(?:saw|brought|was|also|passed|came|marked|witnessed|found|began|ended|proved|had)\b"
    r"|\s(?:and|to|or)\s(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b|[-–—/]"
)
_MONTH_NEXT = re.compile(
    r"\s?(?:[-–—/]|and|to|or)\s?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)
_NOUN_NEXT = re.compile(r"\s[a-z]")
_ABBREVIATED = 3
_FALSE_VERBS = re.compile(
    r"\s(?:be|have|not|also|he|she|it|they|we|you|I|well|still|never|only|on|through|into|past|to)\b"
)


def is_month(text: str, start: int, stop: int, *, is_heading: bool = False) -> bool:
    """Whether the name of a month at text[start:stop], alone, means the month."""
    name = text[start:stop]
    if name.endswith(".") or (len(name) <= 4 and name not in {"May", "June", "July"}):
        return False
    before = text[max(0, start - 24) : start]
    if _EVENT_NEXT.match(text, stop):
        return False
    if _AFTER_THE.search(before):
        return not before.endswith(("The ", "the ")) or bool(_NOUN_NEXT.match(text, stop))
    if _PREPOSITION.search(before):
        return name not in _WOMEN or not _is_person(text, before, stop)
    if _LISTED.search(before):
        if _MONTH_NEXT.match(text, stop):
            return True
        return not _NAME_NEXT.match(text, stop) and not (
            name in _WOMEN and _FALSE_VERBS.match(text, stop)
        )
    stripped = before.rstrip()
    opens = not stripped or stripped[-1] in '.!?"”'
    return (
        opens
        and (name not in {"May", "March"} or is_heading or text[stop : stop + 4] == " saw")
        and bool(_VERB_NEXT.match(text, stop) or (is_heading and stop >= len(text) - 1))
    )


def _is_person(text: str, before: str, stop: int) -> bool:
    """Whether "to June Carter" names a person: no time word before, a name behind."""
    if not _NAME_NEXT.match(text, stop):
        return False
    last = before.rstrip().rpartition(" ")[2].lower()
    return last in {"of", "for", "with", "to", "from", "by", "as", "and", "after", "before"}
