"""Methods that put messages into chats, change them and take them away."""

# ruff: noqa: ANN401 - JSON may be anything
from __future__ import annotations

from typing import Any

from emulators.telegram_access import (
    chat_of,
    check_inside,
    check_may_delete,
    check_may_write,
    check_topic,
    edit_refusal,
    message_of,
)
from emulators.telegram_call import Call
from emulators.telegram_errors import NOT_MODIFIED, ApiError, bad_request
from emulators.telegram_keyboards import checked_keyboard
from emulators.telegram_links import checked_link
from emulators.telegram_markup import parsed
from emulators.telegram_state import State
from emulators.telegram_text import Formatted, checked_entities, cleaned
from emulators.telegram_world import Chat, Message

TEXT = 4096
CAPTION = 1024
ACTIONS = frozenset(
    (
        "typing upload_photo record_video upload_video record_voice upload_voice "
        "upload_document choose_sticker find_location record_video_note upload_video_note"
    ).split()
)
PHOTO_BYTES = 10 * 1024 * 1024
DOCUMENT_BYTES = 50 * 1024 * 1024


def formatted(
    state: State, values: dict[str, Any], name: str, limit: int, *, caption: bool = False
) -> Formatted:
    """Return the text of a call or of a nested object: markup parsed, entities checked and found.

    `values` holds `name`, and perhaps `parse_mode` and `entities` (already read from JSON).
    """
    text = str(values.get(name) or "")
    mode = values.get("parse_mode") or ""
    if mode:
        text, given = parsed(text, str(mode))
    else:
        given = checked_entities(values.get("caption_entities" if caption else "entities") or [])
    given = [one for one in (_settled(state, one) for one in given) if one is not None]
    return cleaned(
        text,
        given,
        limit,
        empty="" if caption else "message text is empty",
        too_long="message caption is too long" if caption else "message is too long",
    )


def _settled(state: State, entity: dict[str, Any]) -> dict[str, Any] | None:
    """Complete a mention by id, and check a link's address.

    A mention of a user whom the bot can't know is dropped by the server; a bad address is refused.
    """
    if entity["type"] == "text_link":
        url = checked_link(str(entity["url"]))
        if url is None:
            raise bad_request(f"entity URL '{entity['url']}' is invalid: Wrong HTTP URL")
        return {**entity, "url": url}
    if entity["type"] != "text_mention":
        return entity
    user = state.world.users.get(entity["user"].get("id", 0))
    return None if user is None else {**entity, "user": user.json(language=False)}


def text_values(call: Call, name: str, caption: bool = False) -> dict[str, Any]:
    """Return the parts of a call that `formatted` reads."""
    entities = "caption_entities" if caption else "entities"
    return {
        name: call.text(name),
        "parse_mode": call.text("parse_mode"),
        entities: call.value(entities, "entities"),
    }


def _reply(state: State, call: Call, chat: Chat) -> Message | None:
    wanted = call.value("reply_parameters")
    if not wanted:
        return None
    number = int(wanted.get("message_id") or 0)
    if number <= 0:
        return None
    elsewhere = wanted.get("chat_id")
    there = chat if elsewhere is None else chat_of(state.world, elsewhere)
    message = there.messages.get(number)
    if message is None or message.deleted:
        if wanted.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return message


def _place(state: State, call: Call, what: str) -> tuple[Chat, int | None, Message | None]:
    """Check where a new message goes; return its chat, its topic, and what it replies to."""
    chat = chat_of(state.world, call.parameters.get("chat_id"))
    check_may_write(state.world, chat, what)
    reply = _reply(state, call, chat)
    thread = call.integer("message_thread_id")
    if chat.is_forum and not thread and reply is not None and reply.chat is chat:
        thread = reply.topic or 0
    return chat, check_topic(state.world, chat, thread), reply


def _sent(state: State, call: Call, chat: Chat, **what: Any) -> dict[str, Any]:
    author: dict[str, Any] = {"sender": state.bot}
    if chat.type == "channel":
        author = {"sender_chat": chat}
    message = state.world.add_message(
        chat, silent=call.boolean("disable_notification"), **author, **what
    )
    chat.last_bot = state.bot.id
    state.changed()
    return message.json()


