"""What a date does in its sentence: it says when this happened, or something else.

"The treaty of 3 May" says which treaty; "after the coup of 3 May" says after what; "in force until
1945" bounds a state. The words around the date decide, in general terms.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from knowledge.compiler.date_groups import DateGroup, is_day
from knowledge.compiler.date_removal import is_attributive
from knowledge.compiler.verb_forms import BE, Form, base, form
from knowledge.model import Qualifier

HAPPENINGS = frozenset(
    "election elections battle coup earthquake flood fire revolt uprising rising storm referendum"
    " massacre riot riots strike explosion siege attack raid final match census putsch eruption"
    " crash disaster congress conference meeting vote session hearings concert race events crisis"
    " rebellion mutiny bombing trial hearing performance premiere derby plenum schism split"
    " convention tournament championship games exhibition expedition campaign offensive action"
    " duel engagement assault sortie skirmish gale hurricane cyclone tsunami eclipse sitting"
    " honours honors ceremony procession coronation wedding funeral"
    " march demonstration protest parade landing bombardment"
    " ambush collision visit debate by-election runoff bout regatta marathon show council synod"
    " diet poll purge pogrom epidemic famine outbreak blizzard avalanche landslide mission".split()
)
"""Nouns of what happens at a time: "in the election of 3 May he won"."""
TRANSPARENT = frozenset(
    "night morning evening afternoon hours day spring summer autumn winter fall beginning end start"
    " middle month year weekend week dawn eve half part outbreak course frost on at in as until"
    " back away out far came went dating".split()
)
"""Nouns behind which "of 3 May" dates the sentence, not the noun."""
_OF = re.compile(
    r"\b(?P<noun>[^\W\d_]+)\s+(?P<link>of|dated(?: to)?|from)\s+(?:the\s+)?(?:early\s+|late\s+)?$"
)
_BY_DEED = re.compile(
    r"\bby (?:[^\W\d_]+ ){0,3}(?:order|decree|edict|ukase|law|act|charter|patent|decision"
    r"|resolution|proclamation|ordinance|bull|treaty|will|verdict)\s+of\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""A deed dates what was done by it: "by decree of 3 May the school was closed"."""
_LETTER = re.compile(
    r"\b[Ii]n (?:an?|the|his|her|their|one) (?:[a-z]+ ){0,2}"
    r"(?:letter|telegram|cable|note|postcard|dispatch|despatch|entry|memorandum|message)"
    r"(?: (?:to|from) [^,.;:()]{1,50})?,? (?:of|dated|from) (?:the )?$"
)
"""A letter dates what somebody says in it: "In a letter to his wife of 3 May he complained"."""
_A_LETTER = re.compile(
    r"^(?:An?|The|His|Her) (?:[a-z]+ ){0,2}(?:letter|telegram|despatch|dispatch|note)\b[^.;,]{0,60}"
    r" dated (?:the )?$"
)
_MENTIONED = re.compile(
    r"\b(?:is|was) (?:[a-z]+ ){0,2}(?:mentioned|recorded|documented|attested|named|listed)\b[^.;]*"
    r" (?:of|dated|from) (?:the )?$"
)
"""A deed in which a place is first named dates that: "is first mentioned in a charter of 942"."""
_SAYS = re.compile(
    r",? (?:called|wrote|reported|praised|described|said|announced|noted|hailed|carried|printed"
    r"|declared|published|claimed|condemned|criticised|criticized|commented|thought|found)\b"
)
_WORD = re.compile(r"[^\W_][\w'’–-]*|[^\w\s]")
_GOVERNORS = frozenset("after following since before despite amid".split())
_SHOWN = frozenset(
    base(word)
    for word in (
        "laid brought appeared stood came put placed spoke testified presented played performed"
        " sang danced tried heard argued preached knelt pleaded swore read shown appear"
    ).split()
)
"""Verbs of what is done in front of somebody."""
_AROUND_DATES = frozenset("on in of at the early late mid".split())
_LONGEST_PHRASE = 12
"""Words between "after" and the date that it governs."""
_AT = re.compile(
    r"\b(?:at|in|during|on)\s+(?:the|a|an|his|her|its|their)\s+(?:early\s|late\s)?$", re.IGNORECASE
)
_AFTER = re.compile(
    r"\b(?P<word>after|following|since|before|despite|prior to)\s+(?:the|a|an|his|her)\s+$",
    re.IGNORECASE,
)
_BEFORE_WORDS = frozenset({"before", "prior to"})


