"""Years BC as they are written: "58–50 BC", "478/7 BC", and those that leave the era out.

An article about antiquity says "BC" now and then and leaves it out between. A number of two or
three digits is such a year where the words around it are those of a date and the text has just
been in about that year BC.
"""

from __future__ import annotations

import re

from knowledge.compiler.date_numbers import EARLIEST_YEAR_BC
from knowledge.compiler.date_parts import Expression, Join, Part
from knowledge.compiler.year_evidence import counts_plural, is_count
from knowledge.model import Precision

FIRST_PLAIN_YEAR = 1000
"""From here on years bear no era."""

MOST_YEARS_BETWEEN_BC = 200
"""A year without an era is BC only this close to one that says so."""

LONGEST_LOOK_AHEAD = 160
"""Letters ahead in which a sentence may say that its years are BC: "from 525 to 510 BC"."""

_BC = r"(?:BCE?|B\.\s?C\.(?:\s?E\.)?|v\.\s?Chr\.?|av\.\sJ\.-C\.|a\.\s?C\.)(?![A-Za-z])"
_ABOUT = r"(?:(?:c|ca)\.\s?|circa\s|about\s)?"
_BETWEEN = rf"(\s?[-–—/]\s?{_ABOUT}|\s(?:to|until|till)\s{_ABOUT}|\s(?:and|or)\s{_ABOUT})"
_BC_SPAN = re.compile(rf"(\d{{1,4}}){_BETWEEN}(\d{{1,4}})\s?{_BC}")
_ALONE = r"(?!\d)(?!,\d{3})(?!\.\d)(?![%°])"
_BARE_SPAN = re.compile(rf"(\d{{2,3}})(?!\d){_BETWEEN}(\d{{1,3}}){_ALONE}")
_BARE = re.compile(rf"(\d{{2,3}}){_ALONE}")
_ERA = re.compile(r"[A-Z]")
_POSITION = re.compile(
    r"\b(?:in|by|until|till|since|from|for|of|before|after|around|about|between|during|years?"
    r"|spring|summer|autumn|winter|early|late|mid|circa|c\.|ca\.|r\.|fl\.)[\s-]$"
    r"|\bdat(?:e|ed|es|ing)\b[^.;]{0,24}\bto\s$|\b(?:down|back)\sto\s$"
    r"|(?<!\d)\d{2,3}(?:\sBC)?,?\s(?:and|or)\s$",
    re.IGNORECASE,
)
_SURE_POSITION = re.compile(
    r"\b(?:in|since|until|till|c\.|circa|(?:spring|summer|autumn|winter|end|beginning|start)\sof)\s$"
    r"|(?:^|[.;,]\s|\band\s)(?:by|from|after|before|about|around)\s$",
    re.IGNORECASE,
)
_LABEL_BEFORE = re.compile(r"(?:^|[(;,:]\s?)$")
_ENDS = re.compile(r"\s?(?:[,.;:()–—]|$)")
_BEHIND = re.compile(
    r"\s(?:he|she|the|it|they|his|her|its|their|when|and|or|but|at|a|an|by|to|for|with|without|against|among|over|in|on|under"
    r"|after|before|until|as|which|who|whose|where|while|though|although|there|this|that|these|was"
    r"|were|had|is|one|two|three|both|all|some|most|many|another|only|probably|perhaps)\b"
)
_NAME_BEHIND = re.compile(r"\s(?P<name>[A-ZÀ-Þ][\w'’-]+)(?P<more>\s[a-z]+s\b)?")
_PLURAL_OF_A_PEOPLE = re.compile(r"(?<![aeiouy])s$|(?:ites|otes|iates|ese)$")
_VERBS_AND_SMALL_WORDS = frozenset(
    "was has his is as its thus this does always perhaps towards besides".split()
)
_ERA_AHEAD = re.compile(rf"(?<![\d/])(\d{{1,4}})\s?{_BC}")
_SENTENCE_END = re.compile(r"[.!?]\s+[A-ZÀ-Þ]")


def bc_span_at(text: str, start: int) -> Expression | None:
    """Read two years BC with their era at `start`: "58–50 BC", "476 or 475 BC", "478/7 BC"."""
    match = _BC_SPAN.match(text, start)
    return None if match is None else _span(match, text)


