"""What a date is there for: the story, a citation, or the title of a work."""

from __future__ import annotations

import re

from knowledge.compiler.date_parts import Expression, Join
from knowledge.compiler.found_date import Use
from knowledge.compiler.works_lists import (
    OF_A_TITLE,
    is_imprint,
    is_imprint_of_italics,
    is_in_a_work_of_the_list,
    is_of_records,
)
from knowledge.model import Precision
from knowledge.readers.article import Block, Role

_CITING_ROLES = frozenset({Role.NOTE, Role.REFERENCE})
_LOOK_BACK = 120

_ACCESS = re.compile(
    r"\b(?:accessed|retrieved|archived|access[\s-]?date|last\s(?:viewed|visited|checked|accessed|updated))"
    r"(?:\sfrom\s(?:the\s)?\w{1,20})?(?:\son)?:?\s*$",
    re.IGNORECASE,
)
_PERIODICAL = (
    r"(?:Courier|Times|Post|Herald|Gazette|Tribune|Journal|Magazine|Review|Weekly|Monthly|Quarterly"
    r"|News|Chronicle|Guardian|Observer|Standard|Star|Telegraph|Mail|Express|Bulletin|Advertiser"
    r"|Mercury|Echo|Record|Sentinel|Independent|Examiner|Globe|Register|Dispatch|Zeitung|Le\sMonde)"
)
_ISSUE_BEFORE = re.compile(
    r"\b(?:[Vv]ol|[Ii]ss)\.?\s?\d+(?:\s?\(\d+\))?,?\s\(?$"
    r"|(?:\bnos?\.?|(?<![A-Za-z]\s)\bNos?\.?)\s?\d+(?:\s?\(\d+\))?,?\s\(?$|\bpp?\.\s?\d+[\d–-]*,?\s\(?$"
    rf"|\b{_PERIODICAL}\s\d{{1,4}},?\s\($"
    r"|,\s[IVXL]{1,6},\s(?:\w+\.?\s\d+,\s)?$|\b[Vv]ol\.\s[IVXL]{1,6},?\s\(?$"
    r"|\b(?:\d(?:st|nd|rd|th)|rev\.|[Rr]evised)\sed(?:\.|ition),?\s\(?$"
)
_PAGES_BEHIND = re.compile(
    r"[),.:;]*\s?(?:pp?\.|[Vv]ol\.|[Nn]o\.|ISBN|ISSN|doi|OCLC)\s?\d|\):\s?\d+[-–]\d|[a-z]?[),]\s?pp?\.\s"
)
_HOUSE = re.compile(
    r"\([^()]{0,80}\b(?:Press|Books|Publishers|Publishing|Verlag|Éditions|Editions|University)"
    r"[^()]{0,30},\s$"
)
_PLACE_AND_HOUSE = re.compile(r"\([A-ZÀ-Þ][\w.& -]{2,30}:\s[A-ZÀ-Þ][\w.&'’ -]{2,50},\s$")
_AUTHOR = re.compile(
    r"[A-ZÀ-Þ][\w'’-]+,\s(?:[A-ZÀ-Þ]\.\s?-?){1,3}(?:\s?(?:&|and)\s[^()]{2,40})?\s?\($"
    r"|[A-ZÀ-Þ][\w'’-]+,\s[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ]\.)?\s\($"
)
_INITIALS = re.compile(r"[A-ZÀ-Þ][\w'’-]+,\s(?:[A-ZÀ-Þ]\.\s?-?){1,3}$")
_SHORT_REFERENCE = re.compile(
    r"\((?:see\s|cf\.\s|in\s)?[A-ZÀ-Þ][\w'’-]+(?:\s(?:&|and)\s[A-ZÀ-Þ][\w'’-]+|\set\sal\.)?,?\s$"
)
_PAGE_BEHIND = re.compile(r"[a-z]?[,:]\s?(?:pp?\.\s?)?\d")
_FIRST_YEAR_OF_SCHOLARS = 1950
"""From then on a name and a year alone in brackets cite: "(Holm 1994)", not "(Paris 1783)"."""

