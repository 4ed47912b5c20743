"""Facts of the conversations that a compiled article alone answers.

The facts are those of the cases in tests/conversations that the hand-written pack about the same
article answers by itself: a `must` item counts where it stands in that pack's answer and in no
note of that pack, for what only a person noted no compiler can find. Cases that ask for other
packs, that expect nothing to be found, or that ask for something by chance don't count.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from conversation_cases import Case, conversations, plain

from adapters.console.render import to_text
from bot.answer import Answerer
from bot.command import Request
from bot.reply import Outcome
from knowledge.build import build_in_memory
from knowledge.model import Pack
from knowledge.store import Store

BY_CHANCE = ("random", "surprise")


class Fact(NamedTuple):
    """What an answer must hold; forms of it are separated by "|"."""

    case: Case
    words: str


def answers(pack: Pack, cases: Sequence[Case]) -> list[str]:
    """Return what is answered from one pack alone, without what isn't found."""
    with_pack = Answerer(Store(build_in_memory([pack])))
    told = []
    for case in cases:
        today = datetime.fromisoformat(case.setting.now).date()
        reply = with_pack.answer(Request(today=today, text=case.ask))
        is_answer = reply.outcome in (Outcome.FOUND, Outcome.AMBIGUOUS)
        told.append(plain(to_text(reply)) if is_answer else "")
    return told


def facts_of(pack: Pack) -> list[Fact]:
    """Return the facts that a hand-written pack answers alone."""
    cases = [
        case
        for case in conversations()
        if case.setting.packs is None and not any(word in case.ask.casefold() for word in BY_CHANCE)
    ]
    notes = plain(" ".join(entry.note for entry in (*pack.events, *pack.entities)))
    return [
        Fact(case, words)
        for case, answer in zip(cases, answers(pack, cases), strict=True)
        if answer
        for words in case.expected.get("must", ())
        if is_told(words, answer) and not is_told(words, notes)
    ]


def unanswered(facts: Sequence[Fact], pack: Pack) -> list[Fact]:
    """Return the facts that another pack doesn't answer."""
    cases = {fact.case.ask: fact.case for fact in facts}
    told = dict(zip(cases, answers(pack, list(cases.values())), strict=True))
    return [fact for fact in facts if not is_told(fact.words, told[fact.case.ask])]


def is_told(words: str, answer: str) -> bool:
    """Whether one form of a fact stands in an answer."""
    return any(plain(form) in answer for form in words.split("|"))
