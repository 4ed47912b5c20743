"""Links that a mirror of Wikipedia wrote twice: the title of the page, a comma, the words shown.

"the writer Anna Weiss (poet), Anna Weiss" and "the Treaty of Oberbach, treaty" are read as their
authors wrote them. Where the words after the comma repeat the ones before it, that is certain from
the text itself; all but titles with brackets could also stand in prose ("in York, York"), and are
taken for doubled only in a file that does so all the time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_TITLE = 120
LONGEST_LABEL = 80
MOST_WORDS = 8
STEM = 5
"""Letters that two forms of one word share at least: "assassinated", "assassination"."""

FEWEST_CERTAIN = 2
LETTERS_PER_DOUBLED = 8_000
"""A file that doubles its links has one at least on so many letters, two of them with brackets."""

_COMMA = re.compile(r", (?=\w)")
_BRACKET_AND_COMMA = re.compile(r"\), (?=\w)")
_WORD = re.compile(r"\w+")
_SMALL = re.compile(r"(?:his|her|its|their|was|were|is|are|the|a|an|\w+['’]s) (?=\w)")
_RUN = re.compile(
    r"[A-Z\u00c0-\u00de\u0400-\u042f][\w'’.-]*"
    r"(?: (?:(?:of|the|and|in|on|at|for|to|de|von|van|der|la|le|du|di|al|by|with|state) ){0,3}"
    r"[A-Z\u00c0-\u00de\u0400-\u042f][\w'’.-]*)*$"
)
_LIFETIME = re.compile(r" \((?:c\. ?)?\d{3,4} ?[-–] ?(?:c\. ?)?\d{3,4}\)")
"""What tells two pages of one name apart by the years of each, which its reader is glad to know."""

_OPENERS = frozenset(
    "in on at by from after before during when while with for as although though but and or the a"
    " an he she they it his her their its to of since until under there this that these"
    " those if".split()
)


class Doubled(NamedTuple):
    """What to leave out of a doubled link, and the stretch that is kept and what it links to."""

    cut_start: int
    cut_stop: int
    link_start: int
    link_stop: int
    target: str


def doubled_links(source: str) -> list[Doubled]:
    """Return the doubled links of a text, in order, none of which overlap."""
    certain = list(_candidates(source, _BRACKET_AND_COMMA))
    if len(certain) < FEWEST_CERTAIN:
        return certain
    found = list(_candidates(source, _COMMA))
    kept: list[Doubled] = []
    for doubled in found if len(found) * LETTERS_PER_DOUBLED >= len(source) else certain:
        if not kept or doubled.cut_start >= kept[-1].cut_stop:
            kept.append(doubled)
    return kept


def _candidates(source: str, comma: re.Pattern[str]) -> Iterator[Doubled]:
    for match in comma.finditer(source):
        at = match.end() - 2
        after = source[at + 2 : at + 2 + LONGEST_LABEL]
        before = source[max(0, at - LONGEST_TITLE) : at]
        if not _may_repeat(before, after):
            continue
        before = before[max(before.rfind("\n"), before.rfind("\r")) + 1 :]
        doubled = _bracketed(before, after, at)
        if doubled is None and comma is _COMMA:
            doubled = _repeated(before, after, at)
        if doubled:
            yield doubled


def _may_repeat(before: str, after: str) -> bool:
    """Whether the label's first word, or the one after a small word, can be one of the title's.

    Most commas end here. Its first letter may differ in case.
    """
    first = _WORD.match(after)
    if first is None:
        return False
    if first[0][1:STEM] in before:
        return True
    small = _SMALL.match(after)
    word = _WORD.match(after, small.end()) if small else None
    return word is not None and word[0][1:STEM] in before


def _bracketed(before: str, after: str, at: int) -> Doubled | None:
    """Read "Anna Weiss (poet), Anna Weiss": the brackets tell pages of one name apart."""
    if not before.endswith(")"):
        return None
    opening = before.rfind(" (")
    if opening <= 0:
        return None
    base = before[:opening]
    length = _repeated_end(base, after)
    start = at - len(before)
    if length:
        link_start = start + opening - length
        target = before[opening - length :]
        kept_stop = start + opening
        tells = _LIFETIME.fullmatch(before, opening) is not None
        cut_start = at if tells else kept_stop
        return Doubled(cut_start, at + 2 + length, link_start, kept_stop, target)
    word = _last_word(base)
    label = _WORD.match(after)
    if word and label and _share_stem(word, label[0]):
        begin = start + len(base) - len(word)
        return Doubled(begin, at + 2, at + 2, at + 2 + label.end(), before[-(at - begin) :])
    return None


def _repeated(before: str, after: str, at: int) -> Doubled | None:
    """Read the forms whose label repeats the title's end, its beginning or a word of it."""
    start = at - len(before)
    run = _title_run(before)
    length = _repeated_end(before, after)
    if length and _may_be_label(after, length):
        label = after[:length]
        if label[0].isupper():
            begin = _title_start(before, min(run, len(before) - length), length)
            return Doubled(at, at + 2 + length, start + begin, at, before[begin:])
        if run < len(before) - length + 1 and before[run : run + 1].isupper():
            return _keep_label(before, run, at, length)
    if run < len(before):
        return _beginning_repeated(before, after, at, run) or _stem_repeated(before, after, at, run)
    return _place_repeated(before, after, at)


