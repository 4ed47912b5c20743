"""Interactions: what a bot may answer to one, when, and how often.

Rules: docs.discord.com/developers/interactions/receiving-and-responding.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from time import perf_counter
from typing import Any

from emulators.discord_errors import FormErrors, Json, Refusal, form_error
from emulators.discord_limits import ANSWER_FLAGS, EPHEMERAL, V2, check_message
from emulators.discord_messages import Message, Messages
from emulators.discord_seen import SeenMessage
from emulators.discord_world import Channel, User, World

FIRST_ANSWER = 3.0
"""Seconds within which the first answer must come."""
TOKEN_LIFE = 900.0
"""Seconds for which follow-ups may be sent."""
USER_FOLLOW_UPS = 5
"""Follow-ups where the app is installed for the user only."""

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5

ANSWERS: dict[int, tuple[int, ...]] = {
    COMMAND: (4, 5, 9),
    COMPONENT: (4, 5, 6, 7, 9),
    AUTOCOMPLETE: (8,),
    MODAL: (4, 5, 6, 7),
}
"""Which types of answers go with which type of interaction."""


class Exchange:
    """One interaction and all that the bot answers to it. Safe to read from any thread.

    `wait()` waits for the first answer. All else tells what has happened so far.
    """

    def __init__(
        self,
        payload: Json,
        *,
        user: User,
        channel: Channel,
        source: Message | None,
        user_installed: bool,
        now: float,
        wait: Callable[[Callable[[], bool], float], bool],
    ) -> None:
        self.payload = payload
        """The interaction as it was sent to the bot."""
        self.user = user
        self.channel = channel
        self.source = source
        self.user_installed = user_installed
        self.created = now
        self.sent_at = 0.0
        self.answered_at = 0.0
        self.type: int | None = None
        """The type of the first answer: 4 message, 5 thinking, 6 and 7 edit, 8 choices, 9 form."""
        self.answer: Json | None = None
        """The body of the first answer."""
        self.choices: list[Json] = []
        """The choices that an autocomplete was answered with."""
        self.modal: Json | None = None
        self.original: Message | None = None
        self.follow_ups: list[Message] = []
        self.messages: dict[str, Message] = {}
        self.deferred_update = False
        self.deliveries = 0
        self.on_answer: Callable[[Exchange], None] | None = None
        self._now: Callable[[], float] = lambda: now
        self._wait = wait

    @property
    def id(self) -> str:
        """The interaction's id."""
        made: str = self.payload["id"]
        return made

    @property
    def token(self) -> str:
        """The interaction's token."""
        made: str = self.payload["token"]
        return made

    @property
    def answered(self) -> bool:
        """Whether a first answer came."""
        return self.type is not None

    @property
    def expired(self) -> bool:
        """Whether no first answer came within 3 s: people see "did not respond"."""
        return not self.answered and self._now() - self.created > FIRST_ANSWER

    @property
    def latency(self) -> float:
        """Seconds from sending the interaction to the arrival of its first answer."""
        if not self.answered:
            raise ValueError("there is no answer yet")
        return self.answered_at - self.sent_at

    @property
    def ephemeral(self) -> bool:
        """Whether the answer is for the asker only."""
        if self.original is not None and self.type in (4, 5):
            return self.original.ephemeral
        return False

    @property
    def message(self) -> SeenMessage | None:
        """What the asker sees as the answer, also the edited message of a pressed button.

        None while the bot is thinking, for choices and forms, and once the answer was deleted.
        """
        if self.original is None or self.original.loading or self.original.deleted:
            return None
        return SeenMessage(self.original)

    @property
    def followups(self) -> list[SeenMessage]:
        """The further messages that are still there, in order."""
        return [SeenMessage(each) for each in self.follow_ups if not each.deleted]

    def wait(self, timeout: float = 5.0) -> Exchange:
        """Wait for the first answer; raises `TimeoutError` if none comes."""
        self.wait_for(lambda: self.answered, timeout, "an answer")
        return self

    def wait_for_message(self, timeout: float = 5.0) -> SeenMessage:
        """Wait for the answer's text, also of one that is deferred first."""
        self.wait_for(lambda: self.message is not None, timeout, "a message")
        message = self.message
        assert message is not None
        return message

    def wait_for_followup(self, timeout: float = 5.0) -> SeenMessage:
        """Wait for a further message and return the last one."""
        self.wait_for(lambda: bool(self.followups), timeout, "a further message")
        return self.followups[-1]

    def wait_for(self, holds: Callable[[], bool], timeout: float, what: str = "that") -> None:
        """Wait until a condition on this exchange holds; raises `TimeoutError`."""
        if not self._wait(holds, timeout):
            name = self.payload["data"].get("name") or self.payload["data"].get("custom_id")
            raise TimeoutError(f"no {what} to the interaction {name!r} within {timeout} s")


