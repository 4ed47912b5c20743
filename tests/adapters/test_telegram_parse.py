"""What an update asks of the bot: everything for it, and nothing that is not."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.telegram.deep_link import payload_of
from adapters.telegram.parse import (
    Added,
    Arrival,
    Chat,
    Me,
    Migrated,
    Pressed,
    Question,
    Removed,
    Start,
    Typed,
    lane,
    parse,
    words_of,
)

ME = Me(7, "Daybook_bot", "Daybook")
COMMANDS = ("help", "whowas", "start")
ANNA = {"id": 5, "is_bot": False, "first_name": "Anna", "language_code": "en-US"}
BOT = {"id": 7, "is_bot": True, "first_name": "Daybook", "username": "Daybook_bot"}
OTHER_BOT = {"id": 8, "is_bot": True, "first_name": "Other"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "username": "GroupAnonymousBot"}
PRIVATE = {"id": 5, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "G"}
CHANNEL = {"id": -200, "type": "channel", "title": "C"}

Json = dict[str, Any]


def message(text: str = "", chat: Json = PRIVATE, **more: object) -> Json:
    return {
        "update_id": 1,
        "message": {
            "message_id": 11,
            "date": 1_000,
            "chat": chat,
            "from": ANNA,
            "text": text,
            **more,
        },
    }


def mention(text: str, name: str) -> list[Json]:
    units = len(text.partition(name)[0].encode("utf-16-le")) // 2
    return [{"type": "mention", "offset": units, "length": len(name)}]


def read(update: Json, oldest: int | None = None) -> Arrival | None:
    return parse(update, ME, COMMANDS, oldest)


def asked(update: Json) -> str | None:
    arrival = read(update)
    assert arrival is None or isinstance(arrival, Question)
    return arrival.text if arrival else None


# -- questions ------------------------------------------------------------------------------------


def test_a_question_tells_what_where_and_who() -> None:
    assert read(message("who was Ada")) == Question(
        "who was Ada", Chat(5, "private"), message=11, asker=5, locale="en-US"
    )


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("who was Ada", "who was Ada"),
        ("  who was Ada \n", "who was Ada"),
        ("/whowas Ada", "/whowas Ada"),
        ("/whowas@Daybook_bot Ada", "/whowas Ada"),
        ("/WHOWAS@daybook_BOT Ada", "/WHOWAS Ada"),
        ("/whowas@other_bot Ada", None),
        ("/unknown", "/unknown"),
        ("1/2", "1/2"),
        ("", None),
        ("   ", None),
    ],
)
def test_in_a_private_chat_words_and_commands_are_asked(text: str, question: str | None) -> None:
    assert asked(message(text)) == question


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("who was Ada", None),
        ("/whowas Ada", "/whowas Ada"),
        ("/whowas\nAda", "/whowas\nAda"),
        ("/whowas@Daybook_bot Ada", "/whowas Ada"),
        ("/unknown@Daybook_bot", "/unknown"),
        ("/whowas@other_bot Ada", None),
        ("/ban Ada", None),
        ("/whowas: Ada", None),
        ("I say /whowas Ada", None),
    ],
)
def test_in_a_group_only_commands_of_ours_are_asked(text: str, question: str | None) -> None:
    assert asked(message(text, GROUP)) == question


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("@Daybook_bot who was Ada", "who was Ada"),
        ("@daybook_BOT, who was Ada?", "who was Ada?"),
        ("who was Ada, @Daybook_bot", "who was Ada"),
        ("😀 who was @Daybook_bot Ada", "😀 who was Ada"),
        ("@Daybook_bot", "/help"),
        ("@Daybook_bot /whowas Ada", "/whowas Ada"),
    ],
)
def test_the_bots_name_is_taken_out_of_a_question(text: str, question: str) -> None:
    at = text.lower().index("@daybook_bot")
    name = text[at : at + len("@daybook_bot")]
    assert asked(message(text, GROUP, entities=mention(text, name))) == question


def test_another_name_is_no_question() -> None:
    text = "@somebody who was Ada"
    assert asked(message(text, GROUP, entities=mention(text, "@somebody"))) is None


def test_a_longer_name_is_another() -> None:
    text = "@Daybook_bots who was Ada"
    assert asked(message(text, GROUP, entities=mention(text, "@Daybook_bots"))) is None


def test_a_name_without_a_username_counts_by_its_number() -> None:
    entity = {"type": "text_mention", "offset": 0, "length": 7, "user": BOT}
    assert asked(message("Daybook who was Ada", GROUP, entities=[entity])) == "who was Ada"


def test_a_reply_to_the_bot_is_a_question() -> None:
    answered = {"message_id": 9, "from": BOT, "text": "An answer"}
    assert asked(message("21 August", GROUP, reply_to_message=answered)) == "21 August"


@pytest.mark.parametrize(
    "answered",
    [
        {"message_id": 9, "from": ANNA, "text": "words"},
        {"message_id": 9, "from": OTHER_BOT, "text": "words"},
        {"message_id": 9, "from": BOT, "forum_topic_created": {"name": "T"}},
        {"message_id": 9, "sender_chat": CHANNEL, "text": "words"},
    ],
)
def test_a_reply_to_others_is_none(answered: Json) -> None:
    assert asked(message("21 August", GROUP, reply_to_message=answered)) is None


def test_a_caption_counts_as_text() -> None:
    update = message("", caption="who was Ada", photo=[{"file_id": "x"}])
    assert asked(update) == "who was Ada"


def test_a_name_in_a_caption_is_found() -> None:
    text = "@Daybook_bot who was Ada"
    more = {"caption": text, "caption_entities": mention(text, "@Daybook_bot")}
    assert asked(message("", GROUP, **more)) == "who was Ada"


@pytest.mark.parametrize(
    "more",
    [
        {"from": OTHER_BOT},
        {"from": BOT},
        {"via_bot": BOT},
        {"via_bot": OTHER_BOT},
        {"forward_origin": {"type": "user", "date": 1, "sender_user": ANNA}},
        {"is_automatic_forward": True, "forward_origin": {"type": "channel"}},
    ],
)
def test_what_no_person_wrote_here_is_no_question(more: Json) -> None:
    assert asked(message("who was Ada", **more)) is None


def test_an_edited_message_is_no_question() -> None:
    update = {"update_id": 1, "edited_message": message("who was Ada")["message"]}
    assert read(update) is None


@pytest.mark.parametrize(("oldest", "is_asked"), [(None, True), (1_000, True), (1_001, False)])
def test_a_message_from_before_the_moment_given_is_left(oldest: int | None, is_asked: bool) -> None:
    assert (read(message("who was Ada"), oldest) is not None) == is_asked


def test_who_speaks_as_the_group_asks_under_its_number() -> None:
    update = message("/whowas Ada", GROUP, **{"from": ANONYMOUS, "sender_chat": GROUP})
    arrival = read(update)
    assert isinstance(arrival, Question)
    assert (arrival.asker, arrival.locale) == (-100, "")


def test_who_speaks_as_a_channel_asks_under_its_number() -> None:
    update = message("/whowas Ada", GROUP, **{"from": OTHER_BOT, "sender_chat": CHANNEL})
    arrival = read(update)
    assert isinstance(arrival, Question)
    assert arrival.asker == -200


@pytest.mark.parametrize(
    ("more", "topic"),
    [
        ({"message_thread_id": 3, "is_topic_message": True}, 3),
        ({"message_thread_id": 3}, None),
        ({}, None),
    ],
)
def test_only_a_topic_of_a_forum_is_a_topic(more: Json, topic: int | None) -> None:
    arrival = read(message("/whowas Ada", GROUP, **more))
    assert isinstance(arrival, Question)
    assert arrival.chat.topic == topic


@pytest.mark.parametrize(
    ("text", "question"),
    [("/whowas Ada", "/whowas Ada"), ("who was Ada", None), ("/unknown", None)],
)
def test_in_a_channel_only_commands_are_asked(text: str, question: str | None) -> None:
    post = {"message_id": 4, "date": 1_000, "chat": CHANNEL, "sender_chat": CHANNEL, "text": text}
    assert asked({"update_id": 1, "channel_post": post}) == question


# -- the rest -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "payload"),
    [("/start", ""), ("/start qABC", "qABC"), ("/start@Daybook_bot daybook", "daybook")],
)
def test_start_carries_what_its_link_said(text: str, payload: str) -> None:
    assert read(message(text)) == Start(payload, Chat(5, "private"), 11, 5, "en-US")


@pytest.mark.parametrize(
    ("answered", "question"),
    [
        ({"text": "/whowas@Daybook_bot Ada"}, "/whowas Ada"),
        ({"text": "who was Ada"}, "who was Ada"),
        ({"caption": "who was Ada"}, "who was Ada"),
        ({"text": f"/start {payload_of('21 August')}"}, "21 August"),
        ({"text": "/start"}, "/start"),
        ({}, ""),
    ],
)
def test_the_question_is_read_again_from_its_message(answered: Json, question: str) -> None:
    assert words_of(answered, ME) == question


def press(**message: object) -> Json:
    return {"update_id": 1, "callback_query": {"id": "q", "from": ANNA, "data": "d", **message}}


def test_a_press_tells_what_it_answers_and_who_asked() -> None:
    answered = {"message_id": 10, "from": ANNA, "text": "/whowas@Daybook_bot Ada"}
    markup = {"inline_keyboard": [[{"text": "More", "callback_data": "d"}]]}
    shown = {"message_id": 11, "date": 5, "chat": GROUP, "reply_to_message": answered}
    assert read(press(message={**shown, "reply_markup": markup})) == Pressed(
        "q",
        5,
        "d",
        "en-US",
        Chat(-100, "supergroup"),
        11,
        "/whowas Ada",
        5,
        is_on_message=True,
        labels=("More",),
    )


def test_a_press_brings_the_labels_of_the_message_answered() -> None:
    markup = {"inline_keyboard": [[{"text": "Ada"}], [{"text": "Bea"}, {"text": "Cleo"}]]}
    answered = {"message_id": 10, "from": {"id": ME.id, "is_bot": True}, "reply_markup": markup}
    shown = {"message_id": 11, "date": 5, "chat": GROUP, "reply_to_message": answered}
    arrival = read(press(message=shown))
    assert isinstance(arrival, Pressed)
    assert (arrival.labels, arrival.answered_labels) == ((), ("Ada", "Bea", "Cleo"))


@pytest.mark.parametrize(
    "buttons", [[], [[]], [[{"text": "More", "callback_data": "D"}]], [[{"text": "x", "url": "d"}]]]
)
def test_a_press_of_what_the_message_has_not_is_seen(buttons: list[list[Json]]) -> None:
    markup = {"inline_keyboard": buttons}
    shown = {"message_id": 11, "date": 5, "chat": GROUP, "reply_markup": markup}
    arrival = read(press(message=shown))
    assert isinstance(arrival, Pressed)
    assert not arrival.is_on_message


@pytest.mark.parametrize("message", [{}, {"message": {"message_id": 1, "date": 0, "chat": GROUP}}])
def test_a_press_on_what_cannot_be_reached_has_no_place(message: Json) -> None:
    assert read(press(**message)) == Pressed("q", 5, "d", "en-US")


def test_an_inline_query_is_what_is_typed() -> None:
    query = {"id": "i", "from": ANNA, "query": "ada", "offset": "10"}
    assert read({"update_id": 1, "inline_query": query}) == Typed("i", 5, "ada", "10", "en-US")


def membership(old: Json, new: Json, chat: Json = GROUP) -> Json:
    change = {"chat": chat, "from": ANNA, "date": 1, "old_chat_member": old, "new_chat_member": new}
    return {"update_id": 1, "my_chat_member": change}


LEFT, KICKED, MEMBER = {"status": "left"}, {"status": "kicked"}, {"status": "member"}
ADMIN = {"status": "administrator"}
MUTED = {"status": "restricted", "is_member": True, "can_send_messages": False}


@pytest.mark.parametrize(
    ("old", "new", "may_write", "is_admin"),
    [
        (LEFT, MEMBER, True, False),
        (KICKED, MEMBER, True, False),
        (LEFT, ADMIN, True, True),
        (LEFT, MUTED, False, False),
        ({"status": "restricted", "is_member": False}, MEMBER, True, False),
    ],
)
def test_the_bot_is_added(old: Json, new: Json, may_write: bool, is_admin: bool) -> None:
    assert read(membership(old, new)) == Added(
        Chat(-100, "supergroup"), 5, "en-US", may_write, is_admin
    )


@pytest.mark.parametrize(
    ("old", "new", "chat"),
    [
        (MEMBER, ADMIN, GROUP),
        (ADMIN, MEMBER, GROUP),
        (MEMBER, MUTED, GROUP),
        (LEFT, KICKED, GROUP),
        (KICKED, MEMBER, PRIVATE),
        (LEFT, ADMIN, CHANNEL),
    ],
)
def test_it_is_not_added_where_nobody_added_it(old: Json, new: Json, chat: Json) -> None:
    assert read(membership(old, new, chat)) is None


@pytest.mark.parametrize("chat", [GROUP, PRIVATE])
def test_it_is_removed(chat: Json) -> None:
    assert isinstance(read(membership(MEMBER, KICKED, chat)), Removed)


@pytest.mark.parametrize(
    ("chat", "more"),
    [
        ({"id": -1, "type": "group"}, {"migrate_to_chat_id": -100}),
        (GROUP, {"migrate_from_chat_id": -1}),
    ],
)
def test_a_group_becomes_a_supergroup(chat: Json, more: Json) -> None:
    assert read(message("", chat, **more)) == Migrated(-1, -100)


@pytest.mark.parametrize(
    "update", [{"update_id": 1}, {"update_id": 1, "poll": {}}, {"update_id": 1, "chat_member": {}}]
)
def test_what_was_not_asked_for_is_nothing(update: Json) -> None:
    assert read(update) is None


@pytest.mark.parametrize(
    ("update", "waits_with"),
    [
        (message("x"), ("chat", 5)),
        (message("/help", GROUP), ("chat", -100)),
        (press(message={"message_id": 1, "date": 5, "chat": GROUP}), ("chat", -100)),
        (press(), ("user", 5)),
        (membership(LEFT, MEMBER), ("chat", -100)),
    ],
)
def test_a_chat_is_a_lane(update: Json, waits_with: tuple[str, int]) -> None:
    arrival = read(update)
    assert arrival is not None
    assert lane(arrival) == waits_with
