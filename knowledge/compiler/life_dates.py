"""When people were born and died: from brackets behind their names, boxes of facts, sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.calendars import Calendar
from knowledge.compiler.accounts import past_bracket
from knowledge.compiler.deed_words import KILLED
from knowledge.compiler.found_date import FoundDate, Use
from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.name_evidence import LONGEST_LIFE, SHORTEST_LIFE
from knowledge.compiler.name_runs import OWNS
from knowledge.compiler.scene import Scene
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.words import Words
from knowledge.model import HistoricalDate, InvalidDateError, PartialDate, Precision, Qualifier
from knowledge.readers.article import Article, Role

FARTHEST_DATE = 14
"""Words between "died" and the date that belongs to it."""

NEAREST_DATE = 4
"""Words from "death" to its date: further away the date is of something else."""

_DASHES = frozenset("–—-−")
_REIGNS = frozenset({"r.", "r", "reigned", "ruled", "fl.", "fl", "floruit", "reign", "active"})
_BORN = frozenset({"born", "b.", "b"})
_DIED = frozenset({"died", "d.", "d", "†"})
_PLAIN = frozenset(
    "born c ca circa about née né nee in at near baptised baptized on the or and of aged"
    " age".split()
)
_ADVERBS = frozenset("also later then himself herself both soon".split())
_NO_DAY_OF_IT = frozenset({Qualifier.BEFORE, Qualifier.AFTER, Qualifier.BY, Qualifier.BETWEEN})


@dataclass(slots=True)
class Life:
    """When somebody was born and died, as far as the article says."""

    born: PartialDate | None = None
    died: PartialDate | None = None


def read_lives(
    article: Article,
    scene: Scene,
    dates: Sequence[FoundDate],
    kin: Mapping[Identity, bool],
) -> dict[Identity, Life]:
    """Return the life dates that an article gives for its people.

    `kin` says who is told to be somebody's relative: a child's life may have been short.
    """
    lives: dict[Identity, Life] = defaultdict(Life)
    bracketed: dict[int, list[FoundDate]] = defaultdict(list)
    by_block: dict[int, list[FoundDate]] = defaultdict(list)
    for date in dates:
        if date.use is not Use.TITLE:
            bracketed[date.block].append(date)
        if date.use is Use.TEXT:
            by_block[date.block].append(date)
    for block, mentions in scene.mentions.items():
        found = bracketed.get(block)
        if not found or article.blocks[block].role is Role.HEADING:
            continue
        words = scene.words(block)
        for mention in mentions:
            if mention.who.is_person:
                _read_bracket(words, mention, found, lives[mention.who], kin)
    _read_facts(article, scene, by_block, lives)
    told = {
        block: found
        for block, found in by_block.items()
        if article.blocks[block].role is not Role.HEADING
    }
    _read_sentences(scene, told, lives)
    return {who: life for who, life in lives.items() if life.born or life.died}


def _read_bracket(
    words: Words,
    mention: Mentioned,
    dates: Sequence[FoundDate],
    life: Life,
    kin: Mapping[Identity, bool],
) -> None:
    """Read "(1883–1941)", "(born 3 May 1811)", "( – 21 August 1940)" behind a name."""
    first = mention.shape.last
    last = past_bracket(words, first)
    if last == first:
        return
    begin, end = words.stops[first], words.starts[last - 1]
    inside = _within(dates, begin, end)
    texts = words.words[first + 1 : last - 1]
    if not inside or not _REIGNS.isdisjoint(texts):
        return
    text = words.text
    for date in inside:
        cue = _word_before(words, date.start)
        if cue in _BORN:
            life.born = life.born or _gregorian(date)
        elif cue in _DIED:
            life.died = life.died or _gregorian(date)
    if life.born or life.died:
        return
    if any(word.isalpha() and word.islower() and word not in _PLAIN for word in texts):
        return
    if len(inside) == 1:
        before = text[begin : inside[0].start]
        if not _DASHES.isdisjoint(before):
            life.died = _gregorian(inside[0])
        return
    born, died = inside[0], inside[1]
    if _DASHES.isdisjoint(text[born.stop : died.start]):
        return
    years = died.date.year - born.date.year
    shortest = 0 if kin.get(mention.who) or _are_days(born, died) else SHORTEST_LIFE
    if shortest <= years <= LONGEST_LIFE:
        life.born = _gregorian(born)
        life.died = _gregorian(died)


def _are_days(*dates: FoundDate) -> bool:
    return all(date.date.precision is Precision.DAY for date in dates)


def _read_facts(
    article: Article,
    scene: Scene,
    by_block: Mapping[int, Sequence[FoundDate]],
    lives: Mapping[Identity, Life],
) -> None:
    """Read "Born: 7 November 1879" in the article's box, which is about its subject."""
    if scene.subject is None or not scene.subject.is_person:
        return
    life = lives[scene.subject]
    for block, dates in by_block.items():
        if article.blocks[block].role is not Role.FACT or not dates:
            continue
        label = article.blocks[block].text.split(":")[0].split()
        if label[:1] == ["Born"]:
            life.born = _better(life.born, _gregorian(dates[0]))
        elif label[:1] == ["Died"]:
            life.died = _better(life.died, _gregorian(dates[0]))


def _read_sentences(
    scene: Scene, dates: Mapping[int, Sequence[FoundDate]], lives: Mapping[Identity, Life]
) -> None:
    """Read "Kern was born in Kiel on 3 May 1811", "she died in 1880", "Born in 1811, Kern"."""
    for word in ("born", "died", "suicide", "death", *KILLED):
        for block, index in scene.places.get(word, ()):
            if block in dates and _is_of_life(scene.words(block).words, index, word):
                _read_sentence(scene, block, index, dates[block], lives)