_BEHIND_TITLE = re.compile(
    rf"[\"”],?\s(?:[Ii]n\s)?(?:The\s)?(?:[A-ZÀ-Þ][\w'’-]{{0,30}}\s){{0,5}}{_PERIODICAL}"
    r"(?:\s\([^()]{2,30}\))?,\s$"
)
_NOTICE = re.compile(rf"(?:^|[.;]\s)(?:[A-ZÀ-Þ][\w'’-]{{0,30}},?\s){{1,6}}{_PERIODICAL},\s$")
_PERIODICAL_BEFORE = re.compile(rf"\b{_PERIODICAL},\s$")
_BEHIND_AUTHOR = re.compile(r"[a-z]?\)[.,:]")
_SCHOLAR = re.compile(
    r"(?:^|[.;]\s|\b[a-z]+,?\s|\bAs\s)(?:[A-ZÀ-Þ][\w'’-]+(?:\s(?:&|and)\s[A-ZÀ-Þ][\w'’-]+)?|et\sal\.|colleagues)\s\($"
)
_SCHOLAR_BEHIND = re.compile(
    r"[a-z]?\)\s(?:also\s|has\s|have\s)?(?:show|argu|not|writ|wrot|suggest|estimat|describe|stat|claim|conclud"
    r"|propos|point|maintain|contend|observe|report|demonstrate|calculate|call|cit)\w*\b"
)
_SQUARE = re.compile(r"\[(?!\s?[ON]\.?\s?S)[^\[\]]{2,100}$")
_SQUARE_BEHIND = re.compile(r"[^\[\]]{0,60}\]")
_PUNCTUATION_BEFORE = re.compile(r"(?:^|[.,;:(\[])\s*$")

_OPEN_QUOTE = re.compile(r"[\"“‘]([^\"“”‘’]{0,60})$")
_CLOSE_QUOTE = re.compile(r"([^\"“”‘]{0,60}?)[\"”’]")
_CLOSED_QUOTE = re.compile(r"“[^”]*”")
_CLOSES_BEHIND = re.compile(r"[^\"“”]{0,80}[\"”]")
_SMALL_WORDS = frozenset("of the and in to a an on at for from by or with is".split())
_WORD = re.compile(r"[^\W\d_]+")
_WORK = (
    r"(?:film|documentary|novel|play|book|song|album|painting|poem|opera|symphony|essay|pamphlet|memoir|drama"
    r"|musical|ballad|picture|canvas|treatise|tract|cantata|sculpture|photograph|short\sstory|mural)s?"
)
_NAMED_WORK = re.compile(rf"\b{_WORK}\s(?:called\s|titled\s|entitled\s)?$")
_NAMED_WORK_BEHIND = re.compile(r"[:,.]|\s(?:\(|w|is\b|has\b|had\b|tells\b|came\b)|$")
_TITLE_TOLD = re.compile(
    r"\b(?:[Tt]itled?|[Ee]ntitled)\s[\"“‘']?"
    r"(?:(?:[A-ZÀ-Þ][\w'’-]*|or|of|the|and|a|an|to|for|on),?\s){1,9}(?:in|of|on|for|since|from)\s$"
)
_OWN_ACCOUNT = re.compile(
    r"[a-z]\s(?:My|Our|A|An)\s(?:(?:[A-ZÀ-Þ][\w'’-]*|of|the|and|in|on|to|with|from)\s){1,9}"
    r"[A-ZÀ-Þ][\w'’-]*,\s$"
)
_NAMED_WORK_APART = re.compile(rf"\b{_WORK},\s$")
_SUBTITLE_BEHIND = re.compile(r":\s[A-ZÀ-Þ]\w*\s[A-ZÀ-Þ]")
_INSIDE_A_SENTENCE = re.compile(r"[a-z,]\s$")
_TITLE_OF_YEAR = re.compile(
    r"[a-z,]\s(?:The|A|An)\s(?:(?:[A-ZÀ-Þ][\w'’-]{0,30}|of|the|and)\s){1,8}$"
)
_COLLECTION = re.compile(
    r"\b(?:History|Journals?|Diary|Diaries|Chronicles?|Letters|Memoirs?|Annals|Papers|Essays|Correspondence"
    r"|Documents|Records|Speeches|Writings|Poems|Works|Notes|Dispatches)"
    r"(?:\s(?:of|the|a|an|and|in|to|from|[A-ZÀ-Þ][\w'’-]{0,30})){0,10},\s$"
)

