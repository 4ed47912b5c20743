"""What a place chose for its daily post: kinds, a subject, its tone, what an empty day tells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.commands.subject import read_subject
from bot.errors import UserError
from bot.safe_text import safe
from bot.wording import joined, quoted
from knowledge.store import Store

LONGEST_ABOUT = 200
"""Characters of a subject: as many as a name in a pack may have (docs/packs.md)."""

MOST_KINDS = 20
"""Kinds that a place may list; whoever wants more wants all."""

LONGEST_KINDS = 500
"""Characters of a list of kinds that are read."""

ANY = frozenset({"", "all", "any", "everything"})
"""What is typed for no filter at all."""

_BETWEEN_KINDS = re.compile(r"[,;/+]|\band\b|\bor\b")


class ToneChoice(StrEnum):
    """How much of the grim a place wants to hear.

    GENTLE leaves out what its pack marks as grim, and deaths of every sort. BALANCED tells at most
    one grim event a day, and not first where there is another. ALL leaves nothing out.
    """

    GENTLE = "gentle"
    BALANCED = "balanced"
    ALL = "all"


class EmptyChoice(StrEnum):
    """What is told on a day on which nothing happened."""

    MONTH = "month"
    PERSON = "person"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class DailyChoices:
    """The choices of one place. No `kinds` are all kinds, an empty `about` is everything."""

    kinds: tuple[str, ...] = ()
    about: str = ""
    tone: ToneChoice = ToneChoice.BALANCED
    empty: EmptyChoice = EmptyChoice.MONTH

    def to_options(self) -> dict[str, str]:
        """Return the choices as text by their names, as `stored_choices` reads them."""
        return {
            "kinds": ",".join(self.kinds),
            "about": self.about,
            "tone": self.tone.value,
            "empty": self.empty.value,
        }

    @property
    def in_words(self) -> str:
        """What is chosen, as a part of a sentence: "birth and death, about X, gentle"."""
        words = [joined(self.kinds)] if self.kinds else ["events of every kind"]
        words += [f"about {self.about}"] if self.about else []
        words += {
            ToneChoice.GENTLE: ["nothing grim and no deaths"],
            ToneChoice.BALANCED: ["at most one grim event a day"],
            ToneChoice.ALL: [],
        }[self.tone]
        return ", ".join(words)


def read_choices(store: Store, options: Mapping[str, str]) -> DailyChoices:
    """Return what an admin typed as `kinds`, `about`, `tone` and `empty`; the rest as usual.

    Raises UserError, with texts to type instead, for a kind or a subject that the library does not
    have and for another tone or kind of empty day than there are.
    """
    return DailyChoices(
        _kinds(store, options.get("kinds", "")),
        _about(store, options.get("about", "")),
        _tone(options.get("tone", "")),
        _empty(options.get("empty", "")),
    )


def stored_choices(options: Mapping[str, str]) -> DailyChoices:
    """Return choices that were kept as `DailyChoices.to_options` writes them.

    The library is not asked: a kind or subject that it had when it was chosen may be gone. Raises
    UserError for a tone or kind of empty day that there is not.
    """
    return DailyChoices(
        tuple(kind for kind in options.get("kinds", "").split(",") if kind),
        options.get("about", ""),
        _tone(options.get("tone", "")),
        _empty(options.get("empty", "")),
    )


def _kinds(store: Store, typed: str) -> tuple[str, ...]:
    text = safe(typed[:LONGEST_KINDS]).casefold()
    if text in ANY:
        return ()
    known = store.event_kinds
    words = [word.strip() for word in _BETWEEN_KINDS.split(text) if word.strip()]
    if len(typed) > LONGEST_KINDS or len(words) > MOST_KINDS:
        raise UserError(f"Name at most {MOST_KINDS} kinds of events, or all.", ("all",))
    found: dict[str, None] = {}
    for word in words:
        kind = next((one for one in (word, *_singulars(word)) if one in known), None)
        if kind is None:
            raise UserError(
                f'"{quoted(word)}" is no kind of event here. There are {joined(sorted(known))}.'
                if known
                else "The library has no events, so that there are no kinds to choose.",
                tuple(sorted(known)),
            )
        found[kind] = None
    return tuple(found)


def _singulars(word: str) -> Iterable[str]:
    """Yield what a plural may be one of: "births", "treaties", "speeches", "strikes"."""
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending):
            yield word.removesuffix(ending) + instead


def _about(store: Store, typed: str) -> str:
    if len(typed) > LONGEST_ABOUT:
        raise UserError(f"A subject has at most {LONGEST_ABOUT} characters.")
    text = safe(typed)
    if text.casefold() in ANY:
        return ""
    read_subject(store, text)
    return text


def _tone(typed: str) -> ToneChoice:
    text = safe(typed[:LONGEST_ABOUT]).casefold() or ToneChoice.BALANCED
    try:
        return ToneChoice(text)
    except ValueError:
        raise _no_such("tone", typed, ToneChoice) from None


def _empty(typed: str) -> EmptyChoice:
    text = safe(typed[:LONGEST_ABOUT]).casefold() or EmptyChoice.MONTH
    try:
        return EmptyChoice(text)
    except ValueError:
        raise _no_such("choice for an empty day", typed, EmptyChoice) from None


def _no_such(what: str, typed: str, choices: type[StrEnum]) -> UserError:
    values = tuple(choice.value for choice in choices)
    return UserError(f'"{quoted(typed)}" is no {what}. There are {joined(values)}.', values)