def _is_of_life(texts: Sequence[str], index: int, word: str) -> bool:
    before = texts[index - 1] if index else ""
    if word in KILLED:
        return before in {"was", "were"}
    return word != "suicide" or before == "committed"


def _read_sentence(
    scene: Scene,
    block: int,
    index: int,
    dates: Sequence[FoundDate],
    lives: Mapping[Identity, Life],
) -> None:
    words = scene.words(block)
    is_birth = words.words[index].lower() == "born"
    is_noun = words.words[index].lower() == "death"
    date = _date_behind(scene, block, words, index, dates, is_birth=is_birth)
    if date is None:
        who = None
    elif is_noun:
        who = _whose_death(scene, block, words, index, date)
    else:
        who = _who_was(scene, block, words, index, date)
    if date is None or who is None:
        return
    life = lives[who]
    if is_birth:
        life.born = _better(life.born, _gregorian(date))
    else:
        life.died = _better(life.died, _gregorian(date))


def _date_behind(
    scene: Scene,
    block: int,
    words: Words,
    index: int,
    dates: Sequence[FoundDate],
    *,
    is_birth: bool,
) -> FoundDate | None:
    """Return the date that belongs to "born" or "died", the only one of its clause."""
    _, last = words.sentence(index)
    at = bisect_left(dates, words.stops[index], key=lambda date: date.start)
    if at >= len(dates) or dates[at].start >= words.stops[last - 1]:
        return None
    date = dates[at]
    until = words.at(date.start)
    between = words.words[index + 1 : until]
    if len(between) > FARTHEST_DATE or date.qualifier in _NO_DAY_OF_IT or date.range is not None:
        return None
    for word in between:
        if word in {"after", "before", "when", "until", "during", "while", "as"}:
            return None
        if word in {";", ":", "(", "who", "which", "and"} and not (is_birth and word == "and"):
            return None
        if word[0].islower() and form(word) is Form.FINITE:
            return None
    if not is_birth and any(who.is_person for who in scene.people(block, index, until)):
        return None
    return date


def _who_was(
    scene: Scene, block: int, words: Words, index: int, date: FoundDate
) -> Identity | None:
    """Return who was born or died: the name or "he" before the verb, or behind "Born ...,"."""
    texts = words.words
    if words.opens[index]:
        at = words.at(date.stop)
        if at < len(texts) and texts[at] == ",":
            mention = scene.beginning(block, at + 1)
            if mention is not None and mention.who.is_person:
                return mention.who
            if at + 1 < len(texts) and texts[at + 1].lower() in {"he", "she"}:
                return _surely(scene, block, at + 1)
        return None
    at = index - 1
    while at > 0 and (
        texts[at] in {"was", "were", "had", "been", "committed"} or texts[at] in _ADVERBS
    ):
        at -= 1
    if texts[at].lower() in {"he", "she"}:
        return _surely(scene, block, at)
    if texts[at] == "who":
        at -= 1
        if texts[at] == ",":
            at -= 1
    if texts[at] == ")":
        while at > 0 and texts[at] != "(":
            at -= 1
        at -= 1
    if texts[at] == "," and index - at == 1:
        at -= 1  # "Kern, born in 1811,"
    mention = scene.ending(block, at + 1)
    if mention is not None and texts[mention.shape.first - 1] in {"had", "Had", "if", "If"}:
        return None
    return mention.who if mention is not None and mention.who.is_person else None


def _whose_death(
    scene: Scene, block: int, words: Words, index: int, date: FoundDate
) -> Identity | None:
    """Return who died: "Kern's death in 1702", "after his death on 3 May 1702"."""
    if words.at(date.start) - index > NEAREST_DATE or not index:
        return None
    if words.words[index - 1].lower() in {"his", "her"}:
        return _surely(scene, block, index - 1)
    mention = scene.ending(block, index - 1) if words.words[index - 1] in OWNS else None
    return mention.who if mention is not None and mention.who.is_person else None


def _surely(scene: Scene, block: int, index: int) -> Identity | None:
    """Return whom "he" means where nobody else is near who could be meant."""
    who = scene.whose(block, index)
    return None if who is None or scene.is_rivalled(block, index, who) else who


def _word_before(words: Words, offset: int) -> str:
    at = words.at(offset) - 1
    while at > 0 and words.words[at].lower() in {
        "on",
        "in",
        "about",
        "c.",
        "c",
        ".",
        "ca",
        "circa",
    }:
        at -= 1
    return words.words[at].lower() if at >= 0 else ""


def _within(dates: Sequence[FoundDate], begin: int, end: int) -> Sequence[FoundDate]:
    first = bisect_left(dates, begin, key=lambda date: date.start)
    last = bisect_left(dates, end, key=lambda date: date.start)
    return dates[first:last]


def _better(known: PartialDate | None, found: PartialDate) -> PartialDate:
    """Return the more exact of two dates that agree; the one known before where they don't."""
    if known is None:
        return found
    finer = len(str(found)) > len(str(known)) and str(found).startswith(str(known))
    return found if finer else known


def _gregorian(date: FoundDate) -> PartialDate:
    """Return the day in the Gregorian calendar, as life dates are kept."""
    if date.calendar is Calendar.GREGORIAN:
        return date.date
    if date.alternative is not None:
        return date.alternative
    try:
        converted = HistoricalDate(date.date, calendar=date.calendar).gregorian
    except InvalidDateError:
        return date.date
    return converted or date.date
