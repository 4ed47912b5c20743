"""The limits of a message's body, those that the schema has and those that it lacks.

Content, embeds: docs.discord.com/developers/resources/message (Create Message, Embed Limits).
Components: docs.discord.com/developers/components/reference.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from emulators.discord_errors import FormErrors, Json, JsonValue, Refusal

CONTENT = 2000
EMBEDS = 10
EMBED_TOTAL = 6000
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4096
EMBED_FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1024
FOOTER = 2048
AUTHOR = 256
ROWS = 5
BUTTONS = 5
V2_COMPONENTS = 40
LABEL = 80
CUSTOM_ID = 100
URL = 512
NONCE = 25
TEXT_DISPLAYS = 4000

SUPPRESS_EMBEDS = 1 << 2
EPHEMERAL = 1 << 6
SUPPRESS_NOTIFICATIONS = 1 << 12
VOICE_MESSAGE = 1 << 13
V2 = 1 << 15

ORDINARY_FLAGS = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | VOICE_MESSAGE | V2
"""Flags that a bot may set on a message of its own."""
ANSWER_FLAGS = ORDINARY_FLAGS | EPHEMERAL
"""Flags that an answer to an interaction may have."""

Path = tuple[str | int, ...]


def check_message(body: Json, *, flags_allowed: int, before: Json | None = None) -> None:
    """Refuse a body that Discord would refuse; `before` is the message that it edits, if any.

    Raises `Refusal` 50035 with every fault at its path, or 50006 for a message with nothing in it.
    """
    errors = FormErrors()
    _content(body, errors)
    flags = body.get("flags") or 0
    if not isinstance(flags, int) or (before is None and flags & ~flags_allowed):
        errors.add(("flags",), "BITFIELD_INVALID", f"These flags can't be set: {flags}")
        flags = 0
    flags |= (before or {}).get("flags", 0) & V2
    embeds = body.get("embeds") or []
    if isinstance(embeds, list):
        _embeds(embeds, errors)
    components = body.get("components") or []
    if isinstance(components, list):
        _components(components, bool(flags & V2), errors)
    else:
        errors.add(("components",), "LIST_TYPE_CONVERT", "Only iterables may be used in a list.")
    if flags & V2:
        for key in ("content", "embeds", "poll"):
            if body.get(key):
                code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
                errors.add((key,), code, f"{key} can't be used with IS_COMPONENTS_V2")
    _mentions(body.get("allowed_mentions"), errors)
    _nonce(body, errors)
    errors.refuse()
    after = (before or {}) | body
    if not any(filled(after.get(key)) for key in HOLD_SOMETHING):
        raise Refusal(50006)


HOLD_SOMETHING = ("content", "embeds", "components", "attachments", "poll", "sticker_ids", "files")
"""Any of these makes a message that isn't empty."""


def filled(value: JsonValue) -> bool:
    """Whether a part of a message holds something: blanks don't count."""
    return bool(value.strip() if isinstance(value, str) else value)


def _content(body: Json, errors: FormErrors) -> None:
    content = body.get("content")
    if content is None:
        return
    if not isinstance(content, str):
        errors.add(("content",), "BASE_TYPE_BAD_TYPE", "Must be a string.")
    elif len(content) > CONTENT:
        too_long(("content",), CONTENT, errors)


def too_long(path: Path, most: int, errors: FormErrors) -> None:
    """Note that a text is longer than it may be."""
    errors.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def _text(
    value: JsonValue, most: int, path: Path, errors: FormErrors, *, needed: bool = False
) -> int:
    """Check one text of an embed; return how much it counts."""
    if value is None or value == "":
        if needed:
            errors.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        return 0
    if not isinstance(value, str):
        errors.add(path, "BASE_TYPE_BAD_TYPE", "Must be a string.")
        return 0
    if needed and not value.strip():
        errors.add(path, "BASE_TYPE_REQUIRED", "This field is required")
    if len(value) > most:
        too_long(path, most, errors)
    return len(value)


def _embeds(embeds: list[Json], errors: FormErrors) -> None:
    if len(embeds) > EMBEDS:
        message = f"Must be {EMBEDS} or fewer in length."
        errors.add(("embeds",), "BASE_TYPE_MAX_LENGTH", message)
    total = 0
    for number, embed in enumerate(embeds):
        if isinstance(embed, dict):
            total += _embed(embed, ("embeds", number), errors)
    if total > EMBED_TOTAL:
        message = f"Embed size exceeds maximum size of {EMBED_TOTAL}"
        errors.add(("embeds",), "MAX_EMBED_SIZE_EXCEEDED", message)


