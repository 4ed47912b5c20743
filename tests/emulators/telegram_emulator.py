"""A local Bot API: what a bot uses of it, refusing what the real one refuses.

    with TelegramEmulator() as telegram:
        anna = telegram.user("Anna", language="de")
        start_the_bot(**telegram.environment)
        telegram.say(anna, telegram.private(anna), "/whowas Curie")
        answer = telegram.wait_for_message(telegram.private(anna))
        assert answer.text == ...
        telegram.press(anna, answer, "More")
        telegram.assert_nothing_refused()

It runs in a thread of its own with its own event loop, on a port of 127.0.0.1 that the system
chooses; several can run at once. All methods here are synchronous and may be called from any
thread. Those that wait have a time-out and raise TimeoutError. In an asynchronous test whose bot
runs in the same loop, call what waits by `await asyncio.to_thread(telegram.press, ...)`.

More: WorldFacade (users, chats, members), PeopleFacade (say, press, inline), and here the
server: calls, faults, updates, webhook.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import threading
from collections.abc import Callable, Coroutine, Iterable, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

from emulators.telegram_facade_people import PeopleFacade
from emulators.telegram_faults import Fault, Kind, Pace, Rates
from emulators.telegram_people import People
from emulators.telegram_schema import specification
from emulators.telegram_server import ApiServer, Made
from emulators.telegram_state import Options, State
from emulators.telegram_updates import Update, Updates
from emulators.telegram_webhook import Delivery, WebhookSender
from emulators.telegram_world import User, World

T = TypeVar("T")
HANDOVER = 20.0
"""Seconds after which a call into the emulator's thread counts as hung."""

TOKEN = "7000000001:AAEmulatedTokenThatOpensNothingReal_0"  # noqa: S105 - made up


