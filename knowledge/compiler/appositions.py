"""What stands beside a name and says who it is.

"the painter Ilse Brandt", "his sister, Ilse", "General Kern", "Kern, a pilot from Ebbing, ...".
"""

from __future__ import annotations

from knowledge.compiler.accounts import (
    Account,
    Accounts,
    Rank,
    listed,
    past_bracket,
)
from knowledge.compiler.identity import Mentioned
from knowledge.compiler.kin_before import (
    MUTUAL,
    carry_owners,
    is_closed,
    kin_of_owners_before,
    read_kin_before_colon,
    read_kin_before_role,
    read_kin_of_before,
    relate_each_other,
    take_parents,
)
from knowledge.compiler.people_words import KIN, is_role
from knowledge.compiler.phrase_owners import CHILDREN
from knowledge.compiler.phrases import Phrase, phrase_start, read_phrase
from knowledge.compiler.scene import Scene
from knowledge.compiler.verb_forms import Form, form
from knowledge.compiler.words import Words

_TITLE_WORDS = {
    "dr.": "Doctor",
    "dr": "Doctor",
    "prof.": "Professor",
    "prof": "Professor",
    "gen.": "General",
    "col.": "Colonel",
    "maj.": "Major",
    "capt.": "Captain",
    "capt": "Captain",
    "lt.": "Lieutenant",
    "lt": "Lieutenant",
    "adm.": "Admiral",
    "sgt.": "Sergeant",
    "gov.": "Governor",
    "sen.": "Senator",
    "rep.": "Representative",
    "rev.": "Reverend",
    "rev": "Reverend",
    "father": "Priest",
}
_NO_DESCRIPTION = frozenset(
    "mr mr. mrs mrs. ms ms. miss sir dame lord lady saint st. st don doña dona donna madame"
    " monsieur mme mme. m. herr frau fräulein señor señora signor signora comrade brother sister"
    " mother hon. field vice deputy grand crown dowager elder mlle. dom".split()
)
_DETERMINERS = frozenset({"a", "an", "the", "his", "her", "their", "its", "both", "one", "whose"})
_CLOSES = frozenset({",", ".", ";", ")", ":", "—", "–", "(", "!", "?"})


def read_before(scene: Scene, block: int, words: Words, place: int, accounts: Accounts) -> None:
    """Read "the painter Kern", "his sister, Ilse", "the historians Kern and Brandt"."""
    mention = scene.mentions[block][place]
    begin = mention.shape.first - len(mention.shape.titles)
    stop = begin
    behind_comma = begin > 0 and words.words[begin - 1] in {",", ":"}
    if behind_comma:
        stop = begin - 1
    elif begin == 0 or not words.is_next(begin):
        return
    start = phrase_start(scene, block, stop)
    if start is None:
        texts = words.words
        if not behind_comma and begin > 2 and texts[begin - 2] == "the":
            # "his son, the fifteen-year-old Heinrich"
            read_kin_before_role(scene, block, words, mention, begin - 2, accounts)
        if behind_comma and words.words[stop] == ":":
            read_kin_before_colon(scene, block, words, place, stop, accounts)
        elif behind_comma:
            if place:
                read_kin_of_before(scene, block, words, place, stop, accounts)
            _read_role_of_before(scene, block, words, mention, stop, accounts)
        return
    phrase = read_phrase(scene, block, start, stop, tail=False)
    if phrase is None:
        return
    if not behind_comma:
        read_kin_before_role(scene, block, words, mention, start, accounts)
    if behind_comma and words.words[stop] == ":" and phrase.head in CHILDREN:
        is_mixed = "and" in words.words[max(0, start - 2) : start]
        if is_mixed and not phrase.is_list:
            return  # "two sons and a daughter: Otto, ...": the first is not the daughter
    if phrase.head in KIN and not phrase.owners and place:
        carry_owners(scene, block, words, place, start, phrase, accounts)
    if phrase.head in MUTUAL and phrase.is_list and not phrase.owners:
        relate_each_other(list(listed(scene, block, words, place)), phrase, accounts)
    if phrase.head in KIN and not phrase.owners:
        phrase = kin_of_owners_before(scene, block, words, start, phrase)
    opening = words.words[start].lower()
    own = {"son": "his", "daughter": "her"}.get(phrase.head)
    if own is not None and words.words[start].lower() == own:
        elder = scene.elder_of(mention.who)
        if elder is not None:  # "his son, Otto the Younger": Otto the Elder's
            phrase.owners = (elder,)
            phrase.text = f"{phrase.head.capitalize()} of {elder.name}"
    if behind_comma:
        is_said_of = phrase.owners or opening in {"the", "its"} or phrase.is_list
        is_said_of = is_said_of or (opening in {"a", "an"} and words.opens[start])
        is_said_of = is_said_of or _is_told_by(words, mention, start)
        if not is_said_of or not (is_closed(words, mention) or phrase.is_list):
            return
    named_all = list(listed(scene, block, words, place)) if phrase.is_list else [mention]
    if phrase.head == "parent" and len(named_all) == 2:
        take_parents(words, block, named_all, phrase, accounts)
        return
    for named in named_all:
        if named.who in phrase.owners:
            return
        accounts.take(words, block, named, phrase, Rank.BEFORE)