def _embed(embed: Json, at: Path, errors: FormErrors) -> int:
    total = _text(embed.get("title"), EMBED_TITLE, (*at, "title"), errors)
    total += _text(embed.get("description"), EMBED_DESCRIPTION, (*at, "description"), errors)
    footer = embed.get("footer") or {}
    total += _text(footer.get("text"), FOOTER, (*at, "footer", "text"), errors)
    author = embed.get("author") or {}
    total += _text(author.get("name"), AUTHOR, (*at, "author", "name"), errors)
    fields = embed.get("fields") or []
    if len(fields) > EMBED_FIELDS:
        message = f"Must be {EMBED_FIELDS} or fewer in length."
        errors.add((*at, "fields"), "BASE_TYPE_MAX_LENGTH", message)
    for number, field in enumerate(fields):
        here = (*at, "fields", number)
        total += _text(field.get("name"), FIELD_NAME, (*here, "name"), errors, needed=True)
        total += _text(field.get("value"), FIELD_VALUE, (*here, "value"), errors, needed=True)
    color = embed.get("color")
    if color is not None and not 0 <= color <= 0xFFFFFF:
        errors.add((*at, "color"), "NUMBER_TYPE_MAX", "int value should be 0 to 16777215.")
    _timestamp(embed.get("timestamp"), (*at, "timestamp"), errors)
    for path, url, local in (
        ((*at, "url"), embed.get("url"), False),
        ((*at, "author", "url"), author.get("url"), False),
        ((*at, "author", "icon_url"), author.get("icon_url"), True),
        ((*at, "footer", "icon_url"), footer.get("icon_url"), True),
        ((*at, "image", "url"), (embed.get("image") or {}).get("url"), True),
        ((*at, "thumbnail", "url"), (embed.get("thumbnail") or {}).get("url"), True),
    ):
        _url(url, path, 2048, errors, attachments=local)
    return total


def _timestamp(value: JsonValue, path: Path, errors: FormErrors) -> None:
    if value is None:
        return
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        message = f'Could not parse "{value}". Should be ISO8601.'
        errors.add(path, "DATE_TIME_TYPE_PARSE", message)


def _url(
    value: JsonValue, path: Path, most: int, errors: FormErrors, *, attachments: bool = False
) -> None:
    if value is None or value == "":
        return
    schemes = ("http", "https", "attachment") if attachments else ("http", "https")
    try:
        parts = urlsplit(value)
        known = parts.scheme in schemes
    except (ValueError, TypeError, AttributeError):
        errors.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
        return
    if not known:
        message = f'Scheme "{parts.scheme}" is not supported. Scheme must be one of {schemes}.'
        errors.add(path, "URL_TYPE_INVALID_SCHEME", message)
    elif not parts.netloc or " " in value:
        errors.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
    elif len(value) > most:
        too_long(path, most, errors)


def every_component(components: list[Json]) -> Iterator[Json]:
    """Yield components and those within them, in the order in which they are shown."""
    for component in components:
        yield component
        yield from every_component(component.get("components") or [])
        if component.get("accessory"):
            yield component["accessory"]


def _components(components: list[Json], is_v2: bool, errors: FormErrors) -> None:
    if not is_v2:
        if len(components) > ROWS:
            errors.add(("components",), "BASE_TYPE_MAX_LENGTH", f"Must be {ROWS} or fewer.")
        for number, row in enumerate(components):
            if row.get("type") != 1:
                message = 'Value of field "type" must be one of (1,).'
                errors.add(("components", number, "type"), "UNION_TYPE_CHOICES", message)
    every = list(every_component(components))
    if is_v2:
        if len(every) > V2_COMPONENTS:
            message = f"Must be {V2_COMPONENTS} or fewer in length."
            errors.add(("components",), "BASE_TYPE_MAX_LENGTH", message)
        shown = sum(len(c.get("content") or "") for c in every if c.get("type") == 10)
        if shown > TEXT_DISPLAYS:
            message = f"The total number of characters must not exceed {TEXT_DISPLAYS}."
            errors.add(("components",), "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", message)
    seen: set[str] = set()
    for number, component in enumerate(components):
        _component(component, ("components", number), seen, errors)


