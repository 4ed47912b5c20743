"""What is written as a name: runs of capitalised words, with the titles before them taken off.

A shape is no judgement: "Norwegian Labour Party", "Frida Kahlo" and "Kiel" are shapes alike.
`name_kinds` says what each is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.compiler.people_words import (
    DEMONYMS,
    PORTFOLIOS,
    TITLE_FILLERS,
    TITLES,
    is_role,
    singular_role,
)
from knowledge.compiler.thing_words import KINDS, OF_HEADS, PLACES_OF_SEVERAL_WORDS
from knowledge.compiler.words import (
    CALENDAR_WORDS,
    FUNCTION_WORDS,
    Words,
    is_capital,
    is_numeral,
)
from knowledge.model import EntityKind
from knowledge.readers.article import Article, Block, Role

PARTICLES = frozenset(
    "von vom zu zum zur und van der den de del della dello degli dei di da das dos do du des la le"
    " las los lo ibn bin bint ben bar abu al el af av ter ten te tot y e i ap ferch mac nic ní ó"
    " 't op aan in't".split()
)
"""Words in lower case that stand within people's names."""

EPITHETS = frozenset(
    "Great Elder Younger Bald Terrible Bold Pious Lame Fat Fair Short Tall Red Black White Blind"
    " Good Bad Cruel Wise Conqueror Confessor Magnificent Lion Lionheart Stammerer Simple Strong"
    " Proud Quarreller Brave Just Saint Martyr Apostate Impaler Navigator Fearless Unready"
    " Peaceful Merry Mild Old Young Stern Child Lawgiver Deacon Monk Silent Handsome Rash"
    " Venerable Victorious Catholic Hunter Posthumous Wild Warlike Builder Chaste Clement Cripple"
    " Generous Hairy Hardy Hunchback Iron Kind Learned Liberator Mad Meek Noble Painter Philosopher"
    " Poet Rich Severe Theologian Traveller Usurper Valiant Weak Elder's First Second Third".split()
)
"""What stands behind "the" in "Otto the Lame"."""

_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr"})
_PLURAL_OWNERS = frozenset(
    "people workers women children men king queen prince soldiers farmers peasants sailors"
    " students masons merchants miners writers artists citizens ladies fishermen teachers"
    " drapers tailors weavers bakers doctors officers veterans".split()
)
_MONTHS_AS_NAMES = frozenset({"April", "May", "June", "August"})
_QUOTES = {'"': '"', "“": "”", "‘": "’", "„": "“"}

_NAMED_BY_A_MONTH = frozenset(
    "revolution days uprising theses agreement manifesto crisis coup constitution offensive"
    " rebellion revolt rising monarchy massacre conspiracy decree laws movement".split()
)
_OF_OLD = frozenset({"old", "young", "fellow", "former", "late", "then"})

LONGEST_NAME = 12
"""Words of one name."""

LONGEST_NICKNAME = 3
"""Words between quotes within a name."""

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
    its capital letter proves nothing. `link` is the title that a link on it leads to.
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
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Set the key by which the same words are known."""
        self.key = " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of an article: in lower case, capitalised within a sentence, plural with a capital."""

    lower: frozenset[str]
    inside: frozenset[str]
    groups: frozenset[str]


def read_words(article: Article) -> list[Words | None]:
    """Return the words of each block of an article; none for blocks that name nobody."""
    return [Words(block.text) if block.role in NAMED_IN else None for block in article.blocks]


def read_vocabulary(texts: Iterable[Words | None]) -> Vocabulary:
    """Return which words an article writes in lower case, and which with a capital letter."""
    lower: set[str] = set()
    inside: set[str] = set()
    for words in texts:
        if words is None:
            continue
        for word, opens in zip(words.words, words.opens, strict=True):
            if word[0].islower():
                lower.add(word)
            elif not opens and word[0].isupper():
                inside.add(word)
    plurals = {word[:-1] for word in inside if word.endswith("s") and len(word) > 4}
    groups = {word for word in plurals if word in inside and word.lower() not in lower}
    return Vocabulary(frozenset(lower), frozenset(inside), frozenset(groups))


def find_shapes(
    article: Article, texts: Sequence[Words | None], vocabulary: Vocabulary
) -> list[Shape]:
    """Return everything in an article that is written as a name, in the order of the text."""
    shapes: list[Shape] = []
    for index, (block, words) in enumerate(zip(article.blocks, texts, strict=True)):
        if words is not None:
            shapes += _shapes_of(index, block, words, vocabulary)
    return shapes


