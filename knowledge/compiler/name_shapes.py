"""What is written as a name: runs of capitalised words, with the titles before them taken off.

A shape is no judgement: "Varnian Labour Party", "Ilse Brandt" and "Kiel" are shapes alike.
`name_kinds` says what each is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from knowledge.compiler.name_runs import (
    OWNS,
    QUOTES,
    begins_name,
    goes_on_as_title,
    name_end,
    title_end,
)
from knowledge.compiler.people_words import (
    DEMONYMS,
    PORTFOLIOS,
    TITLE_FILLERS,
    TITLES,
    is_role,
    singular_role,
)
from knowledge.compiler.thing_words import KINDS, PLACES_OF_SEVERAL_WORDS
from knowledge.compiler.words import Words, is_numeral
from knowledge.model import EntityKind
from knowledge.readers.article import Article, Block, Role

_MAY_JOIN = re.compile(r"\w[-‑'’]\w|[ʿʾ‘]")
"""What a word in lower case has that may begin a name: "al-Rashid", "d'Aubigny"."""

_OF_OLD = frozenset({"old", "young", "fellow", "former", "late", "then"})

NAMED_IN = frozenset(
    {Role.PROSE, Role.LIST, Role.QUOTE, Role.CAPTION, Role.FACT, Role.TABLE, Role.HEADING}
)
"""The blocks that names are looked for in; citations name authors, not people of the story."""


@dataclass(slots=True)
class Shape:
    """A run of words that may be a name.

    `first` and `last` are words of its block, the last one not included; `start` and `stop` are
    offsets in the block's text. `titles` are the capitalised words before it that are no part of
    it: "President", "Foreign Minister". `opens` says that a sentence begins with the run, so that
    its capital letter proves nothing. `link` is the title that a link on it leads to. `is_title`
    says that its capitals or the quotes around it are those of a work's title or an other name.
    """

    block: int
    first: int
    last: int
    start: int
    stop: int
    words: tuple[str, ...]
    titles: tuple[str, ...] = ()
    opens: bool = False
    nickname: str = ""
    link: str = ""
    heading: bool = False
    is_title: bool = False
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Set the key by which the same words are known; a title's is another than a name's."""
        self.key = f'"{" ".join(self.words)}"' if self.is_title else " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of an article: in lower case, capitalised within a sentence, plural with a capital."""

    lower: frozenset[str]
    inside: frozenset[str]
    groups: frozenset[str]


def read_words(article: Article) -> list[Words | None]:
    """Return the words of each block of an article; none for blocks that name nobody."""
    return [Words(block.text) if block.role in NAMED_IN else None for block in article.blocks]


def _surname_of_lead(words: Words) -> Iterator[str]:
    """Yield Kern for a block that begins "Otto Kern was a painter", "Otto Kern (1811–1880)"."""
    at = 0
    while at < min(len(words), LONGEST_OF_LEAD) and words.words[at][0].isupper():
        at += 1
    if at > 1 and words.words[at : at + 1] in (["was"], ["("], ["is"]):
        yield words.words[at - 1]


LONGEST_OF_LEAD = 5
"""Words of a name that a block begins with."""

_OF_ONE = frozenset({"was", "had", "did", "became", "died", "married", "left", "returned", "wrote"})
"""Verbs that a name which opens a sentence has by itself: one of a group has "a" before it."""


def read_vocabulary(texts: Iterable[Words | None]) -> Vocabulary:
    """Return which words an article writes in lower case, and which with a capital letter."""
    lower: set[str] = set()
    inside: set[str] = set()
    rulers: set[str] = set()
    alone: set[str] = set()
    for words in texts:
        if words is None:
            continue
        lower.update(word for word in words.words if word[0].islower())
        inside.update(
            word
            for word, opens in zip(words.words, words.opens, strict=True)
            if word[0].isupper() and not opens
        )
        rulers.update(name for name, number in pairwise(words.words) if is_numeral(number))
        alone.update(_surname_of_lead(words))
        alone.update(
            word
            for word, following, opens in zip(
                words.words, words.words[1:], words.opens, strict=False
            )
            if opens and following in _OF_ONE and word[0].isupper()
        )
    plurals = {word[:-1] for word in inside - rulers if word.endswith("s") and len(word) > 4}
    groups = {word for word in plurals if word in inside and word.lower() not in lower}
    groups -= alone  # "Kern was born": "the Kerns" are a family
    return Vocabulary(frozenset(lower), frozenset(inside), frozenset(groups))


