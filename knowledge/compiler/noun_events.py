"""Events that a noun tells: "until his death on 3 May", "after her marriage to X in 1811"."""

from __future__ import annotations

from typing import NamedTuple

from knowledge.compiler.tokens import DATE, DETERMINERS, PREPOSITIONS, Token
from knowledge.compiler.verb_forms import Form, base, form

GOVERNORS = frozenset(
    "until till after before following since upon between from by despite with and at for"
    " of".split()
)

_TOLD = """
death: died; birth: was born; marriage: married; wedding: married; divorce: divorced;
election: was elected; appointment: was appointed; arrest: was arrested; release: was released;
execution: was executed; assassination: was assassinated; murder: was murdered;
resignation: resigned; retirement: retired; return: returned; arrival: arrived;
departure: departed; abdication: abdicated; coronation: was crowned; ordination: was ordained;
graduation: graduated; dismissal: was dismissed; expulsion: was expelled;
deportation: was deported; conviction: was convicted; escape: escaped; surrender: surrendered;
capture: was captured; fall: fell; opening: opened; closure: closed; completion: was completed;
foundation: was founded; founding: was founded; establishment: was established;
dissolution: was dissolved; outbreak: broke out; end: ended; collapse: collapsed;
defeat: was defeated; annexation: was annexed; destruction: was destroyed;
signing: was signed; publication: was published; disappearance: disappeared;
suicide: committed suicide; baptism: was baptised; burial: was buried; promotion: was promoted;
emigration: emigrated; flight: fled; beheading: was beheaded; canonisation: was canonised;
abolition: was abolished; occupation: was occupied; ratification: was ratified;
demolition: was demolished; inauguration: was inaugurated
"""
TELLING = {
    noun.strip(): words.strip()
    for noun, _, words in (entry.partition(":") for entry in _TOLD.split(";"))
}
"""What each noun says of its owner, as a verb."""


_WISHES = frozenset(
    base(word)
    for word in (
        "asked called pressed applied appealed petitioned begged pleaded waited sued campaigned"
        " demanded prayed argued lobbied hoped prepared voted longed fought pushed"
    ).split()
)
"""Verbs that wish for what the noun behind "for" says, and don't tell it."""


class NounEvent(NamedTuple):
    """A noun that tells a dated event, as ranges of tokens.

    `owner` is whose it is ("his", "X's", or what follows "of"); `rest` lies between the noun and
    the date ("to Ilse Brandt"); `words` is the verb that says the same.
    """

    owner: tuple[int, int]
    possessive: bool
    noun: int
    rest: tuple[int, int]
    words: str


def noun_event(tokens: list[Token], date: int, start: int) -> NounEvent | None:
    """Return the noun event that a date belongs to, looking back from it as far as `start`.

    Only a noun behind a preposition counts: in "announced his resignation on 3 May" the verb has
    the date. Between the noun and the date stands no verb.
    """
    for at in range(date - 1, start, -1):
        token = tokens[at]
        if token.word in ",;:" or token.word == DATE:
            return None
        words = TELLING.get(token.word)
        if words is None:
            if form(token.word) in (Form.FINITE, Form.PAST) and not token.inner:
                return None
            continue
        return _owned(tokens, at, date, start, words)
    return None


def _owned(tokens: list[Token], noun: int, date: int, start: int, words: str) -> NounEvent | None:
    before = noun - 1
    stop = date
    while stop > noun + 1 and tokens[stop - 1].word in (
        "on",
        "in",
        "the",
        "early",
        "late",
        "about",
    ):
        stop -= 1
    if before >= start and tokens[before].word == "the":
        if noun + 2 < stop and tokens[noun + 1].word == "of" and _governed(tokens, before, start):
            end = next(
                (i for i in range(noun + 2, stop) if tokens[i].word in PREPOSITIONS - {"of"}), stop
            )
            return NounEvent((noun + 2, end), False, noun, (end, stop), words)
        return None
    begin = before
    while (
        begin > start
        and tokens[begin - 1].word not in PREPOSITIONS
        and (tokens[begin].word not in DETERMINERS and tokens[begin - 1].word != ",")
    ):
        begin -= 1
    if begin < start or begin > before:
        return None
    owned = tokens[before].word.endswith(("'s", "’s", "s'", "s’"))
    pronoun = tokens[before].word in ("his", "her", "their", "its")
    if not (owned or pronoun) or not _governed(tokens, begin, start):
        return None
    return NounEvent((begin, before + 1), True, noun, (noun + 1, stop), words)


def _governed(tokens: list[Token], begin: int, start: int) -> bool:
    """Whether a preposition stands before a noun, which no wish needs: "asked for his release"."""
    at = begin - 1
    if at < start or tokens[at].word not in GOVERNORS:
        return False
    wished = tokens[at].word == "for" and at > start
    return not (wished and base(tokens[at - 1].word) in _WISHES)
