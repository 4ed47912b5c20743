"""Where a date stands in its sentence: what tells a step of the story from a side glance."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from knowledge.compiler.date_vocabulary import WEEKDAYS
from knowledge.model import Qualifier

_SENTENCE = re.compile(r"[.!?;]['\"”’)\]]*\s+(?=[\"“‘'(\[]*[A-ZÀ-Þ0-9])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“.])(?:[A-Z]|St|Mr|Mrs|Dr|Jr|Sr|No|Vol|vs|ca?|cf|pp?|Gen|Col|Capt|Lt|Sgt|Maj|Prof|Rev|Mt|Ft"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|approx)$"
)
_BRACKET = re.compile(r"[()\[\]]")
_OPENING = re.compile(
    r"(?:(?:on|in|by|at|from|between|during|until|since|after|before|around|about|the|early|late|mid|end|beginning|of|morning|night|evening|afternoon"
    r"|only|finally|then|later|but|and|as|it|was|not|also|meanwhile|however|day|middle|summer|winter|spring|autumn"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|circa|c)\b[\s,.-]*)*[\"“‘'(\[]*",
    re.IGNORECASE,
)
_QUALIFIERS = {
    "by": Qualifier.BY,
    "before": Qualifier.BEFORE,
    "until": Qualifier.BEFORE,
    "till": Qualifier.BEFORE,
    "after": Qualifier.AFTER,
    "since": Qualifier.FROM,
    "from": Qualifier.FROM,
    "between": Qualifier.BETWEEN,
    "about": Qualifier.ABOUT,
    "around": Qualifier.ABOUT,
    "circa": Qualifier.ABOUT,
    "c": Qualifier.ABOUT,
    "ca": Qualifier.ABOUT,
    "approximately": Qualifier.ABOUT,
}
_LAST_WORDS = re.compile(
    r"([A-Za-z]+)\.?(?:\s(?:the|early|late|mid|at|about|end|of|beginning|start|middle|on|[A-Z][a-z]+day),?)*[\s–-]?[\"“(]?$"
)
_WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})(?:,\s?|\s)(?:the\s|on\s)?$", re.IGNORECASE)
_GLANCE = re.compile(
    r"\b(?:since|until|till|before|of|from|as early as|as late as|back to|back in|prior to|the|to|dating|dated|after|between|a|an|its|his|her|their)\s(?:the\s|early\s|late\s|mid-)*$",
    re.IGNORECASE,
)
_PLUPERFECT = re.compile(r"\b(?:had|having|would|been|earlier|previously|formerly|originally)\b")


@dataclass(slots=True)
class Context:
    """What stands around an expression. `sentence` is its number in the block."""

    sentence: int
    opens_sentence: bool
    in_brackets: bool
    in_quotes: bool
    is_glance: bool
    is_pluperfect: bool
    qualifier: Qualifier
    weekday: int | None


class Surroundings:
    """A block's text, looked over once, so that each date in it is placed at little cost."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        for match in _SENTENCE.finditer(text):
            if not (
                text[match.start()] == "."
                and _ABBREVIATION.search(text, max(0, match.start() - 8), match.start())
            ):
                self._starts.append(match.end())
        self._brackets = _bracket_depths(text) if "(" in text or "[" in text else []
        self._quotes = _quote_spans(text)

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that an offset lies in."""
        return bisect_right(self._starts, offset) - 1

    def sentence_start(self, sentence: int) -> int:
        """Return the offset at which a sentence begins."""
        return self._starts[sentence]

    def sentence_stop(self, sentence: int) -> int:
        """Return the offset at which a sentence ends."""
        return self._starts[sentence + 1] if sentence + 1 < len(self._starts) else len(self._text)

    def context(self, start: int, stop: int) -> Context:
        """Describe the surroundings of text[start:stop]."""
        sentence = self.sentence_at(start)
        begin = self._starts[sentence]
        clause = self._text[max(begin, start - 90) : start]
        opening = start - begin < 60 and _OPENING.fullmatch(self._text, begin, start) is not None
        weekday = _WEEKDAY.search(clause)
        return Context(
            sentence,
            opening,
            self._in_brackets(start),
            any(first < start < last for first, last in self._quotes),
            _GLANCE.search(clause) is not None,
            _PLUPERFECT.search(clause) is not None,
            _qualifier(clause),
            WEEKDAYS[weekday[1].lower()] if weekday else None,
        )

    def _in_brackets(self, offset: int) -> bool:
        index = bisect_right(self._brackets, (offset, 99)) - 1
        return index >= 0 and self._brackets[index][1] > 0


def _bracket_depths(text: str) -> list[tuple[int, int]]:
    depths: list[tuple[int, int]] = []
    depth = 0
    for match in _BRACKET.finditer(text):
        depth = depth + 1 if match[0] in "([" else max(0, depth - 1)
        depths.append((match.start(), depth))
    return depths


_QUOTED = re.compile(r"[“\"]([^”\"“]{3,600})[”\"]")


def _quote_spans(text: str) -> list[tuple[int, int]]:
    if '"' not in text and "“" not in text:
        return []
    return [match.span() for match in _QUOTED.finditer(text)]


def _qualifier(clause: str) -> Qualifier:
    match = _LAST_WORDS.search(clause[-40:])
    return _QUALIFIERS.get(match[1].lower(), Qualifier.ON) if match else Qualifier.ON
