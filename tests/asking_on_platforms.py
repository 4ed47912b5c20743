"""A question typed on a platform, and the whole answer as a person reads it, page after page.

Nothing of the bot is imported here: what goes in and comes out are messages at the emulators.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from emulators.discord_server import DiscordEmulator
from emulators.discord_world import Channel
from emulators.discord_world import User as DiscordUser
from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_seen import Seen
from emulators.telegram_world import Chat
from emulators.telegram_world import User as TelegramUser
from processes import Daybook
from serving import Serving

PATIENCE = 10.0
"""Seconds until an answer that hasn't come is missed."""

PAGES, MOST_PAGES = 8, 90
"""Pages of an answer that are read, and that are turned in search of what must be there."""

QUESTIONS_A_PERSON = 50
"""After which another one asks: the emulators look through whole chats for an answer."""

CLOCK = Path(__file__).resolve().parent / "clock"

LIVE_ON_DISCORD = frozenset(
    "link masked_link autolink invite user role channel command navigation everyone here timestamp"
    " custom_emoji shortcode emoji heading list quote spoiler code code_block guild".split()
)
"""What no text of a pack or a person may become; our own bold and small print are left."""


def always(text: str) -> bool:
    """Return true: the first pages of an answer are enough."""
    return True


@dataclass(frozen=True)
class Told:
    """A whole answer: its pages' text, the labels of all buttons, and whatever is wrong in it."""

    text: str
    choices: tuple[str, ...]
    pages: int
    faults: tuple[str, ...] = ()


class Platform(Protocol):
    """A platform on which somebody asks the bot."""

    name: str
    longest: int
    """Characters that a person can send in a message."""
    asked: int
    """Questions so far."""

    def ask(self, text: str, is_enough: Callable[[str], bool] = always) -> Told:
        """Send a text and return the answer: PAGES of it, and as many more as are not enough."""

    def assert_nothing_refused(self) -> None:
        """Fail where the server refused a call of the bot."""


class OnDiscord:
    """Somebody in a private chat with the bot, or in a server where they mention it."""

    name = "discord"
    longest = 2_000

    def __init__(self, emulator: DiscordEmulator, *, in_a_server: bool = False) -> None:
        """Take a server, and where the person asks."""
        self.emulator = emulator
        self.mention = f"<@{emulator.bot.id}> " if in_a_server else ""
        self.user: DiscordUser
        self.channel: Channel
        self.asked = 0

    def _meet(self) -> None:
        """Make a person, and a server with a channel if they ask there."""
        emulator = self.emulator
        if self.mention:
            guild = emulator.add_guild("Readers")
            self.user = emulator.add_user("anna", guild, locale="en-GB")
            self.channel = emulator.add_channel(guild, "history")
        else:
            self.user = emulator.add_user("anna", locale="en-GB")
            self.channel = emulator.dm(self.user)

    def ask(self, text: str, is_enough: Callable[[str], bool] = always) -> Told:
        """Send a text and turn the pages of the reply."""
        if self.asked % QUESTIONS_A_PERSON == 0:
            self._meet()
        self.asked += 1
        asked = self.emulator.say(self.user, self.channel, self.mention + text)
        answer = self.emulator.wait_for_message(
            self.channel, lambda message: message.reference == asked.id, PATIENCE
        )
        texts, labels, faults = [answer.shown], [b.label for b in answer.buttons], []
        while more := next((b for b in answer.buttons if b.label.startswith("More")), None):
            if len(texts) >= MOST_PAGES or (len(texts) >= PAGES and is_enough("\n".join(texts))):
                break
            exchange = self.emulator.press(self.user, answer, more.label)
            exchange.wait(PATIENCE)
            if exchange.message is None:
                faults.append("a page was not turned")
                break
            answer = exchange.message
            texts.append(answer.shown)
            labels += [button.label for button in answer.buttons]
            faults += self._faults(answer)
        faults += self._faults(answer)
        return Told("\n".join(texts), tuple(labels), len(texts), tuple(faults))

    @staticmethod
    def _faults(message: object) -> list[str]:
        live = getattr(message, "live", [])
        pings = getattr(message, "pings", None)
        found = [f"{one.kind} {one.text!r}" for one in live if one.kind in LIVE_ON_DISCORD]
        pinged = pings and (pings.everyone or pings.here or pings.users or pings.roles)
        return found + ([f"pings {pings}"] if pinged else [])

    def assert_nothing_refused(self) -> None:
        """Fail where Discord refused a call."""
        self.emulator.assert_nothing_refused()


