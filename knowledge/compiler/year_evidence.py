"""Is a number a year? By the words beside it: counts, names and votes look like years."""

from __future__ import annotations

import re

LEAST_PLAIN_YEAR = 1200
"""Smaller numbers are years only behind a word of time: "in 1066", "c. 965"."""

_UNITS = frozenset(
    "men women soldiers troops people persons inhabitants votes seats members deaths casualties"
    " prisoners killed wounded dead civilians feet ft foot metres meters metre meter km kilometres"
    " kilometers miles mile m kg tons tonnes pounds dollars francs marks roubles rubles guns tanks"
    " aircraft planes ships vessels copies houses homes families horses cavalry infantry workers"
    " students years hectares acres hours delegates times percent per million billion thousand"
    " hundred rounds shells bombs units pages points goals runs yards inches degrees fighters"
    " rebels officers sailors regulars volunteers militia militiamen knights archers settlers"
    " refugees residents employees pupils passengers spectators vehicles cars trucks lorries rifles"
    " mm cm nm kW hp mph others additional more or-so sterling daler thaler taler reichstaler"
    " kroner kronor gulden lire yen zloty hryvnia".split()
)
_TIME_WORDS = frozenset(
    "in since until till from during before after between early late mid circa c ca year through"
    " throughout into around about summer winter spring autumn fall years by pre post"
    " born died fl flourished reigned ruled crowned founded built anno".split()
)
_NOT_BEHIND = frozenset(
    "no nos nr number numbers p pp page pages vol vols volume chapter ch fig figure table isbn issn"
    " oclc doi flight route highway bus class model type mark unit room apartment box section"
    " article line lines column folio item lot ms catalogue psalm hymn approximately roughly nearly"
    " almost over than least some only exactly total additional another whom had has have with"
    " against numbered numbering totalled lost killed captured wounded mustered raised cost costs"
    " costing worth paid".split()
)
_CAPITALS_OF_TIME = frozenset(
    "In By Since Until Till From To During Before After Between Early Late Mid The Of Circa Summer"
    " Winter Spring Autumn Fall Christmas Easter Around About Through Throughout And Or As For On"
    " January February March April May June July August September October November December Year"
    " Born Reign Reigned Lived Active Died Year Years Not But When This That Its His Her Their A"
    " Cf About Midsummer Whitsun Pentecost Lent Advent Michaelmas".split()
)
_NEVER_OF_COUNTS = frozenset("in since until till during".split())
"""Behind these a number is a year even before "men": "in 1640 men were pressed"."""

_WEAK_BEFORE_EARLY = frozenset("by from before after between into through throughout".split())
"""Behind these a number of three digits is a year only in a text of early years."""