def find_shapes(
    article: Article, texts: Sequence[Words | None], vocabulary: Vocabulary
) -> list[Shape]:
    """Return everything in an article that is written as a name, in the order of the text."""
    shapes: list[Shape] = []
    cutter = _Cutter(vocabulary)
    for index, (block, words) in enumerate(zip(article.blocks, texts, strict=True)):
        if words is not None:
            shapes += _shapes_of(index, block, words, vocabulary, cutter)
    return shapes


def _shapes_of(
    index: int, block: Block, words: Words, vocabulary: Vocabulary, cutter: _Cutter
) -> list[Shape]:
    found: list[Shape] = []
    position, count = 0, len(words)
    links = {link.start: link for link in block.links}
    heading = block.role is Role.HEADING
    while position < count:
        word = words.words[position]
        if not (word[0].isupper() or (not word.isalpha() and _MAY_JOIN.search(word))):
            position += 1
            continue
        stop = title_end(words, position)
        if stop:
            found.append(_title(index, words, position, stop))
            position = stop
            continue
        if not begins_name(words, position, vocabulary.lower, vocabulary.inside):
            position += 1
            continue
        stop = name_end(words, position)
        if goes_on_as_title(words, stop):
            stop = max(stop, title_end(words, stop))
            found.append(_title(index, words, position, stop))
            position = stop
            continue
        for shape in cutter.shapes(index, words, position, stop):
            shape.heading = heading
            link = links.get(shape.start)
            if link is not None and link.stop >= shape.stop - 2:
                shape.link = link.target
            found.append(shape)
        position = stop
    return found


def _title(index: int, words: Words, position: int, stop: int) -> Shape:
    while stop > position + 1 and not words.words[stop - 1][0].isalnum():
        stop -= 1
    return Shape(
        block=index,
        first=position,
        last=stop,
        start=words.starts[position],
        stop=words.stops[stop - 1],
        words=tuple(words.text[words.starts[position] : words.stops[stop - 1]].split()),
        is_title=True,
    )


class _Taken(NamedTuple):
    """A name taken out of a run: its words there, and what is made of them."""

    first: int
    last: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    nickname: str


class _Cutter:
    """Takes titles off runs of capitalised words; the same run is taken apart once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: dict[tuple[tuple[str, ...], bool], tuple[_Taken, ...]] = {}

    def shapes(self, index: int, words: Words, position: int, stop: int) -> list[Shape]:
        """Return the shapes of a run: its titles taken off, a body before a title by itself."""
        texts = tuple(words.words[position:stop])
        opens = words.opens[position]
        key = texts, opens
        if key not in self._known:
            self._known[key] = tuple(_taken(texts, opens, self._vocabulary))
        return [
            Shape(
                block=index,
                first=position + taken.first,
                last=position + taken.last,
                start=words.starts[position + taken.first],
                stop=words.stops[position + taken.last - 1],
                words=taken.words,
                titles=taken.titles,
                opens=opens and taken.first == 0,
                nickname=taken.nickname,
            )
            for taken in self._known[key]
        ]


def _taken(texts: Sequence[str], opens: bool, vocabulary: Vocabulary) -> Iterator[_Taken]:
    """Yield the names in a run of capitalised words."""
    split = _body_before_title(texts)
    if split:
        yield from _taken(texts[:split], opens, vocabulary)
        for taken in _taken(texts[split:], False, vocabulary):
            yield taken._replace(first=taken.first + split, last=taken.last + split)
        return
    while texts and texts[-1] == "The":
        texts = texts[:-1]
    begin = 0
    if texts and (not _is_thing(texts) or (opens and is_role(texts[0].lower()))):
        begin = _titles(texts, vocabulary, opens=opens)
    if begin < len(texts) and texts[begin] in OWNS:
        begin = 0  # "the Queen's Baton"
    if begin == len(texts) or texts[begin] in {"of", "for"} or _is_people(texts, vocabulary):
        return
    kept, nickname = _without_nickname(list(texts[begin:]))
    if kept and kept[0] == "(" and ")" in kept:
        kept = kept[kept.index(")") + 1 :]  # "Duke (Prince) Otto"
    if len(kept) == 2 and kept[0] == kept[1]:
        kept = kept[:1]
    joined: list[str] = []
    for word in kept:
        if word in OWNS and joined:
            joined[-1] += word
        elif word != ",":
            joined.append(word)
    if joined and not (len(joined) == 1 and (len(joined[0]) == 1 or joined[0] == "The")):
        titles = tuple(texts[:begin])
        yield _Taken(begin, len(texts), tuple(joined), titles, nickname)


def _without_nickname(texts: list[str]) -> tuple[list[str], str]:
    for opening, closing in (*QUOTES.items(), ("(", ")")):
        if opening in texts[1:-1]:
            first = texts.index(opening)
            last = texts.index(closing, first + 1) if closing in texts[first + 1 :] else first
            return texts[:first] + texts[last + 1 :], " ".join(texts[first + 1 : last])
    return texts, ""


def _is_people(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a run names a people or a following, no one: "Torvaldist", "Varnian Marxists"."""
    last = texts[-1]
    if texts[0].lower() in {"workers", "soldiers", "peasants"} and singular_role(last.lower()):
        return True
    if not all(word[0].isalpha() for word in texts):
        return False
    if len(texts) == 1 and last.endswith(("ians", "ites", "ists")):
        return True
    singular = last.removesuffix("s")
    if not (_is_group(last, vocabulary) or _is_group(singular, vocabulary)):
        lowered = last.lower()
        if len(texts) == 1 or not (is_role(lowered) or singular_role(lowered)):
            return False
    return all(
        _is_group(word, vocabulary) or word.lower() in _OF_OLD or word.lower() in vocabulary.lower
        for word in texts[:-1]
    )


