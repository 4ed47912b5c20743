"""Methods about the bot itself, its chats and its webhook."""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from emulators.telegram_access import chat_of, check_inside, user_of
from emulators.telegram_call import Call
from emulators.telegram_errors import SET_WEBHOOK_CAME, ApiError, bad_request
from emulators.telegram_state import State, Webhook
from emulators.telegram_world import Member

COMMANDS = 100
COMMAND = re.compile(r"[a-z0-9_]{1,32}", re.ASCII)
DESCRIPTION = 256
LENGTHS = {"name": 64, "description": 512, "short_description": 120}
WEBHOOK_PORTS = (443, 80, 88, 8443)
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}", re.ASCII)


def get_me(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#getme."""
    return {
        **state.bot.json(),
        "can_join_groups": True,
        "can_read_all_group_messages": not state.options.privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _scope(state: State, call: Call) -> str:
    """Return a name for the scope of commands; raises ApiError for an unknown chat or user."""
    scope = call.value("scope", "BotCommandScope") or {"type": "default"}
    kind = scope.get("type")
    if kind in ("default", "all_private_chats", "all_group_chats", "all_chat_administrators"):
        return str(kind)
    if kind not in ("chat", "chat_administrators", "chat_member"):
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat = chat_of(state.world, scope.get("chat_id"))
    check_inside(state.world, chat)
    if kind == "chat_member":
        user = user_of(state.world, int(scope.get("user_id") or 0))
        return f"{kind}:{chat.id}:{user.id}"
    return f"{kind}:{chat.id}"


def _language(call: Call) -> str:
    language = call.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language, re.ASCII):
        raise bad_request("invalid language code specified")
    return language


def set_my_commands(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#setmycommands."""
    scope, language = _scope(state, call), _language(call)
    commands = call.value("commands", "commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands list: expected an Array of BotCommand")
    if len(commands) > COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = []
    for one in commands:
        name, described = str(one.get("command", "")).lstrip("/"), str(one.get("description", ""))
        if not COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(described.strip()) <= DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        kept.append({"command": name, "description": described.strip()})
    state.commands[scope, language] = kept
    state.changed()
    return True


def get_my_commands(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#getmycommands: of exactly this scope and language."""
    return state.commands.get((_scope(state, call), _language(call)), [])


def delete_my_commands(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#deletemycommands."""
    state.commands.pop((_scope(state, call), _language(call)), None)
    return True


def set_my_words(what: str) -> Any:
    """Return setMyName, setMyDescription or setMyShortDescription (64, 512 and 120 characters)."""

    def method(state: State, call: Call) -> Any:
        text = call.text(what)
        if len(text) > LENGTHS[what]:
            raise bad_request(f"BOT_{'TITLE' if what == 'name' else 'DESCRIPTION'}_TOO_LONG")
        state.words[what, _language(call)] = text
        state.changed()
        return True

    return method


def get_my_words(what: str) -> Any:
    """Return the method that reads one of them; a language that lacks gives the default one."""

    def method(state: State, call: Call) -> Any:
        given = state.words.get((what, _language(call))) or state.words.get((what, ""))
        return {what: given or (state.bot.first_name if what == "name" else "")}

    return method


def get_chat(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#getchat."""
    chat = chat_of(state.world, call.parameters.get("chat_id"))
    check_inside(state.world, chat)
    said = chat.json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            [
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ],
            False,
        ),
    }
    if chat.is_group:
        said["permissions"] = {"can_send_messages": chat.members_can_send}
    if chat.linked is not None:
        said["linked_chat_id"] = chat.linked.id
    return said


def get_chat_member(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#getchatmember; who was never there has left."""
    chat = chat_of(state.world, call.parameters.get("chat_id"))
    check_inside(state.world, chat)
    user = user_of(state.world, call.integer("user_id"))
    member = chat.member(state.bot)
    if chat.type == "channel" and user is not state.bot and not member.is_admin:
        raise bad_request("member list is inaccessible")
    if chat.type == "private":
        return Member(user, "member").json()
    return chat.member(user).json()


def get_chat_administrators(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#getchatadministrators: without other bots."""
    chat = chat_of(state.world, call.parameters.get("chat_id"))
    check_inside(state.world, chat)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    others = call.boolean("return_bots")
    return [
        one.json()
        for one in chat.members.values()
        if one.is_admin and (others or not one.user.is_bot or one.user is state.bot)
    ]


def get_chat_member_count(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#getchatmembercount."""
    chat = chat_of(state.world, call.parameters.get("chat_id"))
    check_inside(state.world, chat)
    return 2 if chat.type == "private" else sum(one.inside for one in chat.members.values())


def leave_chat(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#leavechat."""
    chat = chat_of(state.world, call.parameters.get("chat_id"))
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    check_inside(state.world, chat)
    state.set_member(chat, Member(state.bot, "left"), state.bot)
    return True


def get_file(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#getfile: up to 20 MB."""
    file_id = call.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    if file_id not in state.world.files:
        raise bad_request("invalid file_id")
    name, content = state.world.files[file_id]
    if len(content) > 20 * 1024 * 1024:
        raise bad_request("file is too big")
    return {
        "file_id": file_id,
        "file_unique_id": f"U{file_id}",
        "file_size": len(content),
        "file_path": f"documents/{file_id}/{name}",
    }


async def get_updates(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#getupdates."""
    if not state.updates.webhook_is_set:
        state.updates.allow(call.value("allowed_updates"))
    return await state.updates.get(
        call.integer("offset"), call.integer("limit", 100), call.integer("timeout")
    )


def set_webhook(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#setwebhook; an empty address takes it away."""
    url = call.text("url")
    if not url:
        return delete_webhook(state, call)
    parts = urlsplit(url)
    trouble = "bad webhook: "
    if parts.scheme != "https" and not state.options.plain_webhook:
        raise bad_request(f"{trouble}An HTTPS URL must be provided for webhook")
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise bad_request(f"{trouble}Failed to parse port") from None
    if port not in WEBHOOK_PORTS and not state.options.plain_webhook:
        raise bad_request(f"{trouble}Webhook can be set up only on ports 80, 88, 443 or 8443")
    secret = call.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if secret and not SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = call.integer("max_connections", 40)
    if not 1 <= connections <= 100:
        connections = 40
    state.updates.allow(call.value("allowed_updates"))
    if call.boolean("drop_pending_updates"):
        state.updates.pending.clear()
    state.webhook = Webhook(url, secret or None, connections, call.text("ip_address") or None)
    state.updates.webhook_is_set = True
    state.updates.end_poll(SET_WEBHOOK_CAME)
    if state.on_webhook is not None:
        state.on_webhook()
    state.changed()
    return True


def delete_webhook(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#deletewebhook."""
    if call.boolean("drop_pending_updates"):
        state.updates.pending.clear()
    state.webhook = None
    state.updates.webhook_is_set = False
    if state.on_webhook is not None:
        state.on_webhook()
    state.changed()
    return True


def get_webhook_info(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#getwebhookinfo."""
    hook = state.webhook
    said: dict[str, Any] = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(state.updates.pending),
    }
    if hook:
        said["max_connections"] = hook.max_connections
        if hook.ip_address:
            said["ip_address"] = hook.ip_address
        if hook.last_error:
            said["last_error_date"] = hook.last_error_date
            said["last_error_message"] = hook.last_error
    if state.updates.allowed is not None:
        said["allowed_updates"] = sorted(state.updates.allowed)
    return said


def log_out(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#logout."""
    state.logged_out = True
    return True


def close(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#close: refused for ten minutes after the start."""
    raise ApiError(429, "Too Many Requests: retry after 600", {"retry_after": 600})