_NO_PLURALS = frozenset(
    "was is as has this its his ours hers theirs thus various previous across towards besides"
    " yes less does goes perhaps alas always sometimes afterwards".split()
)
_YEARLY_NOUNS = frozenset(
    "levels prices values standards figures terms borders elections births deaths establishments"
    " disestablishments films albums songs novels debuts".split()
)
_FUNCTION_WORDS = frozenset(
    "and the a an he she it they when while as at but by for from in on to was with where after"
    " before is were had his her their its who which that this or until under did of".split()
)
_BODIES = (
    r"(?:Brigade|Regiment|Division|Army|Corps|Battalion|Squadron|Infantry|Battery|Fleet|Company"
    r"|Legion|Street|Road|Avenue|Lane|Boulevard|Drive|Square|Place|Rally|Miles|Kilometres|Metres)"
)
_BODY_BEHIND = re.compile(rf"\s(?:[A-ZÀ-Þ][\w'’.-]+\s){{0,3}}{_BODIES}\b")
_NEXT_WORD = re.compile(r"[\s-]([A-Za-zÀ-ÿ]+)")
_ANOTHER_COUNT = re.compile(r"\s(?:and|or|to)\s[\d,]+[\s-]([A-Za-z]+)")
_COMPOUND = re.compile(r"-(?!era\b|style\b|built\b|vintage\b|present\b)[a-z]")
_LABEL_OF_A_COUNT = re.compile(
    r"\b(?:population|area|elevation|altitude|height|length|capacity|code|postcode|telephone"
    r"|students|employees|seats|households|inhabitants|number|appearances|goals|caps)\b"
    r"[^.;]{0,24}[:|]\s?$",
    re.IGNORECASE,
)
_EARLY_TEXT = re.compile(
    r"\b(?:AD|BC|BCE|CE|centur(?:y|ies)|c\.|(?:in|since|until|year|born|died)\s\d{3}(?![\d,]))(?!\w)"
)
_LAST_WORD = re.compile(r"([A-Za-zÀ-ÿ]+)(?P<dot>\.?)(?P<gap>[\s(\[\"“‘'–—-]{0,3})$")
_LAST_TWO = re.compile(r"([A-Za-z%]+)\s[A-Za-z]+[\s(]*$")
_RANGE_BEHIND = re.compile(r"\s?(?:to|[-–—])\s?(\d{3,4})(?!\d)")
_RANGE_BEFORE = re.compile(r"(?<!\d)(\d{3,4})\s?(?:to|[-–—])\s?$")
_COUNT_BEFORE = re.compile(r"\b\d[\d,]{2,}\s(?:[a-z]+s|men|people)\b[^.;\d]{0,60}$")
_VERB_BEHIND = re.compile(r"\s[a-z]+s\s(?:with|in|on|at|the|a|that|how|from)\b")
_QUANTITIES = frozenset(
    "force total crowd army garrison number group band population circulation cargo fleet sum"
    " payment fine loan membership detachment contingent strength audience congregation fee"
    " ransom pension salary capacity company column body party levy".split()
)


_PAGES_BEFORE = re.compile(
    r"(?:\b(?:[Pp]{1,2}|[Pp]ages?|[Nn]os?|[Vv]ols?|[Ll]ines?|[Cc]ols?|[Ff]ols?)\.?|\d\):)\s$"
)
"""Behind these two numbers are pages: "pp. 1248–1252", "8 (March 2006): 1893–1911"."""

_CHAIN_BEFORE = re.compile(r"\d-\d{1,7}-$")
_CHAIN_BEHIND = re.compile(r"-\d{1,7}-\d")
_PLACE_BEFORE = re.compile(r"[.\d]\s[A-ZÀ-Þ][a-zß-ÿ]+(?:[/–-][A-ZÀ-Þ][a-zß-ÿ]+)?\s$")
_ENDS_REFERENCE = re.compile(r"\.?$|,\s(?:S|pp?)\.\s?\d")
_DATED_BEFORE = re.compile(
    r"\b(?:charter|treaty|battle|siege|council|synod|edict|revolt|raid|conquest|invasion|survey"
    r"|[A-ZÀ-Þ][a-zß-ÿ]+)\sof\s$"
)
_ENDS_OR_VERB = re.compile(
    r"[,.;:)]|$|\s(?:was|is|had|has|and|when|counts|names|mentions|lists|records)\b"
)
_SECOND_OF_TWO = ("-", "–", "—", "- ", "– ", "— ", "to ")
_CATALOGUE_BEFORE = re.compile(
    r"(?<![a-z])(?:[Cc]atalogue|[Ll]abel|[Rr]ecord)\b[^.;]{0,32}\b[A-Z]{2,5}\s$"
)
_SURELY_A_YEAR = re.compile(
    r"/\d\d(?!\d)|[a-z]?,\spp?\.\s?\d|\s(?:births|deaths|(?:dis)?establishments)\b"
)
"""What makes a year of a number behind a name: "Yearbook 2004/05", "Holm 1994, p. 3"."""

_OF_A_CATEGORY = ("Category:", " births ")
_NO_NOUN_BEHIND = re.compile(
    r",(?!\s\d)|[.;)]|\s(?:behind|ahead|at|in|with|by|from|on|before|after|against|but|when|where|while|he|she)\b(?!-)"
)

_CLOSING_QUOTES = ('"', "”")
"""A year may end a title behind a word with a capital: "Remember 1864"; a number names no title."""


