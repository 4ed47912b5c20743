"""When people were born and died: from brackets behind their names, boxes of facts, sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.calendars import Calendar
from knowledge.compiler.accounts import past_bracket
from knowledge.compiler.asides import part_start
from knowledge.compiler.deed_words import KILLED
from knowledge.compiler.evidence_behind import LONGEST_LIFE, shortest_life
from knowledge.compiler.found_date import FoundDate, Use
from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.life_owners import (
    Relations,
    also_so,
    among_them,
    killed_by_name,
    who_was,
    whose_death,
)
from knowledge.compiler.name_runs import PARTICLES
from knowledge.compiler.people_words import KIN
from knowledge.compiler.scene import Scene
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.words import Words
from knowledge.model import HistoricalDate, InvalidDateError, PartialDate, Precision, Qualifier
from knowledge.readers.article import Article, Role

FARTHEST_DATE = 14
"""Words between "died" and the date that belongs to it."""

FARTHEST_FRONT = 3
"""Words before a day that a sentence begins with: "On Saturday, 4 March"."""

_DASHES = frozenset("–—-−")
_REIGNS = frozenset({"r.", "r", "reigned", "ruled", "fl.", "fl", "floruit", "reign", "active"})
_BORN = frozenset({"born", "b.", "b"})
_DIED = frozenset({"died", "d.", "d", "†"})
_PLAIN = frozenset(
    "born c ca circa about née né nee in at near baptised baptized on the or and of aged"
    " age".split()
)
_BESIDE_DATES = _PLAIN | PARTICLES
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
    relations: Relations,
) -> dict[Identity, Life]:
    """Return the life dates that an article gives for its people.

    `relations` say who is whose relative: whom "his brother" means, and whose life may have been
    short, as a child's.
    """
    lives: dict[Identity, Life] = defaultdict(Life)
    kin = {who: any(kind in KIN for kind, _ in some) for who, some in relations.items()}
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
    _read_sentences(scene, told, lives, relations)
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
    is_told = False
    for date in inside:
        cue = _word_before(words, date.start)
        is_born = cue in _BORN or (texts[0] == "born" and cue == "," and len(inside) == 1)
        if is_born or cue in _DIED:  # "(born in Ebbing, 3 May 1811)"
            is_told = True
            _note(life, date, is_birth=is_born)
    if is_told or (life.born and life.died):
        return
    if any(word.isalpha() and word.islower() and word not in _BESIDE_DATES for word in texts):
        return
    if _is_surname_of_more(mention) and not _are_days(*inside):
        return  # "Kern (1950–1965)" in a list of captains: when he was one
    if len(inside) == 1:
        before = text[begin : inside[0].start]
        if not _DASHES.isdisjoint(before):
            _note(life, inside[0], is_birth=False)
        return
    born, died = inside[0], inside[1]
    if _DASHES.isdisjoint(text[born.stop : died.start]):
        return
    years = died.date.year - born.date.year
    may_be_short = kin.get(mention.who) or _are_days(born, died)
    if (0 if may_be_short else shortest_life(words, first)) <= years <= LONGEST_LIFE:
        _note(life, born, is_birth=True)
        _note(life, died, is_birth=False)


def _is_surname_of_more(mention: Mentioned) -> bool:
    """Whether only the surname of somebody who is named in full elsewhere stands here."""
    words = mention.shape.words
    return len(words) == 1 and any(form.split()[-1] == words[0] for form in mention.who.full)


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
    scene: Scene,
    dates: Mapping[int, Sequence[FoundDate]],
    lives: Mapping[Identity, Life],
    relations: Relations,
) -> None:
    """Read "Kern was born in Kiel on 3 May 1811", "she died in 1880", "Born in 1811, Kern"."""
    _read_children(scene, dates, lives)
    for word in ("born", "died", "suicide", "death", "dead", "put", *KILLED):
        for block, index in scene.places.get(word, ()):
            if block not in dates:
                continue
            if _is_of_life(scene.words(block).words, index, word):
                _read_sentence(scene, block, index, dates[block], lives, relations)
            elif word in KILLED:
                _read_killing(scene, block, index, dates[block], lives)


def _read_children(
    scene: Scene, dates: Mapping[int, Sequence[FoundDate]], lives: Mapping[Identity, Life]
) -> None:
    """Read "She bore him a son, Otto, in 1811 and a daughter, Ane, on 3 May 1813"."""
    for word in ("son", "daughter"):
        for block, index in scene.places.get(word, ()):
            words = scene.words(block)
            texts = words.words
            named = scene.beginning(block, index + 1 + (texts[index + 1 : index + 2] == [","]))
            if block not in dates or named is None or not named.who.is_person:
                continue
            at = named.shape.last + (texts[named.shape.last : named.shape.last + 1] == [","])
            first, _ = words.sentence(index)
            if texts[at : at + 1] not in (["in"], ["on"]) or _HAD.isdisjoint(texts[first:index]):
                continue
            found = _within(dates[block], words.starts[at], words.stops[-1] + 1)
            if found and words.at(found[0].start) == at + 1 and found[0].range is None:
                _note(lives[named.who], found[0], is_birth=True)


_HAD = frozenset({"bore", "had", "welcomed", "birth"})


def _is_of_life(texts: Sequence[str], index: int, word: str) -> bool:
    before = texts[index - 1] if index else ""
    if word in KILLED:
        return before in {"was", "were"} or (before == "and" and "by" in texts[index : index + 2])
    if word == "put":
        return texts[index + 1 : index + 3] == ["to", "death"] and before in {"was", "and"}
    if word == "dead":
        return before in {"found", "shot"} or _is_among_dead(texts, index)
    if word == "killed" and before == "and" and texts[max(0, index - 2)] == "shot":
        return True
    return word != "suicide" or before == "committed"


def _is_among_dead(texts: Sequence[str], index: int) -> bool:
    return list(texts[max(0, index - 3) : index]) in (
        ["was", "among", "the"],
        ["were", "among", "the"],
    )


def _read_sentence(
    scene: Scene,
    block: int,
    index: int,
    dates: Sequence[FoundDate],
    lives: Mapping[Identity, Life],
    relations: Relations,
) -> None:
    words = scene.words(block)
    word = words.words[index].lower()
    is_birth = word == "born"
    date = _date_behind(scene, block, words, index, dates)
    if date is None and word in KILLED:
        date = _fronted(words, index, dates)
    if date is None and word == "dead" and _is_among_dead(words.words, index):
        date = _only_day_before(words, index, dates)
    if date is None:
        return
    if word == "death":
        who = whose_death(scene, block, words, index, date)
    else:
        who = who_was(scene, block, words, index, date, relations)
    if who is None:
        return
    _note(lives[who], date, is_birth=is_birth)
    following = dates[bisect_left(dates, date.stop, key=lambda one: one.start) :]
    if word in {"born", "died"}:
        for other, its_date in also_so(scene, block, words, date, following):
            _note(lives[other], its_date, is_birth=is_birth)


def _read_killing(
    scene: Scene,
    block: int,
    index: int,
    dates: Sequence[FoundDate],
    lives: Mapping[Identity, Life],
) -> None:
    """Read "had Kern beheaded on 3 May 1811", "On 3 May 1811 guards killed the master, Kern"."""
    words = scene.words(block)
    one_of_them = among_them(scene, block, words, index)
    if one_of_them is not None:
        first, last = words.sentence(index)
        inside = _within(dates, words.starts[first], words.stops[last - 1])
        if len(inside) == 1 and _are_days(inside[0]) and inside[0].range is None:
            _note(lives[one_of_them], inside[0], is_birth=False)
        return
    who = killed_by_name(scene, block, words, index)
    if who is None:
        return
    date = _date_behind(scene, block, words, index, dates) or _fronted(words, index, dates)
    date = date or _only_day_before(words, index, dates)  # "A fire on 3 May 1811 killed the master"
    if date is not None:
        _note(lives[who], date, is_birth=False)


def _note(life: Life, date: FoundDate, *, is_birth: bool) -> None:
    if is_birth:
        life.born = _better(life.born, _gregorian(date))
    else:
        life.died = _better(life.died, _gregorian(date))


def _fronted(words: Words, index: int, dates: Sequence[FoundDate]) -> FoundDate | None:
    """Return the day that a sentence begins with, if it is its only date: "On 3 May 1811, ...".

    Of parts that semicolons part each may begin with its own.
    """
    begin, end = words.sentence(index)
    first = part_start(words, index)
    last = next((at for at in range(index, end) if words.words[at] == ";"), end)
    inside = _within(dates, words.starts[first], words.stops[last - 1])
    if not inside:
        first = begin
        inside = _within(dates, words.starts[begin], words.stops[end - 1])
    if len(inside) != 1 or not _are_days(inside[0]) or inside[0].range is not None:
        return None
    begins = words.at(inside[0].start) - first
    return (
        inside[0] if begins <= FARTHEST_FRONT and inside[0].qualifier not in _NO_DAY_OF_IT else None
    )


def _only_day_before(words: Words, index: int, dates: Sequence[FoundDate]) -> FoundDate | None:
    """Return the one day that a sentence names before "Kern was among the dead"."""
    first, _ = words.sentence(index)
    before = _within(dates, words.starts[first], words.starts[index])
    is_day = len(before) == 1 and _are_days(before[0]) and before[0].range is None
    return before[0] if is_day and before[0].qualifier not in _NO_DAY_OF_IT else None


def _date_behind(
    scene: Scene,
    block: int,
    words: Words,
    index: int,
    dates: Sequence[FoundDate],
) -> FoundDate | None:
    """Return the date that belongs to "born" or "died", the only one of its clause."""
    verb = words.words[index].lower()
    is_birth = verb == "born"
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
    if (
        not is_birth
        and verb not in KILLED
        and any(who.is_person for who in scene.people(block, index, until))
    ):
        return None
    return date


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
