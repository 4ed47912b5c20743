"""What stands beside a name and says who it is.

"the painter Ilse Brandt", "his sister, Ilse", "General Kern", "Kern, a pilot from Ebbing, ...".
"""

from __future__ import annotations

from dataclasses import replace

from knowledge.compiler.accounts import (
    Account,
    Accounts,
    Rank,
    listed,
    past_bracket,
    without_brackets,
)
from knowledge.compiler.asides import subject_of_clause
from knowledge.compiler.first_verb import is_kin
from knowledge.compiler.identity import Identity, Mentioned
from knowledge.compiler.kin_of import those_who_had
from knowledge.compiler.people_words import KIN, PLURAL_KIN, is_role
from knowledge.compiler.phrase_owners import CHILDREN
from knowledge.compiler.phrases import Phrase, phrase_start, read_phrase
from knowledge.compiler.scene import Scene
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
_ENDS = frozenset({"née", "né", ",", ".", ";", ":", ")", "(", "—", "–", "and", "!", "?"})
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
            _read_kin_before_role(scene, block, words, mention, begin - 2, accounts)
        if behind_comma and words.words[stop] == ":":
            _read_kin_before_colon(scene, block, words, place, stop, accounts)
        elif behind_comma and place:
            _read_kin_of_before(scene, block, words, place, stop, accounts)
        return
    phrase = read_phrase(scene, block, start, stop, tail=False)
    if phrase is None:
        return
    if not behind_comma:
        _read_kin_before_role(scene, block, words, mention, start, accounts)
    if phrase.head in KIN and not phrase.owners and place:
        _carry_owners(scene, block, words, place, start, phrase, accounts)
    if phrase.head in _MUTUAL and phrase.is_list and not phrase.owners:
        _relate_each_other(list(listed(scene, block, words, place)), phrase, accounts)
    if phrase.head in KIN and not phrase.owners:
        phrase = _kin_of_owners_before(scene, block, words, start, phrase)
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
        if not is_said_of or not (_is_closed(words, mention) or phrase.is_list):
            return
    named_all = list(listed(scene, block, words, place)) if phrase.is_list else [mention]
    if phrase.head == "parent" and len(named_all) == 2:
        _take_parents(words, block, named_all, phrase, accounts)
        return
    for named in named_all:
        if named.who in phrase.owners:
            return
        accounts.take(words, block, named, phrase, Rank.BEFORE)


def _read_kin_before_role(
    scene: Scene, block: int, words: Words, mention: Mentioned, start: int, accounts: Accounts
) -> None:
    """Read "his sister" in "his sister, the poet Lena Kern"."""
    if start < 2 or words.words[start - 1] != "," or words.words[start].lower() != "the":
        return
    begin = phrase_start(scene, block, start - 1)
    phrase = read_phrase(scene, block, begin, start - 1, tail=False) if begin is not None else None
    if phrase is not None and begin is not None and phrase.head in KIN and not phrase.owners:
        _take_uncle(scene, block, words, begin, phrase)
    if phrase is None or not phrase.owners or mention.who in phrase.owners or phrase.is_list:
        return
    if phrase.last == start - 1 and _is_closed(words, mention):
        accounts.take(words, block, mention, phrase, Rank.BEFORE)


def _take_uncle(scene: Scene, block: int, words: Words, begin: int, phrase: Phrase) -> None:
    """Read "Kern was brought up by an uncle, the priest Otto Varn": the uncle is Kern's."""
    if begin < 2 or words.words[begin].lower() not in {"a", "an"} or phrase.head in CHILDREN:
        return
    is_by = words.words[begin - 1] in {"by", "with"}
    whose = subject_of_clause(scene, block, begin) if is_by else None
    if whose is not None:
        phrase.owners = (whose,)
        phrase.text = f"{phrase.text} of {whose.name}" if phrase.text else ""


def _read_kin_of_before(
    scene: Scene, block: int, words: Words, place: int, comma: int, accounts: Accounts
) -> None:
    """Read "the brother of Queen Isolde, Prince Emeric, arrived"."""
    mention, owner = scene.mentions[block][place], scene.mentions[block][place - 1]
    begin = owner.shape.first - len(owner.shape.titles)
    if owner.shape.last != comma or begin < 2 or words.words[begin - 1] != "of":
        return
    start = phrase_start(scene, block, begin - 1)
    phrase = read_phrase(scene, block, start, comma, tail=True) if start is not None else None
    if phrase is None or phrase.owners != (owner.who,) or phrase.head not in KIN:
        return
    if words.words[start or 0].lower() == "the" and _is_closed(words, mention):
        accounts.take(words, block, mention, phrase, Rank.BEFORE)


def _read_kin_before_colon(
    scene: Scene, block: int, words: Words, place: int, colon: int, accounts: Accounts
) -> None:
    """Read "Three sisters survived infancy: Lena, Marta and Ilse"."""
    first, _ = words.sentence(colon)
    for at in range(colon - 1, first - 1, -1):
        kin = PLURAL_KIN.get(words.words[at].lower())
        if kin is None:
            continue
        phrase = read_phrase(scene, block, at, at + 1, tail=False)
        whose = scene.carried(block, first, None)
        if phrase is not None and whose is not None:
            phrase.owners = (whose,)
            phrase.text = f"{kin[:1].upper()}{kin[1:]} of {whose.name}"
            for named in listed(scene, block, words, place):
                accounts.take(words, block, named, phrase, Rank.BEFORE)
        return