LONGEST_ITALIC_TITLE = 120
_ROLES_OF_TITLES = frozenset({Role.HEADING, Role.TABLE})
_ROLES_OF_LISTS = frozenset({Role.LIST, Role.TABLE, Role.HEADING})
_IS_A_WORK = re.compile(
    rf",\s(?:a|an|the|his|her|their|its)\s(?:[\w-]+\s){{0,3}}(?:{_WORK}|cycle|collection|account|study|history|story)\b"
)
_NAME_OF_A_DAY = re.compile(r"[A-Z][a-z]+(?:-[a-z]+)?\sof\s")
"""A ship or a paper may be called "Tenth of August"; a day that only stands out is no such name."""

_ENDS_SENTENCE = re.compile(r"[.!?;](?:\s|$)")

_CATEGORY_BEHIND = re.compile(r"\s(?:births|deaths|(?:dis)?establishments)\b")
_MARKS_OF_CITATIONS = frozenset(".,;:\"“”'()[]")
"""An entry of a list of references has some of them; a category or the title of a page has none."""

_UNREAD_TAIL = "{{DEFAULTSORT"
"""A mirror's page may end in the source of its categories, which is no text."""

_SIGNED = re.compile(r"(?:^|[.!?”\"’]\s)[—–―]\s?[A-ZÀ-Þ][^.!?]{1,110}?(?:,|\bin|\bon|\bof|\()\s$")
_DASHES = ("—", "–", "―")
_ENDS_BLOCK = re.compile(r"[.)\]”\"]{0,2}$")

_PLAIN_ENDINGS = (
    *(
        f" {word} "
        for word in "in on by of the to from since until and or at during before after between for"
        " early late through around about mid".split()
    ),
    *("In ", "On ", "By ", "From ", "Since ", "Until ", "During ", "After ", "Before ", "Between "),
)
"""What most dates stand behind; no citation or title ends so, but for "accessed on"."""

_MARKS_OF_TITLES = frozenset('"“‘')


def use_of(expression: Expression, block: Block) -> Use:
    """Return what an expression in a block is there for."""
    text, start, stop = block.text, expression.start, expression.stop
    before = text[max(0, start - _LOOK_BACK) : start]
    if block.role in _CITING_ROLES:
        return _use_among_references(expression, block, before)
    if block.role is Role.LIST and block.italics and _is_in_italic_title(expression, block):
        return Use.TITLE
    if block.role is Role.LIST and is_imprint(block, before, stop):
        return Use.CITATION
    if block.role is Role.LIST and is_in_a_work_of_the_list(expression, block, before):
        return Use.TITLE
    may_be_signed = block.role is Role.QUOTE or text.startswith(_DASHES)
    if may_be_signed and _ENDS_BLOCK.match(text, stop) and _SIGNED.search(before):
        return Use.CITATION
    if _is_cited(expression, text, before, stop) or is_imprint_of_italics(block, start, stop):
        return Use.CITATION
    if block.role is not Role.HEADING and _is_in_title(expression, text, before, stop):
        return Use.TITLE
    if block.italics and _is_in_italic_title(expression, block):
        return Use.TITLE
    return Use.CITATION if is_of_records(block) else Use.TEXT


