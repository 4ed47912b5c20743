"""/settings: what is decided about the choices of a server or chat. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from zoneinfo import ZoneInfo

from bot.commands.settings import (
    DATE_ORDER,
    DAY_FIRST,
    LANGUAGE,
    LANGUAGES,
    MONTH_FIRST,
    NAME,
    TONE,
    USUAL,
    ZONE,
)
from bot.daily.choices import read_choices
from bot.daily.zones import read_zone
from bot.desk.asked import Asked
from bot.desk.changes import Choose, Decision
from bot.desk.values import Settings, Snapshot
from bot.desk.words import clock_in_words, reply
from bot.errors import UserError
from bot.state.states import DateOrder
from bot.wording import quoted

TITLE = "Settings"

_ORDERS = {DAY_FIRST: DateOrder.DAY_FIRST.value, MONTH_FIRST: DateOrder.MONTH_FIRST.value}
_ORDER_WORDS = {value: name for name, value in _ORDERS.items()}
_OPTIONS = (ZONE, LANGUAGE, DATE_ORDER, TONE)


def decide(asked: Asked, snapshot: Snapshot) -> Decision:
    """Return what is done and said; raises UserError for what is wrong in what was asked."""
    given = {key: value.strip() for key, value in asked.options.items() if value.strip()}
    chosen = snapshot.settings
    for name in _OPTIONS:
        if name in given:
            try:
                chosen = _READERS[name](chosen, given[name], asked)
            except UserError as error:
                raise _as_commands(error, name) from None
    changes: tuple[Choose, ...] = ()
    if chosen != snapshot.settings:
        changes = (Choose(asked.target, chosen, asked.now.astimezone(UTC)),)
    said = _in_words(chosen, snapshot, asked)
    if given:
        said = [("Changed." if changes else "That is so already."), *said]
    else:  # examples to type; as buttons, a curious press would change the settings
        said.append(f"To change one: /{NAME} zone:Europe/Berlin, /{NAME} date_order:{MONTH_FIRST}.")
    return Decision(reply(NAME, TITLE, *said), changes)


def _as_commands(error: UserError, option: str) -> UserError:
    lines = tuple(f"/{NAME} {option}:{choice}" for choice in error.choices)
    return UserError(error.message, lines, error.outcome)


def _in_words(chosen: Settings, snapshot: Snapshot, asked: Asked) -> list[str]:
    """Return each setting in a sentence, with what holds where nothing was chosen."""
    scope = asked.scope_in_words
    post = snapshot.subscription
    zone = chosen.zone or (post.plan.zone if post else asked.own_zone)
    origin = (
        f"chosen for this {scope}"
        if chosen.zone
        else ("that of the daily post here" if post else "the usual; none was chosen")
    )
    clock = clock_in_words(asked.now, ZoneInfo(zone))
    order = _ORDER_WORDS.get(chosen.date_order or "", "")
    return [
        f"Zone: {zone} ({origin}). It is {clock} there.",
        "Date order: "
        + (
            f"{order}, chosen."
            if order
            else "usual: month-first for who uses American English, day-first for others."
        ),
        f"Tone of new daily posts: {chosen.tone or 'balanced'}{', chosen' if chosen.tone else ''}.",
        "Language: English, the only one for now.",
    ]


def _zone(chosen: Settings, typed: str, asked: Asked) -> Settings:
    if typed.casefold() == USUAL:
        return replace(chosen, zone=None)
    return replace(chosen, zone=str(read_zone(typed, asked.now).key))


def _language(chosen: Settings, typed: str, asked: Asked) -> Settings:
    if typed.casefold() not in (*LANGUAGES, "english"):
        raise UserError(
            f'I speak English only for now, so "{quoted(typed)}" can\'t be chosen.', LANGUAGES
        )
    return replace(chosen, language=LANGUAGES[0])


def _date_order(chosen: Settings, typed: str, asked: Asked) -> Settings:
    word = typed.casefold().replace(" ", "-").replace("_", "-")
    if word == USUAL:
        return replace(chosen, date_order=None)
    order = _ORDERS.get(word)
    if order is None:
        raise UserError(
            f'"{quoted(typed)}" is no order. Is 03-05 the 3 May (day-first) or 5 March'
            " (month-first)?",
            (DAY_FIRST, MONTH_FIRST, USUAL),
        )
    return replace(chosen, date_order=order)


def _tone(chosen: Settings, typed: str, asked: Asked) -> Settings:
    if typed.casefold() == USUAL:
        return replace(chosen, tone=None)
    return replace(chosen, tone=read_choices(asked.store, {TONE: typed}).tone.value)


_READERS = {ZONE: _zone, LANGUAGE: _language, DATE_ORDER: _date_order, TONE: _tone}