def _take_parents(
    words: Words, block: int, named: list[Mentioned], phrase: Phrase, accounts: Accounts
) -> None:
    """Take "her parents, Howard and Lucille Tarr": the father is named before the mother."""
    owners = " and ".join(who.name for who in phrase.owners)
    for mention, kind in zip(named, ("father", "mother"), strict=True):
        text = f"{kind.capitalize()} of {owners}" if owners else ""
        accounts.take(words, block, mention, replace(phrase, head=kind, text=text), Rank.BEFORE)


_MUTUAL = frozenset({"brother", "sister", "sibling", "twin", "cousin"})


def _relate_each_other(named: list[Mentioned], phrase: Phrase, accounts: Accounts) -> None:
    """Read "the brothers Axel and Bengt Ros": each is the other's brother."""
    for one in named:
        for other in named:
            if one.who is not other.who:
                accounts.relate(one.who, phrase.head, other.who)


def _carry_owners(
    scene: Scene,
    block: int,
    words: Words,
    place: int,
    start: int,
    phrase: Phrase,
    accounts: Accounts,
) -> None:
    """Give "his son A, sister B and brother C" one owner: his, of whom the first is told."""
    before = scene.mentions[block][place - 1]
    between = without_brackets(words.words[before.shape.last : start])
    if between not in ([","], ["and"], [",", "and"]):
        return
    owners = accounts.owners.get((block, before.shape.first), ())
    if owners:
        phrase.owners = owners
        names = " and ".join(who.name for who in owners)
        phrase.text = f"{phrase.head[:1].upper()}{phrase.head[1:]} of {names}"


def _kin_of_owners_before(
    scene: Scene, block: int, words: Words, start: int, phrase: Phrase
) -> Phrase:
    """Give "had two sons, A and B" its owners: whom the sentence is about."""
    first, _ = words.sentence(start)
    verbs = [at for at in range(first, start) if words.words[at] in {"had", "has", "have", "bore"}]
    if not verbs and phrase.head in CHILDREN and start > first:
        phrase.owners = _parents_of_the_child_before(scene, block, words, first, start)
        if phrase.owners:
            names = " and ".join(who.name for who in phrase.owners)
            phrase.text = f"{phrase.head.capitalize()} of {names}"
            return phrase
    is_a_relative = words.opens[start] and words.words[start].lower() in {"a", "an"}
    if not verbs and not is_a_relative:
        return phrase
    owners: tuple[Identity, ...]
    if not verbs:
        whose = scene.carried(block, first, None)
        owners = (whose,) if whose is not None else ()
    elif words.words[verbs[-1]] == "bore":
        owners = _parents_of_the_born(scene, block, words, verbs[-1])
    else:
        owners = those_who_had(scene, block, words, verbs[-1])
    if owners:
        phrase.owners = owners
        names = " and ".join(who.name for who in owners)
        phrase.text = f"{phrase.head[:1].upper()}{phrase.head[1:]} of {names}"
    return phrase


def _parents_of_the_child_before(
    scene: Scene, block: int, words: Words, first: int, start: int
) -> tuple[Identity, ...]:
    """Return whose son Jan is in "Their daughter Isla was born in 1811; a son, Jan, in 1813"."""
    texts = words.words
    opening = texts[first].lower()
    is_of_somebody = opening in {"his", "her", "their"} and is_kin(texts, first + 1)
    before = texts[start - 1]
    if not is_of_somebody or before not in {";", "and"} or texts[start].lower() in _OWNERS_AND_THE:
        return ()
    named = [m for m in scene.between(block, first, start) if m.who.is_person]
    owners = scene.kin_of.get((block, named[0].shape.first), ()) if named else ()
    child = next((word for word in texts[first + 1 :] if word.lower() in KIN), "")
    return owners if child in CHILDREN else ()


_OWNERS_AND_THE = frozenset({"the", "his", "her", "their", "its", "whose"})


def _parents_of_the_born(scene: Scene, block: int, words: Words, verb: int) -> tuple[Identity, ...]:
    """Return who "she bore him" tells of: the mother, and her husband."""
    mention = scene.ending(block, verb)
    mother = mention.who if mention is not None else scene.whose(block, verb - 1)
    if mother is None:
        return ()
    husbands = scene.spouses.get(mother, [])
    is_his = words.words[verb + 1 : verb + 2] == ["him"] and len(husbands) == 1
    return (husbands[0], mother) if is_his else (mother,)


def _is_closed(words: Words, mention: Mentioned) -> bool:
    """Whether a name behind a comma is set off by what follows, as an apposition is."""
    last = mention.shape.last
    return last >= len(words) or words.words[last] in _ENDS


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
    after = texts[phrase.last] if phrase.last < len(texts) else "."
    named = scene.beginning(block, phrase.last)
    if named is not None and named.who.is_person:
        return  # "Kern, the painter Brandt and ...": a list of people
    if _is_in_list(scene, block, words, index, phrase):
        return
    is_clear = bool(phrase.owners) or not _DETERMINERS.isdisjoint(
        word.lower() for word in texts[index : index + 2]
    )
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
