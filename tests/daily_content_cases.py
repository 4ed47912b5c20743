"""What tests of daily posts' content share: small packs, a place that is told, what it hears."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from adapters.discord import render as discord
from adapters.telegram import render as telegram
from bot.daily.choices import DailyChoices, EmptyChoice, ToneChoice
from bot.daily.content import DailyContent, daily_reply
from bot.daily.own_dates import OwnDate
from bot.pages import pages
from bot.reply import Note, Reply
from knowledge.store import Store

POLAR = Path(__file__).resolve().parent / "packs" / "polar-expedition"

USUAL = DailyChoices()
ALL = DailyChoices(tone=ToneChoice.ALL)
GENTLE = DailyChoices(tone=ToneChoice.GENTLE)
SILENT = DailyChoices(empty=EmptyChoice.SILENCE)
PERSON = DailyChoices(empty=EmptyChoice.PERSON)

Make = Callable[..., Store]


def event(name: str, when: str = "1900-05-05", **more: str | int) -> str:
    """Return one event of a pack as TOML; its text says its id."""
    lines = [f'id = "{name}"', f'date = "{when}"', f'text = "The thing {name} happens."']
    lines += [f'{key} = "{value}"' for key, value in more.items() if isinstance(value, str)]
    lines += [f"{key} = {value}" for key, value in more.items() if isinstance(value, int)]
    return "[[event]]\n" + "\n".join(lines) + "\n"


def person(name: str) -> str:
    """Return one person of a pack as TOML."""
    key = name.casefold().replace(" ", "-")
    return (
        f'[[entity]]\nid = "{key}"\nkind = "person"\nname = "{name}"\n'
        f'description = "Somebody called {name}."\n'
    )


def reply_of(content: DailyContent) -> Reply:
    """Return the post of content that has one."""
    assert content.reply is not None
    return content.reply


def ids(content: DailyContent) -> list[str]:
    """Return what is told, without its pack."""
    return [item.id.partition("/")[2] for item in reply_of(content).items]


def notes(content: DailyContent) -> list[str]:
    """Return the sentences beside what is told."""
    return [part.text for part in reply_of(content).parts if isinstance(part, Note)]


def remarks(content: DailyContent) -> list[str]:
    """Return what qualifies each thing told."""
    return [item.remark for item in reply_of(content).items]


class Place:
    """A place that remembers what it was told, as the ledger does."""

    def __init__(
        self,
        store: Store,
        choices: DailyChoices = USUAL,
        own: Sequence[OwnDate] = (),
        name: str = "discord/1/0",
    ) -> None:
        self.store, self.choices, self.own, self.name = store, choices, own, name
        self.told: dict[str, date] = {}

    def preview(self, day: date) -> DailyContent:
        """Return a day's post without telling it."""
        return daily_reply(self.store, day, self.choices, self.told, self.own, place=self.name)

    def post(self, day: date) -> DailyContent:
        """Tell a day's post, and return it."""
        content = self.preview(day)
        self.told.update(dict.fromkeys(content.keys, day))
        return content


def days_of(year: int) -> Iterator[date]:
    """Go through the days of a year."""
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(1)


def is_one_message(reply: Reply) -> bool:
    """Whether a post has one page on either platform."""
    on_discord = pages(reply, discord.ROOM, discord.size)
    on_telegram = pages(reply, telegram.ROOM, telegram.size)
    return len(on_discord) == len(on_telegram) == 1
