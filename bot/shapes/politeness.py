"""A message as it was typed, down to the question in it: no markup, no greeting, no "tell me"."""

from __future__ import annotations

import re

from bot.shapes.asked import shape

_MARKUP = re.compile(
    r"\[(?P<shown>[^\]]*)\]\([^)]*\)"  # a link: what it shows is what is asked
    r"|<[^<>]*>|https?://\S+|@\w+|[*_~`|]{1,3}(?=\S)|(?<=\S)[*_~`|]{1,3}"
)
_CLAUSE = re.compile(r"[,;:?!.–—]+\s+(?!\d{4}\b)|\n+")
_ENDING = re.compile(r"[\s?!.…,;]+$")
_POLITE_ENDING = shape(
    r"[\s,]+(?:please|pls|plz|thanks|thank you|thx|btw|again|bot|anyway)$|,\s*mate$"
)
_GREETING = shape(
    r"(?:(?:hey|hi|hello|yo|ok|okay|so|well|and|um+|hm+|please|pls|wait|bot|also|but"
    r"|quick question|question)[\s,:!.-]+)+(?=\S)"
)
_YOU = r"(?:you|u|anyone|anybody|someone|somebody)"
_ASKING = shape(
    rf"(?:(?:can|could|would|will) {_YOU}(?: please| pls)?\s+)?(?:"
    + "|".join(
        (
            (
                r"(?:please |pls )?(?:tell|show|remind) (?:me|us)"
                r"(?! about\b| something\b| a\b| more\b)"
            ),
            rf"(?:do|does|did) {_YOU} (?:know|remember)",
            r"(?:any ?one|anybody|any idea|you) knows?",
            r"any idea",
            r"idk",
            r"i(?:['’]d| would)? (?:want|need|like|wanted|wish) to know",
            r"i(?:['’]m| am)? wonder(?:ing)?",
            r"i forgot",
            r"what i want to know is",
            r"explain(?: to me)?(?= wh)",
            (
                rf"(?:can|could|would|will) {_YOU}(?: please| pls)?"
                r"(?= (?:search|look|show|give|tell|find))"
            ),
        )
    )
    + r")[\s,:]+"
)


def without_markup(text: str) -> str:
    """Return a text without links, tags, mentions and marks of emphasis: they ask nothing."""
    plain = _MARKUP.sub(lambda match: match["shown"] or " ", text)
    return plain if plain.strip() else text


def clauses(text: str) -> list[str]:
    """Return the parts of a text between its commas and stops."""
    return _CLAUSE.split(text)


def bare(text: str) -> str:
    """Return the text without its ending, its greeting and the words around the question."""
    rest = " ".join(_ENDING.sub("", text).split())
    while True:
        before = rest
        rest = _ENDING.sub("", rest)
        for pattern in (_POLITE_ENDING, _GREETING, _ASKING):
            match = pattern.search(rest) if pattern is _POLITE_ENDING else pattern.match(rest)
            if match:
                shorter = rest[: match.start()] + rest[match.end() :]
                rest = shorter.strip() or rest
        if rest == before:
            return _ENDING.sub("", rest)