def _beginning_repeated(before: str, after: str, at: int, run: int) -> Doubled | None:
    """Read "Olga Brandt, Olga": the label is how the title begins."""
    title = before[run:]
    for word in _WORD.finditer(title):
        rest = title[word.start() :]
        length = _repeated_beginning(rest, after)
        if length and after[0].isupper() and length > 2 and _may_be_label(after, length):
            start = at - len(rest)
            return Doubled(at, at + 2 + length, start, at, rest)
    return _place_repeated(before, after, at)


def _stem_repeated(before: str, after: str, at: int, run: int) -> Doubled | None:
    """Read "Murder of Anna Weiss, her murder" and "Murder of Anna Weiss, was murdered"."""
    small = _SMALL.match(after)
    label = _WORD.match(after, small.end() if small else 0)
    word = _WORD.match(before, run)
    if label is None or word is None or label[0][0].isupper():
        return None
    if not before[word.end() :].startswith((" of ", " and ", " in ")):
        return None
    if not _share_stem(word[0], label[0]):
        return None
    return _keep_label(before, run, at, label.end())


def _place_repeated(before: str, after: str, at: int) -> Doubled | None:
    """Read "Oberbach, Austria, Oberbach": a town's title holds its country."""
    comma = before.rfind(", ")
    if comma <= 0 or not before[comma + 2 : comma + 3].isupper() or not after[0].isupper():
        return None
    if len(before[comma + 2 :].split()) > 3:
        return None
    length = _repeated_end(before[:comma], after)
    if not length or not _may_be_label(after, length):
        return None
    start = at - len(before)
    link_start = start + comma - length
    target = before[comma - length :]
    return Doubled(start + comma, at + 2 + length, link_start, start + comma, target)


def _keep_label(before: str, run: int, at: int, length: int) -> Doubled:
    begin = at - len(before) + run
    return Doubled(begin, at + 2, at + 2, at + 2 + length, before[run:])


def _title_run(before: str) -> int:
    """Return where the words with capitals begin that stand at the end of a text."""
    match = _RUN.search(before)
    if match is None:
        return len(before)
    begin = match.start()
    opens = begin == 0 or before[:begin].rstrip(" \"'“(").endswith((".", "!", "?", ":"))
    word = _WORD.match(before, begin)
    if opens and word and word[0].casefold() in _OPENERS:
        begin = min(len(before), word.end() + 1)
    return begin


def _title_start(before: str, run: int, length: int) -> int:
    """Return where the title begins in a run with a name before it: "Berg and Anna Weiss"."""
    joined = before.rfind(" and ", run, len(before) - length)
    begin = joined + len(" and ") if joined >= 0 else run
    if before.startswith(("the ", "The "), begin):
        begin += len("the ")
    return begin if len(before) - begin > length else run


def _repeated_end(base: str, after: str) -> int:
    """Return the length of the longest run of first words of `after` with which `base` ends."""
    folded = base.casefold()
    longest = 0
    for count, word in enumerate(_WORD.finditer(after)):
        if count == MOST_WORDS:
            break
        length = word.end()
        if folded.endswith(after[:length].casefold()) and _is_boundary(base, len(base) - length):
            longest = length
    return longest


def _repeated_beginning(title: str, after: str) -> int:
    """Return the length of the longest run of first words that both texts begin with."""
    longest = 0
    for word in _WORD.finditer(after):
        length = word.end()
        if length >= len(title) or title[:length] != after[:length]:
            break
        if _is_boundary(title, length):
            longest = length
    return longest


def _may_be_label(after: str, length: int) -> bool:
    """Whether the repeated words can be all of a label: no name goes on behind them."""
    follows = after[length : length + 2]
    goes_on = len(follows) == 2 and follows[0] in " -" and follows[1].isupper()
    words = after[:length].split()
    is_more_than_a_word = len(words) > 1 or after[0].isupper() or length >= STEM
    return is_more_than_a_word and not goes_on


def _is_boundary(text: str, offset: int) -> bool:
    if offset <= 0 or offset >= len(text):
        return offset in (0, len(text))
    return not (text[offset - 1].isalnum() and text[offset].isalnum())


def _last_word(text: str) -> str:
    words = _WORD.findall(text[-LONGEST_LABEL:])
    return words[-1] if words else ""


def _share_stem(word: str, other: str) -> bool:
    """Whether two words begin alike and differ only at their ends."""
    one, two = word.casefold(), other.casefold()
    shared = 0
    for left, right in zip(one, two, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= STEM and max(len(one), len(two)) - shared <= STEM