class Interactions:
    """Takes the bot's answers."""

    def __init__(self, world: World, messages: Messages) -> None:
        self.world = world
        self.messages = messages
        self.by_token: dict[str, Exchange] = {}

    def open(self, exchange: Exchange) -> None:
        """Let an exchange begin."""
        exchange._now = self.world.now
        self.by_token[exchange.token] = exchange

    @staticmethod
    def new_token() -> str:
        """Return a token of the length that Discord's have."""
        return "aW50" + secrets.token_urlsafe(96)

    # -- the first answer -------------------------------------------------------------------------

    def callback(self, interaction_id: str, token: str, body: Json) -> Json:
        """Take the first answer and return the callback response; raises `Refusal`."""
        exchange = self.by_token.get(token)
        if exchange is None or exchange.id != interaction_id:
            raise Refusal(10062, "No interaction has this id and token")
        if exchange.answered:
            raise Refusal(40060)
        if self.world.now() - exchange.created > FIRST_ANSWER:
            raise Refusal(10062, "The first answer came more than 3 s after the interaction")
        kind = body.get("type")
        asked = exchange.payload["type"]
        if kind not in ANSWERS[asked]:
            raise form_error(("type",), "BASE_TYPE_CHOICES", f"{kind} can't answer a type {asked}")
        data = body.get("data") or {}
        self._first(exchange, kind, data)
        exchange.answer = body
        exchange.answered_at = perf_counter()
        exchange.type = kind
        if exchange.on_answer is not None:
            exchange.on_answer(exchange)
        return self._response(exchange, kind)

    def _first(self, exchange: Exchange, kind: int, data: Json) -> None:
        if kind == 4:
            exchange.original = self._add(exchange, data)
        elif kind == 5:
            if (data.get("flags") or 0) & ~(EPHEMERAL | V2):
                message = "Only EPHEMERAL can be set while thinking"
                raise form_error(("data", "flags"), "BITFIELD_INVALID", message)
            exchange.original = self._thinking(exchange, data.get("flags") or 0)
        elif kind in (6, 7):
            if exchange.source is None:
                raise form_error(("type",), "BASE_TYPE_CHOICES", "There is no message to edit")
            exchange.original = exchange.source
            exchange.deferred_update = kind == 6
            if kind == 7 and not exchange.source.deleted:
                _in_data(lambda: self.messages.change(exchange.source, data))  # type: ignore[arg-type]
        elif kind == 8:
            exchange.choices = check_choices(data, exchange.payload)
        else:
            exchange.modal = check_modal(data)

    def _add(self, exchange: Exchange, data: Json) -> Message:
        _in_data(lambda: check_message(data, flags_allowed=ANSWER_FLAGS))
        message = self.messages.add(
            exchange.channel,
            self.world.bot,
            data,
            sender_may=self.world.permissions(self.world.bot, exchange.channel),
            answer=self._marks(exchange),
        )
        exchange.messages[message.id] = message
        return message

    def _thinking(self, exchange: Exchange, flags: int) -> Message:
        message = self.messages.add(
            exchange.channel,
            self.world.bot,
            {"flags": (flags & EPHEMERAL) | 1 << 7},
            sender_may=0,
            answer=self._marks(exchange),
        )
        message.loading = True
        exchange.messages[message.id] = message
        return message

    def _marks(self, exchange: Exchange) -> Json:
        payload = exchange.payload
        user = exchange.user.json()
        metadata: Json = {
            "id": exchange.id,
            "type": payload["type"],
            "user": user,
            "authorizing_integration_owners": payload["authorizing_integration_owners"],
        }
        marks: Json = {
            "type": 20 if payload["type"] == COMMAND else 0,
            "webhook_id": self.world.application_id,
            "application_id": self.world.application_id,
            "interaction_metadata": metadata,
        }
        if payload["type"] == COMMAND:
            name = payload["data"]["name"]
            metadata |= {"name": name, "command_type": payload["data"]["type"]}
            marks["interaction"] = {"id": exchange.id, "type": 2, "name": name, "user": user}
        elif exchange.source is not None:
            metadata["interacted_message_id"] = exchange.source.id
            reference: Json = {"type": 0, "channel_id": exchange.channel.id}
            if exchange.channel.guild:
                reference["guild_id"] = exchange.channel.guild.id
            marks["message_reference"] = reference | {"message_id": exchange.source.id}
            marks["type"] = 19
        return marks

    def _response(self, exchange: Exchange, kind: int) -> Json:
        about: Json = {"id": exchange.id, "type": exchange.payload["type"]}
        resource: Json = {"type": kind}
        if exchange.original is not None:
            about |= {
                "response_message_id": exchange.original.id,
                "response_message_loading": exchange.original.loading,
                "response_message_ephemeral": exchange.original.ephemeral,
            }
            if kind in (4, 7):
                resource["message"] = exchange.original.data
        made: Json = {"interaction": about}
        if kind in (4, 7):
            made["resource"] = resource
        return made

    # -- after it ---------------------------------------------------------------------------------

    def living(self, application_id: str, token: str) -> Exchange:
        """Return the exchange of a webhook's token; raises `Refusal`."""
        exchange = self.by_token.get(token)
        if exchange is None or application_id != self.world.application_id:
            raise Refusal(10015, "No interaction has this token")
        if self.world.now() - exchange.created > TOKEN_LIFE:
            raise Refusal(50027, "The interaction is more than 15 min old")
        if not exchange.answered or exchange.type in (8, 9):
            raise Refusal(10015, "The interaction has no first answer yet")
        return exchange

    def follow_up(self, application_id: str, token: str, body: Json) -> Json:
        """Send a further message; the first after "thinking" takes its place."""
        exchange = self.living(application_id, token)
        thinking = exchange.original
        if thinking is not None and thinking.loading and not thinking.deleted:
            return self._fill(thinking, body)
        if exchange.user_installed and len(exchange.follow_ups) >= USER_FOLLOW_UPS:
            raise Refusal(40094)
        check_message(body, flags_allowed=ANSWER_FLAGS)
        message = self.messages.add(
            exchange.channel,
            self.world.bot,
            body,
            sender_may=self.world.permissions(self.world.bot, exchange.channel),
            answer=self._marks(exchange) | {"type": 19},
        )
        exchange.messages[message.id] = message
        exchange.follow_ups.append(message)
        return message.data

    def find(self, application_id: str, token: str, message_id: str) -> Message:
        """Return a message of an exchange (`@original` is its first); raises `Refusal` 10008."""
        exchange = self.living(application_id, token)
        found = exchange.messages.get(message_id)
        if message_id == "@original" or (
            exchange.original is not None and exchange.original.id == message_id
        ):
            found = exchange.original
        if found is None or found.deleted:
            raise Refusal(10008)
        return found

    def edit(self, message: Message, body: Json) -> Json:
        """Edit a message of an exchange."""
        return self._fill(message, body) if message.loading else self.messages.change(message, body)

    def _fill(self, message: Message, body: Json) -> Json:
        """Put the answer where the bot was thinking; its privacy stays as it was."""
        check_message(body, flags_allowed=ANSWER_FLAGS)
        message.data = message.data | {"flags": message.data["flags"] & EPHEMERAL}
        data = self.messages.change(message, body)
        message.loading = False
        message.pings = self.messages.pings_of_answer(message, body)
        return data