def _component(component: Json, at: Path, seen: set[str], errors: FormErrors) -> None:
    inner = component.get("components") or []
    kind = component.get("type")
    if kind == 1:
        _row(inner, at, errors)
    elif kind == 2:
        _button(component, at, errors)
    elif kind in (3, 5, 6, 7, 8):
        _select(component, at, errors)
    custom_id = component.get("custom_id")
    if isinstance(custom_id, str) and kind in (2, 3, 5, 6, 7, 8):
        if custom_id in seen:
            message = "Component custom id cannot be duplicated"
            errors.add((*at, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message)
        seen.add(custom_id)
        if not 1 <= len(custom_id) <= CUSTOM_ID:
            message = f"Must be between 1 and {CUSTOM_ID} in length."
            errors.add((*at, "custom_id"), "BASE_TYPE_BAD_LENGTH", message)
    for number, each in enumerate(inner):
        _component(each, (*at, "components", number), seen, errors)
    if component.get("accessory"):
        _component(component["accessory"], (*at, "accessory"), seen, errors)


def _row(inner: list[Json], at: Path, errors: FormErrors) -> None:
    kinds = [each.get("type") for each in inner]
    if not 1 <= len(inner) <= BUTTONS:
        message = f"Must be between 1 and {BUTTONS} in length."
        errors.add((*at, "components"), "BASE_TYPE_BAD_LENGTH", message)
    if any(kind != 2 for kind in kinds) and len(kinds) > 1:
        message = "A select fills its row alone"
        errors.add((*at, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message)


def _button(button: Json, at: Path, errors: FormErrors) -> None:
    style = button.get("style")
    label = button.get("label")
    if isinstance(label, str) and len(label) > LABEL:
        too_long((*at, "label"), LABEL, errors)
    if style == 6:
        if not button.get("sku_id"):
            errors.add((*at, "sku_id"), "BASE_TYPE_REQUIRED", "This field is required")
        return
    if not label and not button.get("emoji"):
        message = "A button must have a label or emoji"
        errors.add(at, "BUTTON_COMPONENT_MUST_HAVE_LABEL_OR_EMOJI", message)
    if style == 5:
        if not button.get("url"):
            errors.add((*at, "url"), "BASE_TYPE_REQUIRED", "A link button must have a url")
        if button.get("custom_id"):
            message = "A custom id and url cannot both be specified"
            errors.add(at, "BUTTON_COMPONENT_CUSTOM_ID_AND_URL", message)
        _url(button.get("url"), (*at, "url"), URL, errors)
    elif style in (1, 2, 3, 4):
        if button.get("custom_id") is None:
            message = "A custom id is required"
            errors.add((*at, "custom_id"), "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", message)
        if button.get("url"):
            message = "A custom id and url cannot both be specified"
            errors.add(at, "BUTTON_COMPONENT_CUSTOM_ID_AND_URL", message)
    else:
        errors.add((*at, "style"), "BASE_TYPE_CHOICES", "Value must be one of 1 to 6.")


def _select(select: Json, at: Path, errors: FormErrors) -> None:
    if select.get("custom_id") is None:
        errors.add((*at, "custom_id"), "BASE_TYPE_REQUIRED", "This field is required")
    if len(select.get("placeholder") or "") > 150:
        too_long((*at, "placeholder"), 150, errors)
    if select.get("type") != 3:
        return
    options = select.get("options") or []
    if not 1 <= len(options) <= 25:
        errors.add((*at, "options"), "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
    values = [option.get("value") for option in options]
    for number, option in enumerate(options):
        here = (*at, "options", number)
        for key, needed in (("label", True), ("value", True), ("description", False)):
            _text(option.get(key), 100, (*here, key), errors, needed=needed)
        if values.index(option.get("value")) != number:
            message = "The specified option value is already used"
            errors.add((*here, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", message)


def _mentions(allowed: JsonValue, errors: FormErrors) -> None:
    if not isinstance(allowed, dict):
        return
    parse = allowed.get("parse") or []
    for number, kind in enumerate(parse):
        if kind not in ("everyone", "roles", "users"):
            message = "Value must be one of {'everyone', 'roles', 'users'}."
            errors.add(("allowed_mentions", "parse", number), "BASE_TYPE_CHOICES", message)
    for kind in ("users", "roles"):
        named = allowed.get(kind) or []
        if len(named) > 100:
            message = "Must be 100 or fewer in length."
            errors.add(("allowed_mentions", kind), "BASE_TYPE_MAX_LENGTH", message)
        if named and kind in parse:
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            path = ("allowed_mentions",)
            errors.add(path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)


def _nonce(body: Json, errors: FormErrors) -> None:
    nonce = body.get("nonce")
    if isinstance(nonce, str) and len(nonce) > NONCE:
        errors.add(("nonce",), "NONCE_TYPE_TOO_LONG", f"Must be {NONCE} or fewer in length.")
    elif isinstance(nonce, (float, bool, list, dict)):
        errors.add(("nonce",), "NONCE_TYPE_BAD_TYPE", "Must be an integer or a string.")
    if body.get("enforce_nonce") and nonce in (None, ""):
        # the page says that it is only looked at with a nonce: one without is a slip of the bot
        errors.add(("enforce_nonce",), "NONCE_REQUIRED", "enforce_nonce needs a nonce")
