"""What the Bot API answers when it refuses a call, in its own words.

The words are those of the server: tdlib/telegram-bot-api (Client.cpp) and the texts that come from
Telegram behind it. What only this emulator refuses (a field the API description does not know) is
marked as such, so that nobody takes it for the server's.
"""

from __future__ import annotations

from typing import Any

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
    "running"
)
WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
    "the webhook first"
)
SET_WEBHOOK_CAME = "Conflict: terminated by setWebhook request"


class ApiError(Exception):
    """A refusal: the HTTP status, which is also `error_code`, the description, the parameters."""

    def __init__(
        self, code: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """Return the answer's body."""
        said: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            said["parameters"] = self.parameters
        return said


def bad_request(why: str) -> ApiError:
    """Return a 400 with the server's prefix."""
    return ApiError(400, f"Bad Request: {why}")


def not_described(why: str) -> ApiError:
    """Return a 400 for what contradicts the API description, which the server may let pass."""
    return ApiError(400, f"Bad Request: [emulator] {why}")


def forbidden(why: str) -> ApiError:
    """Return a 403 with the server's prefix."""
    return ApiError(403, f"Forbidden: {why}")


def too_many(seconds: int) -> ApiError:
    """Return a 429; https://core.telegram.org/bots/api#responseparameters."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def migrated(to: int) -> ApiError:
    """Return the 400 for the old id of a group that has become the supergroup `to`."""
    return ApiError(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": to},
    )