class Role(NamedTuple):
    """How surely the date says when the sentence happened, and the qualifier that it gets instead.

    With a qualifier the date's words stay in the sentence: "Following the crisis of 3 May, ...".
    """

    sure: float
    qualifier: Qualifier | None = None


NONE = Role(0.0)
PLAIN = Role(1.0)
SAID_THEN = Role(0.9, Qualifier.ON)
"""The date stays in the sentence, for it belongs to the letter or the paper as much."""


def role_of(text: str, group: DateGroup, start: int, *, before_verb: bool, alone: bool) -> Role:
    """Return the role of a date in the sentence that begins at `start`.

    `before_verb` says that it stands before the verb of its clause, `alone` that the clause has
    no other date.
    """
    lead = text[max(start, group.start - 120) : group.start]
    if is_attributive(text, group):
        return _attributive(text, group, lead, before_verb=before_verb)
    if attribute := _OF.search(lead):
        noun = attribute["noun"].lower()
        if (
            noun in BE
            or _A_LETTER.search(lead)
            or _MENTIONED.search(lead)
            or _LETTER.search(lead)
            or _is_newspaper(text, group, attribute)
        ):
            return SAID_THEN
        if noun in TRANSPARENT or attribute["link"] == "from":
            return PLAIN
        if _BY_DEED.search(lead):
            return Role(0.8)
        if noun not in HAPPENINGS or attribute["link"] != "of":
            return _governed(lead, group) or NONE
        return _governed(lead, group) or (PLAIN if before_verb or is_day(group) else Role(0.7))
    governed = _governed(lead, group)
    if governed is None:
        return PLAIN
    if is_day(group) or before_verb or not alone:
        return governed
    return Role(0.7)


def _is_newspaper(text: str, group: DateGroup, attribute: re.Match[str]) -> bool:
    """Whether "The Herald of 3 May called it a farce": a paper says something on its day."""
    return attribute["noun"][0].isupper() and _SAYS.match(text, group.stop) is not None


def _governed(lead: str, group: DateGroup) -> Role | None:
    """Return the role of a date inside "after the failed coup in March", none for any other."""
    words = _WORD.findall(lead)
    while words and words[-1].lower() in _AROUND_DATES:
        words.pop()
    for nouns, word in enumerate(reversed(words[-_LONGEST_PHRASE - 1 :])):
        lowered = word.lower()
        if lowered in _GOVERNORS:
            place = len(words) - 1 - nouns
            if lowered == "before" and place and base(words[place - 1].lower()) in _SHOWN:
                return None  # "laid before Parliament on 3 May"
            return _relative_to(lowered, group) if nouns else None
        if not word[0].isalpha() or _is_of_a_clause(word):
            return None
    return None


def _is_of_a_clause(word: str) -> bool:
    """Whether a word shows that a clause stands there, not a noun phrase alone."""
    plain = word.islower() and form(word) in (Form.FINITE, Form.GERUND)
    return word.lower() in _PRONOUNS or (plain and word not in HAPPENINGS)


_PRONOUNS = frozenset("he she they it who which".split())


def _relative_to(word: str, group: DateGroup) -> Role:
    if not is_day(group):
        return NONE
    return Role(0.7, Qualifier.BEFORE if word in _BEFORE_WORDS else Qualifier.AFTER)


def _attributive(text: str, group: DateGroup, lead: str, *, before_verb: bool) -> Role:
    """Return the role of the date in "at the 3 July meeting", "the 1925 book"."""
    behind = [word.lower() for word in re.findall(r"[^\W\d_]+", text[group.stop : group.stop + 60])]
    happening = any(word in HAPPENINGS for word in behind[:5])
    if match := _AFTER.search(lead):
        return _relative_to(match["word"].lower(), group)
    if happening and (before_verb or _AT.search(lead)):
        return PLAIN if is_day(group) else Role(0.8)
    if happening and is_day(group) and lead.rstrip().lower().endswith((" in the", " at the")):
        return PLAIN
    return NONE