class TelegramEmulator(PeopleFacade):
    """The Bot API of one bot.

    token: what the bot signs in with; its digits are the bot's id.
    check: hold every call against the API description too, and refuse unknown fields and wrong
        types (raises SpecificationMissingError where the description is not there). Limits are
        always enforced.
    privacy: the bot's privacy mode, on as for every new bot; can be changed by `set_privacy`.
    inline_feedback: send chosen_inline_result updates, as BotFather's /setinlinefeedback lets.
    inline_cache: answer an inline query asked before from the cache, as the server does for
    `cache_time`.
    query_lifetime: seconds after which a callback or inline query is "too old".
    rates: limits of speed, off by default; `REAL_RATES` of telegram_faults has the documented ones.
    conflict_delay: seconds the 409 for a disturbed getUpdates is held back (about 3 on the real
    server).
    webhook_delay: seconds to the first repeated delivery; doubles each time.
    webhook_proxy: where posts to the webhook really go, such as http://127.0.0.1:9000: scheme and
        host are replaced and the path kept, as by the proxy that takes TLS off before a bot.
    plain_webhook: let setWebhook take http and any port.
    keep_alive: seconds after which the server closes a connection that nobody uses.
    record: keep all calls and updates; without it only refused calls (for long benchmarks).
    """

    def __init__(
        self,
        token: str = TOKEN,
        *,
        check: bool = True,
        privacy: bool = True,
        bot_name: str = "Daybook",
        bot_username: str = "daybook_test_bot",
        inline_feedback: bool = False,
        inline_cache: bool = False,
        query_lifetime: float = 15.0,
        rates: Rates | None = None,
        conflict_delay: float = 0.0,
        webhook_delay: float = 0.05,
        webhook_proxy: str | None = None,
        plain_webhook: bool = False,
        first_update: int = 100_000_001,
        record: bool = True,
        keep_alive: float = 75.0,
    ) -> None:
        if check:
            specification()
        self.token = token
        world = World(User(int(token.split(":")[0]), bot_name, bot_username, None, is_bot=True))
        self._inline_cache = inline_cache
        self._state = State(
            world,
            Updates(first_update, world.now, conflict_delay),
            Options(check, privacy, inline_feedback, query_lifetime, plain_webhook),
        )
        self._people = People(self._state)
        self._server = ApiServer(token, self._state, Pace(rates or Rates(), world.now))
        self._server.keep_calls = record
        self._server.keep_alive = keep_alive
        self._state.updates.keep_all = record
        self._sender = WebhookSender(self._state, self._server, webhook_delay, webhook_proxy)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="telegram-emulator", daemon=True)
        self._closed = False

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            self._loop.close()

    def __enter__(self) -> Self:
        self._thread.start()
        self._await(self._server.start(), HANDOVER)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the server and its thread; done by leaving the `with` block."""
        if self._closed:
            return
        self._closed = True
        self._await(self._sender.stop(), HANDOVER)
        self._await(self._server.stop(), HANDOVER)
        self._await(_cancel_all(), HANDOVER)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(HANDOVER)

    def _await(self, work: Coroutine[Any, Any, T], seconds: float) -> T:
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(seconds)
        except concurrent.futures.TimeoutError:
            future.cancel()
            raise TimeoutError("the emulator's thread did not answer") from None

    def _do(self, work: Callable[[], T]) -> T:
        """Run `work` on the emulator's loop, where the world lives; return its result."""
        if threading.current_thread() is self._thread:  # a predicate that looks at something else
            return work()
        done: concurrent.futures.Future[T] = concurrent.futures.Future()

        def run() -> None:
            try:
                done.set_result(work())
            except BaseException as error:
                done.set_exception(error)

        self._loop.call_soon_threadsafe(run)
        return done.result(HANDOVER)

    def _until(self, found: Callable[[], T | None], seconds: float, what: str) -> T:
        result = self._await(self._state.until(found, seconds), seconds + HANDOVER)
        if result is None:
            raise TimeoutError(
                f"{what} did not come within {seconds} s; last calls: {self._last()}"
            )
        return result  # type: ignore[no-any-return]

    def _last(self) -> str:
        calls = [one for one in self._server.calls if one.method != "getUpdates"][-5:]
        return "; ".join(f"{one.method} {one.status} {one.error or ''}".strip() for one in calls)

    # For load from inside its thread

    @property
    def state(self) -> State:
        """The server's memory, to be touched by what `run` runs only."""
        return self._state

    @property
    def people(self) -> People:
        """What people do, without the handover to the thread; for what `run` runs only."""
        return self._people

    def run(self, work: Coroutine[Any, Any, T], timeout: float) -> T:
        """Run a coroutine of your own on the emulator's loop; return its result."""
        return self._await(work, timeout)

    # Where it is

    @property
    def port(self) -> int:
        """The port on 127.0.0.1."""
        return self._server.port

    @property
    def root(self) -> str:
        """The server's address, such as http://127.0.0.1:40001."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_url(self) -> str:
        """What TELEGRAM_API_URL and PTB's base_url take: the token is appended to it."""
        return f"{self.root}/bot"

    @property
    def file_url(self) -> str:
        """What PTB's base_file_url takes."""
        return f"{self.root}/file/bot"

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make a bot use this server."""
        return {"TELEGRAM_TOKEN": self.token, "TELEGRAM_API_URL": self.api_url}

    @property
    def bot(self) -> User:
        """The bot's user: id, username."""
        return self._state.bot

    # What the bot did

    @property
    def calls(self) -> list[Made]:
        """All calls so far: method, parameters, status, time, error, fault, effect."""
        return self._do(lambda: list(self._server.calls))

    def calls_of(self, method: str) -> list[Made]:
        """Return the calls of one method."""
        return [one for one in self.calls if one.method == method]

    @property
    def refused(self) -> list[Made]:
        """The calls that were refused (`error` says why), but for those refused by a fault."""
        return [one for one in self.calls if one.error and not one.fault]

    def assert_nothing_refused(self, *but: str) -> None:
        """Raise AssertionError if a call was refused, but for reasons that contain `but`."""
        wrong = [
            f"{one.method} {one.status}: {one.error}, sent {str(one.parameters)[:300]}"
            for one in self.refused
            if not any(part in (one.error or "") for part in but)
        ]
        if wrong:
            raise AssertionError("refused: " + "\n".join(wrong))

    def wait_for_call(
        self,
        method: str,
        predicate: Callable[[Made], bool] = lambda made: True,
        *,
        after: int = 0,
        timeout: float = 10.0,
    ) -> Made:
        """Return the first finished call of `method` that fits, from `calls[after]` on."""

        def found() -> Made | None:
            for one in self._server.calls[after:]:
                if one.method == method and predicate(one):
                    return one
            return None

        return self._until(found, timeout, f"a call of {method}")

    def clear(self) -> None:
        """Forget the calls so far."""
        self._do(self._server.calls.clear)

    @property
    def commands(self) -> dict[tuple[str, str], list[dict[str, str]]]:
        """The menus by scope and language: {("all_group_chats", "de"): [{"command": …}]}.

        Scopes of one chat are named "chat:ID", "chat_administrators:ID", "chat_member:ID:USER".
        """
        return self._do(lambda: dict(self._state.commands))

    @property
    def words(self) -> dict[tuple[str, str], str]:
        """Names and descriptions set: {("description", ""): …, ("short_description", "de"): …}."""
        return self._do(lambda: dict(self._state.words))

    @property
    def actions(self) -> list[tuple[int, int | None, str]]:
        """The chat actions sent: chat's id, topic, action."""
        return self._do(lambda: list(self._state.actions))

    # Updates

    @property
    def updates(self) -> list[dict[str, Any]]:
        """Every update made so far, as the API has it; only those the bot gets."""
        return self._do(lambda: [one.json() for one in self._state.updates.all])

    @property
    def pending(self) -> list[int]:
        """The numbers of updates that the bot has not confirmed."""
        return self._do(lambda: [one.id for one in self._state.updates.pending])

    def wait_until_idle(self, timeout: float = 10.0) -> None:
        """Wait until the bot has confirmed every update (it asked for those after them)."""
        updates = self._state.updates
        self._until(lambda: None if updates.pending else True, timeout, "the last confirmation")

    def push(self, kind: str, body: Mapping[str, Any], update_id: int | None = None) -> int:
        """Queue an update of your own making; return its number."""

        def work() -> int:
            if update_id is None:
                made = self._state.updates.add(kind, dict(body), 0)
                return made.id if made else 0
            now = self._state.world.now()
            self._state.updates.push(Update(update_id, kind, dict(body), 0, now))
            return update_id

        return self._do(work)

    def redeliver(self, update_id: int, times: int = 1) -> None:
        """Queue an update again under its old number, as after a lost confirmation."""

        def work() -> None:
            old = next(one for one in self._state.updates.all if one.id == update_id)
            for _ in range(times):
                self._state.updates.push(old)

        self._do(work)

    def number_updates_from(self, number: int) -> None:
        """Let the next update have this number: after a week without updates it is a random one."""
        self._do(lambda: self._state.updates.skip_numbers(number))

    def set_privacy(self, on: bool) -> None:
        """Turn privacy mode on or off. For groups the bot is in the real one needs a new join."""

        def work() -> None:
            self._state.options.privacy = on

        self._do(work)

    def wait_for_poll(self, timeout: float = 10.0) -> None:
        """Wait until the bot waits in getUpdates: it has started, and has nothing to do."""
        updates = self._state.updates
        self._until(lambda: True if updates.is_polled else None, timeout, "getUpdates")

    # Webhook

    @property
    def deliveries(self) -> list[Delivery]:
        """The attempts to hand updates to the webhook."""
        return self._do(lambda: list(self._sender.deliveries))

    def post(
        self,
        url: str,
        body: Mapping[str, Any] | bytes,
        secret: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, str]:
        """Post an update, or any bytes, to a webhook without setWebhook; return status and answer.

        The status is 0 where there was no answer. `webhook_proxy` applies here too.
        """
        data = body if isinstance(body, bytes) else dict(body)
        return self._await(self._sender.post(url, data, secret, headers), HANDOVER + 30)

    # Trouble

    def fault(
        self,
        method: str,
        kind: Kind,
        *,
        times: int = 1,
        status: int = 500,
        seconds: float = 1.0,
        chat: int | None = None,
    ) -> None:
        """Let the next `times` calls of `method` (a pattern such as "send*") go wrong.

        kind: "cut before reading" (nothing happens; works for any chat), "status before effect"
        and "html before effect" (a 502 page), "retry after" (429, `seconds`), "delay before
        effect", "delay after effect", "cut after effect" (done, answer lost), "half answer" (done,
        cut in the middle of the answer), "status after effect" and "html after effect" (done, yet
        a 5xx), "broken json" and "no result" (done, 200 that can't be read). `chat`: only calls to
        that chat's id. What really happened is in `messages` and in the call's `effect`.
        """
        self._do(
            lambda: self._server.faults.waiting.append(
                Fault(method, kind, times, status, seconds, chat)
            )
        )

    def clear_faults(self) -> None:
        """Take back faults that have not struck."""
        self._do(self._server.faults.waiting.clear)

    def set_rates(self, rates: Rates) -> None:
        """Change the limits of speed; counting begins anew."""

        def work() -> None:
            self._server.pace = Pace(rates, self._state.world.now)

        self._do(work)

    def down(self) -> None:
        """Let the server vanish: open connections are cut, new ones refused. The world stays."""
        self._await(self._server.stop(), HANDOVER)

    def up(self) -> None:
        """Let the server come back on the same port."""
        self._await(self._server.start(), HANDOVER)

    def pass_time(self, seconds: float) -> None:
        """Let time pass in this world (dates of messages, age of queries), not on clocks.

        Updates that nobody took for 24 hours are gone then, as on the real server.
        """

        def work() -> None:
            self._state.world.shift += seconds
            self._state.updates.forget_old()

        self._do(work)


async def _cancel_all() -> None:
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


def names_of(users: Iterable[User]) -> list[str]:
    """Return the first names of users, such as of a message's `pings`."""
    return [user.first_name for user in users]