class OnTelegram:
    """Somebody in a private chat with the bot, or in a group where they reply to it."""

    name = "telegram"
    longest = 4_096

    def __init__(self, emulator: TelegramEmulator, *, in_a_group: bool = False) -> None:
        """Take a server, and where the person asks."""
        self.emulator = emulator
        self.in_a_group = in_a_group
        self.greeting: Seen | None = None
        self.user: TelegramUser
        self.chat: Chat
        self.asked = 0

    def ask(self, text: str, is_enough: Callable[[str], bool] = always) -> Told:
        """Send a text and turn the pages of the answer."""
        if self.asked % QUESTIONS_A_PERSON == 0:
            self._meet()
        self.asked += 1
        if self.in_a_group and not text.lstrip().startswith("/"):
            # what merely replies, and is no question, is left alone: it may be meant for people
            text = f"@{self.emulator.bot.username} {text}"
        answer = self.emulator.ask(
            self.user, self.chat, text, reply_to=self.greeting, timeout=PATIENCE
        )
        texts, labels = [answer.text], [b.text for b in answer.buttons]
        faults = [*self._faults(answer)]
        while more := next((b for b in answer.buttons if b.text.startswith("More")), None):
            if len(texts) >= MOST_PAGES or (len(texts) >= PAGES and is_enough("\n".join(texts))):
                break
            self.emulator.press(self.user, answer, more.text, timeout=PATIENCE)
            turned = (answer.id, answer.edits + 1)  # the press may be confirmed before that
            answer = self.emulator.wait_for_message(
                self.chat, lambda seen, turned=turned: (seen.id, seen.edits) == turned
            )
            texts.append(answer.text)
            labels += [button.text for button in answer.buttons]
            faults += self._faults(answer)
        return Told("\n".join(texts), tuple(labels), len(texts), tuple(faults))

    def _meet(self) -> None:
        """Make a person, and a group in which the bot has greeted them if they ask there."""
        self.user = self.emulator.user("Anna", language="en")
        self.chat = self.emulator.private(self.user)
        if self.in_a_group:
            self.chat = self.emulator.group("Readers", [self.user])
            name = self.emulator.bot.username
            self.greeting = self.emulator.ask(self.user, self.chat, f"/start@{name}")

    def _faults(self, message: object) -> Iterator[str]:
        commands = {f"/{command}" for command in COMMANDS}
        for live in getattr(message, "live", ()):
            if live.type != "bot_command" or live.text not in commands:
                yield f"{live.type} {live.text!r}"
        for user in getattr(message, "pings", ()):
            if user is not self.user:
                yield f"pings {user}"

    def assert_nothing_refused(self) -> None:
        """Fail where Telegram refused a call."""
        self.emulator.assert_nothing_refused()


COMMANDS = """
onthisday whowas when search timeline random sources help privacy start daily dates settings
""".split()
"""Our own commands, which may be pressed where we name them."""


@contextmanager
def serving_on_both(
    daybook: Daybook,
    discord: DiscordEmulator,
    telegram: TelegramEmulator,
    *,
    now: str | None = None,
    **variables: str,
) -> Iterator[Serving]:
    """Run the bot on both emulators, without a limit on questions; at another time if given."""
    environment: Mapping[str, str] = {
        **discord.environment,
        **telegram.environment,
        "DAYBOOK_RATE": "off",
        **variables,
    }
    if now is not None:
        moment = datetime.fromisoformat(now)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        environment = {
            **environment,
            "PYTHONPATH": str(CLOCK),
            "DAYBOOK_TESTS_NOW": moment.isoformat(),
        }
    with Serving(daybook, environment) as serving:
        serving.wait_until_ready()
        yield serving


def without_invisible(text: str) -> str:
    """Return what a person reads: without the characters that keep links and names dead."""
    return text.replace("\u2060", "")