def _use_among_references(expression: Expression, block: Block, before: str) -> Use:
    """Return what a date among references is there for: to cite, mostly.

    A title there may hold dates too. What has no mark of a citation is a category or the name of
    a page, and cites nothing.
    """
    text, stop = block.text, expression.stop
    if text.startswith(_UNREAD_TAIL):
        return Use.CITATION
    if _CATEGORY_BEHIND.match(text, stop) or text.startswith("Category:"):
        return Use.TEXT
    if block.role is Role.REFERENCE and _names_a_page(expression, block):
        return Use.TEXT
    if block.italics and _is_in_cited_italics(expression, block, before):
        return Use.TITLE
    return Use.TITLE if _is_in_cited_title(expression, text, before, stop) else Use.CITATION


def _names_a_page(expression: Expression, block: Block) -> bool:
    """Whether an entry among references is a category or a link to another article."""
    if _MARKS_OF_CITATIONS.isdisjoint(block.text) and expression.parts[0].month is None:
        start = expression.start
        if not start or block.text.endswith(("in ", "of ", "the "), 0, start):
            return True
    link = block.links[0] if len(block.links) == 1 else None
    return link is not None and (link.start, link.stop, link.target) == (
        0,
        len(block.text),
        block.text,
    )


def _is_in_cited_italics(expression: Expression, block: Block, before: str) -> bool:
    """Whether a date stands in the italics of a citation; those of a newspaper hold its day too."""
    start, stop = expression.start, expression.stop
    return any(
        begin <= start and stop <= end and end - begin <= LONGEST_ITALIC_TITLE
        for begin, end in block.italics
    ) and not (_ACCESS.search(before[-50:]) or _PERIODICAL_BEFORE.search(before))


def _is_cited(expression: Expression, text: str, before: str, stop: int) -> bool:
    """Whether a date in prose is that of a publication, an issue or a visit to a page.

    Most dates stand behind a plain small word, where only few of the patterns can apply.
    """
    if before.endswith(_PLAIN_ENDINGS):
        return before.endswith("on ") and _ACCESS.search(before[-50:]) is not None
    if _ACCESS.search(before[-50:]) or _ISSUE_BEFORE.search(before[-30:]):
        return True
    if expression.year_first:
        return _PUNCTUATION_BEFORE.search(before) is not None
    if _PAGES_BEHIND.match(text, stop):
        return True
    if before.endswith("("):
        if _AUTHOR.search(before[-80:]) and _BEHIND_AUTHOR.match(text, stop):
            return True
        return bool(_SCHOLAR.search(before[-40:]) and _SCHOLAR_BEHIND.match(text, stop))
    if before.endswith(". ") and text[stop : stop + 1] == "." and _INITIALS.search(before[-40:]):
        return True
    if before.endswith(", ") and (
        _BEHIND_TITLE.search(before)
        or _NOTICE.search(before)
        or ("(" in before and (_HOUSE.search(before) or _PLACE_AND_HOUSE.search(before)))
    ):
        return True
    if "(" in before and _SHORT_REFERENCE.search(before[-60:]):
        year = expression.parts[0].year or 0
        is_alone = text[stop : stop + 1] == ")" and year >= _FIRST_YEAR_OF_SCHOLARS
        return is_alone or _PAGE_BEHIND.match(text, stop) is not None
    if "[" in before and _SQUARE.search(before):
        return _SQUARE_BEHIND.match(text, stop) is not None
    return False


def _is_in_cited_title(expression: Expression, text: str, before: str, stop: int) -> bool:
    """Whether a date in a citation stands in the title of what is cited, not for its appearing.

    Nothing appears "in" or "of" a year, nor over many years or months.
    """
    if _is_in_title(expression, text, before, stop) or _is_in_quotes(text, before, stop):
        return True
    parts = expression.parts
    if parts[0].precision is Precision.CENTURY or parts[0].precision is Precision.DECADE:
        return True
    is_year = parts[0].precision is Precision.YEAR
    if len(parts) > 1 and (is_year or _is_over_months(expression)):
        return not before.endswith("(")
    return is_year and OF_A_TITLE.search(before[-40:]) is not None