_CLOCK_BEHIND = re.compile(
    r"(?:\s?(?:and|to|[–-])\s?\d{4})?\s(?:UTC|GMT|BST|CES?T|EES?T|MSK|[AECMP][SD]T|hrs?\b|o['’]clock"
    r"|local\stime)\b"
)
"""Behind a number, these tell the time of day: "1800 UTC"."""


def is_count(text: str, stop: int) -> bool:
    """Whether the number that ends at `stop` counts what stands behind it: "1200 men"."""
    match = _NEXT_WORD.match(text, stop)
    if match is None:
        return text.startswith("%", stop)
    if match[1] in _UNITS:
        return not text.startswith(" more than ", stop)
    if match[1] not in {"and", "or", "to"}:
        return False
    other = _ANOTHER_COUNT.match(text, stop)
    return other is not None and other[1] in _UNITS


def counts_plural(text: str, stop: int) -> bool:
    """Whether any plural stands behind the number that ends at `stop`: "900 looms"."""
    match = _NEXT_WORD.match(text, stop)
    return match is not None and _is_plural(match[1])


def is_street(text: str, stop: int) -> bool:
    """Whether a street or a square is named by the date that ends at `stop`: "May 1st Street"."""
    return _BODY_BEHIND.match(text, stop) is not None


def is_year(text: str, start: int, stop: int, *, is_heading: bool = False) -> bool:
    """Whether a bare number of three or four digits is a year where it stands."""
    if not _stands_free(text, start, stop) or _CLOCK_BEHIND.match(text, stop):
        return False
    number = int(text[start:stop])
    before = text[max(0, start - 28) : start]
    last = _LAST_WORD.search(before)
    word = last[1].lower() if last else ""
    if before.endswith(_OF_A_CATEGORY) and _SURELY_A_YEAR.match(text, stop):
        return True
    if word not in _NEVER_OF_COUNTS and is_count(text, stop):
        return False
    is_initial = last is not None and len(word) == 1 and last[1].isupper()
    if (not is_initial and word in _NOT_BEHIND) or is_street(text, stop):
        return False
    if (
        last is not None
        and _names(last, before, is_heading=is_heading)
        and not _RANGE_BEHIND.match(text, stop)
        and not text.startswith(_CLOSING_QUOTES, stop)
        and not _SURELY_A_YEAR.match(text, stop)
        and not _is_of_an_imprint(text, before, stop)
    ):
        return False
    if _is_of_a_row(text, start, stop) or (word == "the" and _NO_NOUN_BEHIND.match(text, stop)):
        return False
    if _goes_down(text, number, start, stop) or _COMPOUND.match(text, stop):
        return False
    if before[-2:-1] in {":", "|"} and _LABEL_OF_A_COUNT.search(before):
        return False
    if word == "of" and _of_a_quantity(text, start):
        return False
    following = _NEXT_WORD.match(text, stop)
    noun = following[1] if following is not None else ""
    is_end = _RANGE_BEFORE.search(text, max(0, start - 9), start) is not None
    if _is_plural(noun) and not is_end and _counts(text, before, word, noun, start, stop):
        return False
    if word in {"and", "or", "to"} and _COUNT_BEFORE.search(text, max(0, start - 90), start):
        return False
    if word == "about" and before.rstrip().endswith(" of about"):
        return False
    if number < LEAST_PLAIN_YEAR:
        return _is_early_year(text, start, stop, word, noun, is_heading=is_heading)
    return True


def _is_of_an_imprint(text: str, before: str, stop: int) -> bool:
    """Whether a number ends a reference behind the place alone: "Die Drucker. Tarn 1911."."""
    return (
        _ENDS_REFERENCE.match(text, stop) is not None and _PLACE_BEFORE.search(before) is not None
    )


def _is_of_a_row(text: str, start: int, stop: int) -> bool:
    """Whether a number is a page, a part of a longer one as of an ISBN, or a catalogue's."""
    before = text[max(0, start - 3) : start]
    if before[-2:-1].isupper() and _CATALOGUE_BEFORE.search(text, max(0, start - 50), start):
        return True
    if text.startswith("-", stop) and _CHAIN_BEHIND.match(text, stop):
        return True
    if before.endswith("-") and _CHAIN_BEFORE.search(text, max(0, start - 10), start):
        return True
    first = None
    if before.endswith(_SECOND_OF_TWO):
        first = _RANGE_BEFORE.search(text, max(0, start - 9), start)
    if first is None and not _RANGE_BEHIND.match(text, stop):
        return False
    begin = start if first is None else first.start()
    return _PAGES_BEFORE.search(text, max(0, begin - 8), begin) is not None