def _shapes_of(index: int, block: Block, words: Words, vocabulary: Vocabulary) -> list[Shape]:
    found: list[Shape] = []
    position, count = 0, len(words)
    links = {link.start: link for link in block.links}
    heading = block.role is Role.HEADING
    while position < count:
        if not _may_begin(words, position, vocabulary):
            position += 1
            continue
        stop = _run(words, position, vocabulary)
        for shape in _cut(index, words, position, stop, vocabulary):
            shape.heading = heading
            link = links.get(shape.start)
            if link is not None and link.stop >= shape.stop - 2:
                shape.link = link.target
            found.append(shape)
        position = stop
    return found


def _may_begin(words: Words, position: int, vocabulary: Vocabulary) -> bool:
    word = words.words[position]
    if not is_capital(word) or not any(letter.isalpha() for letter in word):
        return False
    following = words.words[position + 1] if position + 1 < len(words) else ""
    if word in CALENDAR_WORDS:
        before = words.words[position - 1].lower() if position else ""
        if words.is_next(position + 1) and following.lower() in _NAMED_BY_A_MONTH:
            return following[0].isupper() and not before[:1].isdigit()
        return (
            word in _MONTHS_AS_NAMES
            and words.is_next(position + 1)
            and following[:1].isupper()
            and following not in CALENDAR_WORDS
            and not before[:1].isdigit()
            and before not in {"in", "of", "since", "by", "until", "to", "from", "late", "early"}
            and before not in {"mid", "during", "on", "and", "between", "after", "before"}
        )
    lowered = word.lower()
    if lowered in FUNCTION_WORDS:
        is_article = word == "The" and not words.opens[position]
        return is_article and words.is_next(position + 1) and is_capital(following)
    if not words.opens[position] or word in vocabulary.inside or word[-1] == ".":
        return True
    if lowered in TITLES or is_role(lowered):
        return True
    continues = words.is_next(position + 1) and is_capital(following)
    if lowered in vocabulary.lower or lowered.endswith(("ing", "ly")):
        return False
    return continues or not lowered.endswith(("tion", "ment", "ness", "ism", "ships", "ings"))


def _run(words: Words, position: int, vocabulary: Vocabulary) -> int:
    """Return the word after the last of the run that begins at a word."""
    texts = words.words
    stop = position + 1
    limit = min(len(words), position + LONGEST_NAME)
    while stop < limit:
        word = texts[stop]
        if not words.is_next(stop):
            if (
                word == "."
                or (texts[stop - 1][-1] == "."
                and words.starts[stop] == words.stops[stop - 1])
            ):
                if is_capital(word) and word != ".":
                    stop += 1
                    continue
            if _owner(texts, position, stop) and stop + 1 < limit and is_capital(texts[stop + 1]):
                stop += 2
                continue
            if (
                word == ","
                and stop + 1 < limit
                and texts[stop + 1] in _SUFFIXES
                and words.is_next(stop + 1)
            ):
                return stop + 2
            break
        if is_capital(word):
            if word in CALENDAR_WORDS or (word.lower() in FUNCTION_WORDS and word != "The"):
                break
            stop += 1
            continue
        after_particles = _past_particles(words, stop, limit)
        if after_particles:
            stop = after_particles
            continue
        if word in _QUOTES:
            after_nickname = _past_nickname(words, stop, limit)
            if after_nickname:
                stop = after_nickname
                continue
        if word == "the" and stop + 1 < limit and texts[stop + 1] in EPITHETS:
            return stop + 2
        if word in {"of", "for"}:
            after_of = _past_of(words, position, stop, limit)
            if after_of:
                stop = after_of
                continue
        break
    return stop


def _owner(texts: Sequence[str], position: int, stop: int) -> bool:
    """Whether "'s" stands behind "People" or "St. Paul", so that the name goes on."""
    if texts[stop] not in {"'s", "’s", "'", "’"}:
        return False
    before = texts[stop - 1]
    if before.lower() in _PLURAL_OWNERS:
        return True
    return stop - position >= 2 and texts[stop - 2] in {"St.", "St", "Saint"}


def _past_particles(words: Words, stop: int, limit: int) -> int:
    """Return the word after "van der Berg"; 0 if no particle stands here."""
    at = stop
    while at < limit and words.words[at] in PARTICLES and words.is_next(at):
        at += 1
    if at == stop or at >= limit or at - stop > 3:
        return 0
    return at + 1 if is_capital(words.words[at]) and words.is_next(at) else 0


