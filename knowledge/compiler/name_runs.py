"""Which capitalised words belong together as one name: where a run begins, and where it ends."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.compiler.month_names import NAMES_OF_PEOPLE
from knowledge.compiler.people_words import TITLES, is_agent, is_role, singular_role
from knowledge.compiler.thing_words import KINDS, OF_HEADS
from knowledge.compiler.words import (
    CALENDAR_WORDS,
    FUNCTION_WORDS,
    WEEKDAYS,
    Words,
    is_capital,
    is_latin,
    is_numeral,
)

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
    " Poet Rich Severe Theologian Traveller Usurper Valiant Weak First Second Third".split()
)
"""What stands behind "the" in "Otto the Lame"."""

OWNS = frozenset({"'s", "’s", "'", "’"})
"""What stands behind a name that something belongs to."""

_CLOSINGS = {'"': '"', "“": "”", "‘": "’", "„": "“", "(": ")"}
QUOTES = {'"': '"', "“": "”", "‘": "’", "„": "“"}

LONGEST_NAME = 12
"""Words of one name."""

LONGEST_NICKNAME = 4
"""Words between quotes within a name."""

LONGEST_TITLE = 14
"""Words of the title of a work."""

_SUFFIXES = frozenset({"Jr.", "Jr", "Sr.", "Sr"})
_PLURAL_OWNERS = frozenset(
    "people workers women children men king queen prince soldiers farmers peasants sailors"
    " students masons merchants miners writers artists citizens ladies fishermen teachers"
    " drapers tailors weavers bakers doctors officers veterans".split()
)
_MONTHS_AS_NAMES = frozenset({"April", "May", "June", "August", "Jan", "Jun"})
_NAMED_BY_A_MONTH = frozenset(
    "revolution days uprising theses agreement manifesto crisis coup constitution offensive"
    " rebellion revolt rising monarchy massacre conspiracy decree laws movement".split()
)
_DAYS_WITH_A_NAME = frozenset(
    "Bloody Black Red Good Palm Holy Easter White Maundy Ash Blue Green Whit Shrove".split()
)
_WITHIN_TITLES = frozenset("of the a an and in to for on with from by at".split())
_COMMON_ENDINGS = ("tion", "ment", "ness", "ism", "ships", "ings", "ity", "ance", "ence")


def begins_name(words: Words, position: int, lower: frozenset[str], inside: frozenset[str]) -> bool:
    """Whether a name may begin with a word.

    `lower` and `inside` are the words that the article writes in lower case, and with a capital
    within a sentence: they tell a name that opens a sentence from any other word that does.
    """
    word = words.words[position]
    if not is_capital(word) or not is_latin(word):
        return False
    following = words.words[position + 1] if position + 1 < len(words) else ""
    if word in CALENDAR_WORDS:
        return _is_calendar_name(words, position, following)
    lowered = word.lower()
    opens = words.opens[position]
    if lowered in PARTICLES and opens:
        return words.is_next(position + 1) and (is_capital(following) or following in PARTICLES)
    if lowered in FUNCTION_WORDS and not is_numeral(word):
        is_article = word == "The" and not opens
        return is_article and words.is_next(position + 1) and is_capital(following)
    if not opens or word in inside or word[-1] == ".":
        return True
    continues = words.is_next(position + 1) and is_capital(following)
    if lowered in TITLES or is_role(lowered):
        return continues or (following in {"of", "for"} and lowered in TITLES)
    if singular_role(lowered) is not None:
        return False
    if lowered in lower or lowered.endswith(("ing", "ly")):
        return False
    return continues or not lowered.endswith(_COMMON_ENDINGS)


def _is_calendar_name(words: Words, position: int, following: str) -> bool:
    """Whether a month begins a name: "April Uprising", "April Dawes"."""
    before = words.words[position - 1].lower() if position else ""
    if not words.is_next(position + 1) or not following[:1].isupper() or before[:1].isdigit():
        return False
    if following.lower() in _NAMED_BY_A_MONTH:
        return True
    if words.words[position] in {"Jan", "Jun"}:
        return following not in CALENDAR_WORDS and before != "in"
    return (
        words.words[position] in _MONTHS_AS_NAMES
        and following not in CALENDAR_WORDS
        and before not in {"in", "of", "since", "by", "until", "to", "from", "late", "early"}
        and before not in {"mid", "during", "on", "and", "between", "after", "before"}
    )


def name_end(words: Words, position: int) -> int:
    """Return the word after the last of the name that begins at a word."""
    texts = words.words
    stop = position + 1
    limit = min(len(words), position + LONGEST_NAME)
    while stop < limit:
        word = texts[stop]
        if not words.is_next(stop):
            past = _past_mark(words, position, stop, limit)
        elif is_capital(word):
            if word in WEEKDAYS and texts[stop - 1] in _DAYS_WITH_A_NAME:
                return stop + 1
            ends = word in CALENDAR_WORDS and not _is_middle_name(words, stop, limit)
            ends = ends or not is_latin(word)
            is_function = word.lower() in FUNCTION_WORDS and not _is_number(word)
            past = 0 if ends or (is_function and word != "The") else stop + 1
        elif word == "the" and stop + 1 < limit and texts[stop + 1] in EPITHETS:
            return stop + 2
        elif word in {"of", "for"}:
            past = _past_of(words, position, stop, limit)
        elif word in _CLOSINGS:
            past = _past_nickname(words, stop, limit)
        elif word == "&" and stop + 1 < limit and is_capital(texts[stop + 1]):
            past = stop + 2
        else:
            past = _past_particles(words, stop, limit)
        if not past:
            break
        stop = past
    return stop


def _is_middle_name(words: Words, at: int, limit: int) -> bool:
    """Whether a month within a name is a given name: "Otto August Kern", "Ida May Brandt"."""
    following = words.words[at + 1] if at + 1 < limit and words.is_next(at + 1) else ""
    return (
        following != ""
        and words.words[at] in NAMES_OF_PEOPLE
        and is_capital(words.words[at - 1])
        and is_capital(following)
        and following not in CALENDAR_WORDS
        and following.lower() not in _NAMED_BY_A_MONTH
        and following.lower() not in FUNCTION_WORDS
        and following.lower() not in KINDS
    )


def title_end(words: Words, position: int) -> int:
    """Return the word after a work's title that begins here by its capitals; 0 if none does.

    Within a sentence no other words are written so: "Since Winter Left", "My Own Years". What
    stands between quotes and has its main words capitalised is a title as well.
    """
    texts = words.words
    quote = texts[position - 1] if position else ""
    if quote in QUOTES and words.starts[position] == words.stops[position - 1]:
        return _quoted_title_end(words, position, QUOTES[quote])
    word = texts[position]
    if words.opens[position] or word == "I" or word in CALENDAR_WORDS:
        return 0
    if word.lower() not in FUNCTION_WORDS or not word[0].isupper() or is_numeral(word):
        return 0
    if position and words.words[position - 1] in {":", ";", "|", "–", "—"}:
        return 0
    end = position + 1
    limit = min(len(words), position + LONGEST_TITLE)
    capitals = 0
    while end < limit and words.is_next(end):
        if texts[end][0].isupper() and texts[end] not in CALENDAR_WORDS:
            capitals += 1
        elif texts[end] not in _WITHIN_TITLES or not _goes_on(texts, end, limit):
            break
        end += 1
    while texts[end - 1] in _WITHIN_TITLES:
        end -= 1
    return end if capitals else 0


def _goes_on(texts: Sequence[str], at: int, limit: int) -> bool:
    """Whether a title goes on behind "of" or "and": with a capital, or with "the"."""
    following = texts[at + 1] if at + 1 < limit else ""
    if texts[at] == "and":
        return following[:1].isupper()
    return following[:1].isupper() or following in _WITHIN_TITLES


def _quoted_title_end(words: Words, position: int, closing: str) -> int:
    texts = words.words
    if not texts[position][0].isupper():
        return 0
    for end in range(position + 1, min(len(words), position + LONGEST_TITLE)):
        word = texts[end]
        if word == closing:
            return end
        if word in {",", "!", "?", ":", "&", "-", "–"} | OWNS:
            continue
        if not word[0].isupper() and word not in _WITHIN_TITLES and not word.isdigit():
            return 0
    return 0


def goes_on_as_title(words: Words, stop: int) -> bool:
    """Whether a run goes on with a capital that only titles have: "Winter Seeks My House"."""
    if stop >= len(words) or not words.is_next(stop):
        return False
    word = words.words[stop]
    return (
        word[0].isupper()
        and word.lower() in FUNCTION_WORDS
        and word not in {"I", "The"}
        and not _is_number(word)
        and not words.opens[stop]
        and word not in CALENDAR_WORDS
    )


def _is_number(word: str) -> bool:
    """Whether a number goes on with a name: "Otto II", "Ranby Five"."""
    return is_numeral(word) or word.lower() in _NUMBER_WORDS


_NUMBER_WORDS = frozenset("two three four five six seven eight nine ten".split())


def _past_mark(words: Words, position: int, stop: int, limit: int) -> int:
    """Return the word after "J.P.", "People's" or ", Jr." where the name goes on; 0 if not."""
    texts = words.words
    word = texts[stop]
    following = texts[stop + 1] if stop + 1 < limit else ""
    if texts[stop - 1][-1] == "." and words.starts[stop] == words.stops[stop - 1]:
        return stop + 1 if is_capital(word) else 0
    if not following:
        return 0
    if word in OWNS:
        before = texts[stop - 1].lower()
        is_owner = before in _PLURAL_OWNERS or (
            stop - position >= 2 and texts[stop - 2] in {"St.", "St", "Saint"}
        )
        is_owner = is_owner or (
            word in {"'", "’"}
            and following.lower() in KINDS
            and (singular_role(before) is not None or is_agent(before.removesuffix("s")))
        )
        return stop + 2 if is_owner and is_capital(following) else 0
    if word == "," and following in _SUFFIXES and words.is_next(stop + 1):
        return stop + 2
    return 0


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
    closing = _CLOSINGS[words.words[stop]]
    end = stop + 1
    if closing == ")" and (end + 1 >= limit or words.words[end + 1] != ")"):
        return 0  # only "Lucille (Dean) Tarr", a maiden name
    while end < limit and end - stop <= LONGEST_NICKNAME and words.words[end] != closing:
        if not is_capital(words.words[end]) and words.words[end] != "the":
            return 0
        end += 1
    if end + 1 >= limit or words.words[end] != closing or end == stop + 1:
        return 0
    return end + 2 if words.is_next(end + 1) and is_capital(words.words[end + 1]) else 0


def _past_of(words: Words, position: int, stop: int, limit: int) -> int:
    """Return the word after "of" (the) and a capital, where the name goes on; 0 where it ends."""
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
    return at + 1 if _is_ruler(texts[position:stop]) else 0


def _is_ruler(texts: Sequence[str]) -> bool:
    """Whether one name stands before "of": "Hedwig of Salz", "King Otto II of Salz"."""
    named = [word for word in texts if word.lower() not in TITLES]
    is_single = len(named) == 1 or (len(named) == 2 and is_numeral(named[1]))
    return is_single and not named[0].isupper() and named[0].lower() not in KINDS
