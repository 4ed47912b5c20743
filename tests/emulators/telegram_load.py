"""Load for benchmarks: many people who ask at once, and how long the bot took.

As a process of its own, so that it does not share an interpreter with what it measures:

    python tests/emulators/telegram_load.py --people 20 --questions 2000 --text "/help"

It prints a line of JSON with the variables to start the bot with, waits until the bot polls, asks,
and prints a line with the figures. With --serve it only serves until its standard input ends.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from emulators.telegram_emulator import TelegramEmulator
from emulators.telegram_world import Chat, User


@dataclass(frozen=True)
class Figures:
    """What a run gave: answers, seconds in all, and seconds to an answer."""

    questions: int
    answers: int
    seconds: float
    per_second: float
    median: float
    p99: float
    longest: float


def measure(
    telegram: TelegramEmulator,
    text: str,
    *,
    people: int = 10,
    questions: int = 500,
    patience: float = 10.0,
) -> Figures:
    """Let `people` ask `text` in private, each the next time when answered; return the figures.

    An answer is the bot's next message in the chat. Who gets none within `patience` stops asking.
    """
    users = [telegram.user(f"Person {number}") for number in range(people)]
    chats = [telegram.private(user) for user in users]
    share = [questions // people + (number < questions % people) for number in range(people)]

    async def one(user: User, chat: Chat, count: int) -> list[float]:
        took: list[float] = []
        for _ in range(count):
            asked = telegram.people.say(user, chat, text)
            began = time.perf_counter()

            def answered(after: int = asked.id) -> bool | None:
                last = next(reversed(chat.messages))
                return True if last > after else None

            if await telegram.state.until(answered, patience) is None:
                break
            took.append(time.perf_counter() - began)
        return took

    async def everybody() -> list[list[float]]:
        return await asyncio.gather(*map(one, users, chats, share))

    began = time.perf_counter()
    each = telegram.run(everybody(), patience * questions)
    seconds = time.perf_counter() - began
    took = sorted(value for values in each for value in values)
    if not took:
        raise TimeoutError(f"the bot answered none of {people} people within {patience} s")
    return Figures(
        questions=questions,
        answers=len(took),
        seconds=round(seconds, 4),
        per_second=round(len(took) / seconds, 1),
        median=round(statistics.median(took), 6),
        p99=round(took[min(len(took) - 1, int(len(took) * 0.99))], 6),
        longest=round(took[-1], 6),
    )


def main() -> None:
    """Serve, and ask if not told otherwise."""
    options = argparse.ArgumentParser(description="A local Bot API that asks the bot many things.")
    options.add_argument("--people", type=int, default=10)
    options.add_argument("--questions", type=int, default=500)
    options.add_argument("--text", default="/help")
    options.add_argument("--wait", type=float, default=30.0, help="seconds for the bot to poll")
    options.add_argument("--check", action="store_true", help="check calls against the description")
    options.add_argument("--serve", action="store_true", help="serve until standard input ends")
    chosen = options.parse_args()
    with TelegramEmulator(check=chosen.check, record=chosen.check) as telegram:
        _say(telegram.environment)
        if chosen.serve:
            sys.stdin.read()
            return
        telegram.wait_for_poll(chosen.wait)
        run = measure(telegram, chosen.text, people=chosen.people, questions=chosen.questions)
        _say({**asdict(run), "refused": len(telegram.refused)})


def _say(what: dict[str, object] | dict[str, str]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