def _of_a_quantity(text: str, start: int) -> bool:
    """Whether "of" before a number follows a word such as "a force": "a force of 1200"."""
    two = _LAST_TWO.search(text, max(0, start - 28), start)
    return two is not None and two[1].lower() in _QUANTITIES


def _stands_free(text: str, start: int, stop: int) -> bool:
    """Whether no letter, price or decimal touches the number."""
    behind = text[stop : stop + 2]
    if behind and (behind[0].isalnum() or behind[0] in "%°_"):
        return False
    if len(behind) == 2 and behind[0] in ".,:" and behind[1].isdigit():
        return False
    if behind[:1] in {"'", "’"} and behind[1:] != "s":
        return False
    before = text[max(0, start - 5) : start]
    if before[-1:] in {"-", "+", "/"} and not before[-2:-1].isdigit():
        return before.lower().endswith(("mid-", "pre-", "post-"))
    return True


def _names(last: re.Match[str], before: str, *, is_heading: bool) -> bool:
    """Whether the word before makes the number a name: "Locomotive 1935", "MS 1453"."""
    word = last[1]
    if is_heading or last["gap"] != " " or not word[0].isupper() or last["dot"]:
        return False
    if before.rfind("(") > before.rfind(")"):
        return False
    return word not in _CAPITALS_OF_TIME and not word.endswith("ed")


def _goes_down(text: str, number: int, start: int, stop: int) -> bool:
    """Whether it is one of two numbers that no span of years has: "carried by 312–205"."""
    behind = _RANGE_BEHIND.match(text, stop)
    if behind is not None and int(behind[1]) < number:
        return True
    before = _RANGE_BEFORE.search(text, max(0, start - 9), start)
    return before is not None and int(before[1]) > number


def _is_plural(noun: str) -> bool:
    is_plural = len(noun) > 3 and noun[0].islower() and noun[-1] == "s"
    return is_plural and noun[-2] not in "sui" and noun not in _NO_PLURALS


def _counts(text: str, before: str, word: str, noun: str, start: int, stop: int) -> bool:
    """Whether a number counts the plural noun behind it."""
    if noun in _YEARLY_NOUNS:
        return False
    if word == "by":
        two = _LAST_TWO.search(before)
        return two is not None and two[1].endswith("ed")
    if word in {"about", "around"}:
        return True
    if word == "for" and _VERB_BEHIND.match(text, stop):
        return False
    if word == "of":
        return False
    return word not in _TIME_WORDS and word not in {"the", "this", "that"}


def _is_early_year(
    text: str, start: int, stop: int, word: str, noun: str, *, is_heading: bool
) -> bool:
    """Whether a number under LEAST_PLAIN_YEAR is a year: behind a word of time, before no noun."""
    if int(text[start:stop]) < 100:
        return False
    ascends = _RANGE_BEHIND.match(text, stop) is not None
    descends_from = _RANGE_BEFORE.search(text, max(0, start - 9), start) is not None
    if text[start - 1 : start] == "(" or is_heading:
        return ascends or text[stop : stop + 1] in {")", ""} or stop - start == 4
    if descends_from and text[stop : stop + 1] in {")", ","}:
        return True
    if ascends and word not in {"from", "between", "c", "ca", "circa", "born"}:
        return False
    if word == "of" and _DATED_BEFORE.search(text, max(0, start - 24), start):
        return _ENDS_OR_VERB.match(text, stop) is not None
    if word not in _TIME_WORDS:
        is_joined = word in {"of", "to", "and", "or"} and stop - start == 4
        return is_joined and (noun in _FUNCTION_WORDS or not noun[:1].islower())
    if stop - start == 3 and word in _WEAK_BEFORE_EARLY and not _EARLY_TEXT.search(text):
        return False
    return not noun or noun in _FUNCTION_WORDS or not (noun[0].islower() or noun[-1] == "s")
