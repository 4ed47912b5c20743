"""Lists of works and records: the imprint says when one came out, the title may hold a year.

"Penetrating Light. London: Hollis, 1931; 2nd ed. 1938", "Argon LP 7714 (1973)", "released 1997".
"""

from __future__ import annotations

import re
from bisect import bisect_left

from knowledge.compiler.date_parts import Expression
from knowledge.compiler.date_vocabulary import MONTH
from knowledge.model import Precision
from knowledge.readers.article import Block, Role
from knowledge.readers.zones import Zone, zone_of

_RECORDS = re.compile(r"\b(?:[Dd]iscography|[Aa]lbums|[Rr]ecordings|[Ee]xtended\splays|EPs)\b")
"""Lists under these headings say of each record when it came out."""

_RELEASED = re.compile(
    r"(?:^|[.;,–—-]\s)(?:[Rr]e)?(?:[Rr]ecorded|[Rr]eleased|[Ii]ssued)\s(?:on\s|in\s)?$"
)
_CATALOGUE_NUMBER = re.compile(
    r"\b[A-ZÀ-Þ][\w&.'’-]*\s[A-Z]{1,6}(?:[\s-][A-Z]{1,6})?[\s-]?\d[\d-]*[A-Z]{0,2},?\s\($"
)
_OF_A_RECORD = re.compile(
    r"\b(?:LP|CD|EP|SACD|DVD|vinyl|cassette|reissued?|download|[A-Z]{2,}[\s-]\d{2,})\b"
)
_PLACE = r"[A-ZÀ-Þ][\w'’.-]*(?:(?:,\s|\s|\sand\s|\s&\s)[A-ZÀ-Þ][\w'’.-]*){0,3}"
_IMPRINT = re.compile(
    rf"[.!?\])”\"'’]\s{_PLACE}(?::\s[A-ZÀ-Þ][^.;:()]{{1,50}}?)?,\s(?:{MONTH}\s)?$"
)
LONGEST_IMPRINT = 80
_CLOSING_QUOTES = ('"', "”")
_VOLUME_OF_ITALICS = re.compile(r"\s\d{1,4}(?:[.:/]\d{1,3}|\s?\(\d{1,3}\))?,?\s\(")
_IMPRINT_OF_ITALICS = re.compile(rf"\.\s{_PLACE}(?::\s[A-ZÀ-Þ][^.;:()]{{1,50}}?)?,\s(?:{MONTH}\s)?")
_IMPRINT_NEXT = re.compile(rf"\.\s{_PLACE}:\s[A-ZÀ-Þ]")
_IMPRINT_BEHIND = re.compile(r"\s?(?:[.;,\[]|[-–]\d|$)")
OF_A_TITLE = re.compile(r"[A-ZÀ-Þ][\w'’-]*\s(?:of|in|since|before|after|to|until|from|and|the)\s$")


def is_of_records(block: Block) -> bool:
    """Whether a list is one of records, which says of each when it came out."""
    return block.role is Role.LIST and any(map(_RECORDS.search, block.section))


def is_imprint(block: Block, before: str, stop: int) -> bool:
    """Whether a list of works says there when one came out: "London: Hollis, 1931", "LP 33 (1973)".

    A day or year that the list gives beside the work itself says when it was made.
    """
    if zone_of(block.section) is not Zone.WORKS:
        return False
    if before.endswith("(") and _CATALOGUE_NUMBER.search(before[-60:]):
        return True
    opening = before.rfind("(")
    if opening > before.rfind(")"):
        closing = block.text.find(")", stop, stop + LONGEST_IMPRINT)
        bracket = before[opening:] + block.text[stop : max(stop, closing)]
        return _OF_A_RECORD.search(bracket) is not None
    if _RELEASED.search(before[-24:]):
        return True
    behind = _IMPRINT_BEHIND.match(block.text, stop) is not None
    return behind and before.endswith(", ") and _IMPRINT.search(before) is not None


def is_in_a_work_of_the_list(expression: Expression, block: Block, before: str) -> bool:
    """Whether a year ends a title before place and house: "What I Saw in 1862. Boston: Lee"."""
    is_year = expression.parts[0].precision is Precision.YEAR
    return (
        is_year
        and OF_A_TITLE.search(before[-40:]) is not None
        and _IMPRINT_NEXT.match(block.text, expression.stop) is not None
        and zone_of(block.section) is Zone.WORKS
    )


def is_imprint_of_italics(block: Block, start: int, stop: int) -> bool:
    """Whether place and house, or a volume, behind italics make a date that of their appearing."""
    text = block.text
    before = bisect_left(block.italics, (start, 0)) - 1
    if before < 0:
        return False
    begin, end = block.italics[before]
    if not 0 < start - end <= LONGEST_IMPRINT:
        return False
    if text.endswith("(", 0, start):
        is_list = block.role is Role.LIST and zone_of(block.section) is Zone.WORKS
        is_of_an_article = text[max(0, begin - 3) : begin].rstrip(" ,").endswith(_CLOSING_QUOTES)
        is_volume = _VOLUME_OF_ITALICS.fullmatch(text, end, start) is not None
        return is_volume and (is_list or is_of_an_article)
    is_place = _IMPRINT_OF_ITALICS.fullmatch(text, end, start) is not None
    return is_place and _IMPRINT_BEHIND.match(text, stop) is not None