def _is_told_by(words: Words, mention: Mentioned, start: int) -> bool:
    """Whether "by a passing postman, Otto Kern," names the postman: no list of several goes on."""
    texts = words.words
    last = mention.shape.last
    is_end = last >= len(texts) or texts[last] in _SETS_OFF
    before = texts[start - 1] if start else ""
    return texts[start].lower() in {"a", "an"} and before in _BEFORE_ONE and is_end


_BEFORE_ONE = frozenset({"by", "from", "with", "under", "to", "as", "of", "for", "was", "met"})
_SETS_OFF = frozenset({",", ".", ";", ")", "(", "—", "–", ":"})

LONGEST_ROLE_OF = 8
"""Words of "the commander of the northern fortress" before a comma."""


def _read_role_of_before(
    scene: Scene, block: int, words: Words, mention: Mentioned, comma: int, accounts: Accounts
) -> None:
    """Read "the commander of the fortress, Kern," and "the Minister of Marine, Kern,"."""
    texts = words.words
    last = mention.shape.last
    if last < len(texts) and texts[last] not in _SETS_OFF:
        return
    for at in range(comma - 2, max(0, comma - LONGEST_ROLE_OF), -1):
        word = texts[at].lower()
        if texts[at] in _BOUNDS_OF_ROLE or (word.islower() and form(word) is Form.FINITE):
            return
        if texts[at + 1] == "of" and is_role(word) and word not in KIN:
            begin = next((a for a in range(at - 1, at - 4, -1) if texts[a].lower() == "the"), None)
            if begin is None:
                return
            phrase = read_phrase(scene, block, begin, comma, tail=True, apart=mention.who)
            if phrase is not None and phrase.last == comma and not phrase.is_list:
                accounts.take(words, block, mention, phrase, Rank.BEFORE)
            return


_BOUNDS_OF_ROLE = frozenset({",", ".", ";", ":", "(", ")", "and", "who", "which"})


def read_title(block: int, words: Words, mention: Mentioned, accounts: Accounts) -> None:
    """Read "President Kern", "Foreign Minister Kern", "American Marxist Kern"."""
    titles = [title for title in mention.shape.titles if title.lower() not in _NO_DESCRIPTION]
    if not titles or not any(title[0].isalpha() for title in titles):
        return
    first = mention.shape.first - len(mention.shape.titles)
    shown = [_TITLE_WORDS.get(title.lower(), title) for title in titles]
    if len(mention.shape.titles) > len(titles) and len(mention.shape.titles) > 1:
        shown = [_TITLE_WORDS.get(t.lower(), t) for t in mention.shape.titles]
        shown = [word for word in shown if word.lower() not in {"sir", "dame", "lady"}]
    before = words.words[first - 1] if first and words.is_next(first) else ""
    text = " ".join(shown)
    if before in {"former", "deputy"}:
        text = f"{before} {text}"
    account = Account(
        Rank.TITLE,
        text[:1].upper() + text[1:],
        block,
        words.starts[first],
        mention.shape.stop,
        head=titles[-1].lower(),
    )
    accounts.said[mention.who].append(account)


