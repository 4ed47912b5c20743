"""Where a date stands in its sentence: what tells a step of the story from a side glance."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from knowledge.compiler.date_vocabulary import WEEKDAYS
from knowledge.compiler.past_perfect import (
    Earlier,
    begins_a_clause,
    past_perfect_before,
    past_perfect_behind,
)
from knowledge.model import Qualifier

LONGEST_CLAUSE = 90
"""Letters before a date in which its words are looked for."""

LONGEST_SPAN = 150
"""Letters before a date over which "had" holds for one verb after another."""

LONGEST_OPENING = 60
LONGEST_QUALIFIER = 24

_SENTENCE = re.compile(r"[.!?;]['\"”’)\]]*\s+(?=[\"“‘'(\[]*[A-ZÀ-Þ0-9])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“.])(?:[A-Z]|St|Mr|Mrs|Dr|Jr|Sr|No|Vol|vs|ca?|cf|pp?|Gen|Col|Capt|Lt|Sgt|Maj|Prof"
    r"|Rev|Mt|Ft|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|approx)$"
)
_BRACKET = re.compile(r"[()\[\]]")
_OPENING_WORDS = frozenset(
    "on in by at from between during until since after before around about the early late mid end"
    " beginning of morning night evening afternoon only finally then later but and as it was not"
    " also meanwhile however day middle summer winter spring autumn monday tuesday wednesday"
    " thursday friday saturday sunday circa c start first throughout subsequently so thus when born"
    " again yet though for".split()
)
_WORD = re.compile(r"[^\W_]+")
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
_PASSED_OVER = frozenset(
    "the early late mid at end of beginning start middle on morning evening night afternoon spring"
    " summer autumn winter fall half first second last close year".split()
) | frozenset(WEEKDAYS)
_GLANCING = frozenset(
    "since until till only before of from after between dated dating back a an its his her their"
    " existing that prior".split()
)
_OF_A_TIME = frozenset(
    "night morning evening afternoon day hours nights days end beginning start middle month half"
    " spring summer autumn winter fall week weeks early late".split()
)
"""Before "of", these make no name of what follows: "the night of 4 May"."""

_STRONGLY_GLANCING = frozenset("until till since only dated dating".split())
_LASTING_WORDS = frozenset("until till since lasted lasting expired expire through".split())
_PRESENT_BEHIND = re.compile(
    r"\s(?:still\s|now\s)?(?!was\b|this\b|thus\b|his\b|its\b)(?:is|are|have|[a-z]{2,}s)\s"
    r"(?:the|a|an|his|her|its|their|to|that|in|on|at|no|known|now|still)\b"
)
_AHEAD_WORDS = frozenset({"would", "eventually"})
_COUNTED_TIMES = frozenset(
    "minutes hour hours day days week weeks month months year years fortnight decades".split()
)
"""Behind these, "later" tells of the story's next step; else it looks far ahead."""

_BOUNDS = frozenset({"until", "till", "through", "only", "from"})
"""A day behind one of these ends or begins what is told, and the story may go on from it."""

_PLANNED = re.compile(
    r"\b(?:set|scheduled|planned|fixed|due|arranged|announced|called|intended)\s(?:for|on)"
    r"\s(?:the\s)?(?:\w+day,?\s)?$"
)
_SET_FOR = frozenset({"expire", "begin", "start", "open", "run", "last"})
"""Behind "to", these say for when something is set: "to begin on 3 May", "to take effect on"."""

_AHEAD_BEHIND = re.compile(r"\s(?:\w+\s){0,2}(?:would|(?:was|were)\sto)\b")
_ROUGHLY_PASSED_OVER = frozenset({"in", "of", "the", "on", "to"})
_ROUGH_MONTHS = {
    "early": 2, "beginning": 1, "start": 1, "earlier": 3, "outset": 1, "spring": 4, "mid": 6,
    "middle": 6, "summer": 7, "autumn": 10, "fall": 10, "later": 10, "late": 11, "winter": 12,
    "end": 12, "close": 12,
}  # fmt: skip


@dataclass(slots=True)
class Context:
    """What stands around an expression. `sentence` is its number in the block.

    `glancing` is 1 after a word such as "until", 0.6 after one such as "of", else 0. `rough` is
    the month that "early", "late" or a season before a year means, 0 where there is none.
    `earlier` says how the verb tells of what came before the story. It `is_bound` behind "until",
    and `is_planned` in "set for".
    `is_present` says that a verb in the present tense follows: a thing that is still there.
    """

    sentence: int
    opens_sentence: bool
    in_brackets: bool
    in_quotes: bool
    glancing: float
    earlier: Earlier
    is_present: bool
    is_ahead: bool
    qualifier: Qualifier
    weekday: int | None
    rough: int
    is_bound: bool
    is_planned: bool

    @property
    def is_pluperfect(self) -> bool:
        """Whether the verb is past perfect."""
        return self.earlier is not Earlier.NOT


