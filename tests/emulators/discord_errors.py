"""What Discord answers when it refuses a call: the status, its own code, and its sentence.

Codes and sentences: docs.discord.com/developers/topics/opcodes-and-status-codes (JSON error codes);
the shape of a form error: docs.discord.com/developers/reference (Error Messages).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]
JsonValue = Any
"""Whatever JSON may hold: a bot's body may be anything, which is what is to be found out."""

KNOWN: dict[int, tuple[int, str]] = {
    0: (401, "401: Unauthorized"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10008: (404, "Unknown Message"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10007: (404, "Unknown Member"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    20016: (429, "This action cannot be performed due to slowmode rate limit"),
    20028: (429, "The write action you are performing on the channel has hit the write rate limit"),
    20029: (429, "The write action you are performing on the server has hit the write rate limit"),
    30032: (400, "Maximum number of application commands reached (100)"),
    30034: (400, "Max number of daily application command creates has been reached (200)"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    40094: (400, "This interaction has reached the maximum number of follow up messages"),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50035: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    160002: (403, "You cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
    160005: (403, "Thread is locked"),
}
"""Discord's code -> HTTP status and sentence."""


class Refusal(Exception):  # noqa: N818 - it is an answer of the platform, not a fault of ours
    """A call that Discord would refuse.

    `code` is Discord's; `reason` says for people what was wrong; `errors` is the tree of a form
    error; `status` where it isn't the usual one of that code.
    """

    def __init__(
        self,
        code: int,
        reason: str = "",
        *,
        errors: Json | None = None,
        status: int | None = None,
    ) -> None:
        usual, sentence = KNOWN[code]
        self.code = code
        self.status = status or usual
        self.sentence = sentence
        self.errors = errors
        self.reason = reason or sentence
        super().__init__(f"{self.status} {code}: {self.reason}")

    def body(self) -> Json:
        """Return the JSON that Discord answers with."""
        said: Json = {"message": self.sentence, "code": self.code}
        if self.errors is not None:
            said["errors"] = self.errors
        if self.status == 429:
            said |= {"retry_after": 1.0, "global": False}
        return said


class FormErrors:
    """The faults of one body, each at its path, told all at once as Discord does."""

    def __init__(self) -> None:
        self.tree: Json = {}
        self.reasons: list[str] = []

    def add(self, path: Iterable[str | int], code: str, message: str) -> None:
        """Note a fault at a path of keys and indices."""
        keys = [str(key) for key in path]
        node = self.tree
        for key in keys:
            node = node.setdefault(key, {})
        node.setdefault("_errors", []).append({"code": code, "message": message})
        self.reasons.append(f"{'.'.join(keys) or 'body'}: {message} ({code})")

    def refuse(self) -> None:
        """Raise `Refusal` 50035 if anything was noted."""
        if self.reasons:
            raise Refusal(50035, "; ".join(self.reasons), errors=self.tree)


def form_error(path: Iterable[str | int], code: str, message: str) -> Refusal:
    """Return the refusal of a body with one fault."""
    errors = FormErrors()
    errors.add(path, code, message)
    return Refusal(50035, errors.reasons[0], errors=errors.tree)