def send_message(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#sendmessage."""
    words = formatted(state, text_values(call, "text"), "text", TEXT)
    markup = checked_keyboard(call.value("reply_markup"))
    chat, topic, reply = _place(state, call, "text messages")
    return _sent(
        state,
        call,
        chat,
        text=words.text,
        entities=words.entities,
        given=call.value("entities") or [],
        reply_markup=markup,
        reply_to=reply,
        topic=topic,
        link_preview_options=call.value("link_preview_options"),
    )


def send_photo(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#sendphoto; the picture itself is not looked at."""
    file = call.file("photo")
    if file is not None and len(file[1]) > PHOTO_BYTES:
        raise bad_request("file is too big")
    known = _file(state, call, "photo")
    size = {**known, "width": 90, "height": 90}
    return _send_file(state, call, "photos", {"photo": [size]})


def send_document(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#senddocument."""
    file = call.file("document")
    if file is not None and len(file[1]) > DOCUMENT_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    known = _file(state, call, "document")
    name = state.world.files[known["file_id"]][0]
    return _send_file(state, call, "documents", {"document": {**known, "file_name": name}})


def _file(state: State, call: Call, name: str) -> dict[str, Any]:
    """Keep an uploaded file, or find one that is known by its id."""
    file = call.file(name)
    if file is None:
        file_id = call.text(name)
        if file_id not in state.world.files:
            raise bad_request(
                "wrong file identifier/HTTP URL specified"
                if file_id
                else f"there is no {name} in the request"
            )
    else:
        if not file[1]:
            raise bad_request("file must be non-empty")
        file_id = f"FILE{state.number():08d}"
        state.world.files[file_id] = file
    content = state.world.files[file_id][1]
    return {"file_id": file_id, "file_unique_id": f"U{file_id}", "file_size": len(content)}


def _send_file(state: State, call: Call, what: str, media: dict[str, Any]) -> dict[str, Any]:
    words = formatted(
        state, text_values(call, "caption", caption=True), "caption", CAPTION, caption=True
    )
    markup = checked_keyboard(call.value("reply_markup"))
    chat, topic, reply = _place(state, call, what)
    return _sent(
        state,
        call,
        chat,
        text=words.text or None,
        entities=words.entities,
        given=call.value("caption_entities") or [],
        reply_markup=markup,
        reply_to=reply,
        topic=topic,
        media=media,
    )


def send_chat_action(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#sendchataction."""
    chat = chat_of(state.world, call.parameters.get("chat_id"))
    if call.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    check_may_write(state.world, chat)
    topic = call.integer("message_thread_id")
    if topic:
        check_topic(state.world, chat, topic)
    state.actions.append((chat.id, topic or None, call.text("action")))
    state.changed()
    return True


def _editable(state: State, call: Call) -> Message:
    """Return the message a call wants to edit: of a chat, or sent via the bot."""
    inline = call.text("inline_message_id")
    if inline:
        message = state.world.inline_messages.get(inline)
        if message is None or message.deleted:
            raise bad_request("invalid inline message identifier specified")
        return message
    if not call.has("chat_id"):
        raise bad_request("message identifier is not specified")
    chat = chat_of(state.world, call.parameters.get("chat_id"))
    check_inside(state.world, chat)
    message = message_of(chat, call.integer("message_id"), "message to edit")
    ours = message.sender is state.bot
    if chat.type == "channel":
        member = chat.member(state.bot)
        ours = member.is_admin and (
            message.sender_chat is chat
            and ("can_edit_messages" in member.rights or "can_post_messages" in member.rights)
        )
    if not ours or message.service:
        raise edit_refusal()
    return message


def _edited(state: State, call: Call, message: Message, new: dict[str, Any]) -> Any:
    if all(getattr(message, name) == value for name, value in new.items()):
        raise bad_request(NOT_MODIFIED)
    for name, value in new.items():
        setattr(message, name, value)
    message.edits += 1
    if set(new) != {"reply_markup"}:
        message.edit_date = int(state.world.now())
    state.changed()
    return True if call.text("inline_message_id") else message.json()


def edit_message_text(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#editmessagetext; without reply_markup the buttons go."""
    words = formatted(state, text_values(call, "text"), "text", TEXT)
    markup = checked_keyboard(call.value("reply_markup"), inline_only=True)
    message = _editable(state, call)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    message.given = call.value("entities") or []
    return _edited(
        state,
        call,
        message,
        {
            "text": words.text,
            "entities": words.entities,
            "reply_markup": markup,
            "link_preview_options": call.value("link_preview_options"),
        },
    )


def edit_message_caption(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#editmessagecaption."""
    words = formatted(
        state, text_values(call, "caption", caption=True), "caption", CAPTION, caption=True
    )
    markup = checked_keyboard(call.value("reply_markup"), inline_only=True)
    message = _editable(state, call)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    new = {"text": words.text or None, "entities": words.entities, "reply_markup": markup}
    return _edited(state, call, message, new)


def edit_message_reply_markup(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#editmessagereplymarkup."""
    markup = checked_keyboard(call.value("reply_markup"), inline_only=True)
    return _edited(state, call, _editable(state, call), {"reply_markup": markup})


def delete_message(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#deletemessage."""
    chat = chat_of(state.world, call.parameters.get("chat_id"))
    check_inside(state.world, chat)
    message = message_of(chat, call.integer("message_id"), "message to delete")
    check_may_delete(state.world, message)
    message.deleted = True
    state.changed()
    return True


def delete_messages(state: State, call: Call) -> Any:
    """https://core.telegram.org/bots/api#deletemessages: 1-100; those not found are skipped."""
    chat = chat_of(state.world, call.parameters.get("chat_id"))
    check_inside(state.world, chat)
    numbers = call.value("message_ids")
    if not isinstance(numbers, list) or not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > 100:
        raise bad_request("too many message identifiers specified")
    there = [chat.messages[number] for number in numbers if number in chat.messages]
    for message in there:
        check_may_delete(state.world, message)
    for message in there:
        message.deleted = True
    state.changed()
    return True