def _in_data(check: Callable[[], Any]) -> None:
    """Run a check of a body that stands under "data" in the callback."""
    try:
        check()
    except Refusal as refusal:
        if refusal.errors is not None:
            raise Refusal(50035, refusal.reason, errors={"data": refusal.errors}) from None
        raise


def check_choices(data: Json, payload: Json) -> list[Json]:
    """Return the choices of an autocomplete; raises `Refusal` where there are more than 25 etc."""
    errors = FormErrors()
    choices: list[Json] = data.get("choices") or []
    if len(choices) > 25:
        path = ("data", "choices")
        errors.add(path, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    kind = focused(payload["data"].get("options") or [])["type"]
    for number, choice in enumerate(choices):
        at = ("data", "choices", number)
        name, value = choice.get("name"), choice.get("value")
        if not isinstance(name, str) or not 1 <= len(name) <= 100:
            errors.add((*at, "name"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100.")
        if kind == 3 and not (isinstance(value, str) and 1 <= len(value) <= 100):
            errors.add((*at, "value"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100.")
        if kind in (4, 10) and (isinstance(value, bool) or not isinstance(value, (int, float))):
            errors.add((*at, "value"), "NUMBER_TYPE_COERCE", "Must be a number")
    errors.refuse()
    return choices


def focused(options: list[Json]) -> Json:
    """Return the option that is being typed."""
    for option in options:
        if option.get("focused"):
            return option
        if option.get("options"):
            return focused(option["options"])
    raise ValueError("no option is being typed")


def check_modal(data: Json) -> Json:
    """Return a form; raises `Refusal` where its title, id or rows are outside the limits."""
    errors = FormErrors()
    for key, most in (("title", 45), ("custom_id", 100)):
        if not 1 <= len(data.get(key) or "") <= most:
            message = f"Must be between 1 and {most} in length."
            errors.add(("data", key), "BASE_TYPE_BAD_LENGTH", message)
    if not 1 <= len(data.get("components") or []) <= 5:
        message = "Must be between 1 and 5 in length."
        errors.add(("data", "components"), "BASE_TYPE_BAD_LENGTH", message)
    errors.refuse()
    return data
