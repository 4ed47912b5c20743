"""Seed bugs into the daily posts, one by one, and see that tests catch each (FAULTS.md, Z20).

python scripts/seeded_bugs.py            all of them, some minutes
python scripts/seeded_bugs.py nonce      those whose names hold a word

Each is applied to a copy of the tree. It ends with 1 if a bug lives: then a test is missing.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

SECONDS = 150
"""For the tests of one bug; tests that hang have caught it, too."""

SENDING = "tests/bot/test_ledger_sending.py"
UNKNOWN = "tests/bot/test_ledger_unknown.py"
REFUSALS = "tests/bot/test_ledger_refusals.py"
WAITS = "tests/bot/test_ledger_waits.py"
CHANGES = "tests/bot/test_ledger_changes.py"
LATENESS = "tests/bot/test_ledger_lateness.py"
CRASHES = "tests/bot/test_ledger_crashes.py"
TROUBLES = "tests/bot/test_ledger_troubles.py"
DISCORD = "tests/adapters/test_discord_delivery.py"
TELEGRAM = "tests/adapters/test_telegram_delivery.py"
SCHEDULE = "tests/bot/test_schedule.py"
LIMITER = "tests/bot/test_ledger_limiter.py"


@dataclass(frozen=True)
class Bug:
    """What is put in place of what in which file, and the tests that should notice."""

    name: str
    file: str
    old: str
    new: str
    tests: str
    which: str = ""


BUGS = (
    Bug(
        "a random nonce at each attempt",
        "bot/daily/attempts.py",
        "payload, row.nonce)",
        "payload, __import__('uuid').uuid4().hex[:24])",
        f"{SENDING} {UNKNOWN}",
        "d11 or d03",
    ),
    Bug(
        "Telegram's lost answers are sent again",
        "adapters/telegram/delivery.py",
        "        return False\n\n    def explain",
        "        return True\n\n    def explain",
        TELEGRAM,
        "no_means",
    ),
    Bug(
        "what a crash left on Telegram goes back to due",
        "bot/daily/sending.py",
        "                        PostState.UNKNOWN,\n                        now,\n"
        "                        code=outbox.CRASH,",
        "                        PostState.SENT,\n                        now,\n"
        "                        code=outbox.CRASH,",
        CRASHES,
        "d03 and telegram",
    ),
    Bug(
        "a time-out counts as proven unsent",
        "bot/daily/attempts.py",
        'return Ambiguous(f"error {type(error).__name__}")',
        'return NotSent(f"error {type(error).__name__}")',
        WAITS,
        "d27",
    ),
    Bug(
        "Telegram's uncertain calls count as proven unsent",
        "adapters/telegram/delivery.py",
        "return Ambiguous(error.kind)",
        "return NotSent(error.kind)",
        TELEGRAM,
        "lost_answer",
    ),
    Bug(
        "Discord's 5xx count as refused",
        "adapters/discord/delivery.py",
        "        if status >= 500:\n            return Ambiguous",
        "        if status >= 600:\n            return Ambiguous",
        DISCORD,
        "g20",
    ),
    Bug(
        "sending is not committed before the call",
        "bot/state/outbox.py",
        "                state=PostState.SENDING,\n",
        "                state=PostState.CLAIMED,\n",
        CRASHES,
        "(d04 or d05) and telegram",
    ),
    Bug(
        "the nonce is not enforced",
        "adapters/discord/delivery.py",
        'body = payload | {"nonce": nonce, "enforce_nonce": True}',
        'body = payload | {"nonce": nonce, "enforce_nonce": False}',
        DISCORD,
        "g20",
    ),
    Bug(
        "a post is made however late it is",
        "bot/daily/schedule.py",
        "is_in_time = newest in unsettled and now - newest.at <= schedule.late",
        "is_in_time = newest in unsettled",
        "tests/bot/test_schedule_due.py",
    ),
    Bug(
        "the nonce is left out",
        "adapters/discord/delivery.py",
        'body = payload | {"nonce": nonce, "enforce_nonce": True}',
        "body = dict(payload)",
        DISCORD,
        "g20",
    ),
    Bug(
        "one nonce for a whole chat",
        "bot/state/posts.py",
        'name = f"{platform}/{chat}/{topic}/{local_date.isoformat()}/{part}"',
        'name = f"{platform}/{chat}"',
        DISCORD,
        "d12",
    ),
    Bug(
        "a nonce of more than 25 characters",
        "bot/state/posts.py",
        "_BYTES_OF_NONCE = 15",
        "_BYTES_OF_NONCE = 20",
        DISCORD,
        "d13",
    ),
    Bug(
        "a paused subscription is sent all the same",
        "bot/state/outbox.py",
        "row.subscription_state != SubscriptionState.ON",
        "row.subscription_state == SubscriptionState.BROKEN",
        CHANGES,
        "d20",
    ),
    Bug(
        "lateness is not looked at before sending",
        "bot/daily/sending.py",
        "elif try_at > row.late_at:",
        "elif try_at is None:",
        WAITS,
        "e02",
    ),
    Bug(
        "yesterday's post still goes when today's is due",
        "bot/state/falling_due.py",
        "row.local_date < newest[row.place_id]",
        "row.local_date > newest[row.place_id]",
        LATENESS,
        "yesterday",
    ),
    Bug(
        "parts go out of order",
        "bot/state/posts.py",
        '"try_at": None if one.part else occasion.due_at,',
        '"try_at": occasion.due_at,',
        SENDING,
        "d15 or parts_behind",
    ),
    Bug(
        "a failed part begins the post again",
        "bot/state/outbox.py",
        ".values(try_at=now)",
        ".values(try_at=None)",
        SENDING,
        "d15",
    ),
    Bug(
        "one channel's wait stops the platform",
        "bot/daily/sending.py",
        "is_of_platform = result.scope is Scope.PLATFORM",
        "is_of_platform = True",
        WAITS,
        "d29 or e02",
    ),
    Bug(
        "retry_after is not honoured",
        "bot/daily/sending.py",
        "        wait = result.retry_after\n",
        "        wait = 0.0\n",
        WAITS,
        "d29 or e02",
    ),
    Bug(
        "attempts have no bound",
        "bot/daily/sending.py",
        "row.attempts >= MOST_ATTEMPTS",
        "row.attempts < 0",
        WAITS,
        "bounded",
    ),
    Bug(
        "send again works each time",
        "bot/state/posts.py",
        "before.state is not PostState.UNKNOWN",
        "before.state is PostState.DUE",
        f"{SENDING} {UNKNOWN}",
        "e04 or d30 or send_again or d31 or sent_again",
    ),
    Bug(
        "an unknown end is told to nobody",
        "bot/state/outbox.py",
        "if state in (PostState.UNKNOWN, PostState.MISSED):",
        "if state in (PostState.MISSED,):",
        UNKNOWN,
        "d31",
    ),
    Bug(
        "a refusal does not stop the subscription",
        "bot/daily/sending.py",
        "                if is_ours:\n",
        "                if not is_ours:\n",
        REFUSALS,
        "d22",
    ),
    Bug(
        "a refused token is tried on and on",
        "bot/daily/sending.py",
        "            self.stopped_by = why\n",
        "            self.stopped_by = ''\n",
        REFUSALS,
        "g23",
    ),
    Bug(
        "a moved group keeps its old number",
        "bot/daily/sending.py",
        "await move_chat(connection, self.platform, row.chat, chat, now)",
        "pass",
        REFUSALS,
        "e10",
    ),
    Bug(
        "what is told of places is forgotten",
        "bot/daily/place_news.py",
        "            await sleep_server(connection, platform, server, now)",
        "            pass",
        CHANGES,
        "g28",
    ),
    Bug(
        "a deleted message is posted again",
        "adapters/discord/delivery.py",
        "if code == UNKNOWN_MESSAGE:",
        "if code == -1:",
        DISCORD,
        "d10",
    ),
    Bug(
        "an empty history proves that nothing was sent",
        "adapters/discord/delivery.py",
        'return Look.NOT_THERE if "read_message_history" in allowed else Look.UNREADABLE',
        "return Look.NOT_THERE",
        DISCORD,
        "d09",
    ),
    Bug(
        "the nonce is relied on for an hour",
        "bot/daily/attempts.py",
        "NONCE_SECONDS = 60.0",
        "NONCE_SECONDS = 7200.0",
        UNKNOWN,
        "d08",
    ),
    Bug(
        "known refusals are asked for all the same",
        "adapters/discord/delivery.py",
        "        allowed = self._permissions(target)\n        if allowed is None:\n"
        "            return None\n",
        "        return None\n        allowed = self._permissions(target)\n",
        DISCORD,
        "z7",
    ),
    Bug(
        "a result is forgotten when the disk is full",
        "bot/daily/sending.py",
        "            self._ended = ended + self._ended\n",
        "",
        TROUBLES,
        "any_commit or no_space_after",
    ),
    Bug(
        "rows whose commit failed are lost",
        "bot/daily/sending.py",
        "                self._queue.extendleft(reversed(begins))\n",
        "                pass\n",
        TROUBLES,
        "any_commit or no_space_after",
    ),
    Bug(
        "everybody is pinged",
        "adapters/discord/render.py",
        'NO_MENTIONS: Payload = {"parse": []}',
        'NO_MENTIONS: Payload = {"parse": ["everyone", "roles"]}',
        DISCORD,
        "d14 or pinged",
    ),
    Bug(
        "the hour that comes twice counts at its second pass",
        "bot/daily/schedule.py",
        "reached = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)",
        "reached = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)",
        SCHEDULE,
    ),
    Bug(
        "a gap at midnight skips the day",
        "bot/daily/schedule.py",
        "    return reached if _local(begun, zone).date() == local_date else None",
        "    return None",
        "tests/bot/test_schedule.py tests/bot/test_schedule_oracle.py",
    ),
    Bug(
        "the window counts from the call, not from its answer",
        "bot/daily/limiter.py",
        "return min(arrived, self.answered if self.answered is not None else arrived) + seconds",
        "return self.begun + seconds",
        LIMITER,
    ),
    Bug(
        "what is free soon counts as free now",
        "bot/daily/limiter.py",
        "        return self.most - sum(use.free_at(self.seconds) > at for use in self.uses)",
        "        self.uses = [use for use in self.uses if use.free_at(self.seconds) > at]\n"
        "        return self.most - len(self.uses)",
        LIMITER,
    ),
    Bug(
        "a chat has no pace of its own",
        "bot/daily/limiter.py",
        "        for window in self._chats.get(chat, ()):\n            window.begin(use, now)\n",
        "",
        LIMITER,
    ),
)


def copied(folder: Path) -> Path:
    """Copy the tree without what git doesn't keep, beside the same folder `shared`."""
    tree = folder / "tree"
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    for name in listed:
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    shared = ROOT.parent / "shared"
    if shared.exists():
        (folder / "shared").symlink_to(shared)
    return tree