def _past_nickname(words: Words, stop: int, limit: int) -> int:
    """Return the word after a nickname in quotes with a name behind it; 0 if there is none."""
    closing = _QUOTES[words.words[stop]]
    end = stop + 1
    while end < limit and end - stop <= LONGEST_NICKNAME and words.words[end] != closing:
        if not is_capital(words.words[end]):
            return 0
        end += 1
    if end + 1 >= limit or words.words[end] != closing or end == stop + 1:
        return 0
    return end + 2 if words.is_next(end + 1) and is_capital(words.words[end + 1]) else 0


def _past_of(words: Words, position: int, stop: int, limit: int) -> int:
    """Return the word after "of" (the) and a capital, where the run goes on; 0 where it ends."""
    texts = words.words
    at = stop + 1
    if at < limit and texts[at] in {"the", "all"}:
        at += 1
    if at >= limit or not is_capital(texts[at]) or not words.is_next(at):
        return 0
    if texts[at].lower() in FUNCTION_WORDS or texts[at] in CALENDAR_WORDS:
        return 0
    head = texts[stop - 1].lower()
    if head in OF_HEADS or head.rstrip("s") in OF_HEADS:
        return at + 1
    if texts[stop] != "of" or at != stop + 1 or texts[at].lower() in KINDS:
        return 0
    named = [word for word in texts[position:stop] if word.lower() not in TITLES]
    is_ruler = len(named) == 1 or (len(named) == 2 and is_numeral(named[1]))
    return at + 1 if is_ruler and not texts[position].isupper() else 0


def _cut(index: int, words: Words, position: int, stop: int, vocabulary: Vocabulary) -> list[Shape]:
    """Return the shapes of a run: its titles taken off, a body before a title by itself."""
    texts = words.words[position:stop]
    opens = words.opens[position]
    split = _body_before_title(texts)
    while texts and texts[-1] == "The":
        texts, stop = texts[:-1], stop - 1
    if not texts:
        return []
    if split:
        return [
            *_cut(index, words, position, position + split, vocabulary),
            *_cut(index, words, position + split, stop, vocabulary),
        ]
    begin = 0
    if not _is_thing(texts) or (opens and is_role(texts[0].lower())):
        begin = _titles(texts, vocabulary, opens=opens)
    if begin == len(texts) or texts[begin] in {"of", "for"} or _is_people(texts, vocabulary):
        return []
    titles = tuple(texts[:begin])
    kept = texts[begin:]
    nickname = ""
    for opening, closing in _QUOTES.items():
        if opening in kept[1:-1]:
            first = kept.index(opening)
            last = kept.index(closing, first + 1) if closing in kept[first + 1 :] else first
            nickname = " ".join(kept[first + 1 : last])
            kept = kept[:first] + kept[last + 1 :]
            break
    if not kept or (len(kept) == 1 and (len(kept[0]) == 1 or kept[0] == "The")):
        return []
    if len(kept) == 2 and kept[0] == kept[1]:
        kept = kept[:1]
    kept = [word for word in kept if word != ","]
    joined: list[str] = []
    for word in kept:
        if word in {"'s", "’s", "'", "’"} and joined:
            joined[-1] += word
        else:
            joined.append(word)
    first = position + begin
    return [
        Shape(
            block=index,
            first=first,
            last=stop,
            start=words.starts[first],
            stop=words.stops[stop - 1],
            words=tuple(joined),
            titles=titles,
            opens=opens and begin == 0,
            nickname=nickname,
        )
    ]


def _is_people(texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a run names a people or a following, no one: "Bolshevik", "Russian Marxists"."""
    if not all(word[0].isalpha() for word in texts):
        return False
    last = texts[-1]
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
    """Whether the last word of a run says that it is a thing: "Norwegian Labour Party"."""
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
    """Return where a title and a name begin behind a body's name: "Red Army General Otto Kern"."""
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
        if lowered in TITLES or (at == 0 and opens and is_role(lowered) and following):
            if lowered in {"saint", "st.", "st"}:
                break
            at += 1
            titled = at
            if following in {"of", "for"}:
                past = _past_portfolio(texts, at)
                if past:
                    at = titled = past
        elif (lowered in TITLE_FILLERS and (following in TITLES or following in TITLE_FILLERS)) or (lowered in _OF_OLD and at + 1 < count and _is_group(texts[at + 1], vocabulary)) or _is_group(word, vocabulary) or (word.isupper() and len(word) > 1 and following):
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
    return lowered in DEMONYMS or parts[0] in DEMONYMS or word in vocabulary.groups