def is_near_bc(year: int, bc: int) -> bool:
    """Whether a year without an era may be one BC, next to the year BC that was written before."""
    return year < FIRST_PLAIN_YEAR and abs(1 - year - bc) <= MOST_YEARS_BETWEEN_BC


def bc_ahead(text: str, start: int) -> int | None:
    """Return the year BC (astronomical) that ends the sentence of a number, if one does.

    Years before our era count down, so that only a larger number can be one before it.
    """
    number = _BARE.match(text, start)
    if number is None or text.find("B", start, start + LONGEST_LOOK_AHEAD) < 0:
        return None
    match = _ERA_AHEAD.search(text, number.end(), start + LONGEST_LOOK_AHEAD)
    if match is None or _SENTENCE_END.search(text, start, match.start()):
        return None
    if int(number[0]) < int(match[1]):
        return None
    return 1 - int(match[1])


def bare_bc_year_at(text: str, start: int, bc: int, *, is_heading: bool) -> Expression | None:
    """Read a year BC without its era, or two: "in 491", "since about 516", "(499–493)"."""
    match = _BARE.match(text, start)
    if match is None or not is_near_bc(int(match[0]), bc):
        return None
    is_dated = _POSITION.search(text, max(0, start - 40), start) is not None
    is_label = _LABEL_BEFORE.search(text, max(0, start - 3), start) is not None
    span = _BARE_SPAN.match(text, start)
    if span is not None and _is_year_of_office(span, text, start):
        is_dated = True
    if not is_dated and not is_label:
        return None
    if span is not None:
        if int(span[3]) > int(span[1]):
            return None  # "from 350 to 400": years BC count down
        found = _span(span, text)
        if found is not None and (
            _ENDS.match(text, found.stop)
            or ((is_dated or "/" in span[2]) and _is_free(text, start, found.stop))
        ):
            return found
    if is_dated:
        is_one = _is_free(text, start, match.end())
    else:
        opens = is_heading and start == 0
        is_one = (opens or text[start - 1] == "(") and text[match.end() : match.end() + 1] in {
            ")",
            "",
        }
    if not is_one:
        return None
    return Expression([Part(start, match.end(), Precision.YEAR, 1 - int(match[0]))])


def _is_year_of_office(span: re.Match[str], text: str, start: int) -> bool:
    """Whether two numbers are a year that ran over two of ours: "for 210/209", "and 201/0"."""
    is_free = text[start - 1 : start] in {" ", "(", "–", "-"}
    return is_free and "/" in span[2] and _span(span, text) is not None


def _is_free(text: str, start: int, stop: int) -> bool:
    """Whether no noun stands behind a number that it could count: "of 300 Spartans"."""
    if _ENDS.match(text, stop):
        return True
    if is_count(text, stop) or counts_plural(text, stop):
        return False
    if _BEHIND.match(text, stop):
        return True
    if stop - start < 3:
        return False
    behind = _NAME_BEHIND.match(text, stop)
    if behind is None:
        return False
    counted = (behind["more"] or "").strip()
    if counted and counted not in _VERBS_AND_SMALL_WORDS:
        return False
    is_people = _PLURAL_OF_A_PEOPLE.search(behind["name"]) is not None
    return not is_people and _SURE_POSITION.search(text, max(0, start - 16), start) is not None


def _span(match: re.Match[str], text: str) -> Expression | None:
    first, glue, end = int(match[1]), match[2], match[3]
    last = int(end)
    if "/" in glue and len(end) < len(match[1]):
        last = first - 1
        if last % int(10 ** len(end)) != int(end):
            return None
    if not 0 < last < first <= EARLIEST_YEAR_BC:
        return None
    is_list = "and" in glue or "or" in glue
    between = text[max(0, match.start() - 10) : match.start()].lower().endswith("between ")
    join = Join.LIST if is_list and not between else Join.RANGE
    is_whole = _ERA.search(match[0]) is not None
    return Expression(
        [
            Part(match.start(), match.end(1), Precision.YEAR, 1 - first),
            Part(match.start(3), match.end(), Precision.YEAR, 1 - last, join=join, whole=is_whole),
        ]
    )