def passes(tree: Path, bug: Bug) -> bool:
    """Whether the tests of a bug pass in a tree."""
    words = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"]
    words += ["-m", "not exhaustive and not benchmark"]  # the slow ones, too
    words += bug.tests.split()
    chosen = f"({bug.which}) and not postgresql" if bug.which else "not postgresql"
    try:
        done = subprocess.run(
            [*words, "-k", chosen], cwd=tree, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    if done.returncode not in (0, 1):
        raise SystemExit(f"{bug.name}: pytest ended with {done.returncode}\n{done.stdout.decode()}")
    return done.returncode == 0


def main() -> int:
    """Seed the bugs that are asked for; return 1 if one lives."""
    word = " ".join(sys.argv[1:])
    bugs = [bug for bug in BUGS if word in bug.name]
    living: list[str] = []
    with tempfile.TemporaryDirectory(prefix="daybook-bugs-") as name:
        tree = copied(Path(name))
        for number, bug in enumerate(bugs, start=1):
            file = tree / bug.file
            sound = file.read_text("utf-8")
            if sound.count(bug.old) != 1:
                raise SystemExit(f"{bug.name}: {bug.file} holds it {sound.count(bug.old)} times")
            file.write_text(sound.replace(bug.old, bug.new), "utf-8")
            began = time.monotonic()
            lives = passes(tree, bug)
            file.write_text(sound, "utf-8")
            living += [bug.name] if lives else []
            word = "LIVES" if lives else "caught"
            took = time.monotonic() - began
            sys.stdout.write(f"{number:2}/{len(bugs)} {word} {took:5.1f} s  {bug.name}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(bugs) - len(living)} of {len(bugs)} caught\n")
    return 1 if living else 0


if __name__ == "__main__":
    sys.exit(main())