class Surroundings:
    """A block's text, looked over once, so that each date in it is placed at little cost."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        for match in _SENTENCE.finditer(text):
            start = match.start()
            if text[start] != "." or not _ABBREVIATION.search(text, max(0, start - 8), start):
                self._starts.append(match.end())
        self._brackets: list[tuple[int, int]] = []
        depth = 0
        for match in _BRACKET.finditer(text):
            depth = depth + 1 if match[0] in "([" else max(0, depth - 1)
            self._brackets.append((match.start(), depth))
        self._quotes = [match.span() for match in _QUOTED.finditer(text)]

    @property
    def count(self) -> int:
        """How many sentences the block has."""
        return len(self._starts)

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that an offset lies in."""
        return bisect_right(self._starts, offset) - 1

    def sentence_span(self, sentence: int) -> tuple[int, int]:
        """Return the offsets at which a sentence begins and ends."""
        following = sentence + 1
        last = self._starts[following] if following < len(self._starts) else len(self._text)
        return self._starts[sentence], last

    def context(self, start: int, stop: int) -> Context:
        """Describe what stands around text[start:stop], mostly before it."""
        sentence = self.sentence_at(start)
        begin = self._starts[sentence]
        text = self._text
        clause = text[max(begin, start - LONGEST_CLAUSE) : start].lower()
        words = _WORD.findall(clause)
        opens = start - begin < LONGEST_OPENING and _OPENING_WORDS.issuperset(words)
        last = words[-1] if words else ""
        weekday = words[-2] if last == "the" and len(words) > 1 else last
        qualifier = _qualifier(words)
        earlier = Earlier.NOT
        if qualifier is not Qualifier.BY:
            earlier = past_perfect_before(text, max(begin, start - LONGEST_SPAN), start, begin)
            if last == "dated" and not earlier:
                earlier = Earlier.BY_ADVERB
            heads = begins_a_clause(text, start, stop)
            if heads:
                earlier = Earlier.NOT
            if (opens or heads) and past_perfect_behind(text, stop):
                earlier = Earlier.WHOLLY
        comma = max(clause.rfind(","), clause.rfind(";")) + 1
        nearest = _WORD.findall(clause, comma) if comma else words
        return Context(
            sentence,
            opens,
            bool(self._brackets) and self._in_brackets(start),
            bool(self._quotes) and self._in_quotes(start),
            _glancing(nearest, words),
            earlier,
            _PRESENT_BEHIND.match(text, stop) is not None,
            _looks_ahead(nearest) or _AHEAD_BEHIND.match(text, stop) is not None,
            qualifier,
            WEEKDAYS.get(weekday),
            _rough(words),
            not _BOUNDS.isdisjoint(words[-4:]),
            _PLANNED.search(clause) is not None,
        )

    def _in_quotes(self, offset: int) -> bool:
        index = bisect_right(self._quotes, (offset, 0)) - 1
        return index >= 0 and offset < self._quotes[index][1]

    def _in_brackets(self, offset: int) -> bool:
        index = bisect_right(self._brackets, (offset, 0)) - 1
        return index >= 0 and self._brackets[index][1] > 0


_QUOTED = re.compile(r"[“\"][^”\"“]{3,600}[”\"]")


def _glancing(nearest: list[str], words: list[str]) -> float:
    """Return how much the words before a date make it a bound or a by-word of something else."""
    nearby = words[-5:]
    for index in range(len(nearby) - 1, -1, -1):
        word = nearby[index]
        if word in _STRONGLY_GLANCING:
            return 1.0
        of_a_time = word == "of" and index > 0 and nearby[index - 1] in _OF_A_TIME
        if word in _GLANCING and not of_a_time:
            return 0.6
        if word not in _PASSED_OVER and not of_a_time:
            break
    return 0.0 if _LASTING_WORDS.isdisjoint(nearest[-8:]) else 1.0


def _looks_ahead(nearest: list[str]) -> bool:
    """Whether the verb before a date looks forward: "would", "was to", "to take effect on"."""
    if "to" in nearest and "effect" in nearest[-3:]:
        return True
    if not _AHEAD_WORDS.isdisjoint(nearest):
        return True
    if any(
        second == "later" and first not in _COUNTED_TIMES
        for first, second in pairwise(["", *nearest])
    ):
        return True
    return "to" in nearest and any(
        (second == "to" and first in {"was", "were"}) or (first == "to" and second in _SET_FOR)
        for first, second in pairwise(nearest)
    )


def _rough(words: list[str]) -> int:
    """Return the month that "early", "the end of" or "the summer of" means, 0 where none."""
    for word in reversed(words[-4:]):
        if word in _ROUGH_MONTHS:
            return _ROUGH_MONTHS[word]
        if word not in _ROUGHLY_PASSED_OVER:
            break
    return 0


def qualifier_before(text: str, start: int) -> Qualifier:
    """Return the qualifier that the words right before an offset give."""
    return _qualifier(_WORD.findall(text[max(0, start - LONGEST_QUALIFIER) : start].lower()))


def _qualifier(words: list[str]) -> Qualifier:
    if words[-2:] == ["later", "than"] and words[-3:-2] in (["no"], ["not"]):
        return Qualifier.BY
    for word in reversed(words[-6:]):
        if word in _QUALIFIERS:
            return _QUALIFIERS[word]
        if word not in _PASSED_OVER:
            break
    return Qualifier.ON


def rough_month(words: str) -> int:
    """Return the month that the first word of "late in the year" means, 0 where it means none."""
    return _ROUGH_MONTHS.get(words.partition(" ")[0].lower(), 0)