def _is_over_months(expression: Expression) -> bool:
    """Whether an expression is a range of days over more than a month's name."""
    first, last = expression.parts[0], expression.parts[-1]
    is_range = last.join is Join.RANGE and first.day is not None and last.day is not None
    return is_range and (first.month, first.year) != (last.month, last.year)


def _is_in_quotes(text: str, before: str, stop: int) -> bool:
    """Whether a date stands inside quotation marks, as the titles of articles do."""
    opening = max(before.rfind('"'), before.rfind("“"))
    if opening < 0 or _CLOSED_QUOTE.match(before, opening):
        return False
    is_open = before[opening] == "“" or before.count('"') % 2 == 1
    return is_open and _CLOSES_BEHIND.match(text, stop) is not None


def _is_in_title(expression: Expression, text: str, before: str, stop: int) -> bool:
    """Whether a date is part of a title: in quotes, behind "the film", in "Letters, 1801–1809"."""
    if expression.relative is not None:
        return False
    if not _MARKS_OF_TITLES.isdisjoint(before) and (opening := _OPEN_QUOTE.search(before)):
        closing = _CLOSE_QUOTE.match(text, stop)
        if closing is not None:
            words = _WORD.findall(f"{opening[1]} {closing[1]}")
            if all(word[0].isupper() or word in _SMALL_WORDS for word in words):
                return True
    parts = expression.parts
    is_year = parts[0].precision is Precision.YEAR
    if ("title" in before or "entitled " in before) and _TITLE_TOLD.search(before):
        return True
    if before.endswith("of "):
        return is_year and _TITLE_OF_YEAR.search(before) is not None
    if before.endswith(_PLAIN_ENDINGS):
        return False
    if _NAMED_WORK.search(before[-40:]):
        return _NAMED_WORK_BEHIND.match(text, stop) is not None
    if is_year and _SUBTITLE_BEHIND.match(text, stop) and _INSIDE_A_SENTENCE.search(before):
        return True
    if not before.endswith(", "):
        return False
    if _NAMED_WORK_APART.search(before[-40:]):
        return text[stop : stop + 1] == ","
    if not is_year or len(parts) == 1:
        return False
    return bool(_COLLECTION.search(before) or _OWN_ACCOUNT.search(before))


def _is_in_italic_title(expression: Expression, block: Block) -> bool:
    """Whether a date stands in italics that read as the name of a work.

    Notes, captions and quotations in italics are blocks or sentences of their own; a day or a
    month alone in italics only stands out, unless it is a heading's or begins a row of a table.
    """
    text, start, stop = block.text, expression.start, expression.stop
    for begin, end in block.italics:
        if not (begin <= start and stop <= end):
            continue
        words = text[begin:end]
        is_alone = (begin, end) == (start, stop)
        if is_alone and block.role in _ROLES_OF_TITLES:
            return True
        if is_alone and (
            _IS_A_WORK.match(text, end) or _NAMED_WORK.search(text, max(0, begin - 40), begin)
        ):
            return True
        if is_alone and expression.parts[0].precision is not Precision.YEAR:
            return begin > 0 and _NAME_OF_A_DAY.match(words) is not None
        if begin == 0 and (block.role not in _ROLES_OF_LISTS or not text[end:].strip(" .")):
            return False
        if end - begin > LONGEST_ITALIC_TITLE or _ENDS_SENTENCE.search(words):
            return False
        if is_alone:
            return not text.endswith(_PLAIN_ENDINGS, 0, begin)
        return words[0].isupper() or words[0].isdigit()
    return False
