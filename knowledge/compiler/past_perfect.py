"""Whether the verb beside a date is past perfect: "had done" tells of what came before the story.

A clause that hangs on another ends before that one goes on: in "Norden, which had mobilised on
5 July, declared war on 10 July" only the first day lies beside "had".
"""

from __future__ import annotations

import re
from enum import IntEnum

from knowledge.compiler.verb_forms import Form, form

LONGEST_OPENING_OF_A_CLAUSE = 60
"""Letters before "had" in which the word that opens its clause is looked for."""

_NO_PARTICIPLE = (
    r"(?:(?:to|on|in|at|with|for|no|nothing|an?|the|little|few|many|some|his|her|its|their|about"
    r"|over|more)\b|(?:only\s)?\d|[A-ZÀ-Þ])"
)
"""Behind "had", these begin what somebody had, or had done to somebody: "had Orlo beheaded"."""

_HAD = re.compile(rf"\b(?:[Hh]aving|had)\s(?!{_NO_PARTICIPLE})")
_OPENED_ASIDE = re.compile(
    r",\s(?:(?:\w+\s)?(?:which|who|whom|whose|where)\b[^,;]{0,60})?$", re.IGNORECASE
)
_OPENED_SENTENCE = re.compile(
    r"[\"“‘'(\[]*(?:(?:After|When|Once|Because|Since|Although|Though|While|As)\b[^,;]{0,60})?$"
)
_HANGING = re.compile(
    r"\b(?:which|who|whom|whose|where|that|what|because|after|when|since|than|as|until|before|if"
    r"|whether|while|though|although)\b[^,;]{0,60}$",
    re.IGNORECASE,
)
_SET_APART = re.compile(r",\s(?:on|in|by|at)\s(?:the\s)?$")
_GOES_ON = re.compile(r",\s(?:(?:also|then|soon|finally|\w+ly)\s)?([a-z]+)")
_OPENED_CLOSELY = re.compile(r"\b(?:who|which|that)\s(?:\w+ly\s)?$")
_WAS_DONE = re.compile(
    r"\b(?!(?:who|which|that|and|but|or|where|when|as|it|he|she|they|there|what|than)\b)\w+"
    r"\s(?P<verb>was|were)\s"
)
_SUBJECT = re.compile(r",\s(?:(?:he|she|it|they|the|an?|his|her|its|their|this|these)\s|[A-ZÀ-Þ])")
_JOINED = re.compile(
    r"(?:[,;]|\b(?:and|but|while|until))\s(?:on|in|by|at)\s(?:the\s)?$", re.IGNORECASE
)
_NEW_SUBJECT = re.compile(
    r",?\s(?:(?:he|she|it|they|there|the|an?|his|her|its|their|this|these|some|two|three)\s|[A-ZÀ-Þ])"
)
_ANOTHER_CLAUSE = re.compile(
    r",\s(?:(?:and|but|so)\s(?:he|she|it|they|the\s[a-z]+|[A-ZÀ-Þ][\w'’-]+)|which|who|where\sit)"
    r"\s(?!had\b)(?P<verb>[a-z]+)\b"
)
_ADVERBS = re.compile(r"\b(?:earlier|previously|formerly|originally|already)\b", re.IGNORECASE)
_HAD_BEHIND = re.compile(rf"[,\s](?P<between>[^.;]{{0,45}}?)\bhad\s(?!{_NO_PARTICIPLE})")
_OPENS_ANOTHER = re.compile(r"\b(?:which|who|whom|whose|where|that|after|when|as|because)\b")


class Earlier(IntEnum):
    """How a clause tells of what came before: not, by an adverb, as a by-word, by its own verb."""

    NOT = 0
    BY_ADVERB = 1
    BY_WORD = 2
    WHOLLY = 3


def past_perfect_before(text: str, begin: int, start: int, sentence: int) -> Earlier:
    """Return how text[begin:start], the end of which a date follows, tells of what came before.

    `sentence` is where the sentence begins.
    """
    position = begin
    for match in _HAD.finditer(text, begin, start):
        opening = max(sentence, match.start() - LONGEST_OPENING_OF_A_CLAUSE)
        closed = _closed_at(text, opening, match, start, sentence)
        if closed is not None:
            position = closed
            continue
        if match.start() < position:
            continue
        another = _another_clause(text, match.end(), start)
        if another is not None:
            position = another
            continue
        hangs = _HANGING.search(text, opening, match.start()) is not None
        return (
            Earlier.BY_WORD
            if hangs or match[0].startswith(("having", "Having"))
            else Earlier.WHOLLY
        )
    return Earlier.BY_ADVERB if _ADVERBS.search(text, position, start) else Earlier.NOT


def past_perfect_behind(text: str, stop: int) -> bool:
    """Whether a date at the head of its sentence has "had done" for its verb."""
    match = _HAD_BEHIND.match(text, stop)
    return match is not None and _OPENS_ANOTHER.search(match["between"]) is None


def _another_clause(text: str, begin: int, stop: int) -> int | None:
    """Return where a clause with a subject and verb of its own begins: ", and he entered"."""
    for match in _ANOTHER_CLAUSE.finditer(text, begin, stop):
        if form(match["verb"]) in {Form.FINITE, Form.PAST}:
            return match.start("verb")
    return None


def begins_a_clause(text: str, start: int, stop: int) -> bool:
    """Whether a date stands at the head of a clause with a subject and verb of its own.

    In "it had been seen on 3 May, and on 5 May the army left" the second does.
    """
    heads = _JOINED.search(text, max(0, start - 16), start) is not None
    return heads and _NEW_SUBJECT.match(text, stop) is not None


def _closed_at(text: str, opening: int, had: re.Match[str], stop: int, sentence: int) -> int | None:
    """Return where the clause around "had" has ended before `stop`, or none if it goes on."""
    if _OPENED_ASIDE.search(text, opening, had.start()):
        for match in _GOES_ON.finditer(text, had.end(), stop):
            if form(match[1]) in {Form.FINITE, Form.PAST}:
                return match.start(1)
        apart = _SET_APART.search(text, had.end(), stop)
        return apart.start() if apart is not None else None
    if _OPENED_CLOSELY.search(text, opening, had.start()):
        done = _WAS_DONE.search(text, had.end(), stop)
        return done.start("verb") if done is not None else None
    if opening == sentence and _OPENED_SENTENCE.fullmatch(text, sentence, had.start()):
        ended = _SUBJECT.search(text, had.end(), stop)
        return ended.start() if ended is not None else None
    return None
