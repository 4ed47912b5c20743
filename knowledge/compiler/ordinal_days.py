"""Days by their number alone: "the 20th", "on the 27th and 28th", "on the second day"."""

from __future__ import annotations

import re

from knowledge.compiler.date_parts import Expression, Part, Relative, Unit
from knowledge.compiler.date_vocabulary import ORDINALS
from knowledge.compiler.verb_forms import Form, form
from knowledge.model import Precision

LAST_DAY_OF_MONTH = 31
LAST = -1
"""The last day of several."""

MOST_DAYS = 10
"""A day with a higher number, "on the fortieth day", is counted from far back."""

_ORDINAL = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)(?P<month>\sof\s(?:that|the)"
    r"(?:\s(?P<way>same|next|following))?\smonth\b)?"
)
_BEFORE_ORDINAL = re.compile(
    r"\b(?:on|by|until|till|from|since|to|and|before|after|between|of|for|throughout|during|through|dated)"
    r"\sthe\s$",
    re.IGNORECASE,
)
_ORDINAL_BEFORE = re.compile(
    r"\bthe\s\d{1,2}(?:st|nd|rd|th)(?:,|,?\s(?:and|or|to)|\s?[–/-])\s?$", re.IGNORECASE
)
_FURTHER_ORDINALS = re.compile(
    r"(?:(?:,|,?\s(?:and|or|to)|\s?[–/-])\s?(?:the\s)?\d{1,2}(?:st|nd|rd|th)){0,6}"
)
_WORD_BEHIND = re.compile(r"[.,;:)]|$|\s(?P<word>\w+)")
_BEHIND_ORDINAL = frozenset(
    "was were is he she it they the a an and but when after in at by with to for his her their had"
    " as without where while until from there one two some most another both all its fewer less"
    " more only nearly almost about over several many few no nothing none every each because since"
    " although though despite amid near off between under during following again too also just not"
    " never still then thus that which who whose or".split()
)
_HEAD_OF_A_CLAUSE = re.compile(
    r"(?:^|[.;:!?]['\"”’)]*\s|,\s|\b(?:and|but)\s)"
    r"(?:(?:early|late|later|only|finally|then|again|(?:just\s|shortly\s|soon\s)?(?:at|before|after|by|towards)"
    r"\s(?:noon|dawn|daybreak|sunrise|sunset|dusk|nightfall|midnight|midday|first\slight)),?\s)?"
    r"(?:on|by|until|from)\sthe\s$",
    re.IGNORECASE,
)
LONGEST_HEAD = 44
"""Letters before a number in which the head of its clause is looked for."""

_SUBJECT = re.compile(
    r"\s(?:[A-ZÀ-Þ](?:[a-z]{0,2}\.|[\w'’-]{0,30})\s(?:(?:of|de|von|van)\s(?:the\s)?)?){1,5}"
    r"(?P<first>[a-z]+)\b(?:\s(?P<second>[a-z]+)\b)?"
)
_TIME_OF = re.compile(r"\b(?:night|morning|evening|afternoon|hours)\sof\sthe\s$")
_LONG_TIMES = frozenset("century centuries year month week day millennium season".split())
_VERB_BEHIND = re.compile(
    r"\s([a-z]{3,20})(?:[.,;]|\s(?:in|at|to|by|on|with|within|into|for|from|after|before|without|as|the"
    r"|an?|his|her|its|their|them|him|it|all|nothing|only|some|under|against)\b)"
)
"""What was done on that day by what stands before: "the attack on the 23rd failed at dawn"."""

_ONE_OF_S = frozenset(
    "series species means headquarters barracks works graders overs hours minutes years days weeks"
    " months times places olympics hussars lancers dragoons fusiliers rifles guards marines"
    " engineers grenadiers cuirassiers uhlans chasseurs volunteers regulars rangers foot".split()
)
"""Behind a number of order these are one thing, a class of a school, or a regiment."""


def ordinal_at(text: str, start: int) -> Expression | None:
    """Read "the 20th" as a day of the story's month, where it counts nothing: "the 20th Army"."""
    match = _ORDINAL.match(text, start)
    if match is None or not 1 <= int(match["day"]) <= LAST_DAY_OF_MONTH:
        return None
    begin = start - 4
    if not _BEFORE_ORDINAL.search(text, max(0, start - 16), start):
        if not _ORDINAL_BEFORE.search(text, max(0, start - 16), start):
            return None
        begin = start
    if not match["month"] and not _stands_alone(text, start, match.end()):
        return None
    months = 1 if match["way"] in {"next", "following"} else 0
    part = Part(begin, match.end(), Precision.DAY)
    return Expression([part], relative=Relative(Unit.ORDINAL, int(match["day"]), months))


def _stands_alone(text: str, start: int, stop: int) -> bool:
    """Whether no noun follows, or one that is the subject of what was done on that day."""
    further = _FURTHER_ORDINALS.match(text, stop)
    stop = further.end() if further is not None else stop
    behind = _WORD_BEHIND.match(text, stop)
    if behind is None:
        return False
    word = behind["word"]
    if word is None or word in _BEHIND_ORDINAL or _is_of_many(word):
        return True
    if _TIME_OF.search(text, max(0, start - 20), start):
        return behind["word"] not in _LONG_TIMES
    verb = _VERB_BEHIND.match(text, stop)
    if verb is not None and form(verb[1]) in {Form.PAST, Form.FINITE}:
        return True
    if _HEAD_OF_A_CLAUSE.search(text, max(0, start - LONGEST_HEAD), start) is None:
        return False
    subject = _SUBJECT.match(text, stop)
    return subject is not None and any(
        form(verb) in {Form.PAST, Form.FINITE} for verb in subject.group("first", "second") if verb
    )


_NTH_WORDS = "|".join(word for word, number in ORDINALS.items() if number <= MOST_DAYS)
_NTH_BEFORE = re.compile(
    rf"\b(?:[Oo]n|[Bb]y|[Uu]ntil|[Dd]uring)\s(?P<the>(?:the|its)\s(?:very\s)?(?P<nth>{_NTH_WORDS}|last|final)\s)$"
)
_OF_WHAT = re.compile(r"\sof\s(?:(?:the|this|that|its|their)\s)?(?P<what>[a-z]+)\b")
_NOT_COUNTED_FROM_THE_STORY = frozenset(
    "month months year years week weeks season spring summer autumn winter term school session"
    " holiday holidays reign life lent creation existence each every his her january february march"
    " april may june july august september october november december".split()
)
_NO_DAY = re.compile(r"[-–]|['’]s\b|\s(?:when|that|in\s(?:the|his|her)|for)\b")


def _is_of_many(word: str) -> bool:
    """Whether a word is a plural, which no number of order counts: "on the 5th rebels came"."""
    is_plural = len(word) > 3 and word.islower() and word[-1] == "s" and word[-2] not in "sui"
    return is_plural and word not in _ONE_OF_S


def nth_day_at(text: str, start: int, stop: int) -> Expression | None:
    """Read "on the second day", "on the last day of the fighting" around the "day" at `start`.

    It is counted from the first of several days, which the story must have told.
    """
    before = _NTH_BEFORE.search(text, max(0, start - 30), start)
    if before is None or _NO_DAY.match(text, stop):
        return None
    end = stop
    if what := _OF_WHAT.match(text, stop):
        if what["what"] in _NOT_COUNTED_FROM_THE_STORY:
            return None
        end = what.end()
    elif text.startswith(" of ", stop):
        return None
    part = Part(before.start("the"), end, Precision.DAY)
    return Expression([part], relative=Relative(Unit.NTH_DAY, ORDINALS.get(before["nth"], LAST)))