def _is_thing(texts: Sequence[str]) -> bool:
    """Whether the last word of a run says that it is a thing: "Varnian Labour Party"."""
    if (
        " ".join(texts[:3]) in PLACES_OF_SEVERAL_WORDS
        or " ".join(texts[:2]) in PLACES_OF_SEVERAL_WORDS
    ):
        return True
    if len(texts) < 2:
        return False
    last = texts[-1].lower()
    before_of = texts[texts.index("of") - 1].lower() if "of" in texts[1:] else ""
    return (last in KINDS and last not in TITLES and KINDS[last] is not EntityKind.CONCEPT) or (
        before_of in KINDS and before_of not in TITLES
    )


def _body_before_title(texts: Sequence[str]) -> int:
    """Return where a title and a name begin behind a body's name: "White Guard General Kern"."""
    for at in range(1, len(texts) - 1):
        if (
            texts[at].lower() in TITLES
            and texts[at - 1].lower() in KINDS
            and KINDS[texts[at - 1].lower()] is EntityKind.ORGANISATION
            and texts[at - 1].lower() not in TITLES
        ):
            return at
    return 0


def _titles(texts: Sequence[str], vocabulary: Vocabulary, *, opens: bool) -> int:
    """Return how many words at the beginning are titles, nations or groups, and no name."""
    count = len(texts)
    at = titled = 0
    while at < count:
        word = texts[at]
        lowered = word.lower()
        following = texts[at + 1].lower() if at + 1 < count else ""
        is_plural_title = lowered.endswith("s") and lowered[:-1] in TITLES and following
        if (
            lowered in TITLES
            or is_plural_title
            or (at == 0 and opens and is_role(lowered) and following)
            or (at == 0 and count > 2 and lowered.endswith("ologist"))
        ):
            if lowered in {"saint", "st.", "st"}:
                break
            at += 1
            titled = at
            if following in {"of", "for"}:
                past = _past_portfolio(texts, at)
                if past:
                    at = titled = past
        elif (
            (lowered in TITLE_FILLERS and (following in TITLES or following in TITLE_FILLERS))
            or (lowered in _OF_OLD and at + 1 < count and _is_group(texts[at + 1], vocabulary))
            or _is_group(word, vocabulary)
            or (word.isupper() and word.isalpha() and len(word) > 1 and following)
            or (word in {"U.S.", "U.K.", "U.N."} and following)
        ):
            at += 1
        else:
            break
    if titled:
        return titled
    rest = count - at
    if at and rest >= 1:
        is_marked = texts[at - 1].lower().endswith(("ist", "-born")) or "-born" in texts[0]
        return at if rest >= 2 or is_marked else 0
    return 0


def _past_portfolio(texts: Sequence[str], at: int) -> int:
    end = at + 1
    while end < len(texts) and (texts[end].lower() in PORTFOLIOS or texts[end] in {"the", "and"}):
        end += 1
    return end if end > at + 1 else 0


def _is_group(word: str, vocabulary: Vocabulary) -> bool:
    lowered = word.lower()
    parts = lowered.replace("–", "-").split("-")
    if lowered.endswith(("man", "men")) and _without_man(lowered) in DEMONYMS:
        return True  # "the Dutchwoman Lotte Kern"
    return lowered in DEMONYMS or parts[0] in DEMONYMS or word in vocabulary.groups


def _without_man(word: str) -> str:
    """Return "dutch" of "dutchwoman", "welsh" of "welshmen"."""
    return word[: -len("man")].removesuffix("wo")