def read_behind(scene: Scene, block: int, words: Words, place: int, accounts: Accounts) -> None:
    """Read "Kern, a pilot from Ebbing, ...", "Kern (1883–1941), his sister"."""
    mention = scene.mentions[block][place]
    at = past_bracket(words, mention.shape.last)
    texts = words.words
    if at > mention.shape.last:
        _read_bracket(scene, block, words, mention, at, accounts)
    if at + 1 >= len(texts) or texts[at] != ",":
        return
    index = at + 1
    phrase = read_phrase(scene, block, index, len(texts), tail=True, apart=mention.who, agents=True)
    of_both = texts[index] == "both"
    if phrase is None or phrase.is_list is not of_both:
        return
    end = phrase.stop if phrase.text and not phrase.owners else phrase.last
    after = texts[end] if end < len(texts) else "."
    named = scene.beginning(block, phrase.last)
    if named is not None and named.who.is_person:
        return  # "Kern, the painter Brandt and ...": a list of people
    if _is_in_list(scene, block, words, index, phrase):
        return
    is_clear = bool(phrase.owners) or not _DETERMINERS.isdisjoint(
        word.lower() for word in texts[index : index + 2]
    )
    if words.starts[mention.shape.first] == 0 and end == len(texts) and at > mention.shape.last:
        is_clear = True  # an entry of a list: "Kern (1811–1880), chess champion"
    if after not in _CLOSES and not (is_clear and after in {"and", "as", "but", "until", "when"}):
        return
    if not is_clear and after == "." and "of" not in texts[phrase.first : phrase.last]:
        return
    accounts.take(words, block, mention, phrase, Rank.BEHIND)
    if phrase.head in KIN and not of_both:
        _read_further(scene, block, words, mention, phrase.last, accounts)
    if of_both and place:
        before = scene.mentions[block][place - 1]
        if words.words[before.shape.last : mention.shape.first] == ["and"]:
            accounts.take(words, block, before, phrase, Rank.BEHIND)


def _read_further(
    scene: Scene, block: int, words: Words, mention: Mentioned, at: int, accounts: Accounts
) -> None:
    """Read "and a gifted pianist" behind "Kern, the daughter of Brandt, "."""
    texts = words.words
    at += texts[at : at + 1] == [","]
    if texts[at : at + 1] != ["and"] or texts[at + 1 : at + 2] not in (["a"], ["an"]):
        return
    phrase = read_phrase(scene, block, at + 1, len(texts), tail=True, apart=mention.who)
    if phrase is None or phrase.is_list or phrase.head in KIN:
        return
    if phrase.last >= len(texts) or texts[phrase.last] in _CLOSES:
        accounts.take(words, block, mention, phrase, Rank.BEHIND)


def _is_in_list(scene: Scene, block: int, words: Words, index: int, phrase: Phrase) -> bool:
    """Whether "Kern, her brother and Brandt" goes on: nothing says that Kern is the brother."""
    if words.words[index].lower() not in {"his", "her", "their"} or phrase.last != phrase.first + 1:
        return False
    at = phrase.last
    at += words.words[at : at + 1] == [","]
    if words.words[at : at + 1] != ["and"]:
        return False
    named = scene.beginning(block, at + 1)
    return named is not None and named.who.is_person


def _read_bracket(
    scene: Scene, block: int, words: Words, mention: Mentioned, end: int, accounts: Accounts
) -> None:
    """Read "Kern (chairwoman)", "Kern (a pilot from Ebbing)"."""
    first = mention.shape.last + 1
    phrase = read_phrase(scene, block, first, end - 1, tail=True, apart=mention.who)
    if phrase is not None and phrase.last == end - 1 and not phrase.is_list:
        accounts.take(words, block, mention, phrase, Rank.TITLE)


def read_link(block: int, mention: Mentioned, accounts: Accounts) -> None:
    """Read what tells namesakes apart in a link's title: "Jonas Kern (government minister)"."""
    shape = mention.shape
    if not shape.link.endswith(")") or "(" not in shape.link:
        return
    inside = shape.link[shape.link.rindex("(") + 1 : -1]
    if inside and is_role(inside.split()[-1].lower()):
        text = inside[:1].upper() + inside[1:]
        accounts.said[mention.who].append(Account(Rank.TITLE, text, block, shape.start, shape.stop))
